"""What happens by itself when a plan changes after invitations went out."""

from uuid import UUID

from sqlalchemy.orm import Session

from core.outbox import Payload, subscribe
from orchestrator.invitations.sending import call_off, send_after_change


@subscribe("meeting.rescheduled", name="invitations.update")
def send_new_time(session: Session, payload: Payload) -> None:
    """Everybody invited gets the new time, under the same UID with a higher SEQUENCE."""
    send_after_change(session, UUID(payload["id"]))


@subscribe("meeting.cancelled", name="invitations.cancel")
def send_cancellation(session: Session, payload: Payload) -> None:
    """Everybody invited is told that it does not take place."""
    call_off(session, UUID(payload["id"]))


@subscribe("meeting.changed", name="invitations.withdraw")
def send_withdrawals(session: Session, payload: Payload) -> None:
    """Endpoints taken out of the plan are told; other changes wait for the operator, who may be amid them."""
    call_off(session, UUID(payload["id"]), withdrawn_only=True)
