"""Files between looking and writing: kept a day for the one who sent them, so that nobody has to send them twice."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.directory.models import DirectoryUpload
from orchestrator.directory.tables.imports import apply_import, rules_of
from orchestrator.directory.tables.plans import ImportPlan
from orchestrator.words import LONGEST_NAME

KEPT_FOR = timedelta(days=1)


def keep_upload(session: Session, actor: Actor, kind: str, name: str, data: bytes) -> DirectoryUpload:
    """Keep a file to be written later; the sender's last one of this kind and all old ones go. Raises NotFound."""
    require(actor, Action.MANAGE_DIRECTORY)
    rules_of(kind)
    now = current().clock()
    last = (DirectoryUpload.account_id == actor.account_id) & (DirectoryUpload.kind == kind)
    session.execute(delete(DirectoryUpload).where(or_(last, DirectoryUpload.created_at < now - KEPT_FOR)))
    upload = DirectoryUpload(
        kind=kind, file_name=name[:LONGEST_NAME], content=data, account_id=actor.account_id, created_at=now
    )
    session.add(upload)
    session.flush()
    return upload


def get_upload(session: Session, actor: Actor, kind: str, upload_id: UUID) -> DirectoryUpload:
    """A file one has sent oneself. Raises NotFound."""
    require(actor, Action.MANAGE_DIRECTORY)
    upload = session.get(DirectoryUpload, upload_id)
    if upload is None or upload.account_id != actor.account_id or upload.kind != kind:
        raise NotFound
    return upload


def write_upload(session: Session, actor: Actor, kind: str, upload_id: UUID) -> ImportPlan:
    """Write the file and let it go. Raises NotFound, TableUnreadable, ImportRefused."""
    upload = get_upload(session, actor, kind, upload_id)
    plan = apply_import(session, actor, kind, upload.file_name, upload.content)
    session.delete(upload)
    return plan
