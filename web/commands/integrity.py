"""`diemcau verify-objects` and `diemcau verify-notices`: whether what is kept still is what was stored and approved."""

import click
from sqlalchemy.orm import Session

from core.settings import load_settings
from minutes.notices.integrity import notice_faults
from web.commands.border import SAYS_NO
from web.commands.stores import runtime_for
from web.object_check import object_faults


@click.command()
@click.pass_context
def verify_objects(ctx: click.Context) -> None:
    """Đọc lại mọi tệp trong kho và so mã SHA-256 với cơ sở dữ liệu; mã thoát 1 nếu có tệp mất hoặc bị sửa.

    Read every stored file again and compare its SHA-256 with the row that names it.
    """
    with runtime_for(load_settings(), must_exist=True) as runtime, runtime.database.transaction() as session:
        report = object_faults(session, runtime.storage)
    for fault in report.faults:
        word = "không còn" if fault.is_missing else "đã bị sửa"
        click.echo(f"{fault.key}: {word} (bảng {fault.table})")
    click.echo(f"Đã kiểm tra {report.checked} tệp: {len(report.faults)} tệp có lỗi.")
    if report.faults:
        ctx.exit(SAYS_NO)


@click.command()
@click.pass_context
def verify_notices(ctx: click.Context) -> None:
    """Kiểm tra từng thông báo đã duyệt, đã ban hành: nội dung, lần duyệt, DOCX và PDF còn khớp nhau không.

    Check all approved and issued notices: whether the text, approval, DOCX and PDF still belong together.
    """
    with runtime_for(load_settings(), must_exist=True) as runtime, runtime.database.transaction() as session:
        checked, faults = _faults(session)
    for line in faults:
        click.echo(line)
    click.echo(f"Đã kiểm tra {checked} thông báo: {len(faults)} lỗi.")
    if faults:
        ctx.exit(SAYS_NO)


def _faults(session: Session) -> tuple[int, list[str]]:
    checked, faults = notice_faults(session)
    return checked, [f"{fault.symbol or fault.notice_id}: {fault.words}" for fault in faults]
