"""What a unit owes: receipts, tasks, quick reports; and what the office puts together of the reports."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.messages import phrase
from core.permissions import Actor
from minutes.delivery import service as delivery
from minutes.delivery.states import ACKNOWLEDGED
from minutes.followups import service as followups
from minutes.followups.models import Task
from orchestrator.reports import board as reports
from orchestrator.reports import states as report_states
from web.home.need import MOST_SHOWN, Need, NeedList, how_far, is_today
from web.templating import clock, day
from web.words import tone, word


def to_acknowledge(session: Session, actor: Actor, _now: datetime) -> NeedList:
    """Notices whose receipt the unit has not confirmed."""
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
    title, empty = _("Thông báo chờ xác nhận"), _("Đơn vị đã xác nhận mọi thông báo.")
    return NeedList(title, needs, empty, len(rows), url_for("unit.inbox"))


def to_carry_out(session: Session, actor: Actor, now: datetime) -> NeedList:
    """Open tasks, the late ones first; those due today and late press."""
    found = followups.list_tasks(session, actor, open_only=True)
    needs = [_task(task, now) for task in found[:MOST_SHOWN]]
    late = sum(task.is_overdue(now) for task in found)
    pressing = [need for need in needs if need.at and is_today(need.at, now)]
    if late:
        words = _("%(count)d nhiệm vụ quá hạn", count=late)
        pressing.append(Need(text=words, url=url_for("unit.tasks"), tone="bad"))
    title, empty = _("Nhiệm vụ đang thực hiện"), _("Không có nhiệm vụ nào đang chờ.")
    return NeedList(title, needs, empty, len(found), url_for("unit.tasks"), pressing)


def _task(task: Task, now: datetime) -> Need:
    late = task.is_overdue(now)
    return Need(
        text=task.action,
        url=url_for("unit.task", task_id=task.id),
        note=task.unit.name if task.unit else "; ".join(task.lead),
        badge=_("hạn %(day)s", day=day(task.due_at)) if task.due_at else task.deadline_raw,
        tone="bad" if late else "warn" if task.due_at else "",
        at=None if late else task.due_at,
        why=_("hạn hôm nay"),
    )


def to_report(session: Session, actor: Actor, now: datetime) -> NeedList:
    """Quick reports of the unit that are open; the hour they are cut off is told."""
    duties = reports.own_duties(session, actor, now, open_only=True)[0]
    needs = [
        Need(
            text=_("%(form)s, %(period)s", form=duty.period.form.name, period=phrase(duty.period.name)),
            url=url_for("reports.fill", period_id=duty.period_id, unit_id=duty.unit_id),
            note=f"{duty.unit.name} · {how_far(duty.period.cut_off_at, now)}",
            badge=_("hạn %(hour)s %(day)s", hour=clock(duty.period.cut_off_at), day=day(duty.period.cut_off_at)),
            tone="bad" if now > duty.period.cut_off_at else "warn",
            at=duty.period.cut_off_at,
            why=_("phải nộp báo cáo"),
        )
        for duty in duties[:MOST_SHOWN]
    ]
    title, empty = _("Báo cáo nhanh cần nộp"), _("Đơn vị đã nộp đủ các báo cáo đến hạn.")
    return NeedList(title, needs, empty, len(duties), url_for("reports.index"), _pressing(needs, now))


def to_compile(session: Session, actor: Actor, now: datetime) -> NeedList:
    """Periods whose reports the office is gathering."""
    waiting = [item for item in reports.current_periods(session, actor, now) if item[0].state == report_states.OPEN]
    needs = [
        Need(
            text=_("%(form)s, %(period)s", form=period.form.name, period=phrase(period.name)),
            url=url_for("reports.board", period_id=period.id),
            note=_("hạn %(hour)s %(day)s", hour=clock(period.cut_off_at), day=day(period.cut_off_at)),
            badge=_("%(reported)s/%(units)s đơn vị đã nộp", reported=counts.reported, units=counts.units),
            tone="warn" if counts.missing else "good",
            at=period.cut_off_at,
            why=_("%(reported)s/%(units)s đơn vị đã nộp", reported=counts.reported, units=counts.units),
        )
        for period, counts in waiting[:MOST_SHOWN]
    ]
    title, empty = _("Báo cáo nhanh chờ tổng hợp"), _("Không có kỳ báo cáo nào chờ tổng hợp.")
    return NeedList(title, needs, empty, len(waiting), url_for("reports.index"), _pressing(needs, now))


def _pressing(needs: list[Need], now: datetime) -> list[Need]:
    return [need for need in needs if need.at and is_today(need.at, now)]
