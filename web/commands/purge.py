"""`diemcau purge`: destroy everything of a meeting in which something secret was said; two people sign for it."""

import click
from sqlalchemy.orm import Session

from core.accounts import authenticate
from core.permissions import Actor
from core.purging.models import PurgeReason
from core.runtime import current
from core.settings import load_settings
from core.sign_ins import second_factor
from orchestrator.meetings.classification import Classification
from web.commands.border import SAYS_NO
from web.commands.stores import runtime_for
from web.purging import service
from web.purging.finishing import finish_open
from web.purging.service import PurgeOrder

_DEGREES = [degree.value for degree in Classification if degree is not Classification.UNCLASSIFIED]


@click.command()
@click.argument("meeting_code")
@click.option("--classification", type=click.Choice(_DEGREES), required=True, help="Độ mật. | Degree of secrecy.")
@click.option("--reason", type=click.Choice([reason.value for reason in PurgeReason]), default="said", help="Lý do.")
@click.option("--order", "order_number", default="", help="Số văn bản chỉ đạo. | Number of the order.")
@click.option("--asked-by", required=True, prompt="Tên đăng nhập của người yêu cầu", help="Quản trị viên.")
@click.option("--confirmed-by", required=True, prompt="Tên đăng nhập của người xác nhận", help="Người thứ hai.")
@click.pass_context
def purge(
    ctx: click.Context,
    meeting_code: str,
    classification: str,
    reason: str,
    order_number: str,
    asked_by: str,
    confirmed_by: str,
) -> None:
    """Tiêu hủy mọi nội dung của một cuộc họp có bí mật nhà nước bị lộ; hai người cùng nhập mật khẩu.

    Destroy everything of a meeting; two people give their passwords. Who was there stays known; the protocol stands on
    the screen of purges.
    """
    first, second = _password_of(asked_by), _password_of(confirmed_by)
    order = PurgeOrder(meeting_code, Classification(classification), PurgeReason(reason), order_number)
    with runtime_for(load_settings(), must_exist=True) as runtime:
        with runtime.database.transaction() as session:
            asking, confirming = _actor(session, asked_by, first), _actor(session, confirmed_by, second)
            purge_id = service.ask(session, asking, order).id
        with runtime.database.transaction() as session:
            done = service.confirm(session, confirming, purge_id, meeting_code)
            rows, objects = sum(done.found["rows"].values()), done.found["objects"]
        is_finished = finish_open(runtime) > 0
    click.echo(f"Đã tiêu hủy {rows} dòng và {objects} tệp của cuộc họp {meeting_code}.")
    for item in done.found["backups"]:
        click.echo(f"Hãy hủy bản sao lưu {item['file']} (lập {item['at']}).")
    if not is_finished:
        click.echo("Một số tệp hoặc bảng đang có người dùng; dịch vụ sẽ xóa tiếp mỗi phút.", err=True)
        ctx.exit(SAYS_NO)


def _password_of(login: str) -> str:
    return str(click.prompt(f"Mật khẩu của {login}", hide_input=True, err=True))


def _actor(session: Session, login: str, password: str) -> Actor:
    account = authenticate(session, login, password)
    if second_factor.is_on(session, account.id):
        code = str(click.prompt(f"Mã xác thực hai bước của {login}", err=True))
        second_factor.check(session, account, code, current().settings, current().clock())
    return Actor(account.id, account.display_name, account.role_set)
