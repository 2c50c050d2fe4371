"""Two revisions of a notice side by side: the machine's and the secretary's, the one before, the one approved."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import render_template, request
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.permissions import Action
from core.runtime import current
from minutes.drafting.comparing import Comparison, ItemChange, compared
from minutes.notices import service
from minutes.notices.differences import Stretch, part_changes, stretches
from minutes.notices.models import Approval, NoticeRevision, RevisionSource
from web.notices.blueprint import blueprint
from web.security.callers import acting
from web.security.gate import requires


@dataclass(frozen=True)
class Pair:
    """A comparison somebody is likely to want, by its name."""

    label: str
    before: int
    after: int


@blueprint.get("/thong-bao/<uuid:notice_id>/so-sanh")
@requires(Action.VIEW_NOTICE)
def compare(notice_id: UUID) -> str:
    """What became of one text in another; without a choice, of the machine's in the newest."""
    actor = acting()
    with current().database.transaction() as session:
        notice = service.get_notice(session, actor, notice_id)
        revisions = service.list_revisions(session, actor, notice_id)
        pairs = _pairs(revisions, _approved_number(session, notice_id))
        before = _chosen(revisions, request.args.get("truoc", ""), pairs[0].before)
        after = _chosen(revisions, request.args.get("sau", ""), pairs[0].after)
        old, new = before.read(), after.read()
        found = compared(old, new)
        return render_template(
            "notices/compare.html",
            notice=notice,
            revisions=revisions,
            pairs=pairs,
            before=before,
            after=after,
            parts=part_changes(old, new),
            found=found,
            items=_changed(found),
            told=_told,
        )


def _pairs(revisions: Sequence[NoticeRevision], approved: int | None) -> list[Pair]:
    numbers = [revision.number for revision in revisions]
    machine = [revision.number for revision in revisions if revision.source == RevisionSource.MACHINE]
    newest = numbers[-1]
    pairs = [Pair(_("Bản máy soạn và bản mới nhất"), machine[-1] if machine else numbers[0], newest)]
    if len(numbers) > 1:
        pairs.append(Pair(_("Bản liền trước và bản mới nhất"), numbers[-2], newest))
    if approved is not None and machine:
        pairs.append(Pair(_("Bản máy soạn và bản được duyệt"), machine[-1], approved))
    return list({(pair.before, pair.after): pair for pair in reversed(pairs)}.values())[::-1]


def _approved_number(session: Session, notice_id: UUID) -> int | None:
    query = select(NoticeRevision.number).join(Approval, Approval.revision_id == NoticeRevision.id)
    return session.scalar(query.where(Approval.notice_id == notice_id).order_by(Approval.created_at.desc()).limit(1))


def _chosen(revisions: Sequence[NoticeRevision], asked: str, otherwise: int) -> NoticeRevision:
    found = next((row for row in revisions if str(row.number) == (asked or str(otherwise))), None)
    if found is None:
        raise NotFound
    return found


def _changed(found: Comparison) -> list[ItemChange]:
    return [item for item in found.items if item.change != "kept"]


def _told(item: ItemChange) -> tuple[Stretch, ...]:
    return stretches(item.before.text if item.before else "", item.after.text if item.after else "")
