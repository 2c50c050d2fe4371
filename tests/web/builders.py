"""A small invented office for the tests of the web room, built through the services."""

import io
import wave
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from core.clock import VIETNAM
from core.permissions import Actor, Role
from core.runtime import Runtime
from minutes.notices.content import (
    DeadlineFacts,
    NoticeContent,
    NoticeItem,
    Paragraph,
    Section,
    Span,
)
from minutes.notices.service import open_draft
from orchestrator.directory import service as directory
from orchestrator.directory.models import EndpointKind
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.plan import MeetingPlan, PlannedEndpoint, PlannedParticipant
from orchestrator.meetings.service import get_meeting, plan_meeting
from papers.signers import SignerBlock
from transcription.document import Flag, Segment, TranscriptDocument, Word
from transcription.pipeline.graph import Stage
from transcription.pipeline.models import StageRun, TranscriptionJob
from transcription.recordings.models import RecordingSource
from transcription.recordings.service import keep
from transcription.transcripts.service import publish

STARTS = datetime(2026, 4, 8, 14, 0, tzinfo=VIETNAM)


@dataclass(frozen=True)
class Office:
    """Identities of what was built."""

    centre: UUID
    archive: UUID
    chair: UUID
    secretary: UUID
    hall: UUID
    archive_room: UUID


def system(*roles: Role) -> Actor:
    """Somebody with these roles and no account; audit rows carry a random id."""
    return Actor(uuid4(), "Lý Thị Kỹ", frozenset(roles))


def build_office(runtime: Runtime) -> Office:
    """Two units, two people, two endpoints."""
    actor = system(Role.ADMINISTRATOR)
    with runtime.database.transaction() as session:
        centre = directory.create_unit(session, actor, directory.NewUnit("TTTT", "Trung tâm Thông tin", ["TTTT"]))
        archive = directory.create_unit(session, actor, directory.NewUnit("CVTLT", "Cục Văn thư và Lưu trữ"))
        chair = directory.create_person(
            session, actor, directory.NewPerson("Phan Quốc Bảo", "Thứ trưởng", centre.id, protocol_rank=1)
        )
        secretary = directory.create_person(
            session, actor, directory.NewPerson("Đặng Thị Thùy Linh", "Chánh Văn phòng", archive.id)
        )
        hall = directory.create_endpoint(
            session, actor, directory.NewEndpoint("TRUSO", "Trụ sở Bộ", EndpointKind.CENTRAL, centre.id, "Tầng 5", 60)
        )
        room = directory.create_endpoint(
            session, actor, directory.NewEndpoint("LT", "Phòng họp Cục Lưu trữ", unit_id=archive.id)
        )
        return Office(centre.id, archive.id, chair.id, secretary.id, hall.id, room.id)


def build_meeting(runtime: Runtime, office: Office, starts_at: datetime = STARTS) -> UUID:
    """A planned briefing of the office."""
    plan = MeetingPlan(
        classification=Classification.UNCLASSIFIED,
        title="Họp giao ban trực tuyến tuần 15",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        endpoints=[PlannedEndpoint(office.hall, 5, True), PlannedEndpoint(office.archive_room, 3)],
        chair_id=office.chair,
        secretary_id=office.secretary,
        participants=[PlannedParticipant(office.chair, office.hall)],
    )
    with runtime.database.transaction() as session:
        return plan_meeting(session, system(Role.OPERATOR), plan).id


def notice_content(text: str = "Trung tâm Thông tin kiểm tra đường truyền trước ngày 15/4/2026.") -> NoticeContent:
    """A complete notice with one directive."""
    directive = NoticeItem(
        id="muc-1",
        text=text,
        kind="directive",
        lead=("Trung tâm Thông tin",),
        coordinating=("Cục Văn thư và Lưu trữ",),
        action="Kiểm tra đường truyền các điểm cầu",
        deadline=DeadlineFacts(raw="trước ngày 15/4/2026", iso="2026-04-15", kind="absolute"),
        evidence=(Span(start=12.5, end=18.0),),
    )
    return NoticeContent(
        issuing_parent="Bộ Mẫu",
        issuing_body="Văn phòng Bộ",
        symbol_suffix="TB-VP",
        place="Hà Nội",
        subject="Kết luận của Thứ trưởng tại cuộc họp giao ban tuần 15",
        opening=(Paragraph(text="Ngày 08/4/2026, Thứ trưởng đã chủ trì họp giao ban."),),
        sections=(Section(items=(directive,)),),
        closing="Văn phòng Bộ thông báo để các đơn vị biết, thực hiện.",
        recipients=("Trung tâm Thông tin", "Cục Văn thư và Lưu trữ", "Lưu: VT, VP."),
        signer=SignerBlock(authority_lines=("TL. BỘ TRƯỞNG",), title="CHÁNH VĂN PHÒNG", name="Đặng Thị Thùy Linh"),
        to_check=("Kiểm tra tên đầu mối kỹ thuật",),
        machine_made=True,
    )


def build_notice(session: Session, meeting_id: UUID, content: NoticeContent | None = None) -> UUID:
    """A machine's first draft."""
    return open_draft(session, meeting_id, content or notice_content()).notice_id


def sound(seconds: float = 2.0) -> bytes:
    """A silent WAV file."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16_000)
        out.writeframes(b"\0\0" * int(16_000 * seconds))
    return buffer.getvalue()


def build_recording(session: Session, meeting_id: UUID, data: bytes | None = None) -> TranscriptionJob:
    """A received recording with its job."""
    meeting = get_meeting(session, system(Role.OPERATOR), meeting_id)
    recording = keep(session, meeting, io.BytesIO(data or sound()), name="họp.wav", source=RecordingSource.UPLOAD)
    return session.query(TranscriptionJob).filter_by(recording_id=recording.id).one()


def transcript_document() -> TranscriptDocument:
    """Two voices, one doubtful word."""
    first = Segment(
        "s0001", 0.0, 4.0, "Phan Quốc Bảo", "Tôi đề nghị các đơn vị",
        words=tuple(Word(n, n + 0.6, text, 0.3 if text == "nghị" else 0.9)
                    for n, text in enumerate(["Tôi", "đề", "nghị", "các", "đơn", "vị"])),
    )  # fmt: skip
    second = Segment("s0002", 12.5, 18.0, "Người nói 2", "Trung tâm kiểm tra đường truyền", (Flag.DOUBTFUL,))
    return TranscriptDocument("viet-asr", 20.0, (first, second))


def build_transcript(
    session: Session,
    meeting_id: UUID,
    document: TranscriptDocument | None = None,
    quality: dict[str, Any] | None = None,
) -> UUID:
    """A published machine transcript of a recording."""
    job = build_recording(session, meeting_id)
    run = StageRun(
        job_id=job.id, stage=Stage.PUBLISH, run_number=1, state="done", artifact_key="x/y", artifact_sha256="0" * 64
    )
    session.add(run)
    session.flush()
    return publish(
        session,
        stage_run_id=run.id,
        recording_id=job.recording_id,
        meeting_id=meeting_id,
        document=document or transcript_document(),
        quality=quality or {},
    ).id
