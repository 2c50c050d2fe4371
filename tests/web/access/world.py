"""Two lines of work of one house, whole from the plan to the report: what one unit may see, and what it may not.

Goes in: an installed runtime. Goes out: for each side the value of every argument that an address may have.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from core.accounts import create_account
from core.mail.service import queue_mail
from core.permissions import Actor, Role
from core.purging.models import Purge
from core.retention.models import RetentionHold
from core.runtime import Runtime
from core.sign_ins import sessions
from minutes.delivery.models import Delivery
from minutes.delivery.service import distribute
from minutes.followups import extensions
from minutes.followups import service as followups
from minutes.followups.models import Task, TaskReportFile
from minutes.followups.report_files import ReportFile
from minutes.house.models import PaperPattern, PaperTemplate
from minutes.notices import issuing
from minutes.notices import service as notices
from minutes.notices.comments import add_comment
from minutes.notices.content import Section
from minutes.signing.models import KeyKind, KeySource, SigningKey
from orchestrator.calendar.models import Holiday
from orchestrator.calendar.public_holidays import DayKind
from orchestrator.caps.models import CapException, CapPolicy
from orchestrator.directory import service as directory
from orchestrator.directory.models import EndpointKind
from orchestrator.directory.tables.uploads import keep_upload
from orchestrator.invitations.links import create_links
from orchestrator.live.models import Incident, IncidentKind, LiveAlarm, LiveMessage
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.plan import MeetingPlan, PlannedEndpoint, PlannedItem, PlannedParticipant
from orchestrator.meetings.plan_body import PlanBody
from orchestrator.meetings.series.plans import NewSeries
from orchestrator.meetings.series.service import plan_series
from orchestrator.meetings.service import plan_meeting
from orchestrator.meetings.templates.service import NewTemplate, create_template
from orchestrator.reports import forms, presets
from orchestrator.reports.compilations import compile_period
from orchestrator.reports.forms import FormPlan
from orchestrator.reports.models import ReportPeriod
from orchestrator.reports.submissions import Submission, submit
from tests.web.builders import STARTS, build_notice, build_transcript, notice_content, system
from transcription.pipeline.models import StageRun, TranscriptionJob
from transcription.recordings.models import Recording
from transcription.speakers.models import VoiceConsent
from transcription.transcripts.models import Transcript
from transcription.vocabulary.learned.models import LearnedTerm
from web.administrator.shelves import SHELVES

Row = TypeVar("Row")

#: Words of an address that mean the same on both sides.
WORDS: dict[str, Any] = {
    "act": "ngung",
    "code": "bo-20",
    "data_kind": "mails",
    "file_kind": "csv",
    "guide": "don-vi",
    "kind": "docx",
    "number": 1,
    "picture": "don-vi-tra-loi",
    "shelf": "units",
    "slug": "don-vi",
    "stage": "recognise",
    "year": 2026,
}


@dataclass(frozen=True)
class Side:
    """One line of work: its unit, and the value of every argument of an address."""

    unit_id: UUID
    values: dict[str, Any]


@dataclass(frozen=True)
class World:
    """Both sides; `own` is the one whose unit the unit's person speaks for."""

    own: Side
    other: Side
    accounts: Mapping[str, UUID]


def build_world(runtime: Runtime, add_account: Any) -> World:
    """Both sides, and an account for each role (`operator`, …), one of all roles and one without any."""
    from orchestrator.caps.service import ensure_default_policy

    with runtime.database.transaction() as session:
        ensure_default_policy(session)
    own, other = (_side(runtime, tag, day) for tag, day in (("MOT", 0), ("HAI", 1)))
    accounts = {
        role.value: add_account(f"nguoi.{role.value}", role, unit_ids=[own.unit_id] if role is Role.UNIT else [])
        for role in Role
    }
    accounts["none"] = add_account("nguoi.none")
    _give_keys(runtime, accounts, own, other)
    _leave_files(runtime, accounts, own, other)
    return World(own, other, accounts)


def _side(runtime: Runtime, tag: str, day: int) -> Side:
    with runtime.database.transaction() as session:
        values = _directory(session, tag)
        meeting_id = _plan(session, values, tag, day)
        values |= {"meeting_id": meeting_id}
        values |= _planning(session, values, tag, day)
    with runtime.database.transaction() as session:
        values |= _hour(session, values)
        values |= _speech(session, values, tag)
    with runtime.database.transaction() as session:
        values |= _minutes(session, values, tag)
        values |= _reports(session, values, tag)
        values |= _house(session, values, tag, day)
    return Side(values["unit_id"], {**WORDS, **values})


def _directory(session: Session, tag: str) -> dict[str, Any]:
    actor = system(Role.ADMINISTRATOR)
    unit = directory.create_unit(session, actor, directory.NewUnit(tag, f"Trung tâm {tag.title()} Thử"))
    person = directory.create_person(session, actor, directory.NewPerson(f"Lò Văn {tag.title()}", "Phó", unit.id))
    new = directory.NewEndpoint(f"DC{tag}", f"Điểm cầu {tag}", EndpointKind.COMPONENT, unit.id, "Tầng 5", 60)
    endpoint = directory.create_endpoint(session, actor, new)
    return {
        "unit_id": unit.id,
        "unit_name": unit.name,
        "person_id": person.id,
        "endpoint_id": endpoint.id,
    }


