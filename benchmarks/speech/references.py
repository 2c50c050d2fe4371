"""Folders with gold answers go in, recordings to be measured come out; an excerpt is cut at the end of a sentence.

A folder has a `manifest.json` (`{"files": [{"id", "audio", "json", "rttm", "kind"}]}`), or recordings with `X.json`
beside them. A gold file has `segments` (start, end, speaker, text, and `spoken` where figures are written) and
`speakers`.
"""

import json
import wave
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.scoring import Reference, read_turns
from transcription.engines.contract import Turn
from transcription.media import SAMPLE_RATE, decode

MANIFEST = "manifest.json"
SOUNDS = (".flac", ".wav", ".mp4", ".m4a", ".mp3", ".webm", ".ogg", ".opus", ".mkv")


@dataclass(frozen=True)
class Gold(Reference):
    """A recording with everything that is known to be true of it.

    Attributes:
        kind: "human", "synthetic" …, as the set calls it.
        segments: (start, end, speaker, text as it was spoken).
        people: name → {"unit", "endpoint", "title"} as far as known.
        attendance: the plan of the meeting, where there is one.
    """

    kind: str = ""
    segments: tuple[tuple[float, float, str, str], ...] = ()
    people: dict[str, dict[str, str]] = field(default_factory=dict)
    attendance: Path | None = None
    answers: Path | None = None

    def by_speaker(self) -> dict[str, str]:
        texts: dict[str, list[str]] = {}
        for _start, _end, speaker, text in self.segments:
            texts.setdefault(speaker, []).append(text)
        return {speaker: " ".join(parts) for speaker, parts in texts.items()}


def read_gold(folder: Path) -> list[Gold]:
    """Every recording of a folder that has gold answers, those of its manifest first."""
    found: dict[str, Gold] = {}
    manifest = folder / MANIFEST
    if manifest.is_file():
        for entry in json.loads(manifest.read_text(encoding="utf-8")).get("files", []):
            sound = folder / entry["audio"]
            answers = folder / entry.get("json", f"{sound.stem}.json")
            if sound.is_file() and answers.is_file():
                found[sound.stem] = _gold(sound, answers)
    for answers in sorted(folder.glob("*.json")):
        sound = next((p for p in (answers.with_suffix(end) for end in SOUNDS) if p.is_file()), None)
        if sound is not None and sound.stem not in found:
            found[sound.stem] = _gold(sound, answers)
    return list(found.values())


def excerpt(gold: Gold, seconds: float, scratch: Path) -> Gold:
    """The beginning of a recording, about this long, with its own gold answers."""
    whole = [segment for segment in gold.segments if segment[1] <= seconds]
    if not whole or len(whole) == len(gold.segments):
        return gold
    # Up to the middle of the pause before the sentence that is left out.
    end = (whole[-1][1] + gold.segments[len(whole)][0]) / 2
    samples, _truncated = decode(gold.sound)
    path = scratch / f"{gold.sound.stem}.wav"
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(SAMPLE_RATE)
        out.writeframes(np.rint(samples[: round(end * SAMPLE_RATE)] * 32767).astype("<i2").tobytes())
    told = json.loads(gold.answers.read_text(encoding="utf-8")) if gold.answers else {"segments": []}
    answers = scratch / f"{gold.sound.stem}.json"
    cut = {**told, "segments": told["segments"][: len(whole)], "duration": end}
    answers.write_text(json.dumps(cut, ensure_ascii=False), encoding="utf-8")
    turns = tuple(Turn(t.start, min(t.end, end), t.voice) for t in gold.turns if t.start < end)
    text = " ".join(segment[3] for segment in whole)
    return replace(gold, sound=path, segments=tuple(whole), turns=turns, text=text, answers=answers)


def _gold(sound: Path, answers: Path) -> Gold:
    told: dict[str, Any] = json.loads(answers.read_text(encoding="utf-8"))
    segments = tuple(
        (float(s["start"]), float(s["end"]), str(s.get("speaker", "")), str(s.get("spoken") or s["text"]))
        for s in told["segments"]
    )
    people = told.get("speakers")
    attendance = sound.with_suffix(".attendance.json")
    return Gold(
        name=sound.stem,
        sound=sound,
        text=" ".join(segment[3] for segment in segments),
        turns=read_turns(sound),
        kind=str(told.get("kind", "")),
        segments=segments,
        people=people if isinstance(people, dict) else {},
        attendance=attendance if attendance.is_file() else None,
        answers=answers,
    )
