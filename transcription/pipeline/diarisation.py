"""Telling voices apart as shared work: what the networks hear, stretch by stretch, is gathered and clustered once.

Clustering is cheap, hearing is not: the same recording with another number of speakers hears nothing again. A pipeline
of the site that cannot be asked in stretches works on the whole recording in one worker.
"""

import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np

from core.runtime import Runtime
from transcription.engines.contract import (
    Diarization,
    Diarizer,
    FloatArray,
    Piece,
    Progress,
    Sound,
    SpeakerBounds,
    SpeechRegion,
)
from transcription.engines.pyannote_diarizer import told_apart
from transcription.engines.pyannote_windows import BLOCK_SECONDS, STEP_SECONDS, WINDOW_SECONDS, Heard, window_starts
from transcription.faults import ArtifactDamaged
from transcription.pipeline.graph import Stage
from transcription.pipeline.pieces import PieceClaim, PiecePlan
from transcription.pipeline.workbench import (
    StageResult,
    Workbench,
    diarizer,
    engine_settings,
    prepare_engines,
    room_of,
    voice_activity,
)
from transcription.speakers.from_meeting import speaker_bounds
from transcription.speakers.room import RoomInterval
from transcription.stages.detect_speech import SpeechMap
from transcription.stages.recognise import PlannedPiece, sound_hash
from transcription.stages.separate_tracks import turns_of_channels
from transcription.stages.sound import SoundFile

#: Part of every fingerprint: raise it when the networks' output changes.
VERSION = 1
#: Windows that begin in one stretch: 128 seconds. What a lost worker costs at most.
STRETCH_WINDOWS = 64
#: Heard before a stretch and after it and thrown away, so that its first and last windows have their context.
LEAD_SECONDS = BLOCK_SECONDS
TAIL_SECONDS = STEP_SECONDS


@runtime_checkable
class HearsStretches(Protocol):
    """A diariser whose networks can be asked about a stretch by itself."""

    model: str

    def hear(self, sound: Sound, progress: Progress | None = None) -> Heard:
        """What they hear in it."""
        ...


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a recording that passes for a whole one; second 0 is `start`."""

    whole: Sound
    start: float
    duration_seconds: float

    def read(self, start_seconds: float, end_seconds: float) -> FloatArray:
        """Samples of a part of it."""
        return self.whole.read(self.start + start_seconds, self.start + end_seconds)

    def blocks(self) -> Iterator[FloatArray]:
        """All of it at once."""
        yield self.read(0.0, self.duration_seconds)


class Diarisation:
    """The `SharedWork` of DIARISE."""

    def cut(self, bench: Workbench) -> PiecePlan | StageResult:
        """Stretches of equal length, or the result itself where the engine wants the whole recording."""
        speech = SpeechMap.from_json(bench.json_of(Stage.DETECT_SPEECH))
        if not speech.regions:
            return StageResult(_bytes(Diarization((), ()).to_json()), summary={"voices": 0})
        engine = _engine(bench.runtime)
        with bench.file_of(Stage.NORMALISE) as path, SoundFile(path) as sound:
            if not isinstance(engine, HearsStretches):
                return _result(bench, engine.diarize(sound, _bounds(bench), bench.heart.report))
            planned = list(plan_stretches(sound, speech, engine.model))
        return PiecePlan({"model": engine.model}, planned)

    def hear(self, runtime: Runtime, held: PieceClaim, sound: SoundFile) -> bytes:
        """What the networks hear in one stretch, its context left out."""
        engine = _engine(runtime)
        piece = held.planned.piece
        stretch = _stretch(sound, piece)
        if sound_hash(stretch.read(0.0, stretch.duration_seconds)) != held.planned.sound_sha256:
            raise ArtifactDamaged(stage=Stage.NORMALISE.value)
        if not isinstance(engine, HearsStretches):
            # The site has changed its diariser since the recording was cut.
            raise ArtifactDamaged(stage=Stage.DETECT_SPEECH.value)
        return to_bytes(within(engine.hear(stretch), stretch.start, piece.start, piece.end))

    def gather(self, bench: Workbench, common: dict[str, Any], contents: Sequence[bytes]) -> StageResult:
        """All windows in order → turns of voices, as many as the bounds allow."""
        heard = joined([from_bytes(content) for content in contents])
        return _result(bench, told_apart(heard, _bounds(bench), common["model"]))


def plan_stretches(sound: Sound, speech: SpeechMap, model: str) -> Iterator[PlannedPiece]:
    """Stretches that together have every window of the recording once; one of them is held at a time."""
    starts = window_starts(sound.duration_seconds)
    for index, first in enumerate(range(0, len(starts), STRETCH_WINDOWS)):
        begin = starts[first]
        end = begin + STEP_SECONDS * len(starts[first : first + STRETCH_WINDOWS])
        regions = tuple(
            SpeechRegion(max(begin, region.start), min(end, region.end))
            for region in speech.regions
            if region.end > begin and region.start < end
        )
        piece = Piece(index, begin, end, regions)
        stretch = _stretch(sound, piece)
        digest = sound_hash(stretch.read(0.0, stretch.duration_seconds))
        mark = json.dumps([VERSION, "diarise", digest, begin, end, sound.duration_seconds, model])
        # Silence costs little, not nothing.
        seconds = max(1.0, sum(region.duration_seconds for region in regions))
        yield PlannedPiece(piece, digest, hashlib.sha256(mark.encode()).hexdigest(), seconds)


def within(heard: Heard, offset: float, begin: float, end: float) -> Heard:
    """The windows that begin in [begin, end), in seconds of the recording; `offset` is the stretch's own second 0."""
    starts = [start + offset for start in heard.starts]
    wanted = [index for index, start in enumerate(starts) if begin <= start < end]
    return Heard(
        tuple(starts[index] for index in wanted), heard.activity[wanted], heard.prints[wanted], heard.known[wanted]
    )


