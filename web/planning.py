"""Planning from screen and API alike: one transaction for the plan, one for the trace of a refused secret."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from core.errors import ClassifiedRefused
from core.permissions import Actor
from core.runtime import current
from orchestrator.meetings import service
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.plan import MeetingPlan


def plan_meeting(actor: Actor, plan: MeetingPlan) -> UUID:
    """The identity of the planned meeting. Raises what the service refuses; nothing of a classified plan is kept."""
    with traced(actor, plan.classification), current().database.transaction() as session:
        return service.plan_meeting(session, actor, plan).id


@contextmanager
def traced(actor: Actor, classification: Classification) -> Iterator[None]:
    """Run a planning block, its transaction inside; where it is refused as secret, leave the trace after it."""
    try:
        yield
    except ClassifiedRefused:
        keep_trace(actor, classification)
        raise


def keep_trace(actor: Actor, classification: Classification) -> None:
    """Leave the trace that a classified plan was refused, in a transaction of its own."""
    with current().database.transaction() as session:
        service.note_classified_refusal(session, actor, classification)
