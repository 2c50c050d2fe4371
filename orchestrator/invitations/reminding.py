"""Reminders as mails: for every coming meeting, whoever the rule says is due, exactly once each."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.mail.service import queue_mail
from core.runtime import current
from orchestrator.calendar.service import working_calendar
from orchestrator.calendar.working_days import WorkingCalendar
from orchestrator.invitations import texts
from orchestrator.invitations.links import ANSWER_SECRET, JOIN_SECRET, live_links
from orchestrator.invitations.models import Answer, Invitation, JoinLink
from orchestrator.invitations.receivers import addresses_of
from orchestrator.invitations.reminder_rules import Invited, Reminder, ReminderKind, Timetable, due_reminder
from orchestrator.invitations.sending import ABOUT, mail_facts
from orchestrator.invitations.texts import ANSWER_HERE, JOIN_HERE
from orchestrator.meetings import states
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import Meeting, MeetingEndpoint

#: Longest closure of the offices (Tết) that working days may have to step over.
_LONGEST_CLOSURE = timedelta(days=20)


def remind(session: Session, now: datetime) -> int:
    """Queue every reminder that is due; answers how many are new. Run as often as you like: each goes out once."""
    settings = current().settings
    timetable = Timetable(settings.remind_unanswered_days, settings.remind_coming_hours)
    calendar = working_calendar(session)
    furthest = now + _reach(timetable)
    query = select(Meeting).where(
        Meeting.state == states.PLANNED,
        Meeting.classification == Classification.UNCLASSIFIED,
        Meeting.starts_at > now,
        Meeting.starts_at <= furthest,
    )
    return sum(_remind_meeting(session, meeting, timetable, calendar, now) for meeting in session.scalars(query))


def _reach(timetable: Timetable) -> timedelta:
    """How far ahead a meeting can be and still have a reminder due today."""
    days = max(timetable.unanswered_days, default=0) * 2
    hours = max(timetable.coming_hours, default=0)
    return max(timedelta(days=days), timedelta(hours=hours)) + _LONGEST_CLOSURE


def _remind_meeting(
    session: Session, meeting: Meeting, timetable: Timetable, calendar: WorkingCalendar, now: datetime
) -> int:
    invited = select(Invitation).where(
        Invitation.meeting_id == meeting.id, Invitation.sent_at.is_not(None), Invitation.cancelled_at.is_(None)
    )
    due: dict[MeetingEndpoint, tuple[Invitation, Reminder]] = {}
    for invitation in session.scalars(invited):
        reminder = due_reminder(_facts(invitation, meeting), timetable, calendar, now)
        if reminder is not None:
            due[invitation.meeting_endpoint] = (invitation, reminder)
    if not due:
        return 0
    addresses = addresses_of(session, meeting, list(due), {place.id: pair[0] for place, pair in due.items()})
    links = live_links(session, [place.id for place in due])
    return sum(
        _queue(session, meeting, invitation, reminder, links[place.id], addresses[place.id])
        for place, (invitation, reminder) in due.items()
        if addresses[place.id] and place.id in links
    )


def _facts(invitation: Invitation, meeting: Meeting) -> Invited:
    sent_at = invitation.sent_at or meeting.created_at
    answered = invitation.is_answered
    informed_at = max(sent_at, invitation.answered_at) if answered and invitation.answered_at else sent_at
    return Invited(meeting.starts_at, informed_at, answered, invitation.answer is Answer.COMING)


def _queue(
    session: Session, meeting: Meeting, invitation: Invitation, reminder: Reminder, link: JoinLink, to: list[str]
) -> bool:
    facts = mail_facts(meeting, invitation.meeting_endpoint)
    write = texts.reminder_to_answer if reminder.kind is ReminderKind.ANSWER else texts.reminder_to_come
    text = write(facts)
    secrets = {ANSWER_HERE: (ANSWER_SECRET, link.id), JOIN_HERE: (JOIN_SECRET, link.id)}
    # The start is part of the key: a meeting that was moved is reminded of anew.
    start = meeting.starts_at.isoformat()
    mail = queue_mail(
        session,
        to=to,
        subject=text.subject,
        body=text.body,
        dedupe_key=f"reminder/{invitation.id}/{reminder.kind.value}/{reminder.step}/{start}",
        about=(ABOUT, invitation.id),
        secrets={words: secret for words, secret in secrets.items() if words in text.body},
        expires_at=meeting.starts_at,
    )
    return mail.attempts == 0 and mail.created_at == current().clock()
