"""After an older backup was restored: everything that was destroyed since is destroyed once more, by the register.

In: a register. Out: the same purges and erasures in this database, brought to their end. Nobody is asked: for a purge,
two persons have confirmed it once, and their names stand in the entry; a voice print goes with its person's consent.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from core.lifecycles import apply
from core.permissions import Actor, Role
from core.purging import register, states
from core.purging.models import Purge
from core.purging.refusals import RegisterForeign, RegisterUnreadable
from core.purging.register import Destroyed, Entry, Erasure
from core.runtime import Runtime
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.service import declare_classified
from transcription.speakers.prints.erasures import erase_again, erasures_of
from web.purging.finishing import finish_open
from web.purging.register import key_of, own_path, read
from web.purging.service import destroy


@dataclass(frozen=True)
class Again:
    """What had come back and is gone: codes of meetings, how many voice prints; how much the register names."""

    destroyed: tuple[str, ...] = ()
    prints: int = 0
    named: int = 0


def apply_own_register(runtime: Runtime) -> Again:
    """Hold the database against the register of the data folder, before the services open.

    Raises:
        RegisterUnreadable: it was changed, or belongs to other secrets. RegisterForeign, PurgeBusy.
    """
    path = own_path(runtime.settings)
    if not path.exists():
        return Again()
    known = read(path)
    if known.key != register.public_half(key_of(runtime.settings)):
        raise RegisterUnreadable
    return apply_again(runtime, [known])


def apply_again(runtime: Runtime, registers: Iterable[Destroyed]) -> Again:
    """Destroy again what the registers name and this database still holds. Raises RegisterForeign, PurgeBusy."""
    named = register.united(*registers)
    with runtime.database.transaction() as session:
        owed = [entry for entry in named.entries if not _is_done(session, entry)]
        for entry in owed:
            _refuse_foreign(session, entry)
    destroyed = []
    for entry in owed:
        with runtime.database.transaction() as session:
            if _once_more(session, entry):
                destroyed.append(entry.object_code)
    if owed:
        finish_open(runtime)
    with runtime.database.transaction() as session:
        prints = sum(erase_again(session, erasure) for erasure in _owed(session, named.erasures))
    return Again(tuple(destroyed), prints, len(named))


def _owed(session: Session, erasures: Iterable[Erasure]) -> list[Erasure]:
    """Those this database does not know of, or only of earlier ones under the same consent."""
    done = register.united(Destroyed(erasures=erasures_of(session)))
    known = {erasure.consent_id: erasure for erasure in done.erasures}
    return [erasure for erasure in erasures if not _covers(known.get(erasure.consent_id), erasure)]


def _covers(known: Erasure | None, erasure: Erasure) -> bool:
    if known is None or known.erased_at < erasure.erased_at:
        return False
    return known.ends_consent or not erasure.ends_consent


def _is_done(session: Session, entry: Entry) -> bool:
    purge = session.get(Purge, entry.purge_id)
    return purge is not None and purge.state in (states.CONFIRMED, states.DONE)


def _refuse_foreign(session: Session, entry: Entry) -> None:
    meeting = session.get(Meeting, entry.object_id)
    if meeting is not None and meeting.code != entry.object_code:
        raise RegisterForeign(meeting=entry.object_code)


def _once_more(session: Session, entry: Entry) -> bool:
    """The purge of the entry; False where this database never held the meeting and the purge is only written down."""
    purge = _asked(session, entry)
    meeting = session.get(Meeting, entry.object_id)
    rows = 0
    if meeting is not None:
        by = Actor(entry.asked_by_id, entry.asked_by_name, frozenset({Role.ADMINISTRATOR, Role.OPERATOR}))
        declare_classified(session, by, meeting.id, Classification(entry.classification))
        rows = destroy(session, None, purge)
    purge.found = {**purge.found, "classification": entry.classification}
    purge.confirmed_by_id, purge.confirmed_by_name = entry.confirmed_by_id, entry.confirmed_by_name
    purge.confirmed_at = entry.confirmed_at
    apply(session, states.PURGE, purge, "confirmed", actor=None, rows=rows)
    audit.record(session, None, "purge.applied_again", "purge", purge.id, meeting_id=entry.object_id, rows=rows)
    return meeting is not None


def _asked(session: Session, entry: Entry) -> Purge:
    """The request as this database knows it, or written anew; another open one for the meeting gives way."""
    query = select(Purge).where(Purge.object_id == entry.object_id, Purge.state == states.ASKED)
    for other in session.scalars(query.where(Purge.id != entry.purge_id)).all():
        apply(session, states.PURGE, other, "withdrawn", actor=None)
    known = session.get(Purge, entry.purge_id)
    if known is not None:
        return known
    purge = Purge(
        id=entry.purge_id,
        created_at=entry.asked_at,
        state=states.ASKED,
        object_id=entry.object_id,
        object_code=entry.object_code,
        reason=entry.reason,
        order_number=entry.order_number,
        asked_by_id=entry.asked_by_id,
        asked_by_name=entry.asked_by_name,
        found={},
        remaining={},
    )
    session.add(purge)
    session.flush()
    return purge
