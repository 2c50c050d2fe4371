"""The page of one meeting, for all who may see it; what one may do there depends on one's rights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import render_template
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import in_vietnam
from core.permissions import Action, Actor, can
from core.runtime import current
from minutes.followups.carrying import TakenUp, taken_up
from minutes.notices.service import issue_of, notice_of_meeting
from orchestrator.caps.models import CapException, CapPolicy
from orchestrator.caps.service import list_policies, value_of
from orchestrator.meetings import service, states, time_rules
from orchestrator.meetings.cap_exceptions import exceptions_of
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.series.models import MeetingSeries
from transcription.pipeline import service as pipeline
from transcription.pipeline.states import RUNNING
from transcription.recordings.models import Recording, RecordingPart, RecordingSource
from transcription.transcripts.service import current_transcript
from web.rerunning import engines
from web.security.callers import acting
from web.uploads.page import uploading_of
from web.words import choices

_SOUND_RIGHTS = (Action.UPLOAD_RECORDING, Action.LISTEN)


@dataclass(frozen=True)
class PlanSide:
    """What the plan of a meeting has beside itself: warnings, its series, tasks taken up, exceptions from caps."""

    warnings: Sequence[time_rules.Warning]
    series: MeetingSeries | None
    tasks: Sequence[TakenUp]
    tasks_total: int
    exceptions: Sequence[CapException]
    #: Policies that this person may let the meeting exceed.
    grantable: Sequence[CapPolicy]


@dataclass(frozen=True)
class RecordingWork:
    """A recording and how far the work on it has come."""

    recording: Recording
    progress: pipeline.JobProgress
    #: What a person has asked for, other than usual.
    parameters: Mapping[str, Any]
    #: It is heard as a part of another one.
    is_part: bool


def meeting_page(meeting_id: UUID, *, sentence: str = "", links: Sequence[tuple[str, str]] = ()) -> str:
    """The whole page. Raises NotFound, Forbidden."""
    actor = acting()
    with current().database.transaction() as session:
        meeting = service.get_meeting(session, actor, meeting_id)
        notice = notice_of_meeting(session, actor, meeting_id) if can(actor, Action.VIEW_NOTICE, meeting) else None
        return render_template(
            "operator/meeting.html",
            meeting=meeting,
            moves=states.MEETING.allowed(meeting.state),
            attendances=choices("attendance"),
            upload_limit=current().settings.upload_limit_bytes,
            links=links,
            notice=notice,
            issue=issue_of(session, notice.id) if notice else None,
            sentence=sentence,
            plan=plan_side(session, actor, meeting),
            uploading=uploading_of(session, actor, meeting),
            **recordings_of(session, actor, meeting),
        )


def plan_side(session: Session, actor: Actor, meeting: Meeting) -> PlanSide:
    """Warnings, series, tasks and exceptions of a meeting, as far as this person may see them."""
    tasks, total = taken_up(session, actor, meeting.id) if meeting.series_id else ([], 0)
    return PlanSide(
        warnings=time_rules.from_json(meeting.time_warnings),
        series=session.get(MeetingSeries, meeting.series_id) if meeting.series_id else None,
        tasks=tasks,
        tasks_total=total,
        exceptions=exceptions_of(session, actor, meeting),
        grantable=_grantable(session, actor, meeting),
    )


def _grantable(session: Session, actor: Actor, meeting: Meeting) -> list[CapPolicy]:
    if not can(actor, Action.GRANT_EXCEPTION, meeting):
        return []
    roles = {role.value for role in actor.roles}
    day = in_vietnam(meeting.starts_at).date()
    return [
        row
        for row in list_policies(session, actor)
        if roles & set(row.may_exceed_roles)
        and (value := value_of(row)).is_valid_on(day)
        and value.binds_kind(meeting.kind)
    ]


def recordings_fragment(meeting_id: UUID) -> str:
    """The part about recordings alone, asked for again and again while work goes on."""
    actor = acting()
    with current().database.transaction() as session:
        meeting = service.get_meeting(session, actor, meeting_id)
        return render_template("operator/_recordings.html", meeting=meeting, **recordings_of(session, actor, meeting))


def recordings_of(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any]:
    """Jobs of the meeting's recordings, for those who work with sound."""
    if not any(can(actor, right, meeting) for right in _SOUND_RIGHTS):
        return {
            "can_see_recordings": False,
            "jobs": [],
            "active": False,
            "transcript": None,
            "engines": [],
            "parts": [],
        }
    found = pipeline.jobs_of_meeting(session, actor, meeting.id)
    heard_in_whole = _parts_among(session, [job.recording_id for job in found])
    jobs = [
        RecordingWork(
            job.recording,
            pipeline.progress(session, actor, job.id),
            job.parameters,
            is_part=job.recording_id in heard_in_whole,
        )
        for job in found
    ]
    readable = can(actor, Action.VIEW_TRANSCRIPT, meeting)
    return {
        "can_see_recordings": True,
        "jobs": jobs,
        "active": any(job.progress.state == RUNNING for job in jobs),
        "transcript": current_transcript(session, actor, meeting.id) if readable else None,
        "engines": engines(),
        "parts": [job.recording for job in jobs if not job.is_part and job.recording.source != RecordingSource.JOINED],
    }


def _parts_among(session: Session, recording_ids: Sequence[UUID]) -> frozenset[UUID]:
    """Recordings that were joined into another one."""
    query = select(RecordingPart.part_id).where(RecordingPart.part_id.in_(recording_ids))
    return frozenset(session.scalars(query))
