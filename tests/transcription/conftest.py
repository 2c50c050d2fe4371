"""Fixtures of this room: a meeting in the database, fake engines, and a way to work off what is waiting."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from core.permissions import Actor, Role
from core.runtime import Runtime
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import Meeting, MeetingKind, Urgency
from tests.transcription.fakes import FakeDiarizer, FakeRecognizer
from transcription.engines.registry import Choice
from transcription.pipeline import diarisation, pieces, recognition, runner, states
from transcription.pipeline.models import StageRun

START = datetime(2026, 4, 8, 7, 0, tzinfo=UTC)


@pytest.fixture
def meeting_id(runtime: Runtime) -> UUID:
    """A planned, unclassified meeting with the room `hop-giao-ban-k3v9`."""
    return add_meeting(runtime, "hop-giao-ban-k3v9")


def add_meeting(
    runtime: Runtime, room: str | None, classification: Classification = Classification.UNCLASSIFIED
) -> UUID:
    with runtime.database.transaction() as session:
        meeting = Meeting(
            code=f"HOP-{room or 'mat'}",
            title="Họp giao ban trực tuyến",
            kind=MeetingKind.WEEKLY_BRIEFING,
            classification=classification,
            urgency=Urgency.NORMAL,
            starts_at=START,
            ends_at=START + timedelta(hours=2),
            state="planned",
            room_name=room,
        )
        session.add(meeting)
        session.flush()
        return meeting.id


@pytest.fixture
def secretary(actor_factory: Callable[..., Actor]) -> Actor:
    return actor_factory(Role.SECRETARY)


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch) -> FakeRecognizer:
    """Fake engines in place of the real ones; the stages and everything around them stay real."""
    fake, diarizer = FakeRecognizer(), FakeDiarizer()
    monkeypatch.setattr(recognition, "recognizer", lambda *_: fake)
    monkeypatch.setattr(diarisation, "diarizer", lambda *_: diarizer)
    for module in (recognition, diarisation):
        monkeypatch.setattr(module, "prepare_engines", lambda *_: None)
    monkeypatch.setattr(recognition.registry, "choose", lambda *_: Choice("fake", "thử nghiệm"))
    return fake


@pytest.fixture
def work_off(runtime: Runtime) -> Callable[[], int]:
    """Run every waiting stage and piece until none is left, as one worker would; returns how many stages were run."""

    def work_all() -> int:
        count = 0
        while True:
            run_ids = waiting_runs(runtime)
            for run_id in run_ids:
                runner.run_stage(runtime, run_id)
                count += 1
            if not run_ids and not pieces_wait(runtime):
                return count
            runner.run_piece(runtime)

    return work_all


def pieces_wait(runtime: Runtime) -> bool:
    """Whether a worker would find a piece to take."""
    with runtime.database.transaction() as session:
        return bool(pieces.runs_in_turn(session))


def waiting_runs(runtime: Runtime) -> list[UUID]:
    """Runs that a worker could claim now, oldest first."""
    with runtime.database.transaction() as session:
        query = select(StageRun.id).where(StageRun.state == states.WAITING).order_by(StageRun.created_at)
        due = (StageRun.not_before.is_(None)) | (StageRun.not_before <= runtime.clock())
        return list(session.scalars(query.where(due)))
