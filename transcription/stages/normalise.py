"""Any recording goes in, a 16 kHz mono WAV of even loudness comes out, with facts about the original.

Times stay those of the original. Only quiet recordings are raised, by one gain for the whole: the original is kept, and
what is loud enough is left as it is. Several parts of one meeting come out as one sound, each where it belongs.
"""

import wave
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from transcription import faults
from transcription.media import LONGEST_SECONDS, SAMPLE_RATE, FloatArray, SoundReader
from transcription.media.channels import CLIPPED, SILENT_PEAK, frame_levels, gated_level

Progress = Callable[[float], None]

#: Speech softer than this (gated level, full scale 0 dB) is raised to TARGET_DB, but by no more than MOST_GAIN: beyond
#: that there is only noise to raise.
QUIET_DB = -36.0
TARGET_DB = -26.0
MOST_GAIN = 16.0
#: Above this the raised sound is bent instead of cut: one door slamming must not keep the voices down.
KNEE = 0.7
#: What a reader should know of a recording; each has a sentence `sound_…` in the messages.
NOTES = (
    "late_start", "holes", "clipped", "quiet", "channel_left_out", "channel_turned", "telephone", "not_numbers",
    "changed_while_read", "drift",
)  # fmt: skip
_CLIPPED_SHARE = 0.001
_TELEPHONE_RATE = 8_000
_LATE_SECONDS, _HOLE_SECONDS = 1.0, 1.0
#: Less overlap of two parts than this is rounding of their stamps, and no word is cut for it.
LEAST_OVERLAP_SECONDS = 3.0
_BLOCK_SAMPLES = SAMPLE_RATE * 60
_HEADER_BYTES = 44


