"""What needs a person today: short lists, one per right they hold; rights and visibility are those of the services.

Above them what presses: hours of this day in their order, then what is late.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from core.permissions import Action, Actor, can
from core.runtime import current
from minutes.notices.models import ReviewAspect
from minutes.notices.reviews import RIGHTS
from web.home import gathering, papers, units
from web.home.need import Need, NeedList

MOST_PRESSING = 6
_NO_HOUR = datetime.max.replace(tzinfo=UTC)


def needs_of(session: Session, actor: Actor, now: datetime) -> list[NeedList]:
    """All lists for this person, in the order of the journey."""
    lists = [make(session, actor, now) for right, make in _LISTS if can(actor, right)]
    if any(can(actor, RIGHTS[ReviewAspect(name)]) for name in current().settings.notice_reviews):
        lists.insert(1, papers.to_review(session, actor, now))
    return lists


def pressing(lists: Sequence[NeedList]) -> list[Need]:
    """What presses in all of them: by the hour, then without one; one line for each thing."""
    found = {(need.url, need.text): need for one in lists for need in one.pressing}
    return sorted(found.values(), key=lambda need: need.at or _NO_HOUR)[:MOST_PRESSING]


_Maker = Callable[[Session, Actor, datetime], NeedList]
_LISTS: tuple[tuple[Action, _Maker], ...] = (
    (Action.VIEW_MEETING, gathering.meetings),
    (Action.GRANT_EXCEPTION, gathering.over_caps),
    (Action.RERUN_STAGE, gathering.stopped_jobs),
    (Action.CORRECT_TRANSCRIPT, gathering.to_correct),
    (Action.EDIT_NOTICE, papers.to_edit),
    (Action.APPROVE_NOTICE, papers.to_approve),
    (Action.ISSUE_NOTICE, papers.to_issue),
    (Action.DISTRIBUTE_NOTICE, papers.to_remind),
    (Action.ACKNOWLEDGE_NOTICE, units.to_acknowledge),
    (Action.VIEW_TASKS, units.to_carry_out),
    (Action.SUBMIT_REPORT, units.to_report),
    (Action.COMPILE_REPORT, units.to_compile),
    (Action.VIEW_MAIL, gathering.mails_lost),
    (Action.CONFIRM_PURGE, gathering.to_confirm),
)
