"""Sending invitations: by the operator, again for one, and by themselves when the plan moves or falls through.

Sent twice without a change it is one mail. With a change of plan or letter the calendar entry's SEQUENCE grows and a
new mail goes out. An endpoint taken out of the plan, and a meeting called off, get METHOD:CANCEL, once.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit, outbox
from core.errors import NotFound
from core.mail.addresses import Mailbox, checked_address, parse_mailbox
from core.mail.service import Attachment, CalendarPart, queue_mail
from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.invitations import calendar_file, texts
from orchestrator.invitations.calendar_file import CalendarFacts
from orchestrator.invitations.letter_content import place_name
from orchestrator.invitations.letters import DOCX_TYPE, PDF_TYPE, frozen_revision
from orchestrator.invitations.links import ANSWER_SECRET, JOIN_SECRET, ensured_links
from orchestrator.invitations.models import Invitation, InvitationLetterRevision, JoinLink
from orchestrator.invitations.receivers import addresses_of
from orchestrator.invitations.refusals import NoInvitationAddress
from orchestrator.invitations.rows import ensured_invitation, ensured_invitations, invitations_of
from orchestrator.invitations.texts import ANSWER_HERE, JOIN_HERE, MailFacts, MailText
from orchestrator.meetings import states
from orchestrator.meetings.classification import Classification, refuse_classified
from orchestrator.meetings.models import Meeting, MeetingEndpoint
from orchestrator.refusals import MeetingOver
from orchestrator.words import plain_letters

ABOUT = "invitation"


@dataclass
class SendReport:
    """What one sending did, by endpoint name."""

    sent: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    without_address: list[str] = field(default_factory=list)


def send_invitations(
    session: Session,
    actor: Actor | None,
    meeting_id: UUID,
    *,
    only: Collection[UUID] | None = None,
    again: bool = False,
) -> SendReport:
    """Write the invitation mails of a meeting.

    Args:
        only: ids of meeting endpoints.
        again: send also what has not changed since it was sent (for one that was lost).

    Raises:
        NotFound, Forbidden, MeetingOver, ClassifiedRefused, LetterUnwritable.
        NoInvitationAddress: nobody asked for has an address; then nothing was written.
    """
    meeting = _locked(session, meeting_id)
    require(actor, Action.PLAN_MEETING, meeting)
    refuse_classified(meeting.classification)
    if states.MEETING.is_final(meeting.state):
        raise MeetingOver
    places = [place for place in meeting.endpoints if only is None or place.id in only]
    if only is not None and len(places) != len(set(only)):
        raise NotFound
    report = _send(session, actor, meeting, places, again=again)
    if not report.sent and not report.unchanged:
        raise NoInvitationAddress(places=", ".join(report.without_address))
    return report


def set_addresses(
    session: Session, actor: Actor | None, meeting_id: UUID, place_id: UUID, addresses: Sequence[str]
) -> Invitation:
    """Say where the invitation of one endpoint goes; an empty list gives it back to the directory. Raises Invalid."""
    meeting = _locked(session, meeting_id)
    require(actor, Action.PLAN_MEETING, meeting)
    place = next((item for item in meeting.endpoints if item.id == place_id), None)
    if place is None:
        raise NotFound
    invitation = ensured_invitation(session, meeting, place)
    invitation.addresses = list(dict.fromkeys(checked_address(text) for text in addresses if text.strip()))
    audit.record(session, actor, "invitation.addresses", ABOUT, invitation.id, count=len(invitation.addresses))
    return invitation


def send_after_change(session: Session, meeting_id: UUID) -> None:
    """The meeting was moved: everybody who was invited gets the new time. The deed itself has asked for the right."""
    meeting = _locked(session, meeting_id)
    if meeting.state != states.PLANNED or meeting.classification is not Classification.UNCLASSIFIED:
        return
    invited = {item.meeting_endpoint_id for item in invitations_of(session, meeting_id) if item.sent_at}
    _send(session, None, meeting, [place for place in meeting.endpoints if place.id in invited], again=False)


def call_off(session: Session, meeting_id: UUID, *, withdrawn_only: bool = False) -> None:
    """Send METHOD:CANCEL to all who were invited, or to the endpoints that were taken out of the plan."""
    meeting = _locked(session, meeting_id)
    query = select(MeetingEndpoint).where(MeetingEndpoint.meeting_id == meeting_id)
    places = {place.id: place for place in session.scalars(query)}
    invitations = [
        item
        for item in invitations_of(session, meeting_id)
        if item.sent_at is not None
        and item.cancelled_at is None
        and (not withdrawn_only or places[item.meeting_endpoint_id].withdrawn_at is not None)
    ]
    by_place = {item.meeting_endpoint_id: item for item in invitations}
    addresses = addresses_of(session, meeting, [places[key] for key in by_place], by_place)
    for invitation in invitations:
        _call_off_one(
            session, meeting, places[invitation.meeting_endpoint_id], invitation, addresses, withdrawn=withdrawn_only
        )


def _send(
    session: Session, actor: Actor | None, meeting: Meeting, places: Sequence[MeetingEndpoint], *, again: bool
) -> SendReport:
    report = SendReport()
    if not places:
        return report
    invitations = ensured_invitations(session, meeting, places)
    addresses = addresses_of(session, meeting, places, invitations)
    report.without_address = [place.endpoint.name for place in places if not addresses[place.id]]
    reachable = [place for place in places if addresses[place.id]]
    if not reachable:
        return report
    revision = frozen_revision(session, actor, meeting)
    links = ensured_links(session, reachable)
    for place in reachable:
        invitation, link = invitations[place.id], links[place.id]
        if _take_up(invitation, revision, link, again=again):
            _queue(session, meeting, invitation, revision, link, addresses[place.id])
            report.sent.append(place.endpoint.name)
        else:
            report.unchanged.append(place.endpoint.name)
    if report.sent:
        audit.record(session, actor, "invitations.sent", "meeting", meeting.id, count=len(report.sent))
        outbox.emit(session, "invitations.sent", id=meeting.id)
    return report


def _take_up(invitation: Invitation, revision: InvitationLetterRevision, link: JoinLink, *, again: bool) -> bool:
    """Bring the invitation to this revision and link; False where it is there already and nobody asked for it again."""
    is_live = invitation.sent_at is not None and invitation.cancelled_at is None
    is_same = is_live and invitation.letter_revision_id == revision.id
    if is_same and invitation.sent_link_id == link.id and not again:
        return False
    if is_same:
        invitation.resends += 1
    elif invitation.sent_at is not None:
        invitation.sequence += 1
    return True


def _queue(
    session: Session,
    meeting: Meeting,
    invitation: Invitation,
    revision: InvitationLetterRevision,
    link: JoinLink,
    to: Sequence[str],
) -> None:
    facts = mail_facts(meeting, invitation.meeting_endpoint, str(revision.content.get("contact", "")))
    is_update = invitation.sent_at is not None and invitation.letter_revision_id != revision.id
    is_moved = is_update and invitation.sent_starts_at != meeting.starts_at
    text = texts.invitation_text(facts, is_update=is_update, is_moved=is_moved)
    now = current().clock()
    entry = calendar_file.request(_entry(meeting, invitation, to, now))
    stem = plain_letters(meeting.title)[:60].strip("-") or "cuoc-hop"
    queue_mail(
        session,
        to=to,
        subject=text.subject,
        body=text.body,
        dedupe_key=f"invitation/{invitation.id}/{invitation.sequence}/{revision.id}/{link.id}/{invitation.resends}",
        attachments=(
            Attachment(revision.docx_key, f"giay-moi-{stem}.docx", DOCX_TYPE),
            Attachment(revision.pdf_key, f"giay-moi-{stem}.pdf", PDF_TYPE),
        ),
        calendar=CalendarPart(entry, "REQUEST"),
        about=(ABOUT, invitation.id),
        secrets={ANSWER_HERE: (ANSWER_SECRET, link.id), JOIN_HERE: (JOIN_SECRET, link.id)},
        expires_at=meeting.ends_at,
    )
    invitation.sent_at, invitation.sent_starts_at = now, meeting.starts_at
    invitation.letter_revision_id, invitation.sent_link_id = revision.id, link.id
    invitation.cancelled_at = None


def _call_off_one(
    session: Session,
    meeting: Meeting,
    place: MeetingEndpoint,
    invitation: Invitation,
    addresses: dict[UUID, list[str]],
    *,
    withdrawn: bool,
) -> None:
    now = current().clock()
    invitation.sequence += 1
    invitation.cancelled_at = now
    to = addresses[place.id]
    if not to:
        return
    is_secret = meeting.classification is not Classification.UNCLASSIFIED
    text = _farewell(meeting, place, withdrawn=withdrawn)
    entry = _entry(meeting, invitation, to, now, title="Cuộc họp đã hủy" if is_secret else meeting.title)
    queue_mail(
        session,
        to=to,
        subject=text.subject,
        body=text.body,
        dedupe_key=f"invitation/{invitation.id}/{invitation.sequence}/cancel",
        calendar=CalendarPart(calendar_file.cancellation(entry), "CANCEL"),
        about=(ABOUT, invitation.id),
    )


def _farewell(meeting: Meeting, place: MeetingEndpoint, *, withdrawn: bool) -> MailText:
    facts = mail_facts(meeting, place)
    if meeting.classification is not Classification.UNCLASSIFIED:
        return texts.silent_cancellation_text(facts)
    return texts.withdrawal_text(facts) if withdrawn else texts.cancellation_text(facts, meeting.cancelled_because)


def mail_facts(meeting: Meeting, place: MeetingEndpoint, contact: str = "") -> MailFacts:
    """What mails may tell of a meeting."""
    return MailFacts(
        title=meeting.title,
        place=place.endpoint.name,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        organisation=current().settings.organisation_name,
        contact=contact,
    )


def _entry(
    meeting: Meeting, invitation: Invitation, to: Sequence[str], now: datetime, *, title: str | None = None
) -> CalendarFacts:
    settings = current().settings
    sender = parse_mailbox(settings.mail_sender)
    endpoint = invitation.meeting_endpoint.endpoint.name
    return CalendarFacts(
        uid=invitation.uid,
        sequence=invitation.sequence,
        title=meeting.title if title is None else title,
        location=place_name(invitation.meeting_endpoint),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        written_at=now,
        organizer=Mailbox(sender.address, sender.name or settings.organisation_name),
        attendees=tuple(Mailbox(address, endpoint) for address in to),
    )


def _locked(session: Session, meeting_id: UUID) -> Meeting:
    meeting = session.get(Meeting, meeting_id, with_for_update={"of": Meeting}, populate_existing=True)
    if meeting is None:
        raise NotFound
    return meeting
