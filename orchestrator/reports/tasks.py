"""Celery tasks of quick reports: periods made ahead, reminders at their time. Both may run any number of times."""

import logging

from celery import shared_task

from core.errors import Refusal
from core.queue import RoomTask, every
from core.runtime import current
from orchestrator.reports.periods import forms_to_keep, keep_form
from orchestrator.reports.reminders import periods_to_remind, remind

log = logging.getLogger(__name__)

KEEP_PERIODS = "orchestrator.keep_report_periods"
KEEP_SECONDS = 300.0
REMIND = "orchestrator.remind_reports"
REMIND_SECONDS = 30.0


@shared_task(base=RoomTask, name=KEEP_PERIODS)
def keep_periods() -> None:
    """Each form in a transaction of its own, so that one does not hold up the others."""
    now = current().clock()
    with current().database.transaction() as session:
        forms = forms_to_keep(session)
    for form_id in forms:
        with current().database.transaction() as session:
            made = keep_form(session, form_id, now)
        if made:
            log.info("report form %s: %d periods made", form_id, made)


@shared_task(base=RoomTask, name=REMIND)
def remind_reports() -> None:
    """Each period in a transaction of its own."""
    now = current().clock()
    with current().database.transaction() as session:
        periods = periods_to_remind(session, now)
    for period_id in periods:
        try:
            with current().database.transaction() as session:
                told = remind(session, period_id, now)
        except Refusal as refusal:
            log.warning("report period %s: reminder refused: %s", period_id, refusal.code)
            continue
        if told:
            log.info("report period %s: %d units reminded", period_id, told)


every(KEEP_SECONDS, KEEP_PERIODS)
every(REMIND_SECONDS, REMIND)
