"""`diemcau import-units`, `import-people`, `import-endpoints`: the directory from CSV or XLSX, all of it or nothing."""

from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.accounts import Account
from core.errors import Refusal
from core.permissions import Actor, Role
from core.settings import load_settings
from orchestrator.directory.refusals import TableUnreadable
from orchestrator.directory.tables.imports import apply_import, plan_import
from orchestrator.directory.tables.plans import ImportPlan
from orchestrator.directory.tables.reader import LARGEST_FILE_BYTES
from web.commands.border import BadInput
from web.commands.stores import runtime_for

_WORDS = {"units": "đơn vị", "people": "người", "endpoints": "điểm cầu"}
_file = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_dry_run = click.option("--dry-run", is_flag=True, help="Chỉ kiểm tra, không ghi. | Check only, write nothing.")


@click.command()
@_file
@_dry_run
def import_units(file: Path, dry_run: bool) -> None:
    """Nhập đơn vị từ CSV (UTF-8) hoặc XLSX: mã, tên, viết tắt, tên gọi khác, đơn vị cấp trên, loại.

    Import units; a known code is updated. Every fault is listed by row and column, and nothing is written then.
    """
    _import("units", file, dry_run=dry_run)


@click.command()
@_file
@_dry_run
def import_people(file: Path, dry_run: bool) -> None:
    """Nhập người dự họp từ CSV (UTF-8) hoặc XLSX: mã cán bộ, họ và tên, chức vụ, đơn vị, thứ tự, thư, điện thoại.

    Import people; known again by code, e-mail, or name within a unit.
    """
    _import("people", file, dry_run=dry_run)


@click.command()
@_file
@_dry_run
def import_endpoints(file: Path, dry_run: bool) -> None:
    """Nhập điểm cầu từ CSV (UTF-8) hoặc XLSX: mã, tên, loại, đơn vị, địa điểm, sức chứa, thiết bị, đầu mối.

    Import endpoints; a known code is updated.
    """
    _import("endpoints", file, dry_run=dry_run)


def _import(kind: str, file: Path, *, dry_run: bool) -> None:
    data = _bytes(file)
    with runtime_for(load_settings()) as runtime, runtime.database.transaction() as session:
        actor = _administrator(session)
        try:
            plan = plan_import(session, actor, kind, file.name, data)
            _refuse_faults(file, plan)
            if not dry_run:
                plan = apply_import(session, actor, kind, file.name, data)
        except Refusal as refusal:
            raise BadInput(refusal.sentence()) from refusal
    said = "Sẽ nhập" if dry_run else "Đã nhập"
    click.echo(f"{said} {_WORDS[kind]}: {plan.new} mới, {plan.changed} thay đổi, {plan.unchanged} giữ nguyên.")
    if plan.ignored:
        click.echo(f"Bỏ qua cột không biết: {', '.join(plan.ignored)}.")


def _refuse_faults(file: Path, plan: ImportPlan) -> None:
    """List all faults, then end as a bad input of one line."""
    if plan.is_clean:
        return
    for fault in plan.faults:
        click.echo(str(fault))
    raise BadInput(f"{file}: {len(plan.faults)} lỗi, chưa ghi gì. Lỗi đầu tiên: {plan.faults[0]}")


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST_FILE_BYTES + 1)
    except OSError as error:
        raise TableUnreadable(file=file.name, reason=error.strerror or "không mở được") from error


def _administrator(session: Session) -> Actor:
    """Who answers for the import in the audit trail: the first active administrator."""
    accounts = session.scalars(select(Account).where(Account.active).order_by(Account.created_at))
    account = next((account for account in accounts if Role.ADMINISTRATOR in account.role_set), None)
    if account is None:
        raise BadInput("Chưa có tài khoản quản trị nào đang hoạt động. Hãy chạy ./diemcau up một lần trước.")
    return Actor(account.id, account.display_name, account.role_set)
