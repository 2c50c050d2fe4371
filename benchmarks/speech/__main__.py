"""`python -m benchmarks.speech [--folder DIR …] [--bad DIR] [--out DIR]`: one JSON line for each system, and pictures.

The line's keys are told in `figures.line`. Beside the lines, `files.jsonl` (each recording of each system), what every
system heard (`heard/`), and the pictures lie in `--out`. All systems hear a recording right after each other, so that
what else the machine does meets them alike; on a busy machine compare `cpu`, not `rtf`.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.speech import pictures, whisperx
from benchmarks.speech.figures import Counts, count, errors_by_speaker, line
from benchmarks.speech.hypothesis import Hypothesis
from benchmarks.speech.measuring import Failed
from benchmarks.speech.phantoms import count_phantoms
from benchmarks.speech.references import Gold, excerpt, read_gold
from benchmarks.speech.systems import OURS, SYSTEMS, WHISPER, WHISPERX, Setting, System
from transcription.media import probe

_HOUSE = Path(__file__).resolve().parents[2]
#: Where a set for measuring may lie beside the house; the sample briefing is always there.
_SETS = (_HOUSE / "shared" / "data" / "dev", _HOUSE.parent / "shared" / "data" / "dev", _HOUSE / "tests/data/demo")


@dataclass
class Tally:
    """What one system has shown so far."""

    by_kind: dict[str, Counts] = field(default_factory=dict)
    by_speaker: dict[str, float] = field(default_factory=dict)
    longest: tuple[float, Hypothesis] = (0.0, Hypothesis())
    phantoms: int | None = None
    failures: list[str] = field(default_factory=list)


def main(arguments: list[str]) -> int:
    """Exit code 0 when all systems went through, 1 when one failed, 2 where there is nothing to measure."""
    options = _options(arguments)
    folders = options.folder or [next(folder for folder in _SETS if folder.is_dir())]
    golds = [gold for folder in folders for gold in read_gold(folder)]
    golds = [gold for gold in golds if not options.only or gold.name in options.only.split(",")]
    if not golds:
        sys.stderr.write("no recording with gold answers\n")
        return 2
    options.out.mkdir(parents=True, exist_ok=True)
    python, reason = whisperx.interpreter(options.whisperx)
    systems = _chosen(options.systems, python)
    if python is None:
        sys.stderr.write(f"{WHISPERX} is left out: {reason}\n")
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        setting = Setting(options.weights, Path(scratch), options.threads, options.engine, python)
        if options.excerpt:
            golds = [excerpt(gold, options.excerpt, Path(scratch)) for gold in golds]
        tallies = _measure(systems, golds, setting, options.out)
        bad = options.bad or folders[0].parent / "bad"
        if bad.is_dir():
            _measure_phantoms(tallies, systems, bad, setting, options.out)
    _report(tallies, options.out)
    return 1 if any(tally.failures for tally in tallies.values()) else 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speech", description=__doc__)
    parser.add_argument("--folder", type=Path, action="append", help="recordings with gold answers; may be repeated")
    parser.add_argument("--bad", type=Path, help="sounds without speech; default: the folder `bad` beside the first")
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out"))
    parser.add_argument("--systems", default="", help="comma list of names; default: all")
    parser.add_argument("--only", default="", help="comma list of recordings")
    parser.add_argument("--excerpt", type=float, default=0.0, metavar="SECONDS", help="the beginning of each recording")
    parser.add_argument("--engine", default="auto", help="our recogniser")
    parser.add_argument("--weights", type=Path, default=Path("var/weights"))
    parser.add_argument("--whisperx", type=Path, default=Path("var/whisperx"), help="its environment")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args(arguments)


def _chosen(names: str, whisperx_python: str | None) -> list[System]:
    wanted = [name.strip() for name in names.split(",") if name.strip()] or [system.name for system in SYSTEMS]
    unknown = set(wanted) - {system.name for system in SYSTEMS}
    if unknown:
        raise SystemExit(f"no such system: {', '.join(sorted(unknown))}")
    return [s for s in SYSTEMS if s.name in wanted and (s.name != WHISPERX or whisperx_python is not None)]


def _measure(systems: Sequence[System], golds: Sequence[Gold], setting: Setting, out: Path) -> dict[str, Tally]:
    tallies = {system.name: Tally() for system in systems}
    with (out / "files.jsonl").open("w", encoding="utf-8") as journal:
        for gold in golds:
            seconds = _seconds(gold)
            for system in systems:
                if system.needs_plan and gold.attendance is None:
                    continue
                sys.stderr.write(f"{gold.name}: {system.name}\n")
                told = _hear(tallies[system.name], system, gold, seconds, setting, out)
                journal.write(json.dumps({"file": gold.name, "kind": gold.kind, **told}, ensure_ascii=False) + "\n")
                journal.flush()
    return tallies


def _hear(tally: Tally, system: System, gold: Gold, seconds: float, setting: Setting, out: Path) -> dict[str, Any]:
    try:
        heard, cost = system.run(gold.sound, gold, setting)
    except Failed as failure:
        tally.failures.append(f"{gold.name}: {failure}")
        return {"system": system.name, "failed": str(failure)}
    _keep(heard, out, system.name, gold.name)
    counts = count(gold, heard, cost, seconds)
    kind = gold.kind or "unnamed"
    tally.by_kind[kind] = tally.by_kind.get(kind, Counts()).plus(counts)
    if heard.turns is not None:
        tally.by_speaker |= {f"{name} · {gold.name}": e for name, e in errors_by_speaker(gold, heard).items()}
    if seconds > tally.longest[0]:
        tally.longest = (seconds, heard)
    return line(system.name, {kind: counts}, None)


def _measure_phantoms(
    tallies: dict[str, Tally], systems: Iterable[System], bad: Path, setting: Setting, out: Path
) -> None:
    found: dict[str, dict[str, int]] = {}
    for system in systems:
        if system.needs_plan:
            continue  # without a meeting there is no plan: it is the system above

        def hear(sound: Path, system: System = system) -> Hypothesis:
            heard, _cost = system.run(sound, None, setting)
            _keep(heard, out, system.name, sound.stem)
            return heard

        sys.stderr.write(f"{bad.name}: {system.name}\n")
        try:
            found[system.name] = count_phantoms(bad, hear)
        except Failed as failure:
            tallies[system.name].failures.append(f"{bad.name}: {failure}")
            continue
        tallies[system.name].phantoms = sum(found[system.name].values())
    (out / "phantoms.json").write_text(json.dumps(found, indent=1), encoding="utf-8")


def _report(tallies: dict[str, Tally], out: Path) -> None:
    lines = [line(name, tally.by_kind, tally.phantoms) for name, tally in tallies.items()]
    with (out / "systems.jsonl").open("w", encoding="utf-8") as stream:
        for told in lines:
            text = json.dumps(told, ensure_ascii=False)
            stream.write(text + "\n")
            print(text, flush=True)
    pictures.draw(
        out,
        lines,
        {name: tally.by_speaker for name, tally in tallies.items()},
        {name: tally.longest[1].stages for name, tally in tallies.items()},
    )
    for name, tally in tallies.items():
        for failure in tally.failures:
            sys.stderr.write(f"{name} failed on {failure}\n")
    by_name = {told["system"]: told for told in lines}
    ours, other = by_name.get(OURS), by_name.get(WHISPER)
    if ours and other and ours["rtf"] and other["rtf"]:
        sys.stderr.write(
            f"{OURS} against {WHISPER}: {other['rtf'] / ours['rtf']:.1f} times as fast by the clock, "
            f"{other['cpu'] / ours['cpu']:.1f} times by processor time\n"
        )


def _keep(heard: Hypothesis, out: Path, system: str, name: str) -> None:
    folder = out / "heard" / "".join(letter if letter.isalnum() else "-" for letter in system)
    folder.mkdir(parents=True, exist_ok=True)
    heard.write(folder / f"{name}.json")


def _seconds(gold: Gold) -> float:
    last = max((segment[1] for segment in gold.segments), default=0.0)
    return probe(gold.sound).declared_seconds or last


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
