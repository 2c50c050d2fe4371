"""Erased voice prints stay erased: what the register of purges must know of them, and once more after an older backup.

In: the audit trail. Out: what was erased under which consent; and again the prints that came back, gone.
"""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core import audit
from core.audit import AuditRow
from core.purging.register import Erasure
from transcription.speakers.models import VoiceConsent, VoicePrint

WITHDRAWN, ERASED = "voice_consent.withdrawn", "voice_print.erased"
FIRST_ERASED_AT = "first_erased_at"


def erasures_of(session: Session) -> tuple[Erasure, ...]:
    """Every erasure this database knows of, the oldest first; a withdrawn consent is one."""
    query = (
        select(AuditRow)
        .where(AuditRow.object_type == "voice_consent", AuditRow.action.in_((WITHDRAWN, ERASED)))
        .order_by(AuditRow.id)
    )
    return tuple(
        Erasure(
            consent_id=row.object_id,
            # Of what was done once more, when it was done first: younger prints are none of its business.
            erased_at=row.detail.get(FIRST_ERASED_AT, row.at),
            erased_by_id=row.actor_id,
            ends_consent=row.action == WITHDRAWN,
        )
        for row in session.scalars(query)
    )


def erase_again(session: Session, erasure: Erasure) -> int:
    """Erase what was enrolled before the erasure, and end the consent where that was ended; returns how many went."""
    consent = session.get(VoiceConsent, erasure.consent_id, with_for_update=True)
    if consent is None:
        return 0
    own = (VoicePrint.consent_id == consent.id, VoicePrint.created_at <= erasure.erased_at)
    erased = len(session.execute(delete(VoicePrint).where(*own).returning(VoicePrint.id)).all())
    if erasure.ends_consent and consent.withdrawn_at is None:
        consent.withdrawn_at, consent.withdrawn_by = erasure.erased_at, erasure.erased_by_id
        session.flush()
    action = WITHDRAWN if erasure.ends_consent else ERASED
    detail = {"erased": erased, FIRST_ERASED_AT: erasure.erased_at}
    audit.record(session, None, action, "voice_consent", consent.id, **detail)
    return erased
