"""From the rows of the live room to seconds of the recording; and how many voices there may be."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from core.runtime import Runtime
from orchestrator.directory.models import Endpoint, EndpointKind
from orchestrator.jitsi.models import RecorderRun
from orchestrator.live.models import PresenceInterval
from orchestrator.meetings.context import MeetingContext, PersonFacts
from orchestrator.meetings.models import Meeting, MeetingEndpoint
from tests.transcription.conftest import START, add_meeting
from transcription.recordings.models import Recording, RecordingSource
from transcription.speakers.from_meeting import UNEXPECTED_VOICES, speaker_bounds
from transcription.speakers.from_room import remember_speech, room_evidence
from transcription.speakers.room import RoomEvidence, RoomInterval, Seat

STAMP = datetime(2026, 4, 8, 7, 0, 10, tzinfo=UTC)


@pytest.fixture
def meeting_id(runtime: Runtime) -> UUID:
    return add_meeting(runtime, "hop-phong-x9y8")


def seat(session: Session, meeting_id: UUID, name: str, position: int, head_count: int = 0) -> UUID:
    endpoint = Endpoint(
        code=f"DC-{position}", name=name, kind=EndpointKind.COMPONENT, unit_id=None, room_capacity=None,
        contact_email=None, last_check_at=None, last_check_ok=None,
    )  # fmt: skip
    session.add(endpoint)
    session.flush()
    meeting = session.get_one(Meeting, meeting_id)
    place = MeetingEndpoint(
        meeting_id=meeting_id, meeting_starts_at=meeting.starts_at, meeting_ends_at=meeting.ends_at,
        meeting_state=meeting.state, endpoint_id=endpoint.id, position=position, head_count=head_count,
    )  # fmt: skip
    session.add(place)
    session.flush()
    return place.id


def stay(
    session: Session,
    meeting_id: UUID,
    place_id: UUID | None,
    came: float,
    left: float | None,
    *,
    is_recorder: bool = False,
    breakout: str | None = None,
) -> None:
    session.add(
        PresenceInterval(
            meeting_id=meeting_id, meeting_endpoint_id=place_id, occupant_jid=f"{uuid4().hex}@x",
            joined_at=START + timedelta(seconds=came), is_recorder=is_recorder, breakout_room_id=breakout,
            left_at=None if left is None else START + timedelta(seconds=left),
        )
    )  # fmt: skip
    session.flush()


def recording(session: Session, meeting_id: UUID, name: str) -> UUID:
    row = Recording(
        meeting_id=meeting_id, source=RecordingSource.JIBRI, original_name=name, object_key="k", sha256=uuid4().hex,
        size_bytes=1, state="verified", duration_seconds=100.0, received_from=None,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row.id


def test_the_recorder_run_says_when_it_began(session: Session, meeting_id: UUID) -> None:
    bo, so = seat(session, meeting_id, "Trụ sở Bộ", 1, 4), seat(session, meeting_id, "Sở Nội vụ", 2)
    stay(session, meeting_id, bo, 0, None)
    stay(session, meeting_id, so, 40, 80)
    stay(session, meeting_id, so, 80, 95, breakout="nhom-1")
    stay(session, meeting_id, None, 5, None)
    stay(session, meeting_id, so, 200, 300)
    run = RecorderRun(meeting_id=meeting_id, state="recording", recorder_url=None, changed_at=STAMP, began_at=STAMP)
    session.add(run)
    session.flush()
    room = room_evidence(session, recording(session, meeting_id, f"{run.id}/hop_2026-04-08-14-00-10.mp4"))
    assert room.present == (RoomInterval("Trụ sở Bộ", 0.0, 100.0), RoomInterval("Sở Nội vụ", 30.0, 70.0))
    assert (room.clock, room.margin_seconds) == ("lượt ghi hình", 5.0)
    assert room.head_count("Trụ sở Bộ") == 4
    assert room.head_count("Sở Nội vụ") is None


def test_else_the_recorder_came_else_the_name_says_it(session: Session, meeting_id: UUID) -> None:
    bo = seat(session, meeting_id, "Trụ sở Bộ", 1)
    stay(session, meeting_id, bo, 20, 50)
    named = recording(session, meeting_id, "phien/hop_2026-04-08-14-00-10.mp4")
    assert room_evidence(session, named).present == (RoomInterval("Trụ sở Bộ", 10.0, 40.0),)
    assert room_evidence(session, named).clock == "tên tệp"
    stay(session, meeting_id, None, 15, None, is_recorder=True)
    assert room_evidence(session, named).present == (RoomInterval("Trụ sở Bộ", 5.0, 35.0),)


@pytest.mark.parametrize("name", ["hop.mp4", "x/hop_2026-13-41-99-00-10.mp4"])
def test_where_the_beginning_is_unknown_presence_counts_as_a_whole(
    session: Session, meeting_id: UUID, name: str
) -> None:
    bo = seat(session, meeting_id, "Trụ sở Bộ", 1)
    seat(session, meeting_id, "Sở Nội vụ", 2)
    stay(session, meeting_id, bo, 20, 50)
    room = room_evidence(session, recording(session, meeting_id, name))
    assert room.present == (RoomInterval("Trụ sở Bộ", 0.0, 100.0),)
    assert room.dominant == ()


def test_told_speech_is_kept_once_and_cut_to_the_recording(session: Session, meeting_id: UUID) -> None:
    bo = seat(session, meeting_id, "Trụ sở Bộ", 1)
    told = [(bo, START, START + timedelta(seconds=30)), (bo, START + timedelta(seconds=60), START)]
    assert len(remember_speech(session, meeting_id, [*told, told[0]])) == 1
    assert remember_speech(session, meeting_id, told) == []
    room = room_evidence(session, recording(session, meeting_id, "hop_2026-04-08-14-00-10.mp4"))
    assert room.dominant == (RoomInterval("Trụ sở Bộ", 0.0, 20.0),)


def test_nobody_kept_presence(session: Session, meeting_id: UUID) -> None:
    assert room_evidence(session, recording(session, meeting_id, "hop.mp4")).present == ()


def context(*people: tuple[str, str]) -> MeetingContext:
    present = tuple(PersonFacts(name, endpoint_name=endpoint) for name, endpoint in people)
    return MeetingContext(None, "Họp", "", date(2026, 4, 8), None, "", None, None, present, ())


def test_voices_are_bounded_by_who_was_there() -> None:
    listed = context(("Phan Quốc Bảo", "Bộ"), ("Hồ Văn Tiến", "Sở"), ("Ỷ Thị Ngữ", ""))
    assert speaker_bounds(listed).maximum == 3 + UNEXPECTED_VOICES
    there = RoomEvidence((RoomInterval("Bộ", 0, 9), RoomInterval("Huyện", 0, 9)), (), (Seat("Huyện", 40),))
    # The Sở never came; of the forty at the Huyện few will speak.
    assert speaker_bounds(listed, there).maximum == 2 + 2 + UNEXPECTED_VOICES
    assert speaker_bounds(context()).maximum is None
    assert speaker_bounds(context(), RoomEvidence()).maximum is None
