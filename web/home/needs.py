"""What needs a person today: short lists, one per right they hold; rights and visibility are those of the services."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.mail.listing import lost_mails
from core.messages import phrase
from core.permissions import Action, Actor, can
from core.runtime import current
from minutes.delivery import service as delivery
from minutes.delivery.receipts import missing_receipts
from minutes.delivery.states import ACKNOWLEDGED
from minutes.followups import service as followups
from minutes.notices import service as notices
from minutes.notices.deadline_clock import ClockLevel
from minutes.notices.listing import notice_rows
from minutes.notices.models import Notice, ReviewAspect
from minutes.notices.reviews import RIGHTS, notices_to_review
from minutes.notices.states import APPROVED, CHANGES_REQUESTED, DRAFTING, IN_REVIEW
from orchestrator.meetings.cap_review import meetings_over_caps
from orchestrator.meetings.listing import coming_meetings
from orchestrator.reports import board as reports
from orchestrator.reports import states as report_states
from web.templating import clock, day, long_day
from web.words import tone, word

MOST_SHOWN = 8
MEETINGS_WITHIN = timedelta(days=7)
LOST_MAILS_SINCE = timedelta(days=7)
_CLOCK_TONES = {ClockLevel.BREACH: "bad", ClockLevel.ALARM: "warn", ClockLevel.LATE_FOR_URGENT: "warn"}


@dataclass(frozen=True)
class Need:
    """One thing to do."""

    text: str
    url: str
    note: str = ""
    badge: str = ""
    tone: str = ""


@dataclass(frozen=True)
class NeedList:
    """Things of one kind, and what is said when there are none."""

    title: str
    needs: list[Need]
    empty: str


def needs_of(session: Session, actor: Actor, now: datetime) -> list[NeedList]:
    """All lists for this person, in the order of the journey."""
    lists = [make(session, actor, now) for right, make in _LISTS if can(actor, right)]
    if any(can(actor, RIGHTS[ReviewAspect(name)]) for name in current().settings.notice_reviews):
        lists.insert(1, _to_review(session, actor, now))
    return lists


def _meetings(session: Session, actor: Actor, now: datetime) -> NeedList:
    needs = [
        Need(
            text=item.title,
            url=url_for("operator.meeting", meeting_id=item.id),
            note=f"{clock(item.starts_at)}, {long_day(item.starts_at)}",
            badge=str(word(item.state, "meeting")),
            tone=tone(item.state, "meeting"),
        )
        for item in coming_meetings(session, actor, now, now + MEETINGS_WITHIN, limit=MOST_SHOWN)
    ]
    return NeedList(_("Cuộc họp trong 7 ngày tới"), needs, _("Không có cuộc họp nào sắp tới."))


def _over_caps(session: Session, actor: Actor, now: datetime) -> NeedList:
    found = meetings_over_caps(session, actor, now)
    needs = [
        Need(
            text=item.title,
            url=url_for("operator.meeting", meeting_id=item.id),
            note=f"{clock(item.starts_at)}, {long_day(item.starts_at)} · {item.breaches[0].policy.legal_basis}",
            badge=_(
                "%(counted)s, trần %(most)s",
                counted=item.breaches[0].counted,
                most=item.breaches[0].policy.maximum,
            ),
            tone="bad",
        )
        for item in found[:MOST_SHOWN]
    ]
    return NeedList(_("Cuộc họp vượt trần số người"), needs, _("Không có cuộc họp nào vượt trần."))


def _to_edit(session: Session, actor: Actor, _now: datetime) -> NeedList:
    return _notices(session, actor, (DRAFTING, CHANGES_REQUESTED), _("Thông báo cần hoàn thiện"))


def _to_review(session: Session, actor: Actor, _now: datetime) -> NeedList:
    needs = _listed(session, actor, notices_to_review(session, actor))
    return NeedList(_("Thông báo chờ kiểm tra"), needs, _("Không có thông báo nào đang chờ."))


def _to_approve(session: Session, actor: Actor, _now: datetime) -> NeedList:
    return _notices(session, actor, (IN_REVIEW,), _("Thông báo chờ duyệt"))


def _to_issue(session: Session, actor: Actor, _now: datetime) -> NeedList:
    return _notices(session, actor, (APPROVED,), _("Thông báo chờ cấp số"))


def _notices(session: Session, actor: Actor, wanted: tuple[str, ...], title: str) -> NeedList:
    found = [item for state in wanted for item in notices.list_notices(session, actor, state=state)]
    return NeedList(title, _listed(session, actor, found), _("Không có thông báo nào đang chờ."))


def _listed(session: Session, actor: Actor, found: Sequence[Notice]) -> list[Need]:
    return [
        Need(
            text=row.meeting.title,
            url=url_for("secretary.notice", notice_id=row.notice.id),
            note=str(word(row.notice.state, "notice")),
            badge=_("hạn %(day)s", day=day(row.clock.due_on)),
            tone=_CLOCK_TONES.get(row.clock.level, ""),
        )
        for row in notice_rows(session, actor, found[:MOST_SHOWN])
    ]


def _to_remind(session: Session, actor: Actor, _now: datetime) -> NeedList:
    needs = [
        Need(
            text=_("Thông báo số %(symbol)s", symbol=row.symbol),
            url=url_for("secretary.notice", notice_id=row.notice_id, _anchor="tinh-hinh-nhan"),
            note=_("gửi ngày %(day)s", day=day(row.sent_at)),
            badge=_("%(done)d/%(all)d đã xác nhận", done=row.receivers - row.missing, all=row.receivers),
            tone="warn",
        )
        for row in missing_receipts(session, actor)[:MOST_SHOWN]
    ]
    return NeedList(_("Thông báo chưa đủ xác nhận"), needs, _("Mọi đơn vị đã xác nhận các thông báo đã gửi."))


def _to_acknowledge(session: Session, actor: Actor, _now: datetime) -> NeedList:
    rows = [row for row in delivery.list_deliveries(session, actor) if row.state != ACKNOWLEDGED]
    needs = [
        Need(
            text=_("Thông báo số %(symbol)s", symbol=row.issue.symbol),
            url=url_for("unit.received", delivery_id=row.id),
            note=row.unit.name,
            badge=str(word(row.state, "delivery")),
            tone=tone(row.state, "delivery"),
        )
        for row in rows[:MOST_SHOWN]
    ]
    return NeedList(_("Thông báo chờ xác nhận"), needs, _("Đơn vị đã xác nhận mọi thông báo."))


def _to_carry_out(session: Session, actor: Actor, now: datetime) -> NeedList:
    needs = [
        Need(
            text=task.action,
            url=url_for("unit.task", task_id=task.id),
            note=task.unit.name if task.unit else "; ".join(task.lead),
            badge=_("hạn %(day)s", day=day(task.due_at)) if task.due_at else task.deadline_raw,
            tone="bad" if task.is_overdue(now) else "warn" if task.due_at else "",
        )
        for task in followups.list_tasks(session, actor, open_only=True)[:MOST_SHOWN]
    ]
    return NeedList(_("Nhiệm vụ đang thực hiện"), needs, _("Không có nhiệm vụ nào đang chờ."))


def _to_report(session: Session, actor: Actor, now: datetime) -> NeedList:
    duties = reports.own_duties(session, actor, now, open_only=True)[0]
    needs = [
        Need(
            text=_("%(form)s, %(period)s", form=duty.period.form.name, period=phrase(duty.period.name)),
            url=url_for("reports.fill", period_id=duty.period_id, unit_id=duty.unit_id),
            note=duty.unit.name,
            badge=_("hạn %(hour)s %(day)s", hour=clock(duty.period.cut_off_at), day=day(duty.period.cut_off_at)),
            tone="bad" if now > duty.period.cut_off_at else "warn",
        )
        for duty in duties[:MOST_SHOWN]
    ]
    return NeedList(_("Báo cáo nhanh cần nộp"), needs, _("Đơn vị đã nộp đủ các báo cáo đến hạn."))


def _to_compile(session: Session, actor: Actor, now: datetime) -> NeedList:
    waiting = [item for item in reports.current_periods(session, actor, now) if item[0].state == report_states.OPEN]
    needs = [
        Need(
            text=_("%(form)s, %(period)s", form=period.form.name, period=phrase(period.name)),
            url=url_for("reports.board", period_id=period.id),
            note=_("hạn %(hour)s %(day)s", hour=clock(period.cut_off_at), day=day(period.cut_off_at)),
            badge=_("%(reported)s/%(units)s đơn vị đã nộp", reported=counts.reported, units=counts.units),
            tone="warn" if counts.missing else "good",
        )
        for period, counts in waiting[:MOST_SHOWN]
    ]
    return NeedList(_("Báo cáo nhanh chờ tổng hợp"), needs, _("Không có kỳ báo cáo nào chờ tổng hợp."))


def _mails_lost(session: Session, actor: Actor, now: datetime) -> NeedList:
    needs = [
        Need(
            text=mail.subject,
            url=url_for("mails.show", mail_id=mail.id),
            note=", ".join(item.address for item in mail.troubled[:3]),
            badge=str(word(mail.state, "mail")),
            tone=tone(mail.state, "mail"),
        )
        for mail in lost_mails(session, actor, now - LOST_MAILS_SINCE, MOST_SHOWN)
    ]
    return NeedList(_("Thư không tới nơi"), needs, _("Mọi thư trong 7 ngày qua đều đã gửi đi."))


_Maker = Callable[[Session, Actor, datetime], NeedList]
_LISTS: tuple[tuple[Action, _Maker], ...] = (
    (Action.VIEW_MEETING, _meetings),
    (Action.GRANT_EXCEPTION, _over_caps),
    (Action.EDIT_NOTICE, _to_edit),
    (Action.APPROVE_NOTICE, _to_approve),
    (Action.ISSUE_NOTICE, _to_issue),
    (Action.DISTRIBUTE_NOTICE, _to_remind),
    (Action.ACKNOWLEDGE_NOTICE, _to_acknowledge),
    (Action.VIEW_TASKS, _to_carry_out),
    (Action.SUBMIT_REPORT, _to_report),
    (Action.COMPILE_REPORT, _to_compile),
    (Action.VIEW_MAIL, _mails_lost),
)
