"""One function for each stage: a workbench goes in, an artifact with its facts comes out. The rules are in `stages`."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from core import lifecycles
from core.storage import ObjectDamaged, ObjectMissing
from orchestrator.meetings.classification import refuse_classified
from transcription.document import TranscriptDocument
from transcription.engines.contract import Diarization
from transcription.engines.readiness import check_ready
from transcription.faults import ArtifactDamaged, EmptyFile
from transcription.pipeline.graph import Stage
from transcription.pipeline.quality import quality_of
from transcription.pipeline.sharing import shared_stage
from transcription.pipeline.workbench import (
    Shared,
    StageResult,
    Workbench,
    engine_settings,
    room_of,
    voice_activity,
)
from transcription.recordings import states as recording_states
from transcription.recordings.models import Recording
from transcription.recordings.sources import local_parts, probe_parts, stored_parts, verify_parts
from transcription.speakers.context import SpeakerContext
from transcription.speakers.evidence import Evidence
from transcription.speakers.from_meeting import speaker_context
from transcription.speakers.naming import Known, name_speakers
from transcription.speakers.placing import PARTED, Place, place_voices
from transcription.speakers.prints.matching import match
from transcription.speakers.prints.service import enrolled_people
from transcription.speakers.recording_clock import align
from transcription.speakers.room import RoomEvidence, RoomInterval, Seat
from transcription.stages.detect_speech import detect_speech
from transcription.stages.merge import merge
from transcription.stages.normalise import normalise_all
from transcription.stages.recognise import Recognition
from transcription.stages.sound import SoundFile
from transcription.transcripts.service import publish


def ingest(bench: Workbench) -> StageResult:
    """Is what we keep what we received? Compares the stored object with its hash.

    And are the engines there that will be asked for? A model that is missing is no news for the middle of a job.
    """
    source = bench.source()
    _refuse_classified(bench)
    settings = bench.runtime.settings
    check_ready(bench.parameters.get("engine") or settings.recognizer, engine_settings(settings))
    try:
        bench.runtime.storage.verify(source.object_key, source.sha256)
        verify_parts(bench.runtime, source.recording_id)
    except (ObjectMissing, ObjectDamaged) as error:
        raise ArtifactDamaged(stage=Stage.INGEST.value) from error
    if source.size_bytes == 0:
        raise EmptyFile()
    return StageResult(_bytes({"sha256": source.sha256, "size_bytes": source.size_bytes}))


def verify(bench: Workbench) -> StageResult:
    """Is it a recording? Opens it by content and decodes its beginning."""
    source = bench.source()
    with local_parts(bench.runtime.storage, stored_parts(bench.runtime, source.recording_id)) as parts:
        info = probe_parts(parts).to_json()

    def remember(session: Session) -> None:
        row = session.get_one(Recording, source.recording_id)
        row.media = info
        lifecycles.apply(session, recording_states.RECORDING, row, "verified", actor=None)

    return StageResult(_bytes(info), summary=info, effect=remember)


def normalise_sound(bench: Workbench) -> StageResult:
    """16 kHz mono WAV of even loudness; the facts of the original go into the summary."""
    source = bench.source()
    target = bench.scratch / "sound.wav"
    with local_parts(bench.runtime.storage, stored_parts(bench.runtime, source.recording_id)) as parts:
        facts = normalise_all(parts, target, bench.heart.report)

    def remember(session: Session) -> None:
        row = session.get_one(Recording, source.recording_id)
        row.duration_seconds, row.is_truncated = facts.duration_seconds, facts.is_truncated

    return StageResult(target, ".wav", facts.to_json(), remember)


def find_speech(bench: Workbench) -> StageResult:
    """Regions in which somebody speaks."""
    with bench.file_of(Stage.NORMALISE) as path, SoundFile(path) as sound:
        speech = detect_speech(sound, voice_activity())
    result = "speech" if speech.regions else "no_speech"
    summary = {"speech_seconds": round(speech.speech_seconds, 1), "result": result}
    return StageResult(_bytes(speech.to_json()), summary=summary)


def merge_words(bench: Workbench) -> StageResult:
    """Each word under one voice."""
    recognition = Recognition.from_json(bench.json_of(Stage.RECOGNISE))
    diarised = bench.json_of(Stage.DIARISE)
    diarization = Diarization.from_json(diarised)
    seconds = bench.source_seconds()
    room = room_of(bench)
    tracks = [RoomInterval(*track) for track in diarised.get("tracks", ())]
    room, clock = align(room.with_tracks(tracks) if tracks and not room.dominant else room, diarization.exclusive)
    placed, places = place_voices(diarization, room)
    document = merge(recognition, placed, seconds)
    # Beside the document: what the room said when the words were put together, for the names and for the reader.
    artifact = {
        **document.to_json(),
        "places": {voice: place.to_json() for voice, place in places.items()},
        "seats": [[seat.endpoint, seat.head_count] for seat in room.seats],
        "clock": {"source": room.clock, **clock.to_json()},
    }
    return StageResult(_bytes(artifact), summary={"segments": len(document.segments)})


def name_voices(bench: Workbench) -> StageResult:
    """Names where the room, a print or what is said allows it, numbers elsewhere."""
    merged = bench.json_of(Stage.MERGE)
    document = TranscriptDocument.from_json(merged)
    meeting = bench.meeting()
    context = speaker_context(meeting) if meeting else SpeakerContext()
    places = {voice: Place.from_json(place) for voice, place in merged.get("places", {}).items()}
    room = RoomEvidence(seats=tuple(Seat(endpoint, heads) for endpoint, heads in merged.get("seats", ())))
    known = Known(places, room, _prints(bench, places))
    named, voices = name_speakers(document, context, known)
    artifact = {
        "document": named.to_json(),
        "voices": [voice.to_json() for voice in voices],
        "clock": merged.get("clock", {}),
    }
    return StageResult(_bytes(artifact), summary={"named": sum(voice.is_named for voice in voices)})


def publish_transcript(bench: Workbench) -> StageResult:
    """The machine's revision, with its quality numbers; told to the higher rooms."""
    _refuse_classified(bench)
    named = bench.json_of(Stage.NAME_SPEAKERS)
    document = TranscriptDocument.from_json(named["document"])
    facts = bench.summary_of(Stage.NORMALISE)
    source, held = bench.source(), bench.held

    def write(session: Session) -> None:
        publish(
            session,
            stage_run_id=held.run_id,
            recording_id=source.recording_id,
            meeting_id=source.meeting_id,
            document=document,
            quality=quality_of(document, named["voices"], facts),
        )

    result = "speech" if document.has_speech else "no_speech"
    return StageResult(_bytes(document.to_json()), summary={"result": result}, effect=write)


