"""Consents and prints: written down, enrolled, looked up for a meeting, withdrawn, erased. Callers commit.

Law: personal data of the body are sensitive (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15; Nghị định 13/2023/NĐ-CP điều 2
khoản 4, điều 11, 12, 16): consent for this purpose alone, withdrawn at any time, erased then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core import audit
from core.database import after_commit
from core.errors import Invalid, NotFound
from core.permissions import Action, Actor, require
from core.queue import enqueue
from core.runtime import current
from orchestrator.directory.models import Person
from orchestrator.meetings.models import Participant
from transcription.speakers.models import VoiceConsent, VoicePrint
from transcription.speakers.prints.erasures import ERASED, WITHDRAWN
from transcription.speakers.prints.errors import ConsentStands, NoConsent
from transcription.speakers.prints.matching import Enrolled
from transcription.speakers.prints.sealing import PrintUnreadable, seal, unseal
from transcription.transcripts.service import get_transcript

ENROL_TASK = "transcription.enrol_voices"
MOST_PAPER_LETTERS = 300


@dataclass(frozen=True)
class ConsentFacts:
    """One consent as a screen shows it; never the print itself."""

    id: UUID
    person_id: UUID
    name: str
    given_at: datetime
    paper: str
    withdrawn_at: datetime | None
    prints: int
    seconds: float


def give_consent(
    session: Session, actor: Actor, person_id: UUID, *, paper: str, given_at: datetime | None = None
) -> VoiceConsent:
    """Write down a consent that was given on paper.

    Raises:
        NotFound, Forbidden. Invalid: no paper named, or a day that has not come. ConsentStands: there is one already.
    """
    require(actor, Action.KEEP_VOICE_PRINTS)
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound
    named, now = " ".join(paper.split()), current().clock()
    if not named or len(named) > MOST_PAPER_LETTERS or not named.isprintable():
        raise Invalid(field="văn bản đồng ý", reason="ghi số, ngày hoặc nơi lưu của văn bản đồng ý")
    moment = given_at or now
    if moment > now:
        raise Invalid(field="ngày đồng ý", reason="chưa đến")
    consent = VoiceConsent(
        person_id=person_id, given_at=moment, paper=named, recorded_by=actor.account_id, withdrawn_at=None,
        withdrawn_by=None,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(consent)
    except IntegrityError as error:
        raise ConsentStands(name=person.full_name) from error
    audit.record(session, actor, "voice_consent.given", "voice_consent", consent.id, person_id=person_id)
    return consent


def withdraw_consent(session: Session, actor: Actor, consent_id: UUID) -> int:
    """End a consent and erase every print that rests on it; returns how many were erased.

    Raises:
        NotFound, Forbidden.
    """
    require(actor, Action.KEEP_VOICE_PRINTS)
    consent = session.get(VoiceConsent, consent_id, with_for_update=True)
    if consent is None:
        raise NotFound
    erased = _erase(session, consent_id)
    if consent.withdrawn_at is None:
        consent.withdrawn_at, consent.withdrawn_by = current().clock(), actor.account_id
        session.flush()
    audit.record(session, actor, WITHDRAWN, "voice_consent", consent_id, erased=erased)
    return erased


def erase_prints(session: Session, actor: Actor, consent_id: UUID) -> int:
    """Erase the prints and keep the consent (to enrol anew). Raises NotFound, Forbidden."""
    require(actor, Action.KEEP_VOICE_PRINTS)
    if session.get(VoiceConsent, consent_id, with_for_update=True) is None:
        raise NotFound
    erased = _erase(session, consent_id)
    audit.record(session, actor, ERASED, "voice_consent", consent_id, erased=erased)
    return erased


def list_consents(session: Session, actor: Actor) -> Sequence[ConsentFacts]:
    """All consents, the living first, by name."""
    require(actor, Action.KEEP_VOICE_PRINTS)
    rows = session.execute(
        select(VoiceConsent, Person.full_name)
        .join(Person, Person.id == VoiceConsent.person_id)
        .order_by(VoiceConsent.withdrawn_at.is_not(None), Person.name_key, VoiceConsent.given_at)
    ).all()
    kept: dict[UUID, list[float]] = {}
    for consent_id, seconds in session.execute(select(VoicePrint.consent_id, VoicePrint.seconds)):
        kept.setdefault(consent_id, []).append(seconds)
    return [
        ConsentFacts(
            consent.id, consent.person_id, name, consent.given_at, consent.paper, consent.withdrawn_at,
            len(kept.get(consent.id, ())), sum(kept.get(consent.id, ())),
        )
        for consent, name in rows
    ]  # fmt: skip


def request_enrolment(session: Session, actor: Actor, transcript_id: UUID) -> tuple[str, ...]:
    """Have a worker enrol those of a corrected transcript who consented; returns their names.

    Raises:
        NotFound, Forbidden. NoConsent: nobody of the meeting has consented.
    """
    require(actor, Action.KEEP_VOICE_PRINTS)
    transcript = get_transcript(session, actor, transcript_id)
    names = tuple(name for _consent_id, name in consenting(session, transcript.meeting_id))
    if not names:
        raise NoConsent
    audit.record(session, actor, "voice_print.requested", "transcript", transcript_id)
    after_commit(session, lambda: enqueue(ENROL_TASK, str(transcript_id), str(actor.account_id), queue="speech"))
    return names


def consenting(session: Session, meeting_id: UUID) -> Sequence[tuple[UUID, str]]:
    """(consent, full name) of the meeting's people whose consent stands."""
    query = (
        select(VoiceConsent.id, Person.full_name)
        .join(Person, Person.id == VoiceConsent.person_id)
        .join(Participant, Participant.person_id == Person.id)
        .where(Participant.meeting_id == meeting_id, VoiceConsent.withdrawn_at.is_(None))
        .order_by(Person.name_key, VoiceConsent.id)
    )
    return [(consent_id, name) for consent_id, name in session.execute(query)]


