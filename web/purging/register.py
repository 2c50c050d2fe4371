"""Keeps the register of purges: in the data folder, in every folder backups were made into, and where the site says.

In: the purges and erased voice prints of the database, and what the files already name; out: the same signed file in
each place. A place that is not there at the moment (a disk that was taken away) is tried again with the next backup,
purge or hour.
"""

import logging
import os
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import after_commit
from core.purging import register, states
from core.purging.models import Purge
from core.purging.refusals import RegisterUnreadable
from core.purging.register import Destroyed, Entry, Register
from core.queue import enqueue
from core.runtime import Runtime
from core.settings import Settings
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import Meeting
from transcription.speakers.prints.erasures import erasures_of

log = logging.getLogger(__name__)

KEEP_REGISTER = "web.keep_purge_register"
FOLDER, PLACES = "purges", "places.txt"
OWN = "register.json"


def key_of(settings: Settings) -> Ed25519PrivateKey:
    """Of the one secret that no site ever changes: with another one its voice prints would be lost."""
    return register.signing_key(settings.voice_print_secret.get_secret_value())


def entries_of(session: Session) -> tuple[Entry, ...]:
    """Every confirmed purge the database knows."""
    query = (
        select(Purge, Meeting.classification)
        .outerjoin(Meeting, Meeting.id == Purge.object_id)
        .where(Purge.state.in_((states.CONFIRMED, states.DONE)))
    )
    return tuple(_entry(purge, degree) for purge, degree in session.execute(query))


def keep(runtime: Runtime) -> list[Path]:
    """Write the register to each of its places; returns the places that could not be reached."""
    with runtime.database.transaction() as session:
        found = Destroyed(entries=entries_of(session), erasures=erasures_of(session))
    key = key_of(runtime.settings)
    own = own_path(runtime.settings)
    targets = [own, *(place / register.file_name(register.public_half(key)) for place in _places(runtime.settings))]
    return [target.parent for target in targets if not _written(runtime, target, found, key)]


def keep_soon(session: Session) -> None:
    """Have a worker write the register as soon as this transaction stands."""
    after_commit(session, lambda: enqueue(KEEP_REGISTER, queue="default"))


def remember_place(settings: Settings, folder: Path) -> None:
    """From now on the register is kept in this folder too."""
    path = own_path(settings).with_name(PLACES)
    known = path.read_text().splitlines() if path.exists() else []
    if str(folder) not in known:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text("\n".join([*known, str(folder)]) + "\n")


def own_path(settings: Settings) -> Path:
    """The copy in the data folder; it is looked at before the services open."""
    return settings.home / FOLDER / OWN


def read(path: Path) -> Register:
    """A register from its file. Raises RegisterUnreadable."""
    try:
        return register.from_text(path.read_text())
    except (OSError, UnicodeDecodeError) as error:
        raise RegisterUnreadable from error


def _places(settings: Settings) -> Sequence[Path]:
    path = own_path(settings).with_name(PLACES)
    known = path.read_text().splitlines() if path.exists() else []
    more = [str(settings.purge_register_path)] if settings.purge_register_path else []
    return [Path(line) for line in dict.fromkeys([*known, *more]) if line]


def _written(runtime: Runtime, target: Path, found: Destroyed, key: Ed25519PrivateKey) -> bool:
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        if target == own_path(runtime.settings):
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # What a file already names stays in it: this database may be an older one that was just restored.
        draft.write_text(register.to_text(register.united(_already_in(target, key), found), runtime.clock(), key))
        draft.replace(target)
    except OSError as error:
        log.warning("the register of purges cannot be kept in one of its places: %s", error.strerror)
        draft.unlink(missing_ok=True)
        return False
    return True


def _already_in(path: Path, key: Ed25519PrivateKey) -> Destroyed:
    try:
        known = read(path)
    except RegisterUnreadable:
        return Destroyed()
    return known if known.key == register.public_half(key) else Destroyed()


def _entry(purge: Purge, degree: str | None) -> Entry:
    if purge.confirmed_by_id is None or purge.confirmed_at is None:
        raise ValueError(f"purge {purge.id} is confirmed by nobody")
    return Entry(
        purge_id=purge.id,
        object_id=purge.object_id,
        object_code=purge.object_code,
        classification=str(degree or purge.found.get("classification") or Classification.TOP_SECRET.value),
        reason=purge.reason,
        order_number=purge.order_number,
        asked_by_id=purge.asked_by_id,
        asked_by_name=purge.asked_by_name,
        asked_at=purge.created_at,
        confirmed_by_id=purge.confirmed_by_id,
        confirmed_by_name=purge.confirmed_by_name,
        confirmed_at=purge.confirmed_at,
    )
