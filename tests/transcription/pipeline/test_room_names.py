"""The pipeline uses what the live room knows: the only person of the only endpoint in the room is named."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID

from core.permissions import Actor
from core.runtime import Runtime
from orchestrator.directory.models import Endpoint, EndpointKind, Person
from orchestrator.live.models import PresenceInterval
from orchestrator.meetings.models import Meeting, MeetingEndpoint, Participant
from tests.transcription import sounds
from tests.transcription.conftest import START
from tests.transcription.fakes import FakeRecognizer
from transcription.recordings.service import receive_upload
from transcription.transcripts import service as transcripts


def someone_in_the_room(runtime: Runtime, meeting_id: UUID) -> None:
    with runtime.database.transaction() as session:
        meeting = session.get_one(Meeting, meeting_id)
        endpoint = Endpoint(
            code="DC-1", name="Sở Nội vụ", kind=EndpointKind.COMPONENT, unit_id=None, room_capacity=None,
            contact_email=None, last_check_at=None, last_check_ok=None,
        )  # fmt: skip
        person = Person(full_name="Hồ Văn Tiến", title="Giám đốc Sở", email=None, unit_id=None)
        session.add_all([endpoint, person])
        session.flush()
        place = MeetingEndpoint(
            meeting_id=meeting_id, meeting_starts_at=meeting.starts_at, meeting_ends_at=meeting.ends_at,
            meeting_state=meeting.state, endpoint_id=endpoint.id, position=1, head_count=1,
        )  # fmt: skip
        session.add(place)
        session.flush()
        session.add(Participant(meeting_id=meeting_id, person_id=person.id, position=1, meeting_endpoint_id=place.id))
        session.add(
            PresenceInterval(
                meeting_id=meeting_id, meeting_endpoint_id=place.id, occupant_jid="a@x", joined_at=START,
                left_at=START + timedelta(hours=1), breakout_room_id=None,
            )
        )  # fmt: skip


def test_presence_names_the_voice_and_says_why(
    runtime: Runtime,
    secretary: Actor,
    meeting_id: UUID,
    engines: FakeRecognizer,
    work_off: Callable[[], int],
    tmp_path: Path,
) -> None:
    someone_in_the_room(runtime, meeting_id)
    speech = sounds.write_wav(tmp_path / "s.wav", sounds.demo_stretch(0.5, 8.5)).read_bytes()
    with runtime.database.transaction() as session:
        receive_upload(session, secretary, meeting_id, "hop_2026-04-08-14-00-10.mp4", BytesIO(speech))
    work_off()
    with runtime.database.transaction() as session:
        transcript = transcripts.current_transcript(session, secretary, meeting_id)
        assert transcript is not None
        revision = transcripts.latest(session, transcript.id)
        assert transcripts.document_of(session, revision).speakers == ("Hồ Văn Tiến",)
        (voice,) = revision.quality["voices"]
        assert (voice["endpoint"], voice["evidence"][0]["kind"]) == ("Sở Nội vụ", "presence")
