"""Meetings over the API: plan, list, look up, life, personal links."""

from flask import Response

from core.permissions import Action
from core.runtime import current
from orchestrator.invitations.service import create_links, join_url
from orchestrator.meetings import service
from orchestrator.meetings.listing import MeetingFilter, search_meetings
from web.api.blueprint import api
from web.api.meeting_shapes import (
    CancelIn,
    LinkOut,
    LinksOut,
    MeetingIn,
    MeetingOut,
    MeetingPath,
    MeetingsOut,
    MeetingsQuery,
    meeting_out,
)
from web.api.shapes import answer, answer_list
from web.planning import plan_meeting
from web.security.callers import acting
from web.security.gate import requires


@api.get("/meetings", responses={200: MeetingsOut})
@requires(Action.VIEW_MEETING)
def list_meetings(query: MeetingsQuery) -> Response:
    """Danh sách cuộc họp, 50 cuộc họp một trang; tìm không cần dấu."""
    wanted = MeetingFilter(
        words=query.q,
        kind=query.kind,
        state=query.state,
        since=query.since,
        until=query.until,
        endpoint_id=query.endpoint_id,
        series_id=query.series_id,
    )
    with current().database.transaction() as session:
        page = search_meetings(session, acting(), wanted, current().clock(), page=query.page)
        found = service.get_meetings(session, acting(), [row.id for row in page.rows])
        return answer_list(MeetingOut, [meeting_out(meeting) for meeting in found])


@api.post("/meetings", responses={201: MeetingOut})
@requires(Action.PLAN_MEETING)
def create_meeting(body: MeetingIn) -> Response:
    """Lập kế hoạch cuộc họp."""
    meeting_id = plan_meeting(acting(), body.plan())
    with current().database.transaction() as session:
        return answer(meeting_out(service.get_meeting(session, acting(), meeting_id)), 201)


@api.get("/meetings/<uuid:meeting_id>", responses={200: MeetingOut})
@requires(Action.VIEW_MEETING)
def get_meeting(path: MeetingPath) -> Response:
    """Một cuộc họp."""
    with current().database.transaction() as session:
        return answer(meeting_out(service.get_meeting(session, acting(), path.meeting_id)))


@api.post("/meetings/<uuid:meeting_id>/open", responses={200: MeetingOut})
@requires(Action.OPERATE_MEETING)
def open_meeting(path: MeetingPath) -> Response:
    """Mở phòng họp ngay."""
    with current().database.transaction() as session:
        return answer(meeting_out(service.open_meeting(session, acting(), path.meeting_id)))


@api.post("/meetings/<uuid:meeting_id>/close", responses={200: MeetingOut})
@requires(Action.OPERATE_MEETING)
def close_meeting(path: MeetingPath) -> Response:
    """Kết thúc cuộc họp; phòng họp trực tuyến được giải tán ngay sau đó."""
    with current().database.transaction() as session:
        return answer(meeting_out(service.close_meeting(session, acting(), path.meeting_id)))


@api.post("/meetings/<uuid:meeting_id>/cancel", responses={200: MeetingOut})
@requires(Action.PLAN_MEETING)
def cancel_meeting(path: MeetingPath, body: CancelIn) -> Response:
    """Hủy cuộc họp."""
    with current().database.transaction() as session:
        return answer(meeting_out(service.cancel_meeting(session, acting(), path.meeting_id, body.reason)))


@api.post("/meetings/<uuid:meeting_id>/links", responses={201: LinksOut})
@requires(Action.PLAN_MEETING)
def make_links(path: MeetingPath) -> Response:
    """Tạo đường dẫn riêng cho từng điểm cầu; đường dẫn cũ hết hiệu lực."""
    with current().database.transaction() as session:
        meeting = service.get_meeting(session, acting(), path.meeting_id)
        links = [
            LinkOut(
                meeting_endpoint_id=seat.id,
                endpoint_id=seat.endpoint_id,
                endpoint=seat.endpoint.name,
                url=join_url(token),
            )
            for seat, token in create_links(session, acting(), meeting)
        ]
        response = answer_list(LinkOut, links)
        response.status_code = 201
        return response
