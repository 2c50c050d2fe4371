"""Invitations over the API: who has one and what was answered, where it goes, sending."""

from datetime import datetime
from uuid import UUID

from flask import Response
from pydantic import BaseModel, Field

from core.permissions import Action
from core.runtime import current
from orchestrator.invitations.board import BoardRow, Standing, board_of
from orchestrator.invitations.models import Answer
from orchestrator.invitations.sending import send_invitations, set_addresses
from web.api.blueprint import api
from web.api.meeting_shapes import MeetingPath
from web.api.shapes import In, Out, answer, answer_list
from web.security.callers import acting
from web.security.gate import requires


class InvitationOut(Out):
    """The invitation of one endpoint; `addresses` is where the next mail would go."""

    meeting_endpoint_id: UUID
    endpoint: str
    standing: Standing
    addresses: list[str]
    sent_at: datetime | None
    answer: Answer | None
    answered_at: datetime | None
    head_count: int | None
    decline_reason: str


class InvitationsOut(Out):
    """One line per endpoint, in the order of the plan."""

    items: list[InvitationOut]


class SendIn(In):
    """Whom to send to (all without it); `again` also sends what has not changed since it was sent."""

    only: list[UUID] | None = Field(default=None, max_length=500)
    again: bool = False


class SendOut(Out):
    """What one sending did, by names of endpoints."""

    sent: list[str]
    unchanged: list[str]
    without_address: list[str]


class AddressesIn(In):
    """Where the invitation of one endpoint goes; empty for the addresses of the directory."""

    addresses: list[str] = Field(max_length=20)


class InvitedPath(BaseModel):
    """Which endpoint of which meeting."""

    meeting_id: UUID
    place_id: UUID


@api.get("/meetings/<uuid:meeting_id>/invitations", responses={200: InvitationsOut})
@requires(Action.VIEW_DIRECTORY)
def list_invitations(path: MeetingPath) -> Response:
    """Giấy mời của từng điểm cầu: đã gửi chưa, đã trả lời thế nào."""
    with current().database.transaction() as session:
        rows = board_of(session, acting(), path.meeting_id).rows
        return answer_list(InvitationOut, [_row_out(row) for row in rows])


@api.post("/meetings/<uuid:meeting_id>/invitations/send", responses={200: SendOut})
@requires(Action.PLAN_MEETING)
def send_meeting_invitations(path: MeetingPath, body: SendIn) -> Response:
    """Xếp hàng gửi giấy mời; gửi hai lần khi không có gì thay đổi vẫn chỉ là một thư."""
    with current().database.transaction() as session:
        report = send_invitations(session, acting(), path.meeting_id, only=body.only, again=body.again)
    return answer(SendOut.of(report))


@api.put("/meetings/<uuid:meeting_id>/invitations/<uuid:place_id>/addresses", responses={200: InvitationsOut})
@requires(Action.PLAN_MEETING)
def put_invitation_addresses(path: InvitedPath, body: AddressesIn) -> Response:
    """Đặt địa chỉ nhận giấy mời của một điểm cầu."""
    with current().database.transaction() as session:
        set_addresses(session, acting(), path.meeting_id, path.place_id, body.addresses)
        rows = board_of(session, acting(), path.meeting_id).rows
        return answer_list(InvitationOut, [_row_out(row) for row in rows])


def _row_out(row: BoardRow) -> InvitationOut:
    invitation = row.invitation
    return InvitationOut(
        meeting_endpoint_id=row.place.id,
        endpoint=row.place.endpoint.name,
        standing=row.standing,
        addresses=list(row.addresses),
        sent_at=invitation.sent_at if invitation else None,
        answer=invitation.answer if invitation else None,
        answered_at=invitation.answered_at if invitation else None,
        head_count=invitation.head_count if invitation else None,
        decline_reason=invitation.decline_reason if invitation else "",
    )
