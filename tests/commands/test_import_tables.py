"""The import commands over a database at hand: what they say, and that a fault leaves nothing behind."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from core.accounts import create_account
from core.audit import AuditRow
from core.permissions import Role
from core.runtime import Runtime
from core.settings import Settings
from orchestrator.directory.models import Endpoint, Person
from tests.web.builders import Office, build_office
from web.commands import import_units
from web.commands.border import BadInput


@pytest.fixture
def office(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The office, an administrator, and commands that work on this database."""

    @contextmanager
    def at_hand(_settings: Settings) -> Iterator[Runtime]:
        yield runtime

    monkeypatch.setattr(import_units, "runtime_for", at_hand)
    monkeypatch.setattr(import_units, "load_settings", lambda: runtime.settings)
    with runtime.database.transaction() as session:
        roles = {Role.ADMINISTRATOR}
        create_account(session, login="qt", password="mật khẩu đủ dài", display_name="Vi Thị Quản", roles=roles)
    return build_office(runtime)


@pytest.fixture
def call(office: Office, tmp_path: Path) -> Callable[..., str]:
    """`call("people", "a,b\\n…", "--dry-run")` → what was printed; BadInput is raised."""

    def run(kind: str, text: str, *options: str) -> str:
        file = tmp_path / "tệp.csv"
        file.write_text(text)
        command = {
            "people": import_units.import_people,
            "endpoints": import_units.import_endpoints,
            "units": import_units.import_units,
        }[kind]
        result = CliRunner().invoke(command, [str(file), *options])
        if result.exception is not None:
            result.exception.args += (result.output,)
            raise result.exception
        return result.output

    return run


def test_people_are_imported_and_a_dry_run_is_none(call: Callable[..., str], runtime: Runtime) -> None:
    text = "họ và tên,đơn vị,ghi chú\nLò Thị Mai,TTTT,x\n"
    said = "người: 1 mới, 0 thay đổi, 0 giữ nguyên.\nBỏ qua cột không biết: ghi chú.\n"
    assert call("people", text, "--dry-run") == f"Sẽ nhập {said}"
    with runtime.database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 2
    assert call("people", text) == f"Đã nhập {said}"
    assert call("people", text).startswith("Đã nhập người: 0 mới, 0 thay đổi, 1 giữ nguyên.")


def test_every_fault_is_printed_and_nothing_is_written(call: Callable[..., str], runtime: Runtime) -> None:
    with pytest.raises(BadInput, match="2 lỗi, chưa ghi gì") as caught:
        call("endpoints", "mã,tên,sức chứa\nA,Phòng A,0\nB,=B,\nC,Phòng C,5\n")
    printed = caught.value.args[-1]
    assert "dòng 2, cột “Sức chứa”" in printed
    assert "dòng 3, cột “Tên điểm cầu”" in printed
    with runtime.database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Endpoint)) == 2


def test_a_file_that_is_no_table_is_one_line(call: Callable[..., str]) -> None:
    with pytest.raises(BadInput, match="thiếu cột “Tên đơn vị”"):
        call("units", "mã\nA\n")


def test_the_import_answers_to_an_administrator(runtime: Runtime, call: Callable[..., str]) -> None:
    call("units", "mã,tên\nA1,Vụ Một\n")
    with runtime.database.transaction() as session:
        row = session.scalars(select(AuditRow).where(AuditRow.action == "directory.imported")).one()
        assert isinstance(row.actor_id, UUID)
        assert (row.detail["new"], row.detail["changed"]) == (1, 0)