@dataclass(frozen=True, slots=True)
class SoundFacts:
    """What was found while decoding; seconds, and amplitudes between 0 and 1 before the gain.

    Attributes:
        level_db: level of what is loud, pauses left out (full scale 0).
        notes: which of NOTES hold.
        parts: where each part of several lies in the sound: offset, length and its own facts.
    """

    duration_seconds: float
    is_truncated: bool
    peak: float
    rms: float
    clipped_share: float
    gain: float
    media: dict[str, Any]
    level_db: float = 0.0
    late_seconds: float = 0.0
    drift_ppm: float = 0.0
    notes: tuple[str, ...] = ()
    parts: tuple[dict[str, Any], ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "SoundFacts":
        lists = {name: tuple(data.get(name) or ()) for name in ("notes", "parts")}
        return cls(**{**data, **lists})


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a meeting and where it begins in the whole, in seconds; None: right behind the part before it."""

    path: Path
    offset_seconds: float | None = None


@dataclass(slots=True)
class _Sums:
    peak: float = 0.0
    squares: float = 0.0
    clipped: int = 0
    samples: int = 0
    levels: list[FloatArray] = field(default_factory=list)

    def add(self, block: FloatArray) -> None:
        loudness = np.abs(block)
        self.peak = max(self.peak, float(loudness.max(initial=0.0)))
        self.squares += float(np.square(block, dtype=np.float64).sum())
        self.clipped += int((loudness >= CLIPPED).sum())
        self.samples += len(block)
        self.levels.append(frame_levels(block[None])[0])

    @property
    def level_db(self) -> float:
        return gated_level(np.concatenate(self.levels)) if self.levels else -90.0


def normalise(source: Path, target: Path, progress: Progress | None = None) -> SoundFacts:
    """Decode `source` into `target`, in bounded memory. Raises the media faults of SoundReader."""
    with wave.open(str(target), "wb") as out:
        _describe_wave(out)
        facts = _append(source, out, progress or (lambda _share: None))
    if facts.gain > 1.0:
        _amplify(target, facts.gain, 0, round(facts.duration_seconds * SAMPLE_RATE))
    return facts


def normalise_all(parts: Sequence[Part], target: Path, progress: Progress | None = None) -> SoundFacts:
    """One file as `normalise`, several as `normalise_parts`."""
    if len(parts) == 1:
        return normalise(parts[0].path, target, progress)
    return normalise_parts(parts, target, progress)


def normalise_parts(parts: Sequence[Part], target: Path, progress: Progress | None = None) -> SoundFacts:
    """Several files into one sound, each at its offset, gaps silent, each raised by a gain of its own.

    A part that begins before the one before it has ended takes over there: two recorders of one room were started one
    after the other.

    Raises:
        The media faults of SoundReader, for the first part that cannot be read; parameter `part` counts from 1.
        TooLong: all together are longer than one job takes.
    """
    report = progress or (lambda _share: None)
    found: list[SoundFacts] = []
    begins: list[float] = []
    with wave.open(str(target), "wb") as out:
        _describe_wave(out)
        for number, part in enumerate(parts):
            end = out.getnframes() / SAMPLE_RATE
            begin = end if part.offset_seconds is None else max(0.0, part.offset_seconds)
            begin = end if 0 < end - begin < LEAST_OVERLAP_SECONDS else begin
            if begin > LONGEST_SECONDS:
                raise faults.TooLong(hours=int(LONGEST_SECONDS // 3600))
            _silence_until(out, begin)
            skip = max(0.0, end - begin)
            found.append(_append_part(part.path, out, number, len(parts), skip, report))
            begins.append(begin)
    for begin, facts in zip(begins, found, strict=True):
        if facts.gain > 1.0:
            first = round(begin * SAMPLE_RATE)
            _amplify(target, facts.gain, first, first + round(facts.duration_seconds * SAMPLE_RATE))
    return _together(begins, found)


def _append_part(
    path: Path, out: wave.Wave_write, number: int, count: int, skip_seconds: float, report: Progress
) -> SoundFacts:
    try:
        return _append(path, out, lambda share: report((number + share) / count), skip_seconds)
    except faults.MediaFault as fault:
        fault.params = {**fault.params, "part": number + 1}
        raise


def _append(source: Path, out: wave.Wave_write, progress: Progress, skip_seconds: float = 0.0) -> SoundFacts:
    sums = _Sums()
    skip = round(skip_seconds * SAMPLE_RATE)
    with SoundReader(source) as reader:
        for block in reader.blocks():
            sums.add(block)
            kept = block[min(skip, len(block)) :]
            skip -= len(block) - len(kept)
            out.writeframes(_sixteen_bits(kept))
            if out.getnframes() > LONGEST_SECONDS * SAMPLE_RATE:
                raise faults.TooLong(hours=int(LONGEST_SECONDS // 3600))
            progress(min(0.97, reader.share))
        return _facts(reader, sums)


def _facts(reader: SoundReader, sums: _Sums) -> SoundFacts:
    told = reader.told
    facts = SoundFacts(
        duration_seconds=round(reader.decoded_seconds, 3),
        is_truncated=reader.truncated,
        peak=round(sums.peak, 5),
        rms=round((sums.squares / max(1, sums.samples)) ** 0.5, 6),
        clipped_share=round(sums.clipped / max(1, sums.samples), 6),
        gain=round(gain_for(sums.level_db, sums.peak), 3),
        media={**reader.info.to_json(), "channel_levels_db": told.get("channels", {}).get("levels_db", [])},
        level_db=round(sums.level_db, 1),
        late_seconds=round(told.get("late_seconds", 0.0), 3),
        drift_ppm=round(told.get("drift", 0.0) * 1e6, 1),
    )
    return replace(facts, notes=_notes(facts, told))


def _notes(facts: SoundFacts, told: dict[str, Any]) -> tuple[str, ...]:
    channels = told.get("channels", {})
    holds = {
        "late_start": facts.late_seconds >= _LATE_SECONDS,
        "holes": told.get("hole_seconds", 0.0) >= _HOLE_SECONDS,
        "clipped": facts.clipped_share >= _CLIPPED_SHARE,
        "quiet": facts.gain > 1.0,
        "channel_left_out": channels.get("left_out", 0) > 0,
        "channel_turned": channels.get("turned", 0) > 0,
        "telephone": facts.media["sample_rate"] <= _TELEPHONE_RATE,
        "not_numbers": told.get("not_numbers", 0) > 0,
        "changed_while_read": bool(told.get("changed")),
        "drift": facts.drift_ppm != 0.0,
    }
    return tuple(name for name in NOTES if holds[name])


def gain_for(level_db: float, peak: float) -> float:
    """What a recording is multiplied by; 1.0 for one that is loud enough, or that holds nothing."""
    if peak < SILENT_PEAK or level_db >= QUIET_DB:
        return 1.0
    return float(min(MOST_GAIN, 10.0 ** ((TARGET_DB - level_db) / 20.0)))


def _together(begins: Sequence[float], found: Sequence[SoundFacts]) -> SoundFacts:
    """One set of facts for all parts; the first part speaks for the container."""
    end = max(begin + facts.duration_seconds for begin, facts in zip(begins, found, strict=True))
    whole = sum(facts.duration_seconds for facts in found) or 1.0

    def mean(values: Sequence[float]) -> float:
        return sum(v * facts.duration_seconds for v, facts in zip(values, found, strict=True)) / whole

    return SoundFacts(
        duration_seconds=round(end, 3),
        is_truncated=any(facts.is_truncated for facts in found),
        peak=max(facts.peak for facts in found),
        rms=round(mean([facts.rms**2 for facts in found]) ** 0.5, 6),
        clipped_share=round(mean([facts.clipped_share for facts in found]), 6),
        gain=max(facts.gain for facts in found),
        # Channels of different files are not the same microphones.
        media={**found[0].media, "channels": 1},
        level_db=round(mean([facts.level_db for facts in found]), 1),
        late_seconds=found[0].late_seconds,
        drift_ppm=max((facts.drift_ppm for facts in found), key=abs),
        notes=tuple(name for name in NOTES if any(name in facts.notes for facts in found)),
        parts=tuple(
            {"offset_seconds": round(begin, 3), **facts.to_json()} for begin, facts in zip(begins, found, strict=True)
        ),
    )


def _describe_wave(out: wave.Wave_write) -> None:
    out.setnchannels(1)
    out.setsampwidth(2)
    out.setframerate(SAMPLE_RATE)


def _silence_until(out: wave.Wave_write, seconds: float) -> None:
    missing = round(seconds * SAMPLE_RATE) - out.getnframes()
    while missing > 0:
        count = min(missing, _BLOCK_SAMPLES)
        out.writeframes(bytes(2 * count))
        missing -= count


def _sixteen_bits(block: FloatArray) -> bytes:
    return np.clip(np.rint(block * 32767.0), -32768, 32767).astype("<i2").tobytes()


def _amplify(path: Path, gain: float, first: int, last: int) -> None:
    """Multiply a stretch of samples of a WAV in place; the header stays."""
    samples = np.memmap(path, dtype="<i2", mode="r+", offset=_HEADER_BYTES)
    for start in range(first, min(last, len(samples)), _BLOCK_SAMPLES):
        part = samples[start : min(start + _BLOCK_SAMPLES, last)]
        part[:] = np.rint(_bent(part.astype(np.float32) * (gain / 32767.0)) * 32767.0).astype("<i2")
    samples.flush()


def _bent(samples: FloatArray) -> FloatArray:
    """As it is up to the knee, then ever flatter towards 1."""
    over = np.abs(samples) - KNEE
    bent = KNEE + (1.0 - KNEE) * np.tanh(np.maximum(over, 0.0) / (1.0 - KNEE))
    return np.where(over > 0, np.sign(samples) * bent, samples).astype(np.float32)
