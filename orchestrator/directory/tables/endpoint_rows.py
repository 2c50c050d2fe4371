"""Rows of endpoints: known again by code; several units may be allowed to use one."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from core.permissions import Actor
from orchestrator.directory.entries import NewEndpoint, checked_email, checked_phone
from orchestrator.directory.models import Endpoint
from orchestrator.directory.service import create_endpoint
from orchestrator.directory.tables import values
from orchestrator.directory.tables.plans import ParsedRow
from orchestrator.directory.tables.rules import RowRules, units_of
from orchestrator.directory.tables.table import Column

COLUMNS = (
    Column("code", "Mã điểm cầu", ("mã",), values.needed_code, True, "Chữ không dấu, chữ số và . _ / -; ví dụ DC-TTTT"),
    Column("name", "Tên điểm cầu", ("tên",), values.needed_name, True, "Tên hiện trong phòng họp trực tuyến"),
    Column(
        "kind",
        "Loại",
        ("loại điểm cầu",),
        values.endpoint_kind,
        hint="Trung tâm, Thành phần hoặc Cá nhân; để trống là Thành phần",
    ),
    Column("unit_code", "Đơn vị", ("unit", "mã đơn vị"), values.optional_code, hint="Mã đơn vị quản lý điểm cầu"),
    Column(
        "allowed_units",
        "Đơn vị được dùng",
        ("đơn vị dùng chung",),
        values.several_codes,
        hint="Mã các đơn vị khác, cách nhau bằng dấu ;",
    ),
    Column("location", "Địa điểm", ("phòng", "địa chỉ"), values.optional_name, hint="Phòng, tầng, tòa nhà"),
    Column(
        "room_capacity",
        "Sức chứa",
        ("số chỗ", "sức chứa (chỗ ngồi)"),
        values.capacity,
        hint="Số chỗ ngồi, từ 1; để trống nếu chưa biết",
    ),
    Column("equipment", "Trang thiết bị", ("thiết bị",), values.several_names, hint="Cách nhau bằng dấu ;"),
    Column("contact", "Đầu mối kỹ thuật", ("đầu mối",), values.optional_name, hint="Họ và tên"),
    Column("contact_phone", "Điện thoại đầu mối", ("điện thoại",), checked_phone, hint="0912 345 678"),
    Column("contact_email", "Thư điện tử đầu mối", ("thư điện tử",), checked_email, hint="ten@donvi.gov.vn"),
)


class EndpointRows(RowRules[Endpoint]):
    """Endpoints by code."""

    kind = "endpoints"
    columns = COLUMNS

    @classmethod
    def load(cls, session: Session) -> "EndpointRows":
        """Against all endpoints."""
        found = select(Endpoint).options(selectinload(Endpoint.allowed_units)).order_by(Endpoint.code)
        return cls(session.scalars(found).all(), units_of(session))

    def said(self, entry: Endpoint) -> dict[str, Any]:
        """An endpoint in the fields of the columns."""
        plain = ("code", "name", "kind", "location", "room_capacity", "contact", "contact_phone", "contact_email")
        return {name: getattr(entry, name) for name in plain} | {
            "unit_code": self.code_of[entry.unit_id] if entry.unit_id else "",
            "allowed_units": sorted(unit.code for unit in entry.allowed_units),
            "equipment": list(entry.equipment),
        }

    def find(self, row: ParsedRow) -> Endpoint | None:
        """By code."""
        return self.by_exact_code(row)

    def agree(self, rows: Sequence[ParsedRow]) -> None:
        """Units exist; two endpoints of one unit have different names."""
        names = {
            (entry.name, self.said(entry)["unit_code"]): entry.code for entry in self.entries.values() if entry.active
        }
        for row in rows:
            if row.values.get("unit_code"):
                self.unit_of(row, "unit_code", row.values["unit_code"])
            for code in row.values.get("allowed_units", ()):
                self.unit_of(row, "allowed_units", code)
            key = (row.values["name"], row.values.get("unit_code", ""))
            other = names.setdefault(key, row.values["code"])
            if other != row.values["code"] and self.is_altered(row, "name", "unit_code"):
                row.blame(self.heading("name"), f"trùng tên với điểm cầu mã “{other}” cùng đơn vị")

    def create(self, session: Session, actor: Actor | None, values: Mapping[str, Any]) -> Endpoint:
        """Write a new endpoint."""
        given = self.columns_of(values)
        given["allowed_unit_ids"] = [unit.id for unit in given.pop("allowed_units", [])]
        return create_endpoint(session, actor, NewEndpoint(**given))

    def columns_of(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Codes of units become units."""
        given = dict(values)
        if "unit_code" in given:
            code = given.pop("unit_code")
            given["unit_id"] = self.units[code].id if code else None
        if "allowed_units" in given:
            given["allowed_units"] = [self.units[code] for code in given["allowed_units"]]
        return given
