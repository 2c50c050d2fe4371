"""`diemcau verify-audit`: walk the chain of the audit trail, and hold it against an anchor from outside."""

from pathlib import Path

import click

from core import anchors, audit
from core.audit import AuditReport
from core.settings import load_settings
from web.commands.border import SAYS_NO
from web.commands.stores import runtime_for


@click.command()
@click.option(
    "--anchor",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Tệp mốc đã lưu ngoài hệ thống. | An anchor that was kept elsewhere.",
)
@click.pass_context
def verify_audit(ctx: click.Context, anchor: Path | None) -> None:
    """Kiểm tra chuỗi băm của nhật ký; mã thoát 1 nếu có dòng bị sửa, xóa hoặc chèn.

    Verify the hash chain of the audit trail; exit code 1 if a row was changed, removed or slipped in. With --anchor
    also whether the chain still is the one the anchor was taken from: made anew, or cut off at its end, it is not.
    """
    wanted = anchors.from_text(anchor.read_text(errors="replace")) if anchor else None
    with runtime_for(load_settings(), must_exist=True) as runtime, runtime.database.transaction() as session:
        holds = anchors.verify(session, wanted).holds if wanted else True
        report = audit.verify(session)
    _say(report)
    if wanted and not holds:
        click.echo(
            f"Nhật ký KHÔNG khớp mốc ngày {wanted.day:%d/%m/%Y} (dòng {wanted.rows}): đã bị cắt bớt hoặc lập lại."
        )
    elif wanted:
        click.echo(f"Khớp mốc ngày {wanted.day:%d/%m/%Y} (dòng {wanted.rows}).")
    if not (report.is_whole and holds):
        ctx.exit(SAYS_NO)


def _say(report: AuditReport) -> None:
    if not report.is_whole:
        click.echo(f"Nhật ký bị thay đổi tại dòng {report.broken_at}; {report.rows} dòng trước đó còn nguyên vẹn.")
        return
    blanked = f", {report.redacted} dòng bị che lời theo biên bản tiêu hủy" if report.redacted else ""
    click.echo(f"Nhật ký nguyên vẹn: {report.rows} dòng{blanked}.")
