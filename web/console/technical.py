"""Acts of the technical operator: open, extend, close, incidents, checks by telephone, alarms."""

from datetime import datetime
from uuid import UUID

from flask import request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.clock import VIETNAM, in_vietnam
from core.errors import Invalid, NotFound
from core.permissions import Action
from core.runtime import current
from orchestrator.live import alarms, checks, incidents
from orchestrator.live.models import CheckResult, Incident, IncidentKind, LiveAlarm
from orchestrator.live.readiness import Measured
from orchestrator.live.recording import start_recording, stop_recording
from orchestrator.meetings import service
from orchestrator.meetings.extension import extend_meeting
from web import forms
from web.console.answering import Answer, act
from web.console.blueprint import blueprint
from web.security.callers import acting
from web.security.gate import requires
from web.templating import clock
from web.words import word


@blueprint.post("/<uuid:meeting_id>/mo")
@requires(Action.OPERATE_MEETING)
def open_meeting(meeting_id: UUID) -> Answer:
    """Let people in now."""

    def change(session: Session) -> str:
        service.open_meeting(session, acting(), meeting_id)
        return _("Phòng họp đã mở.")

    return act(meeting_id, change)


@blueprint.post("/<uuid:meeting_id>/ket-thuc")
@requires(Action.OPERATE_MEETING)
def close_meeting(meeting_id: UUID) -> Answer:
    """The meeting is over; its room is ended by itself, as soon as the server answers."""

    def change(session: Session) -> str:
        service.close_meeting(session, acting(), meeting_id)
        return _("Cuộc họp đã kết thúc. Phòng họp trực tuyến đang được giải tán.")

    return act(meeting_id, change)


@blueprint.post("/<uuid:meeting_id>/gia-han")
@requires(Action.OPERATE_MEETING)
def extend(meeting_id: UUID) -> Answer:
    """Go on longer than planned."""

    def change(session: Session) -> str:
        minutes = forms.whole_number(forms.text("minutes"), _("số phút gia hạn"))
        extension = extend_meeting(session, acting(), meeting_id, minutes)
        told = _("Đã gia hạn đến %(time)s.", time=clock(extension.ends_at))
        if extension.needs_rejoin:
            until = clock(extension.room_certain_until)
            told += " " + _(
                "Phòng họp đang mở chỉ chắc chắn tồn tại đến %(time)s; sau đó các điểm cầu vào lại.", time=until
            )
        return told

    return act(meeting_id, change)


@blueprint.post("/<uuid:meeting_id>/su-co")
@requires(Action.OPERATE_MEETING)
def log_incident(meeting_id: UUID) -> Answer:
    """One line of the log, by key or by button."""

    def change(session: Session) -> str:
        row = incidents.log_incident(session, acting(), meeting_id, _typed_line())
        return _(
            "Đã ghi: %(kind)s, %(time)s.", kind=word(row.kind, "incident"), time=in_vietnam(row.at).strftime("%H:%M:%S")
        )

    return act(meeting_id, change)


@blueprint.post("/<uuid:meeting_id>/su-co/<uuid:incident_id>")
@requires(Action.OPERATE_MEETING)
def correct_incident(meeting_id: UUID, incident_id: UUID) -> Answer:
    """Correct a line by one that follows it, or withdraw it."""

    def change(session: Session) -> str:
        _require_own(session, Incident, incident_id, meeting_id)
        line = None if request.form.get("withdraw") else _typed_line()
        incidents.correct_incident(session, acting(), incident_id, line)
        return _("Đã rút dòng nhật ký.") if line is None else _("Đã đính chính dòng nhật ký.")

    return act(meeting_id, change, then=url_for("console.log", meeting_id=meeting_id))


@blueprint.post("/<uuid:meeting_id>/kiem-tra")
@requires(Action.OPERATE_MEETING)
def telephone_check(meeting_id: UUID) -> Answer:
    """What an operator heard and saw with an endpoint over the telephone."""

    def change(session: Session) -> str:
        measured = Measured(
            camera=forms.choice("camera", CheckResult, _("camera")),
            microphone=forms.choice("microphone", CheckResult, _("micro")),
            speakers=forms.choice("speakers", CheckResult, _("loa")),
        )
        report = checks.Report(measured, note=forms.text("note"))
        place_id = forms.required_id("place_id", _("điểm cầu"))
        row = checks.record_telephone_check(session, acting(), meeting_id, place_id, report)
        return _("Đã ghi kết quả kiểm tra: có vấn đề.") if row.problems else _("Đã ghi kết quả kiểm tra: sẵn sàng.")

    return act(meeting_id, change)


@blueprint.post("/<uuid:meeting_id>/ghi-hinh")
@requires(Action.OPERATE_MEETING)
def recording(meeting_id: UUID) -> Answer:
    """Ask the recorder to begin or to end; what becomes of it is told by the board."""

    def change(session: Session) -> str:
        if forms.text("act") == "stop":
            stop_recording(session, acting(), meeting_id)
            return _("Đã yêu cầu dừng ghi hình.")
        start_recording(session, acting(), meeting_id)
        return _("Đã yêu cầu ghi hình.")

    return act(meeting_id, change)


@blueprint.post("/<uuid:meeting_id>/canh-bao")
@requires(Action.OPERATE_MEETING)
def resolve_alarm(meeting_id: UUID) -> Answer:
    """An alarm has been looked into."""

    def change(session: Session) -> str:
        alarm = session.get(LiveAlarm, forms.required_id("alarm_id", _("cảnh báo")))
        if alarm is None or alarm.meeting_id not in (None, meeting_id):
            raise NotFound
        alarms.resolve_alarm(session, acting(), alarm.id)
        return _("Đã xử lý cảnh báo.")

    return act(meeting_id, change)


def _typed_line() -> incidents.NewLine:
    return incidents.NewLine(
        kind=forms.choice("kind", IncidentKind, _("loại sự cố")),
        place_id=forms.optional_id("place_id", _("điểm cầu")),
        at=_typed_moment(),
        note=forms.text("note"),
    )


def _typed_moment() -> datetime | None:
    """`14:05` or `14:05:30` of the present day in Hà Nội; None where nothing was typed."""
    typed = forms.text("time")
    if not typed:
        return None
    try:
        moment = datetime.strptime(typed, "%H:%M:%S" if typed.count(":") == 2 else "%H:%M")  # noqa: DTZ007 (zone below)
    except ValueError as error:
        raise Invalid(field=_("thời điểm"), reason=_("hãy nhập giờ và phút, ví dụ 14:05")) from error
    return datetime.combine(in_vietnam(current().clock()).date(), moment.time(), tzinfo=VIETNAM)


def _require_own(session: Session, kind: type[Incident], identity: UUID, meeting_id: UUID) -> None:
    row = session.get(kind, identity)
    if row is None or row.meeting_id != meeting_id:
        raise NotFound