def _plan(session: Session, values: dict[str, Any], tag: str, day: int) -> UUID:
    starts = STARTS + timedelta(days=day)
    plan = MeetingPlan(
        classification=Classification.UNCLASSIFIED,
        title=f"Họp giao ban {tag}",
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        endpoints=[PlannedEndpoint(values["endpoint_id"], 3, True)],
        chair_id=values["person_id"],
        agenda=[PlannedItem("Khai mạc")],
        participants=[PlannedParticipant(values["person_id"], values["endpoint_id"])],
    )
    return plan_meeting(session, system(Role.OPERATOR), plan).id


def _planning(session: Session, values: dict[str, Any], tag: str, day: int) -> dict[str, Any]:
    operator = system(Role.OPERATOR)
    body = PlanBody(endpoints=(PlannedEndpoint(values["endpoint_id"], 3),))
    common: dict[str, Any] = {"title": f"Giao ban {tag}", "duration_minutes": 30, "body": body}
    first = STARTS + timedelta(days=30 + day)
    series, _ = plan_series(
        session,
        operator,
        NewSeries(classification=Classification.UNCLASSIFIED, rrule="FREQ=WEEKLY;COUNT=2", starts_at=first, **common),
    )
    template = create_template(session, operator, NewTemplate(name=f"Mẫu {tag}", **common))
    policy_id = session.scalars(select(CapPolicy.id)).first()
    exception = fill(CapException, meeting_id=values["meeting_id"], policy_id=policy_id, allowed=30)
    session.add(exception)
    session.flush()
    return {
        "series_id": series.id,
        "meeting_template_id": template.id,
        "policy_id": policy_id,
        "exception_id": exception.id,
    }


def _hour(session: Session, values: dict[str, Any]) -> dict[str, Any]:
    meeting = session.get_one(Meeting, values["meeting_id"])
    ((place, token),) = create_links(session, system(Role.OPERATOR), meeting)
    incident = fill(Incident, meeting_id=meeting.id, kind=IncidentKind.NOTE, note="Thử")
    message = fill(LiveMessage, meeting_id=meeting.id, text="Xin chào", sent_at=None)
    alarm = fill(
        LiveAlarm, meeting_id=meeting.id, kind="other", room_name=str(meeting.id), payload={}, resolved_at=None
    )
    session.add_all([incident, message, alarm])
    session.flush()
    return {
        "place_id": place.id,
        "token": token,
        "incident_id": incident.id,
        "message_id": message.id,
        "alarm_id": alarm.id,
        "item_id": meeting.agenda[0].id,
        "participant_id": meeting.participants[0].id,
    }


def _speech(session: Session, values: dict[str, Any], tag: str) -> dict[str, Any]:
    transcript_id = build_transcript(session, values["meeting_id"])
    transcript = session.get_one(Transcript, transcript_id)
    job = session.query(TranscriptionJob).filter_by(recording_id=transcript.recording_id).one()
    consent = fill(VoiceConsent, person_id=values["person_id"], given_at=STARTS - timedelta(days=9), paper="Phiếu 1")
    term = fill(LearnedTerm, unit_id=values["unit_id"], written=f"Thủy {tag}", key_sha256=tag.ljust(64, "0"))
    session.add_all([consent, term])
    session.flush()
    return {
        "transcript_id": transcript_id,
        "recording_id": session.get_one(Recording, transcript.recording_id).id,
        "job_id": job.id,
        "segment_id": "s0001",
        "consent_id": consent.id,
        "term_id": term.id,
        "run_id": session.query(StageRun).filter_by(job_id=job.id).first().id,  # type: ignore[union-attr]
    }


def _minutes(session: Session, values: dict[str, Any], tag: str) -> dict[str, Any]:
    content = notice_content()
    (section,) = content.sections
    item = section.items[0].model_copy(update={"lead": (values["unit_name"],), "coordinating": ()})
    named = {"sections": (Section(items=(item,)),), "recipients": (values["unit_name"], "Lưu: VT.")}
    content = content.model_copy(update=named)
    notice_id = build_notice(session, values["meeting_id"], content)
    comment = add_comment(session, system(Role.APPROVER), notice_id, "", "Xem lại")
    notices.submit(session, system(Role.SECRETARY), notice_id)
    revision = notices.latest_revision(session, notice_id)
    notices.approve(session, system(Role.APPROVER), notice_id, revision.id)
    issuing.issue(session, system(Role.REGISTRAR), notice_id)
    distribute(session, system(Role.REGISTRAR), notice_id)
    followups.create_tasks(session, notice_id)
    task = session.query(Task).filter_by(notice_id=notice_id, unit_id=values["unit_id"]).one()
    unit = _of_unit(values["unit_id"])
    said = followups.report(session, unit, task.id, "Đang làm", files=[ReportFile("tep.pdf", b"%PDF-1.7 x")])
    file = session.scalars(select(TaskReportFile).where(TaskReportFile.report_id == said.id)).one()
    extension = extensions.ask(session, unit, task.id, date(2026, 12, 31), "Chờ thiết bị")
    return {
        "notice_id": notice_id,
        "revision_id": revision.id,
        "comment_id": comment.id,
        "task_id": task.id,
        "extension_id": extension.id,
        "file_id": file.id,
        "delivery_id": session.query(Delivery).filter_by(notice_id=notice_id).one().id,
    }


