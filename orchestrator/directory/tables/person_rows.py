"""Rows of people: known again by code, else by e-mail, else by name within a unit."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.permissions import Actor
from orchestrator.directory.entries import NewPerson, checked_email, checked_phone
from orchestrator.directory.models import Person, Unit
from orchestrator.directory.service import PROTOCOL, create_person
from orchestrator.directory.tables import values
from orchestrator.directory.tables.plans import ParsedRow
from orchestrator.directory.tables.rules import RowRules, blame_same, units_of
from orchestrator.directory.tables.table import Column

COLUMNS = (
    Column(
        "code",
        "Mã cán bộ",
        ("mã", "mã người"),
        values.optional_code,
        hint="Để trống khi thêm mới: hệ thống tự đặt, ví dụ baopq",
    ),
    Column("full_name", "Họ và tên", ("name", "họ tên", "tên"), values.needed_name, True, "Viết đủ họ, đệm và tên"),
    Column("title", "Chức vụ", ("chức danh",), values.optional_name, hint="Như ghi trong văn bản"),
    Column("unit_code", "Đơn vị", ("unit", "mã đơn vị"), values.optional_code, hint="Mã đơn vị"),
    Column(
        "protocol_rank",
        "Thứ tự",
        ("rank", "thứ tự giới thiệu"),
        values.rank,
        hint="Số nhỏ được nêu trước; để trống là 1000",
    ),
    Column("email", "Thư điện tử", ("thư", "e-mail"), checked_email, hint="ten@donvi.gov.vn"),
    Column("phone", "Điện thoại", ("số điện thoại", "đt"), checked_phone, hint="024 3976 4116"),
)


class PersonRows(RowRules[Person]):
    """People."""

    kind = "people"
    columns = COLUMNS
    shown = "full_name"

    @classmethod
    def load(cls, session: Session) -> "PersonRows":
        """Against all people."""
        return cls(session.scalars(select(Person).order_by(*PROTOCOL)).all(), units_of(session))

    def __init__(self, entries: Sequence[Person], units: Sequence[Unit]) -> None:
        super().__init__(entries, units)
        #: People in use by address and by name; several may share a name.
        self.by_email = {person.email.lower(): person for person in entries if person.email and person.active}
        self.by_name: dict[str, list[Person]] = {}
        for person in entries:
            if person.active:
                self.by_name.setdefault(person.full_name, []).append(person)

    def said(self, entry: Person) -> dict[str, Any]:
        """A person in the fields of the columns."""
        return {
            "code": entry.code or "",
            "full_name": entry.full_name,
            "title": entry.title,
            "unit_code": self.code_of[entry.unit_id] if entry.unit_id else "",
            "protocol_rank": entry.protocol_rank,
            "email": entry.email,
            "phone": entry.phone,
        }

    def find(self, row: ParsedRow) -> Person | None:
        """By code; without one by e-mail, then by name and unit."""
        code = row.values.pop("code", "")
        if code:
            row.values["code"] = code
            return self.by_code.get(code)
        email = (row.values.get("email") or "").lower()
        if email in self.by_email:
            return self.by_email[email]
        same = [person for person in self.by_name.get(row.values["full_name"], []) if self._is_there(person, row)]
        if len(same) > 1:
            codes = ", ".join(sorted(person.code or "?" for person in same)[:3])
            row.blame(self.heading("code"), f"có {len(same)} người trùng họ tên và đơn vị ({codes}). Hãy ghi mã cán bộ")
        return same[0] if len(same) == 1 else None

    def _is_there(self, person: Person, row: ParsedRow) -> bool:
        code = self.said(person)["unit_code"]
        return bool(code == row.values.get("unit_code", code))

    def agree(self, rows: Sequence[ParsedRow]) -> None:
        """Units exist; an address belongs to one person; without codes nobody comes twice."""
        owners = {(person.email or "").lower(): person for person in self.entries.values() if person.email}
        for row in rows:
            if row.values.get("unit_code"):
                self.unit_of(row, "unit_code", row.values["unit_code"])
            owner = owners.get((row.values.get("email") or "").lower())
            if owner is not None and owner.id != row.entry_id and self.is_altered(row, "email"):
                row.blame(self.heading("email"), f"đã là địa chỉ của {owner.full_name} (mã {owner.code or 'chưa có'})")
        blame_same(rows, lambda row: (row.values.get("email") or "").lower() or None, self.heading("email"), "địa chỉ")
        blame_same(rows, _name_without_code, self.heading("full_name"), "họ tên và đơn vị")

    def create(self, session: Session, actor: Actor | None, values: Mapping[str, Any]) -> Person:
        """Write a new person."""
        return create_person(session, actor, NewPerson(**self.columns_of(values)))

    def columns_of(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The unit's code becomes a reference."""
        given = dict(values)
        if "unit_code" in given:
            code = given.pop("unit_code")
            given["unit_id"] = self.units[code].id if code else None
        return given


def _name_without_code(row: ParsedRow) -> object:
    return None if row.values.get("code") else (row.values["full_name"], row.values.get("unit_code", ""))
