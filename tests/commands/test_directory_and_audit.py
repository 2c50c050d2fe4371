"""load-sample, import-units and verify-audit on a real installation whose services do not run."""

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from core.services.postgres import PostgresService
from core.settings import load_settings
from tests.commands.conftest import Caller, call
from web.commands.stores import database_available

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def _sample(home: Path) -> Iterator[None]:
    """Loaded by a command that starts the database itself; then the database stays, or each call would start it."""
    assert call(home, "load-sample").returncode == 0
    with database_available(load_settings(home=home)):
        yield


def write(folder: Path, text: str) -> Path:
    path = folder / "don-vi.csv"
    path.write_text(text)
    return path


def rows(home: Path, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(PostgresService(home).conninfo) as connection:
        return connection.execute(query.encode()).fetchall()


def test_the_sample_twice_changes_nothing_and_its_passwords_are_private(diemcau: Caller, home: Path) -> None:
    first = (home / "sign-ins.json").read_text()
    assert diemcau("load-sample").returncode == 0
    assert (home / "sign-ins.json").read_text() == first
    assert (home / "sign-ins.json").stat().st_mode & 0o077 == 0
    assert len(set(json.loads(first).values())) == len(json.loads(first))


def test_units_are_added_children_before_parents(diemcau: Caller, home: Path, tmp_path: Path) -> None:
    file = write(tmp_path, "code,name,parent_code,abbreviations\nP1,Phòng Hành chính,C9,PHC\nC9,Cục Chín,,C9\n")
    result = diemcau("import-units", file)
    assert (result.returncode, result.stdout) == (0, "Đã nhập đơn vị: 2 mới, 0 thay đổi, 0 giữ nguyên.\n"), (
        result.stderr
    )
    query = "SELECT child.name, parent.code FROM unit child JOIN unit parent ON parent.id = child.parent_id"
    assert ("Phòng Hành chính", "C9") in rows(home, query)
    assert diemcau("import-units", file).stdout == "Đã nhập đơn vị: 0 mới, 0 thay đổi, 2 giữ nguyên.\n"


def test_a_dry_run_writes_nothing(diemcau: Caller, home: Path, tmp_path: Path) -> None:
    result = diemcau("import-units", write(tmp_path, "code,name\nTHU,Vụ Thử\n"), "--dry-run")
    assert result.stdout == "Sẽ nhập đơn vị: 1 mới, 0 thay đổi, 0 giữ nguyên.\n"
    assert rows(home, "SELECT 1 FROM unit WHERE code = 'THU'") == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "code,name,parent_code\nA1,Vụ A,\nA2,Vụ B,KHONG\n",
            "dòng 3, cột “Đơn vị cấp trên”: không có đơn vị mã “KHONG”",
        ),
        ("code,name,parent_code\nA1,Vụ A,A2\nA2,Vụ B,A1\n", "quay vòng"),
        ("name\nVụ A\n", "thiếu cột “Mã đơn vị”"),
    ],
)
def test_one_bad_row_imports_nothing(diemcau: Caller, home: Path, tmp_path: Path, text: str, says: str) -> None:
    result = diemcau("import-units", write(tmp_path, text))
    assert result.returncode == 2
    # Every row at fault on standard output, and one line that says that nothing was written.
    [line] = result.stderr.splitlines()
    assert says in line
    assert says in result.stdout or result.stdout == ""
    assert rows(home, "SELECT 1 FROM unit WHERE code IN ('A1', 'A2')") == []


def test_a_row_changed_behind_the_back_is_found_and_named(diemcau: Caller, home: Path) -> None:
    whole = diemcau("verify-audit")
    assert whole.returncode == 0, whole.stderr
    assert whole.stdout.startswith("Nhật ký nguyên vẹn: ")
    with psycopg.connect(PostgresService(home).conninfo) as connection:
        connection.execute("ALTER TABLE audit_row DISABLE TRIGGER ALL")
        connection.execute("UPDATE audit_row SET action = 'unit.deleted' WHERE id = 3")
        connection.execute("ALTER TABLE audit_row ENABLE TRIGGER ALL")
    broken = diemcau("verify-audit")
    assert broken.returncode == 1
    assert "tại dòng 3; 2 dòng trước đó" in broken.stdout