def joined(parts: Sequence[Heard]) -> Heard:
    """Stretches in the order of the recording as one."""
    return Heard(
        tuple(start for part in parts for start in part.starts),
        np.concatenate([part.activity for part in parts]),
        np.concatenate([part.prints for part in parts]),
        np.concatenate([part.known for part in parts]),
    )


def to_bytes(heard: Heard) -> bytes:
    """As it is kept."""
    target = io.BytesIO()
    activity = np.packbits(heard.activity, axis=1)
    shape = np.array(heard.activity.shape)
    np.savez_compressed(
        target, starts=np.array(heard.starts), shape=shape, activity=activity, prints=heard.prints, known=heard.known
    )
    return target.getvalue()


def from_bytes(content: bytes) -> Heard:
    """What `to_bytes` made."""
    with np.load(io.BytesIO(content), allow_pickle=False) as kept:
        frames = int(kept["shape"][1])
        activity = np.unpackbits(kept["activity"], axis=1, count=frames).astype(bool)
        return Heard(tuple(float(start) for start in kept["starts"]), activity, kept["prints"], kept["known"])


def _stretch(sound: Sound, piece: Piece) -> Stretch:
    """With its context; it begins where blocks of the embedding network begin."""
    begin = max(0.0, piece.start - LEAD_SECONDS)
    end = min(sound.duration_seconds, piece.end - STEP_SECONDS + WINDOW_SECONDS + TAIL_SECONDS)
    return Stretch(sound, begin, end - begin)


def _engine(runtime: Runtime) -> Diarizer:
    settings = runtime.settings
    prepare_engines(settings.weights_directory, settings.speech_threads)
    return diarizer(settings.diarizer, engine_settings(settings))


def _bounds(bench: Workbench) -> SpeakerBounds:
    minimum, maximum = bench.parameters.get("minimum_speakers"), bench.parameters.get("maximum_speakers")
    if minimum or maximum:
        return SpeakerBounds(minimum, maximum)
    meeting = bench.meeting()
    return speaker_bounds(meeting, room_of(bench)) if meeting else SpeakerBounds()


def _channel_turns(bench: Workbench) -> tuple[RoomInterval, ...]:
    """Turns by channel where the recording has a microphone on each."""
    if bench.summary_of(Stage.NORMALISE).get("media", {}).get("channels", 1) < 2:
        return ()
    with bench.runtime.storage.local_copy(bench.source().object_key) as path:
        return turns_of_channels(path, voice_activity())


def _result(bench: Workbench, found: Diarization) -> StageResult:
    voices = len({turn.voice for turn in found.turns})
    tracks = [[turn.endpoint, turn.start, turn.end] for turn in _channel_turns(bench)]
    summary = {"voices": voices, "model": found.model, "tracks": len({track[0] for track in tracks})}
    return StageResult(_bytes({**found.to_json(), "tracks": tracks}), summary=summary)


def _bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
