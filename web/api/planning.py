"""A planned meeting over the API: edit, reschedule, head-counts, extend, exceptions from caps."""

from datetime import datetime
from uuid import UUID

from flask import Response
from pydantic import AwareDatetime, BaseModel, Field

from core.permissions import Action
from core.runtime import current
from orchestrator.meetings import registration, service
from orchestrator.meetings.cap_exceptions import exceptions_of, grant_exception, revoke_exception
from orchestrator.meetings.editing import edit_meeting
from orchestrator.meetings.extension import extend_meeting
from orchestrator.meetings.plan import PlannedException
from orchestrator.meetings.series.service import edit_following
from web.api.blueprint import api
from web.api.meeting_shapes import MeetingIn, MeetingOut, MeetingPath, meeting_out
from web.api.shapes import In, Out, answer, answer_list
from web.planning import traced
from web.security.callers import acting
from web.security.gate import requires


class EditIn(MeetingIn):
    """A whole new plan over the version that was read; `following` also writes the later meetings of the series."""

    version: int
    following: bool = False


class PeriodIn(In):
    """Another time."""

    starts_at: AwareDatetime
    ends_at: AwareDatetime
    version: int | None = None


class HeadCountIn(In):
    """People at an endpoint."""

    endpoint_id: UUID
    count: int = Field(ge=0, le=100_000)


class ExtensionIn(In):
    """More minutes for an open meeting."""

    minutes: int


class ExtensionOut(Out):
    """The new end; beyond `room_certain_until` the room may have to be entered again."""

    ends_at: datetime
    room_certain_until: datetime
    needs_rejoin: bool


class ExceptionIn(In):
    """Let this meeting exceed a policy up to a number, for a reason."""

    policy_id: UUID
    allowed: int
    reason: str


class ExceptionOut(Out):
    """An exception as it stands in the register."""

    id: UUID
    policy_id: UUID
    allowed: int
    reason: str
    granted_by_name: str
    created_at: datetime
    revoked_at: datetime | None


class ExceptionsOut(Out):
    """Exceptions of a meeting, those taken back too."""

    items: list[ExceptionOut]


class ExceptionPath(BaseModel):
    """Which exception of which meeting."""

    meeting_id: UUID
    exception_id: UUID


@api.put("/meetings/<uuid:meeting_id>", responses={200: MeetingOut})
@requires(Action.PLAN_MEETING)
def put_meeting(path: MeetingPath, body: EditIn) -> Response:
    """Sửa kế hoạch cuộc họp; với chuỗi họp có thể sửa cả các phiên sau."""
    actor, plan = acting(), body.plan()
    with traced(actor, plan.classification), current().database.transaction() as session:
        if body.following:
            edit_following(session, actor, path.meeting_id, plan, expected_version=body.version)
        else:
            edit_meeting(session, actor, path.meeting_id, plan, expected_version=body.version)
        return answer(meeting_out(service.get_meeting(session, actor, path.meeting_id)))


@api.post("/meetings/<uuid:meeting_id>/reschedule", responses={200: MeetingOut})
@requires(Action.PLAN_MEETING)
def reschedule_meeting(path: MeetingPath, body: PeriodIn) -> Response:
    """Đổi giờ cuộc họp."""
    with current().database.transaction() as session:
        moved = service.reschedule_meeting(
            session, acting(), path.meeting_id, body.starts_at, body.ends_at, expected_version=body.version
        )
        return answer(meeting_out(moved))


@api.post("/meetings/<uuid:meeting_id>/head-count", responses={200: MeetingOut})
@requires(Action.PLAN_MEETING)
def put_head_count(path: MeetingPath, body: HeadCountIn) -> Response:
    """Đăng ký số người tại một điểm cầu."""
    with current().database.transaction() as session:
        registration.set_head_count(session, acting(), path.meeting_id, body.endpoint_id, body.count)
        return answer(meeting_out(service.get_meeting(session, acting(), path.meeting_id)))


@api.post("/meetings/<uuid:meeting_id>/extend", responses={200: ExtensionOut})
@requires(Action.OPERATE_MEETING)
def extend(path: MeetingPath, body: ExtensionIn) -> Response:
    """Kéo dài cuộc họp đang mở."""
    with current().database.transaction() as session:
        return answer(ExtensionOut.of(extend_meeting(session, acting(), path.meeting_id, body.minutes)))


@api.get("/meetings/<uuid:meeting_id>/cap-exceptions", responses={200: ExceptionsOut})
@requires(Action.VIEW_MEETING)
def list_cap_exceptions(path: MeetingPath) -> Response:
    """Các lần cho cuộc họp vượt trần."""
    with current().database.transaction() as session:
        meeting = service.get_meeting(session, acting(), path.meeting_id)
        return answer_list(ExceptionOut, exceptions_of(session, acting(), meeting))


@api.post("/meetings/<uuid:meeting_id>/cap-exceptions", responses={201: ExceptionOut})
@requires(Action.GRANT_EXCEPTION)
def create_cap_exception(path: MeetingPath, body: ExceptionIn) -> Response:
    """Cho cuộc họp vượt trần, có lý do."""
    new = PlannedException(body.policy_id, body.allowed, body.reason)
    with current().database.transaction() as session:
        return answer(ExceptionOut.of(grant_exception(session, acting(), path.meeting_id, new)), 201)


@api.delete("/meetings/<uuid:meeting_id>/cap-exceptions/<uuid:exception_id>", responses={200: ExceptionOut})
@requires(Action.GRANT_EXCEPTION)
def delete_cap_exception(path: ExceptionPath) -> Response:
    """Thu hồi việc cho vượt trần."""
    with current().database.transaction() as session:
        return answer(ExceptionOut.of(revoke_exception(session, acting(), path.meeting_id, path.exception_id)))
