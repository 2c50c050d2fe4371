"""Around the meeting: those that come and what they still lack, caps, recordings and transcripts, mails, purges."""

from datetime import datetime, timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.mail.listing import lost_mails
from core.permissions import Action, Actor, can
from core.purging import states as purging_states
from orchestrator.live.unready import unready_places
from orchestrator.meetings import states
from orchestrator.meetings.cap_review import meetings_over_caps
from orchestrator.meetings.listing import coming_meetings
from orchestrator.meetings.models import Meeting
from transcription.pipeline.models import TranscriptionJob
from transcription.pipeline.states import FAILED
from transcription.transcripts.indexing import unnamed_voices
from transcription.transcripts.models import Transcript
from transcription.transcripts.service import newest_of
from web.home.need import MOST_SHOWN, Need, NeedList, how_far, is_today
from web.purging.service import list_purges
from web.templating import clock, day, long_day
from web.words import tone, word

MEETINGS_WITHIN = timedelta(days=7)
LOST_MAILS_SINCE = timedelta(days=7)
#: Endpoints are asked about from the evening before.
CHECKED_WITHIN = timedelta(hours=24)
SPOKEN_SINCE = timedelta(days=14)


def meetings(session: Session, actor: Actor, now: datetime) -> NeedList:
    """The meetings of the week; those of the next day with the endpoints that are not ready."""
    found = coming_meetings(session, actor, now, now + MEETINGS_WITHIN, limit=MOST_SHOWN)
    soon = [item.id for item in found if item.state == states.PLANNED and item.starts_at <= now + CHECKED_WITHIN]
    watches = can(actor, Action.OPERATE_CONTENT)
    unready = unready_places(session, actor, soon) if soon and watches else {}
    needs = []
    for item in found:
        missing = unready.get(item.id, 0)
        lacks = ngettext("%(num)d điểm cầu chưa sẵn sàng", "%(num)d điểm cầu chưa sẵn sàng", missing) if missing else ""
        page = "console.not_ready" if missing else "operator.meeting"
        needs.append(
            Need(
                text=item.title,
                url=url_for(page, meeting_id=item.id),
                note=f"{clock(item.starts_at)}, {long_day(item.starts_at)}",
                badge=lacks or str(word(item.state, "meeting")),
                tone="warn" if lacks else tone(item.state, "meeting"),
                at=item.starts_at,
                why=lacks,
            )
        )
    return NeedList(
        _("Cuộc họp trong 7 ngày tới"),
        needs,
        _("Không có cuộc họp nào sắp tới."),
        url=url_for("operator.meetings"),
        pressing=[need for need in needs if need.at and is_today(need.at, now)],
    )


def over_caps(session: Session, actor: Actor, now: datetime) -> NeedList:
    """Planned meetings that a new cap would refuse."""
    found = meetings_over_caps(session, actor, now)
    needs = [
        Need(
            text=item.title,
            url=url_for("operator.meeting", meeting_id=item.id),
            note=f"{clock(item.starts_at)}, {long_day(item.starts_at)} · {item.breaches[0].policy.legal_basis}",
            badge=_(
                "%(counted)s, trần %(most)s",
                counted=item.breaches[0].counted,
                most=item.breaches[0].policy.maximum,
            ),
            tone="bad",
        )
        for item in found[:MOST_SHOWN]
    ]
    return NeedList(_("Cuộc họp vượt trần số người"), needs, _("Không có cuộc họp nào vượt trần."), len(found))


def stopped_jobs(session: Session, _actor: Actor, now: datetime) -> NeedList:
    """Recordings whose work has stopped with a reason; somebody has to start it again."""
    query = (
        select(TranscriptionJob.id, TranscriptionJob.meeting_id, TranscriptionJob.created_at, Meeting.title)
        .join(Meeting, Meeting.id == TranscriptionJob.meeting_id)
        .where(TranscriptionJob.state == FAILED, TranscriptionJob.created_at > now - SPOKEN_SINCE)
        .order_by(TranscriptionJob.created_at.desc())
        .limit(MOST_SHOWN)
    )
    needs = [
        Need(
            text=row.title,
            url=url_for("operator.meeting", meeting_id=row.meeting_id),
            note=_("bản ghi nhận ngày %(day)s", day=day(row.created_at)),
            badge=_("Gỡ băng bị dừng"),
            tone="bad",
        )
        for row in session.execute(query)
    ]
    return NeedList(_("Gỡ băng bị dừng"), needs, _("Không có bản ghi nào bị dừng gỡ băng."))


def to_correct(session: Session, _actor: Actor, now: datetime) -> NeedList:
    """Transcripts of these weeks with voices nobody has named, or that nobody has gone over."""
    query = (
        select(Transcript.id, Meeting.title)
        .join(Meeting, Meeting.id == Transcript.meeting_id)
        .where(Transcript.is_current, Transcript.created_at > now - SPOKEN_SINCE)
        .order_by(Transcript.created_at.desc())
        .limit(MOST_SHOWN)
    )
    found = session.execute(query).all()
    ids = [row.id for row in found]
    newest, unnamed = newest_of(session, ids), unnamed_voices(session, ids)
    needs = []
    for row in found:
        voices, untouched = unnamed.get(row.id, 0), newest[row.id].number == 0
        if voices or untouched:
            named = ngettext("%(num)d giọng chưa có tên", "%(num)d giọng chưa có tên", voices)
            needs.append(
                Need(
                    text=row.title,
                    url=url_for("secretary.transcript", transcript_id=row.id),
                    note=_("máy gỡ, chưa có người xem lại") if untouched else _("đã có người sửa"),
                    badge=named if voices else _("Chưa xem lại"),
                    tone="warn",
                )
            )
    title, empty = _("Bản gỡ băng cần hoàn thiện"), _("Mọi bản gỡ băng gần đây đã được xem lại và đủ tên người nói.")
    return NeedList(title, needs, empty, url=url_for("secretary.transcripts"))


def mails_lost(session: Session, actor: Actor, now: datetime) -> NeedList:
    """Letters that came back or were given up."""
    needs = [
        Need(
            text=mail.subject,
            url=url_for("mails.show", mail_id=mail.id),
            note=", ".join(item.address for item in mail.troubled[:3]),
            badge=str(word(mail.state, "mail")),
            tone=tone(mail.state, "mail"),
        )
        for mail in lost_mails(session, actor, now - LOST_MAILS_SINCE, MOST_SHOWN)
    ]
    return NeedList(_("Thư không tới nơi"), needs, _("Mọi thư trong 7 ngày qua đều đã gửi đi."))


def to_confirm(session: Session, actor: Actor, now: datetime) -> NeedList:
    """Purges that wait for the second person."""
    waiting = [row for row in list_purges(session, actor) if row.state == purging_states.ASKED]
    needs = [
        Need(
            text=row.object_code,
            url=url_for("purging.show", purge_id=row.id),
            note=_("%(name)s yêu cầu, %(ago)s", name=row.asked_by_name, ago=how_far(row.created_at, now)),
            badge=str(word(row.state, "purge")),
            tone="warn",
        )
        for row in waiting[:MOST_SHOWN]
    ]
    return NeedList(
        _("Yêu cầu tiêu hủy chờ xác nhận"), needs, _("Không có yêu cầu tiêu hủy nào đang chờ."), len(waiting)
    )
