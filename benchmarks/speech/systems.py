"""What is measured side by side: a name, what it knows beforehand, and the programs it is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speech.hypothesis import Hypothesis, joined
from benchmarks.speech.measuring import Cost, run
from benchmarks.speech.references import Gold

OURS, CONTEXT, ROOM = "ours", "ours with context", "ours with presence"
WHISPER, FASTER, WHISPERX = "whisper + pyannote", "faster-whisper", "whisperX"
_RUNNERS = "benchmarks.speech.runners"


@dataclass(frozen=True)
class Setting:
    """What all systems share.

    Attributes:
        engine: our recogniser ("auto" unless told otherwise).
        whisperx_python: the interpreter of the environment whisperX was installed in; None where it is not.
    """

    weights: Path
    scratch: Path
    threads: int
    engine: str = "auto"
    whisperx_python: str | None = None


Run = Callable[[Path, Gold | None, Setting], tuple[Hypothesis, Cost]]


@dataclass(frozen=True)
class System:
    """One of those compared; `run` takes a sound, its gold answers (only the plan is used) and the setting."""

    name: str
    run: Run
    needs_plan: bool = False


def _once(runner: str, sound: Path, setting: Setting, *more: str, python: str | None = None) -> tuple[Hypothesis, Cost]:
    out = setting.scratch / f"{runner}.json"
    arguments = [str(sound), str(out), "--weights", str(setting.weights), "--threads", str(setting.threads), *more]
    settled = {} if python is None else {"python": python}
    cost = run(f"{_RUNNERS}.{runner}", arguments, threads=setting.threads, **settled)
    return Hypothesis.read(out), cost


def _ours(sound: Path, _gold: Gold | None, setting: Setting) -> tuple[Hypothesis, Cost]:
    return _once("ours", sound, setting, "--engine", setting.engine)


def _context(sound: Path, gold: Gold | None, setting: Setting) -> tuple[Hypothesis, Cost]:
    return _once("ours", sound, setting, "--engine", setting.engine, *_plan(gold))


def _room(sound: Path, gold: Gold | None, setting: Setting) -> tuple[Hypothesis, Cost]:
    told = ["--room-of", str(gold.answers)] if gold and gold.answers and gold.attendance else []
    return _once("ours", sound, setting, "--engine", setting.engine, *_plan(gold), *told)


def _plan(gold: Gold | None) -> list[str]:
    return ["--attendance", str(gold.attendance)] if gold and gold.attendance else []


def _whisper(sound: Path, _gold: Gold | None, setting: Setting) -> tuple[Hypothesis, Cost]:
    text, first = _once("whisper_command", sound, setting)
    voices, second = _once("pyannote_alone", sound, setting)
    return joined(text, voices), first.then(second)


def _faster(sound: Path, _gold: Gold | None, setting: Setting) -> tuple[Hypothesis, Cost]:
    return _once("faster_whisper_alone", sound, setting)


def _whisperx(sound: Path, _gold: Gold | None, setting: Setting) -> tuple[Hypothesis, Cost]:
    return _once("whisperx_alone", sound, setting, python=setting.whisperx_python)


SYSTEMS: tuple[System, ...] = (
    System(OURS, _ours),
    System(CONTEXT, _context, needs_plan=True),
    System(ROOM, _room, needs_plan=True),
    System(WHISPER, _whisper),
    System(FASTER, _faster),
    System(WHISPERX, _whisperx),
)
