"""The pages of one meeting, the same row on each of them. Comes in: a meeting, who looks; goes out: links by right."""

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import object_session

from core.permissions import Action, Actor, can
from minutes.notices.service import notice_of_meeting
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.states import CANCELLED, PLANNED
from transcription.transcripts.service import current_transcript
from web.menu import MenuItem

_OVERVIEW = "operator.meeting"


def meeting_links(meeting: Meeting, actor: Actor | None, here: str) -> list[MenuItem]:
    """Links to what this person may open of the meeting; `here` is the endpoint shown. Empty if there is only one."""
    if actor is None:
        return []
    links = [*_of_the_plan(meeting, actor), *_of_the_papers(meeting, actor)]
    return [MenuItem(label, url, name == here) for name, label, url in links] if len(links) > 1 else []


def _of_the_plan(meeting: Meeting, actor: Actor) -> list[tuple[str, LazyString, str]]:
    named = [(_OVERVIEW, _l("Tổng quan"), can(actor, Action.VIEW_MEETING, meeting))]
    named.append(
        ("operator.edit", _l("Kế hoạch"), meeting.state == PLANNED and can(actor, Action.PLAN_MEETING, meeting))
    )
    is_open_to_all = meeting.classification == Classification.UNCLASSIFIED
    named.append(("invitations.board", _l("Giấy mời"), is_open_to_all and can(actor, Action.VIEW_DIRECTORY)))
    operates = meeting.state != CANCELLED and can(actor, Action.OPERATE_CONTENT, meeting)
    named.append(("console.console", _l("Điều hành"), operates))
    named.append(("live.page", _l("Lời nói"), operates and is_open_to_all))
    named.append(("console.not_ready", _l("Chưa sẵn sàng"), operates))
    named.append(("console.log", _l("Nhật ký sự cố"), operates))
    return [(name, label, url_for(name, meeting_id=meeting.id)) for name, label, allowed in named if allowed]


def _of_the_papers(meeting: Meeting, actor: Actor) -> list[tuple[str, LazyString, str]]:
    session = object_session(meeting)
    links: list[tuple[str, LazyString, str]] = []
    if can(actor, Action.UPLOAD_RECORDING, meeting) or can(actor, Action.LISTEN, meeting):
        links.append(("", _l("Bản ghi"), url_for(_OVERVIEW, meeting_id=meeting.id, _anchor="recordings")))
    if session is None:
        return links
    if can(actor, Action.VIEW_TRANSCRIPT, meeting):
        transcript = current_transcript(session, actor, meeting.id)
        if transcript is not None:
            url = url_for("secretary.transcript", transcript_id=transcript.id)
            links.append(("secretary.transcript", _l("Gỡ băng"), url))
    if can(actor, Action.VIEW_NOTICE, meeting):
        notice = notice_of_meeting(session, actor, meeting.id)
        if notice is not None:
            url = url_for("secretary.notice", notice_id=notice.id)
            links.append(("secretary.notice", _l("Thông báo kết luận"), url))
    return links
