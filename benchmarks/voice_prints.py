"""`python -m benchmarks.voice_prints FOLDER…`: how far a voice print can be trusted. One JSON line.

Every voice is enrolled from one half of its gold turns in the first recording it is heard in, and looked for in the
other half, in other recordings of the same voice (another room, noise), and with itself left out of the enrolled: then
it is a stranger, and any name is a false accept. The threshold and lead of the product stand in `prints.matching`.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.scoring import read_references
from transcription.engines.contract import SAMPLE_RATE, EngineSettings, FloatArray
from transcription.media import decode
from transcription.speakers.prints.embedding import VoiceEmbedder
from transcription.speakers.prints.matching import LEAST_LEAD, Enrolled, likeness, mean_prints

THRESHOLDS = (0.40, 0.45, 0.50, 0.55, 0.60, 0.65, 0.70)
#: The halves: turns are dealt out one by one, and each half gets at most this much.
MOST_SECONDS = 30.0
LEAST_SECONDS = 4.0
#: Who speaks less than both halves need, but this much, is tried as a stranger only.
LEAST_STRANGER_SECONDS = 2.0

Vector = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """One voice in one recording: the half that may enrol it, and the half by which it is looked for."""

    recording: str
    voice: str
    enrolled: Vector
    tried: Vector


def halves(turns: Sequence[tuple[float, float]], samples: FloatArray) -> tuple[list[FloatArray], list[FloatArray]]:
    """Two sets of stretches of one speaker: turns longer than five seconds are cut, then dealt out in turn."""
    pieces = [
        (at, min(at + 5.0, end)) for start, end in turns for at in _steps(start, end) if min(at + 5.0, end) - at >= 1.0
    ]
    dealt: tuple[list[FloatArray], list[FloatArray]] = ([], [])
    for index, (start, end) in enumerate(pieces):
        half = dealt[index % 2]
        if sum(map(len, half)) < MOST_SECONDS * SAMPLE_RATE:
            half.append(samples[round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)])
    return dealt


def _steps(start: float, end: float) -> list[float]:
    return [start + 5.0 * step for step in range(max(1, int((end - start + 4.0) // 5.0)))]


def prints(folders: Sequence[Path], embedder: VoiceEmbedder) -> list[Trial]:
    """Enrolled and tried half of every speaker of every recording with enough speech."""
    found: list[Trial] = []
    for reference in (item for folder in folders for item in read_references(folder)):
        samples, _cut = decode(reference.sound)
        for speaker in sorted({turn.voice for turn in reference.turns}):
            turns = [(turn.start, turn.end) for turn in reference.turns if turn.voice == speaker]
            one, other = halves(turns, samples)
            voice = _voice(reference.sound, speaker)
            if min(sum(map(len, one)), sum(map(len, other))) >= LEAST_SECONDS * SAMPLE_RATE:
                found.append(Trial(reference.name, voice, embedder.embed(one), embedder.embed(other)))
            elif sum(map(len, [*one, *other])) >= LEAST_STRANGER_SECONDS * SAMPLE_RATE:
                found.append(Trial(reference.name, voice, (), embedder.embed([*one, *other])))
    return found


def _voice(sound: Path, speaker: str) -> str:
    """The voice behind a speaker's name: the same voice plays different people in different recordings."""
    told = json.loads(sound.with_suffix(".json").read_text(encoding="utf-8"))["speakers"]
    spoken = {name.replace(" ", "_"): name for name in told} if isinstance(told, dict) else {}
    facts = told.get(spoken.get(speaker, speaker)) if isinstance(told, dict) else None
    return str(facts["voice"]) if isinstance(facts, dict) and facts.get("voice") else f"{sound.stem}/{speaker}"


def figures(trials: Sequence[Trial]) -> dict[str, object]:
    """Rates at every threshold: the same recording, other recordings of the same voice, and strangers."""
    enrolled: dict[str, Trial] = {}
    for trial in trials:
        if trial.enrolled and "noisy" not in trial.recording:
            enrolled.setdefault(trial.voice, trial)
    people = [Enrolled(voice, trial.enrolled) for voice, trial in enrolled.items()]
    own = {"same": [], "other": []}  # type: dict[str, list[tuple[str, list[tuple[float, str]]]]]
    strangers: list[list[tuple[float, str]]] = []
    for trial in trials:
        if trial.enrolled:
            where = "same" if enrolled[trial.voice].recording == trial.recording else "other"
            own[where].append((trial.voice, likeness(trial.tried, mean_prints(people))))
        strangers.append(likeness(trial.tried, mean_prints(p for p in people if p.name != trial.voice)))
    return {
        "people": len(people),
        "trials": {"same": len(own["same"]), "other": len(own["other"]), "strangers": len(strangers)},
        "own_lowest": {w: round(min(dict((v, k) for k, v in r)[t] for t, r in rows), 3) for w, rows in own.items()},
        "strangers_highest": sorted((round(ranked[0][0], 3) for ranked in strangers), reverse=True)[:3],
        "thresholds": {
            str(threshold): {
                "found_same": _share(named(ranked, threshold) == voice for voice, ranked in own["same"]),
                "found_other": _share(named(ranked, threshold) == voice for voice, ranked in own["other"]),
                "wrong": _share(
                    named(ranked, threshold) not in ("", voice) for rows in own.values() for voice, ranked in rows
                ),
                "false_accepts": _share(named(ranked, threshold) != "" for ranked in strangers),
            }
            for threshold in THRESHOLDS
        },
    }


def named(ranked: Sequence[tuple[float, str]], threshold: float) -> str:
    """Whom the rule would name."""
    lead = ranked[0][0] - (ranked[1][0] if len(ranked) > 1 else 0.0)
    return ranked[0][1] if ranked[0][0] >= threshold and lead >= LEAST_LEAD else ""


def _share(hits: Iterable[bool]) -> float:
    values = list(hits)
    return round(sum(values) / max(1, len(values)), 3)


def main(arguments: list[str]) -> int:
    """Exit code 0 when something was measured, 2 for a wrong call."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.voice_prints", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--weights", type=Path, default=Path("var/weights"))
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(arguments)
    found = prints(options.folders, VoiceEmbedder(EngineSettings(options.weights, threads=options.threads)))
    if not found:
        return 2
    print(json.dumps(figures(found), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
