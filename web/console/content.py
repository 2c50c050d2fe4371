"""Acts of the content office: roll call, heads in the rooms, messages to everyone, the agenda."""

from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.clock import VIETNAM, in_vietnam
from core.errors import Invalid, NotFound
from core.permissions import Action
from core.runtime import current
from orchestrator.attendance import service as attendance
from orchestrator.live import talk
from orchestrator.live.models import LiveMessage
from orchestrator.meetings.models import Attendance, Participant
from web import forms
from web.console.answering import Answer, act
from web.console.blueprint import blueprint
from web.security.callers import acting
from web.security.gate import requires
from web.words import word


@blueprint.post("/<uuid:meeting_id>/diem-danh")
@requires(Action.CALL_ROLL)
def call_roll(meeting_id: UUID) -> Answer:
    """What the roll call found of one person."""

    def change(session: Session) -> str:
        participant = session.get(Participant, forms.required_id("participant_id", _("người dự")))
        if participant is None or participant.meeting_id != meeting_id:
            raise NotFound
        answer = forms.choice("attendance", Attendance, _("điểm danh"))
        attendance.call_roll(
            session, acting(), participant.id, answer, forms.text("reason"), arrived_at=_typed_arrival(answer)
        )
        name = participant.person.full_name
        return _("%(name)s: %(answer)s.", name=name, answer=str(word(answer, "attendance")).lower())

    return act(meeting_id, change)


@blueprint.post("/<uuid:meeting_id>/diem-danh/diem-cau")
@requires(Action.CALL_ROLL)
def call_place(meeting_id: UUID) -> Answer:
    """Everyone of one endpoint whom nobody has looked for is there."""

    def change(session: Session) -> str:
        place_id = forms.required_id("place_id", _("điểm cầu"))
        count = attendance.call_place(session, acting(), meeting_id, place_id)
        return _("Đã điểm danh %(count)s người có mặt tại điểm cầu.", count=count)

    return act(meeting_id, change)


@blueprint.post("/<uuid:meeting_id>/so-nguoi")
@requires(Action.CALL_ROLL)
def count_heads(meeting_id: UUID) -> Answer:
    """How many people are in the room of an endpoint."""

    def change(session: Session) -> str:
        count = forms.whole_number(forms.text("count"), _("số người có mặt"))
        place_id = forms.required_id("place_id", _("điểm cầu"))
        attendance.count_heads(session, acting(), meeting_id, place_id, count)
        return _("Đã ghi %(count)s người có mặt.", count=count)

    return act(meeting_id, change)


@blueprint.post("/<uuid:meeting_id>/thong-diep")
@requires(Action.OPERATE_CONTENT)
def say_to_all(meeting_id: UUID) -> Answer:
    """A message to everyone in the room."""

    def change(session: Session) -> str:
        talk.say_to_all(session, acting(), meeting_id, forms.text("text"))
        return _("Đã nhận thông điệp.")

    return act(meeting_id, change)


@blueprint.post("/<uuid:meeting_id>/thong-diep/<uuid:message_id>/nhan")
@requires(Action.OPERATE_CONTENT)
def claim_message(meeting_id: UUID, message_id: UUID) -> Answer:
    """This console is in the room and hands the message over."""

    def change(session: Session) -> None:
        _require_own_message(session, message_id, meeting_id)
        talk.claim_message(session, acting(), message_id)

    return act(meeting_id, change)


@blueprint.post("/<uuid:meeting_id>/thong-diep/<uuid:message_id>/tra")
@requires(Action.OPERATE_CONTENT)
def release_message(meeting_id: UUID, message_id: UUID) -> Answer:
    """The conference did not take the message: it waits again."""

    def change(session: Session) -> None:
        _require_own_message(session, message_id, meeting_id)
        talk.release_message(session, acting(), message_id)

    return act(meeting_id, change)


@blueprint.post("/<uuid:meeting_id>/chuong-trinh")
@requires(Action.OPERATE_CONTENT)
def mark_agenda(meeting_id: UUID) -> Answer:
    """The meeting has come to this point."""

    def change(session: Session) -> None:
        talk.mark_agenda(session, acting(), meeting_id, forms.required_id("item_id", _("nội dung họp")))

    return act(meeting_id, change)


def _typed_arrival(answer: Attendance) -> datetime | None:
    typed = forms.text("arrived")
    if not typed or answer is not Attendance.LATE:
        return None
    try:
        moment = datetime.strptime(typed, "%H:%M")  # noqa: DTZ007 (the zone follows)
    except ValueError as error:
        raise Invalid(field=_("giờ đến"), reason=_("hãy nhập giờ và phút, ví dụ 14:05")) from error
    return datetime.combine(in_vietnam(current().clock()).date(), moment.time(), tzinfo=VIETNAM)


def _require_own_message(session: Session, message_id: UUID, meeting_id: UUID) -> None:
    row = session.get(LiveMessage, message_id)
    if row is None or row.meeting_id != meeting_id:
        raise NotFound
