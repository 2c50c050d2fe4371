"""`diemcau import-units`: the directory of units from a CSV file, all of it or nothing."""

from pathlib import Path
from uuid import UUID

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.accounts import Account
from core.errors import Refusal
from core.permissions import Actor, Role
from core.settings import load_settings
from orchestrator.directory.service import NewUnit, create_unit, find_unit
from orchestrator.directory.units_csv import UnitRow, read_units
from web.commands.border import BadInput
from web.commands.stores import runtime_for


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Chỉ kiểm tra, không ghi. | Check only, write nothing.")
def import_units(file: Path, dry_run: bool) -> None:
    """Nhập danh sách đơn vị từ CSV (UTF-8) với các cột mã, tên, viết tắt, tên khác, đơn vị cha, loại.

    Import units from CSV: code, name, abbreviations, aliases, parent_code, kind. Known codes are left as they are.
    """
    rows = read_units(file)
    missing = next((row.line for row in rows if not row.code), None)
    if missing is not None:
        raise BadInput(f"{file}, dòng {missing}: thiếu mã đơn vị.")
    with runtime_for(load_settings()) as runtime, runtime.database.transaction() as session:
        added = _add(session, _administrator(session), file, rows)
        if dry_run:
            session.rollback()
    words = "Sẽ thêm" if dry_run else "Đã thêm"
    click.echo(f"{words} {added} đơn vị; {len(rows) - added} mã đã có, giữ nguyên.")


def _add(session: Session, actor: Actor, file: Path, rows: list[UnitRow]) -> int:
    """Parents may stand below their children in the file, so rows are taken in as many rounds as needed."""
    added, waiting = 0, [row for row in rows if find_unit(session, row.code) is None]
    in_file = {row.code for row in waiting}
    while waiting:
        later = [row for row in waiting if row.parent_code in in_file]
        if len(later) == len(waiting):
            raise BadInput(f"{file}, dòng {later[0].line}: đơn vị cha “{later[0].parent_code}” quay vòng.")
        for row in waiting:
            if row not in later:
                _add_one(session, actor, file, row)
                in_file.discard(row.code)
                added += 1
        waiting = later
    return added


def _add_one(session: Session, actor: Actor, file: Path, row: UnitRow) -> None:
    try:
        parent = _parent(session, file, row)
        create_unit(session, actor, NewUnit(row.code, row.name, row.abbreviations, row.aliases, parent, row.kind))
    except Refusal as error:
        raise BadInput(f"{file}, dòng {row.line}: {error.sentence()}") from error


def _parent(session: Session, file: Path, row: UnitRow) -> UUID | None:
    if not row.parent_code:
        return None
    parent = find_unit(session, row.parent_code)
    if parent is None:
        raise BadInput(f"{file}, dòng {row.line}: không có đơn vị cha mã “{row.parent_code}”.")
    return parent.id


def _administrator(session: Session) -> Actor:
    """Who answers for the import in the audit trail: the first active administrator."""
    accounts = session.scalars(select(Account).where(Account.active).order_by(Account.created_at))
    account = next((account for account in accounts if Role.ADMINISTRATOR in account.role_set), None)
    if account is None:
        raise BadInput("Chưa có tài khoản quản trị nào đang hoạt động. Hãy chạy ./diemcau up một lần trước.")
    return Actor(account.id, account.display_name, account.role_set)
