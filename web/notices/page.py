"""Putting the notice page together: what is printed, who may do what next, what it was said in."""

from collections.abc import Sequence
from uuid import UUID

from flask import render_template, url_for
from sqlalchemy.orm import Session

from core.permissions import Action, Actor, can
from core.runtime import current
from minutes.delivery.service import list_deliveries
from minutes.house.patterns import list_patterns
from minutes.notices import issuing, service
from minutes.notices.acceptances import acceptances_of, count_accepted
from minutes.notices.comments import comments_of
from minutes.notices.models import WHOLE_TEXTS, Issue, Notice, NoticeKind, NoticeRevision
from minutes.notices.reviews import reviewable, reviews_of
from minutes.notices.sheet import lay_out
from minutes.notices.signed import signatures_of
from minutes.notices.sittings import sittings
from minutes.notices.states import EDITABLE, ISSUED, NOTICE
from minutes.notices.successors import successors
from minutes.signing.keyring import usable_keys
from minutes.signing.models import KeyKind, SigningKey
from orchestrator.meetings.models import Meeting
from papers.sheet import Sheet
from transcription.transcripts.models import Transcript, TranscriptRevision
from web.notices.bundle import has_bundle
from web.security.callers import acting

#: event of the life cycle → the right it needs
_EVENT_RIGHTS = {
    "submit": Action.SUBMIT_NOTICE,
    "approve": Action.APPROVE_NOTICE,
    "request_changes": Action.APPROVE_NOTICE,
    "issue": Action.ISSUE_NOTICE,
}


def notice_page(notice_id: UUID, sentence: str = "") -> str:
    """The page of one notice for those who work on it. Raises NotFound, Forbidden."""
    actor = acting()
    with current().database.transaction() as session:
        notice = service.get_notice(session, actor, notice_id)
        revisions = service.list_revisions(session, actor, notice_id)
        revision = revisions[-1]
        issue = service.issue_of(session, notice_id)
        content = revision.read()
        possible = can_do(actor, notice)
        signatures = signatures_of(session, notice_id)
        predecessor, predecessor_symbol = _before(session, notice)
        return render_template(
            "notices/show.html",
            notice=notice,
            revision=revision,
            sittings=sittings(revisions),
            content=content,
            page=printed(revision, issue),
            issue=issue,
            meeting=session.get_one(Meeting, notice.meeting_id),
            clock=issuing.clock_of(session, actor, notice_id) if notice.kind == NoticeKind.NOTICE else None,
            audio=audio_url(session, actor, revisions),
            deliveries=list_deliveries(session, actor, notice_id=notice_id) if issue else [],
            change_requests=service.list_change_requests(session, actor, notice_id),
            can_do=possible,
            signatures=signatures,
            predecessor=predecessor,
            predecessor_symbol=predecessor_symbol,
            successors=successors(session, notice_id),
            keys=_keys(session, actor, possible, signed=bool(signatures)),
            comments=comments_of(session, actor, notice_id),
            reviews=reviews_of(session, actor, notice_id),
            reviewable=reviewable(session, actor, notice),
            wanted_reviews=current().settings.notice_reviews,
            items=[item for item in content.items() if item.text or item.heading],
            patterns=list_patterns(session) if "save" in possible else [],
            on_page=has_bundle(),
            accepted=count_accepted(acceptances_of(session, actor, notice_id, content)),
            sentence=sentence,
        )


def _before(session: Session, notice: Notice) -> tuple[Notice | None, str]:
    """The notice that this one is about, and its symbol."""
    before = session.get(Notice, notice.predecessor_id) if notice.predecessor_id else None
    named = service.issue_of(session, before.id) if before else None
    return before, named.symbol if named else ""


def _keys(session: Session, actor: Actor, possible: frozenset[str], *, signed: bool) -> Sequence[SigningKey]:
    """Keys for the next step: the approver's own, or the seals where the leader has signed digitally."""
    if "approve" in possible:
        return usable_keys(session, actor, KeyKind.PERSON)
    return usable_keys(session, actor, KeyKind.SEAL) if "issue" in possible and signed else ()


def printed(revision: NoticeRevision, issue: Issue | None) -> Sheet:
    """The sheet as the files show it: with number and date once issued, as a draft before."""
    if issue is not None:
        return lay_out(revision.read(), issue.number, issue.issued_on)
    return issuing.draft_sheet(revision)


def can_do(actor: Actor, notice: Notice) -> frozenset[str]:
    """What this person may do now: events of the life cycle; `save`, `distribute`, `publish`, `succeed` (correct …)."""
    possible = {event for event in NOTICE.allowed(notice.state) if can(actor, _EVENT_RIGHTS[event], notice)}
    if notice.state in EDITABLE and can(actor, Action.EDIT_NOTICE, notice):
        possible.add("save")
    if notice.state == ISSUED and can(actor, Action.DISTRIBUTE_NOTICE, notice):
        possible.add("distribute")
    if notice.state == ISSUED and notice.kind in WHOLE_TEXTS and can(actor, Action.EDIT_NOTICE, notice):
        possible.add("succeed")
    if notice.state == ISSUED and notice.kind in WHOLE_TEXTS and can(actor, Action.PUBLISH_BULLETIN, notice):
        possible.add("publish")
    return frozenset(possible)


def audio_url(session: Session, actor: Actor, revisions: Sequence[NoticeRevision]) -> str | None:
    """The sound behind the newest machine draft, for those who may listen; evidence counts its seconds."""
    sources = [revision.transcript_revision_id for revision in revisions if revision.transcript_revision_id]
    if not sources:
        return None
    source = session.get(TranscriptRevision, sources[-1])
    transcript = session.get(Transcript, source.transcript_id) if source else None
    if transcript is None or transcript.recording_id is None or not can(actor, Action.LISTEN, transcript):
        return None
    return url_for("media.sound", recording_id=transcript.recording_id)