WORK: dict[Stage, Callable[[Workbench], StageResult | Shared]] = {
    Stage.INGEST: ingest,
    Stage.VERIFY: verify,
    Stage.NORMALISE: normalise_sound,
    Stage.DETECT_SPEECH: find_speech,
    Stage.RECOGNISE: shared_stage,
    Stage.DIARISE: shared_stage,
    Stage.MERGE: merge_words,
    Stage.NAME_SPEAKERS: name_voices,
    Stage.PUBLISH: publish_transcript,
}


def _refuse_classified(bench: Workbench) -> None:
    """A meeting may have been classified since its recording came in."""
    with bench.runtime.database.transaction() as session:
        row = session.get_one(Recording, bench.source().recording_id)
        refuse_classified(row.meeting.classification)


def _prints(bench: Workbench, places: Mapping[str, Place]) -> dict[str, tuple[tuple[str, Evidence], ...]]:
    """Whom of the meeting's consenting people each voice sounds like."""
    diarization = Diarization.from_json(bench.json_of(Stage.DIARISE))
    with bench.runtime.database.transaction() as session:
        people = enrolled_people(session, bench.source().meeting_id, diarization.model)
    # A voice parted by endpoint sounds like the label it was parted from.
    voices = {voice: diarization.embeddings.get(voice.partition(PARTED)[0], ()) for voice in places}
    return match(voices, people, {voice: place.start for voice, place in places.items()})


def _bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
