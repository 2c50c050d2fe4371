"""Lists of notices: queries that do not grow, missing receipts, what a unit sees of a paper called back."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.permissions import Role
from core.runtime import Runtime
from minutes.delivery.models import Delivery
from minutes.delivery.service import distribute
from minutes.notices import issuing, service, successors
from tests.web.builders import STARTS, Office, build_meeting, build_notice, build_office, notice_content, system
from tests.web.conftest import Browser
from tests.web.console.test_cost import counted

Browsers = Callable[..., Browser]


def sent(runtime: Runtime, office: Office, week: int) -> UUID:
    """One more notice, issued and distributed."""
    meeting_id = build_meeting(runtime, office, STARTS + timedelta(weeks=week))
    with runtime.database.transaction() as session:
        notice_id = build_notice(session, meeting_id, notice_content(f"Trung tâm Thông tin kiểm tra lần {week}."))
        _issue(session, notice_id)
    return notice_id


def _issue(session: Session, notice_id: UUID) -> None:
    service.submit(session, system(Role.SECRETARY), notice_id)
    revision = service.latest_revision(session, notice_id)
    service.approve(session, system(Role.APPROVER), notice_id, revision.id)
    issuing.issue(session, system(Role.REGISTRAR), notice_id)
    distribute(session, system(Role.REGISTRAR), notice_id)


def test_queries_do_not_grow_with_notices(browser_of: Browsers, runtime: Runtime) -> None:
    office = build_office(runtime)
    pages = [
        (browser_of(Role.SECRETARY), "/thong-bao"),
        (browser_of(Role.UNIT, unit_ids=[office.centre]), "/thong-bao-den"),
        (browser_of(Role.REGISTRAR), "/"),
    ]
    numbers: list[list[int]] = []
    for weeks in (range(2), range(2, 6)):
        for week in weeks:
            sent(runtime, office, week)
        numbers.append([])
        for browser, path in pages:
            with counted(runtime) as queries:
                assert browser.get(path).status_code == 200
            numbers[-1].append(len(queries))
    assert numbers[0] == numbers[1]


def test_missing_receipts_are_the_registrars_to_see(browser_of: Browsers, runtime: Runtime) -> None:
    office, registrar = build_office(runtime), browser_of(Role.REGISTRAR)
    sent(runtime, office, 0)
    assert "0/2 đã xác nhận" in registrar.get("/").text
    with runtime.database.transaction() as session:
        rows = {row.unit_id: row.id for row in session.scalars(select(Delivery))}
    for unit_id, delivery_id in rows.items():
        unit = browser_of(Role.UNIT, unit_ids=[unit_id])
        assert unit.post(f"/thong-bao-den/{delivery_id}/xac-nhan").status_code == 302
    assert "Mọi đơn vị đã xác nhận các thông báo đã gửi" in registrar.get("/").text


def test_a_paper_called_back_is_not_read_any_more(browser_of: Browsers, runtime: Runtime) -> None:
    office = build_office(runtime)
    notice_id, unit = sent(runtime, office, 0), browser_of(Role.UNIT, unit_ids=[office.centre])
    with runtime.database.transaction() as session:
        own = select(Delivery).where(Delivery.unit_id == office.centre)
        first = session.scalars(own).one().id
        withdrawal = successors.withdraw(session, system(Role.SECRETARY), notice_id, "Ban hành nhầm").id
    assert "kiểm tra lần 0" in unit.get(f"/thong-bao-den/{first}").text
    with runtime.database.transaction() as session:
        _issue(session, withdrawal)
        second = session.scalars(own.where(Delivery.notice_id == withdrawal)).one().id
    shown = unit.get(f"/thong-bao-den/{first}").text
    assert "kiểm tra lần 0" not in shown
    assert "Thông báo thu hồi số 02/TB-VP" in shown
    assert unit.get(f"/thong-bao/{notice_id}/van-ban.pdf").status_code == 410
    assert "Xác nhận đã nhận và đã hủy" in unit.get(f"/thong-bao-den/{second}").text
