"""`diemcau verify-audit`: walk the chain of the audit trail."""

import click

from core import audit
from core.settings import load_settings
from web.commands.border import SAYS_NO
from web.commands.stores import runtime_for


@click.command()
@click.pass_context
def verify_audit(ctx: click.Context) -> None:
    """Kiểm tra chuỗi băm của nhật ký; mã thoát 1 nếu có dòng bị sửa, xóa hoặc chèn.

    Verify the hash chain of the audit trail; exit code 1 if a row was changed, removed or slipped in.
    """
    with runtime_for(load_settings(), must_exist=True) as runtime, runtime.database.transaction() as session:
        report = audit.verify(session)
    if report.is_whole:
        click.echo(f"Nhật ký nguyên vẹn: {report.rows} dòng.")
        return
    click.echo(f"Nhật ký bị thay đổi tại dòng {report.broken_at}; {report.rows} dòng trước đó còn nguyên vẹn.")
    ctx.exit(SAYS_NO)
