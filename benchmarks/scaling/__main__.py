"""`python -m benchmarks.scaling WHAT`: a JSON line for each run, and one with the verdict.

    run      one recording of --minutes with --workers
    kill     the same with workers killed --kills times at random; compared with an unbroken run (--against FILE)
    workers  one worker, then two, on --minutes
    cost     --lengths 10,30,120: processor seconds for a second of sound

Recordings are joined from the sound files of --folder. Ratios of one run compare; wall seconds of a busy machine do
not: beside them stands what each worker needed of the processor.
"""

import argparse
import json
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.scaling.installation import Worker, installation
from benchmarks.scaling.sound import sources, write_recording
from benchmarks.scaling.watch import Outcome, transcribe

WARM_UP_MINUTES = 3.0
COMPARED = ("normalise", "detect_speech", "recognise", "diarise", "merge", "name_speakers", "publish")


def one(options: argparse.Namespace, minutes: float, workers: int, *, kills: int = 0) -> Outcome:
    """A fresh installation, one recording, and everything gone again."""
    with tempfile.TemporaryDirectory(prefix="diemcau-scaling-", ignore_cleanup_errors=True) as scratch:
        recording = write_recording(sources(options.folder), minutes, Path(scratch) / "recording.wav")
        home, weights = Path(scratch) / "home", options.weights.absolute()
        with installation(home, weights, workers, options.application) as (runtime, running):
            speech = [worker for worker in running if worker.name.startswith("speech")]
            disturb = killer(speech, kills, random.Random(options.seed))  # noqa: S311 - repeatable is wanted
            found = transcribe(runtime, running, recording, minutes, disturb)
    tell("run", found.to_json())
    return found


def killer(workers: Sequence[Worker], kills: int, chance: random.Random) -> Callable[[float], int]:
    """Kills a worker drawn by lot at each of so many points of the way, some seconds after it was passed."""
    points = sorted(chance.uniform(0.01, 0.97) for _ in range(kills))
    due: list[float] = []
    killed = 0

    def disturb(progress: float) -> int:
        nonlocal killed
        now = time.monotonic()
        while points and progress >= points[0]:
            points.pop(0)
            due.append(now + chance.uniform(0.0, 8.0))
        if due and now >= due[0]:
            due.pop(0)
            worker = chance.choice(workers)
            worker.kill()
            killed += 1
            tell("kill", {"number": killed, "worker": worker.name, "progress": round(progress, 3)})
        return killed

    return disturb


def same(left: dict[str, str], right: dict[str, str]) -> bool:
    """Whether every stage that depends on who worked left the same bytes."""
    return all(left.get(stage) == right.get(stage) for stage in COMPARED)


def kill(options: argparse.Namespace) -> dict[str, Any]:
    """Killed at random, against an unbroken run."""
    if options.against:
        lines = [json.loads(line) for line in options.against.read_text().splitlines()]
        unbroken = next(line["artifacts"] for line in lines if line["what"] == "run")
    else:
        unbroken = one(options, options.minutes, options.workers).artifacts
    broken = one(options, options.minutes, options.workers, kills=options.kills)
    return {
        "kills": broken.kills,
        "finished": broken.state == "done",
        "identical": same(broken.artifacts, unbroken),
        "pieces": sum(broken.pieces.values()),
        "attempts": sum(broken.attempts.values()),
        "done_twice_after_success": broken.after_success,
    }


def workers(options: argparse.Namespace) -> dict[str, Any]:
    """One against two. The second ratio does not depend on what else the machine does."""
    single, pair = one(options, options.minutes, 1), one(options, options.minutes, 2)
    return {
        "wall_ratio": round(single.shared_wall_seconds / pair.shared_wall_seconds, 2),
        "cpu_ratio": round(sum(single.cpu_seconds) / max(pair.cpu_seconds), 2),
        "identical": same(single.artifacts, pair.artifacts),
    }


def cost(options: argparse.Namespace) -> dict[str, Any]:
    """Processor seconds for a second of sound, by workers that have loaded everything, and how far they lie apart."""
    lengths = [float(length) for length in options.lengths.split(",")]
    each: list[float] = []
    with tempfile.TemporaryDirectory(prefix="diemcau-scaling-", ignore_cleanup_errors=True) as scratch:
        home, weights = Path(scratch) / "home", options.weights.absolute()
        with installation(home, weights, options.workers, options.application) as (runtime, running):
            for number, minutes in enumerate([WARM_UP_MINUTES, *lengths]):
                target = Path(scratch) / f"{number}.wav"
                # Each a little softer than the one before: what was heard once is not heard again.
                write_recording(sources(options.folder), minutes, target, gain=0.98**number)
                found = transcribe(runtime, running, target, minutes)
                tell("run", found.to_json())
                each.append(sum(found.cpu_seconds) / (60 * minutes))
    each = each[1:]
    return {
        "minutes": lengths,
        "cpu_seconds_for_each_second": [round(value, 4) for value in each],
        "spread": round(max(each) / min(each) - 1, 3),
    }


def tell(what: str, value: dict[str, Any]) -> None:
    """One JSON line."""
    print(json.dumps({"what": what, **value}, ensure_ascii=False), flush=True)


def main() -> int:
    """Read the command line, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("run", "kill", "workers", "cost"))
    parser.add_argument("--folder", type=Path, help="sound files to join; by default the sample briefing")
    parser.add_argument("--weights", type=Path, default=Path("var/weights"))
    parser.add_argument("--application", default="web.worker:celery", help="Celery application of the workers")
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lengths", default="10,30")
    parser.add_argument("--against", type=Path, help="output of an earlier unbroken run of the same length")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that database, broker and workers end with us
    if options.what == "run":
        one(options, options.minutes, options.workers)
        return 0
    verdict = {"kill": kill, "workers": workers, "cost": cost}[options.what](options)
    tell("verdict", verdict)
    return 0


if __name__ == "__main__":
    sys.exit(main())
