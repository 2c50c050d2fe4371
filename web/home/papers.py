"""Notices on their way: to be finished, looked at, approved, numbered, and waited for."""

from collections.abc import Sequence
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.permissions import Actor
from minutes.delivery.receipts import missing_receipts
from minutes.notices import service as notices
from minutes.notices.deadline_clock import ClockLevel, NoticeClock
from minutes.notices.listing import notice_rows
from minutes.notices.models import Notice
from minutes.notices.reviews import notices_to_review
from minutes.notices.states import APPROVED, CHANGES_REQUESTED, DRAFTING, IN_REVIEW
from web.home.need import MOST_SHOWN, Need, NeedList
from web.templating import day
from web.words import word

_CLOCK_TONES = {ClockLevel.BREACH: "bad", ClockLevel.ALARM: "warn", ClockLevel.LATE_FOR_URGENT: "warn"}


def to_edit(session: Session, actor: Actor, _now: datetime) -> NeedList:
    """Drafts, and what was sent back."""
    return _notices(session, actor, (DRAFTING, CHANGES_REQUESTED), _("Thông báo cần hoàn thiện"))


def to_review(session: Session, actor: Actor, _now: datetime) -> NeedList:
    """Looks before the approval."""
    return _list(session, actor, notices_to_review(session, actor), _("Thông báo chờ kiểm tra"))


def to_approve(session: Session, actor: Actor, _now: datetime) -> NeedList:
    """What waits for the approver."""
    return _notices(session, actor, (IN_REVIEW,), _("Thông báo chờ duyệt"))


def to_issue(session: Session, actor: Actor, _now: datetime) -> NeedList:
    """What waits for its number."""
    return _notices(session, actor, (APPROVED,), _("Thông báo chờ cấp số"))


def to_remind(session: Session, actor: Actor, _now: datetime) -> NeedList:
    """Notices that some unit has not acknowledged."""
    found = missing_receipts(session, actor)
    needs = [
        Need(
            text=_("Thông báo số %(symbol)s", symbol=row.symbol),
            url=url_for("secretary.notice", notice_id=row.notice_id, _anchor="tinh-hinh-nhan"),
            note=_("gửi ngày %(day)s", day=day(row.sent_at)),
            badge=_("%(done)d/%(all)d đã xác nhận", done=row.receivers - row.missing, all=row.receivers),
            tone="warn",
        )
        for row in found[:MOST_SHOWN]
    ]
    title, empty = _("Thông báo chưa đủ xác nhận"), _("Mọi đơn vị đã xác nhận các thông báo đã gửi.")
    return NeedList(title, needs, empty, len(found))


def _notices(session: Session, actor: Actor, wanted: tuple[str, ...], title: str) -> NeedList:
    found = [item for state in wanted for item in notices.list_notices(session, actor, state=state)]
    return _list(session, actor, found, title)


def _list(session: Session, actor: Actor, found: Sequence[Notice], title: str) -> NeedList:
    """The oldest first: their clock has run longest. Only of those shown the clock is read."""
    waiting = sorted(found, key=lambda notice: notice.created_at)
    needs, pressing = [], []
    for row in notice_rows(session, actor, waiting[:MOST_SHOWN]):
        tone = _CLOCK_TONES.get(row.clock.level, "")
        need = Need(
            text=row.meeting.title,
            url=url_for("secretary.notice", notice_id=row.notice.id),
            note=f"{word(row.notice.state, 'notice')} · {_day_of(row.clock)}",
            badge=_("hạn %(day)s", day=day(row.clock.due_on)),
            tone=tone,
            why=f"{title}: {_day_of(row.clock)}",
        )
        needs.append(need)
        if tone:
            pressing.append(need)
    empty = _("Không có thông báo nào đang chờ.")
    return NeedList(title, needs, empty, len(found), url_for("secretary.notices"), pressing)


def _day_of(clock: NoticeClock) -> str:
    """`ngày làm việc 3/5`: how far the time that Decision 45/2018 gives has run."""
    return _("ngày làm việc %(day)d/%(limit)d", day=clock.elapsed_working_days, limit=clock.limit_working_days)