def _reports(session: Session, values: dict[str, Any], tag: str) -> dict[str, Any]:
    secretary, preset = system(Role.SECRETARY), presets.QUARANTINE
    plan = FormPlan(f"Biểu {tag}", (values["unit_id"],), preset.schedule, "Ban Chỉ đạo")
    form = forms.create_form(session, secretary, f"bieu-{tag.lower()}", plan, preset.definition)
    session.flush()
    period = session.query(ReportPeriod).filter_by(form_id=form.id).order_by(ReportPeriod.starts_on).first()
    assert period is not None
    figures: dict[str, Any] = {"tong_so": 134, "hoan_thanh": 88, "dang_cach_ly": 46}
    submit(session, _of_unit(values["unit_id"]), period.id, values["unit_id"], Submission(figures, ""))
    compilation = compile_period(session, secretary, period.id)
    return {"form_id": form.id, "period_id": period.id, "compilation_id": compilation.id}


def _house(session: Session, values: dict[str, Any], tag: str, day: int) -> dict[str, Any]:
    mail = queue_mail(session, to=["an@bo.example"], subject="Thử", body="Thử", dedupe_key=f"thu-{tag}")
    holiday = fill(Holiday, day=date(2026, 5, 4 + day), name=f"Nghỉ {tag}", kind=DayKind.OFF)
    pattern = fill(PaperPattern, name=f"Khuôn {tag}", issuing_body="Văn phòng", symbol_suffix="TB-VP", title="CVP")
    template = fill(PaperTemplate, kind="notice", version=1 + day, file_name="a.docx", object_key="a", sha256="0" * 64)
    template.retired_at = STARTS  # listed, never printed with: there is no such file
    hold = fill(RetentionHold, object_id=uuid4(), released_at=None)
    purge = fill(Purge, state="asked", object_id=uuid4(), reason="said")
    session.add_all([holiday, pattern, template, purge, hold])
    session.flush()
    return {
        "purge_id": purge.id,
        "hold_id": hold.id,
        "mail_id": mail.id,
        "holiday_id": holiday.id,
        "pattern_id": pattern.id,
        "paper_template_id": template.id,
    }


def _give_keys(runtime: Runtime, accounts: Mapping[str, UUID], own: Side, other: Side) -> None:
    """The approver's own key and browser session on one side, a colleague's on the other."""
    with runtime.database.transaction() as session:
        colleague = create_account(
            session, login="dong.nghiep", password="một câu dài dễ nhớ", display_name="Hà", roles={Role.APPROVER}
        )
        for side, account_id in ((own, accounts["approver"]), (other, colleague.id)):
            key = fill(SigningKey, kind=KeyKind.PERSON, account_id=account_id, source=KeySource.PKCS12, key_object="x")
            session.add(key)
            session.flush()
            sessions.begin(session, colleague, address="-", agent="-", now=runtime.clock())
            side.values.update({"key_id": key.id, "account_id": colleague.id})


def _leave_files(runtime: Runtime, accounts: Mapping[str, UUID], own: Side, other: Side) -> None:
    """A file that the administrator has sent to be looked at, and one of a colleague."""
    for side, account_id in ((own, accounts["administrator"]), (other, uuid4())):
        sender = Actor(account_id, "Hà", frozenset({Role.ADMINISTRATOR}))
        with runtime.database.transaction() as session:
            data = "Mã đơn vị,Tên đơn vị\nMOI,Phòng Mới\n".encode()
            row = keep_upload(session, sender, SHELVES["don-vi"].kind, "a.csv", data)
            side.values["upload_id"] = row.id


def _of_unit(unit_id: UUID) -> Actor:
    return Actor(uuid4(), "Bế Thị Đơn", frozenset({Role.UNIT}), frozenset({unit_id}))


def fill(model: type[Row], **values: Any) -> Row:
    """A row with something plain in every column that must have a value and was not given one."""
    for column in inspect(model).columns:
        if column.key in values or column.default is not None or column.server_default is not None:
            continue
        values[column.key] = None if column.nullable else _plain(column.type.python_type)
    return model(**values)


def _plain(kind: type) -> Any:
    plain = {str: "thử", int: 1, float: 1.0, bool: False, bytes: b"x", UUID: uuid4(), dict: {}, list: []}
    return plain.get(kind, STARTS if kind is datetime else STARTS.date())