def keep_print(
    session: Session,
    consent_id: UUID,
    transcript_id: UUID,
    *,
    model: str,
    vector: Sequence[float],
    seconds: float,
    enrolled_by: UUID | None,
) -> bool:
    """Seal and store one print; the same transcript again replaces it. False where the consent has ended meanwhile."""
    consent = session.get(VoiceConsent, consent_id, with_for_update=True)
    if consent is None or consent.withdrawn_at is not None:
        return False
    session.execute(
        delete(VoicePrint).where(
            VoicePrint.consent_id == consent_id,
            VoicePrint.transcript_id == transcript_id,
            VoicePrint.model == model,
        )
    )
    sealed = seal(vector, _secret(), bound_to=_bound(consent_id, model))
    row = VoicePrint(
        consent_id=consent_id, transcript_id=transcript_id, model=model, sealed=sealed, seconds=seconds,
        enrolled_by=enrolled_by,
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.record(session, None, "voice_print.enrolled", "voice_consent", consent_id, transcript_id=transcript_id)
    return True


def enrolled_people(session: Session, meeting_id: UUID, model: str) -> tuple[Enrolled, ...]:
    """Opened prints of the meeting's own people only: nobody is looked for who is not expected.

    Prints that do not open (the secret was changed) are passed over: they are no evidence and no fault.
    """
    names = dict(consenting(session, meeting_id))
    query = select(VoicePrint).where(VoicePrint.consent_id.in_(names), VoicePrint.model == model)
    found = []
    for row in session.scalars(query.order_by(VoicePrint.created_at, VoicePrint.id)):
        try:
            vector = unseal(row.sealed, _secret(), bound_to=_bound(row.consent_id, row.model))
        except PrintUnreadable:
            continue
        found.append(Enrolled(names[row.consent_id], vector, row.seconds))
    return tuple(found)


def _erase(session: Session, consent_id: UUID) -> int:
    gone = session.execute(delete(VoicePrint).where(VoicePrint.consent_id == consent_id).returning(VoicePrint.id))
    return len(gone.all())


def _bound(consent_id: UUID, model: str) -> str:
    return f"{consent_id}:{model}"


def _secret() -> str:
    return current().settings.voice_print_secret.get_secret_value()
