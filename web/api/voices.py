"""Voice prints over the API: consents given, withdrawn, prints enrolled and erased. A print itself is never sent."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response
from pydantic import AwareDatetime, BaseModel

from core.permissions import Action
from core.runtime import current
from orchestrator.meetings.classification import refuse_classified
from transcription.speakers.prints import service
from transcription.transcripts.service import get_transcript
from web.api.blueprint import api
from web.api.shapes import Created, In, Out, answer, answer_list
from web.api.transcripts import TranscriptPath
from web.purging.register import keep_soon
from web.secretary.transcript_page import machine_revision
from web.security.callers import acting
from web.security.gate import requires


class ConsentIn(In):
    """A consent signed on paper; without a moment it was given now."""

    person_id: UUID
    paper: str
    given_at: AwareDatetime | None = None


class ConsentOut(Out):
    """A consent, how many prints rest on it and on how many seconds of confirmed speech."""

    id: UUID
    person_id: UUID
    name: str
    given_at: datetime
    paper: str
    withdrawn_at: datetime | None
    prints: int
    seconds: float


class ConsentsOut(Out):
    """Consents, the living first."""

    items: list[ConsentOut]


class ConsentPath(BaseModel):
    """Which consent."""

    consent_id: UUID


class ErasedOut(Out):
    """How many prints are gone."""

    erased: int


class EnrolmentOut(Out):
    """Whose voice a worker has been asked to take."""

    names: list[str]


class VoicesOut(Out):
    """The voices of a transcript as the machine named them, each with evidence and certainty."""

    items: list[dict[str, Any]]


@api.get("/voice-consents", responses={200: ConsentsOut})
@requires(Action.KEEP_VOICE_PRINTS)
def list_voice_consents() -> Response:
    """Văn bản đồng ý lưu mẫu giọng."""
    with current().database.transaction() as session:
        return answer_list(ConsentOut, service.list_consents(session, acting()))


@api.post("/voice-consents", responses={201: Created})
@requires(Action.KEEP_VOICE_PRINTS)
def give_voice_consent(body: ConsentIn) -> Response:
    """Ghi nhận văn bản đồng ý."""
    with current().database.transaction() as session:
        consent = service.give_consent(session, acting(), body.person_id, paper=body.paper, given_at=body.given_at)
        return answer(Created.of(consent), 201)


@api.post("/voice-consents/<uuid:consent_id>/withdraw", responses={200: ErasedOut})
@requires(Action.KEEP_VOICE_PRINTS)
def withdraw_voice_consent(path: ConsentPath) -> Response:
    """Rút văn bản đồng ý; mọi mẫu giọng bị xóa ngay."""
    with current().database.transaction() as session:
        erased = service.withdraw_consent(session, acting(), path.consent_id)
        keep_soon(session)
    return answer(ErasedOut(erased=erased))


@api.post("/voice-consents/<uuid:consent_id>/erase", responses={200: ErasedOut})
@requires(Action.KEEP_VOICE_PRINTS)
def erase_voice_prints(path: ConsentPath) -> Response:
    """Xóa mẫu giọng, giữ văn bản đồng ý."""
    with current().database.transaction() as session:
        erased = service.erase_prints(session, acting(), path.consent_id)
        keep_soon(session)
    return answer(ErasedOut(erased=erased))


@api.post("/transcripts/<uuid:transcript_id>/voice-prints", responses={202: EnrolmentOut})
@requires(Action.KEEP_VOICE_PRINTS)
def enrol_voice_prints(path: TranscriptPath) -> Response:
    """Lấy mẫu giọng của người đã đồng ý từ bản gỡ băng đã sửa."""
    with current().database.transaction() as session:
        names = service.request_enrolment(session, acting(), path.transcript_id)
    return answer(EnrolmentOut(names=list(names)), 202)


@api.get("/transcripts/<uuid:transcript_id>/voices", responses={200: VoicesOut})
@requires(Action.VIEW_TRANSCRIPT)
def list_voices(path: TranscriptPath) -> Response:
    """Căn cứ và độ chắc chắn của tên từng người nói do máy đặt."""
    with current().database.transaction() as session:
        transcript = get_transcript(session, acting(), path.transcript_id)
        refuse_classified(transcript.meeting.classification)
        return answer(VoicesOut(items=machine_revision(session, transcript.id).quality.get("voices", [])))
