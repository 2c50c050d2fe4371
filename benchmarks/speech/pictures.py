"""Lines and hypotheses go in, PNG files come out: bars of errors, bars of cost, errors by speaker, time by stage."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import pyplot as plt  # noqa: E402  (the backend is chosen before)
from matplotlib.axes import Axes  # noqa: E402

from benchmarks.speech.hypothesis import Stage  # noqa: E402
from benchmarks.speech.systems import CONTEXT, FASTER, OURS, ROOM, WHISPER, WHISPERX  # noqa: E402

#: Ours in greens, the others apart, whoever is left out of a run.
_COLOURS = {
    OURS: "#14532d", CONTEXT: "#2f855a", ROOM: "#84cc9c", WHISPER: "#9a3412", FASTER: "#d97706", WHISPERX: "#78716c",
}  # fmt: skip
#: A stage shorter than this part of the longest row would be a hair.
_LEAST_PART = 0.002
_RATES = (
    ("wer_human", "WER, human voices"),
    ("wer_meetings", "WER, synthetic meetings"),
    ("cer", "CER"),
    ("der", "DER"),
    ("cpwer", "cpWER"),
)


def draw(
    folder: Path,
    lines: Sequence[Mapping[str, Any]],
    by_speaker: Mapping[str, Mapping[str, float]],
    stages: Mapping[str, Sequence[Stage]],
) -> list[Path]:
    """All pictures there is something to show in; `by_speaker` and `stages` by system."""
    colours = {str(line["system"]): _COLOURS.get(str(line["system"]), "#475569") for line in lines}
    drawn = [_errors(folder / "errors.png", lines, colours), _cost(folder / "cost.png", lines, colours)]
    if any(by_speaker.values()):
        drawn.append(_speakers(folder / "speakers.png", by_speaker, colours))
    if any(stages.values()):
        drawn.append(_stages(folder / "stages.png", stages, colours))
    return drawn


def _errors(path: Path, lines: Sequence[Mapping[str, Any]], colours: Mapping[str, str]) -> Path:
    shown = [(key, label) for key, label in _RATES if any(line[key] is not None for line in lines)]
    figure, axes = plt.subplots(figsize=(10, 5), layout="constrained")
    width = 0.8 / max(1, len(lines))
    for index, line in enumerate(lines):
        places = [group + (index - (len(lines) - 1) / 2) * width for group in range(len(shown))]
        values = [100 * (line[key] or 0.0) for key, _label in shown]
        bars = axes.bar(places, values, width * 0.92, label=line["system"], color=colours[line["system"]])
        known = ["n/a" if line[key] is None else f"{100 * line[key]:.1f}" for key, _label in shown]
        axes.bar_label(bars, known, fontsize=7, padding=2)
    axes.set_xticks(range(len(shown)), [label for _key, label in shown])
    axes.set_title("Errors in % (lower is better)", loc="left")
    figure.legend(loc="outside lower center", ncols=6, frameon=False, fontsize=9)
    return _saved(figure, axes, path)


def _cost(path: Path, lines: Sequence[Mapping[str, Any]], colours: Mapping[str, str]) -> Path:
    figure, panels = plt.subplots(1, 3, figsize=(12, 0.6 + 0.5 * len(lines)), layout="constrained", sharey=True)
    shown = (
        ("rtf", "wall seconds per second"),
        ("cpu", "processor seconds per second"),
        ("peak_mb", "peak memory, MB"),
    )
    for axes, (key, title) in zip(panels, shown, strict=True):
        names = [str(line["system"]) for line in reversed(lines)]
        values = [float(line[key] or 0.0) for line in reversed(lines)]
        bars = axes.barh(names, values, color=[colours[name] for name in names])
        axes.bar_label(bars, [f"{value:g}" for value in values], fontsize=8, padding=3)
        axes.margins(x=0.18)
        axes.set_title(title, loc="left", fontsize=10)
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, dpi=120)
    plt.close(figure)
    return path


def _speakers(path: Path, by_speaker: Mapping[str, Mapping[str, float]], colours: Mapping[str, str]) -> Path:
    people = list(dict.fromkeys(name for rates in by_speaker.values() for name in rates))
    systems = [name for name, rates in by_speaker.items() if rates]
    figure, axes = plt.subplots(figsize=(10, 1.0 + 0.34 * len(people)), layout="constrained")
    height = 0.8 / max(1, len(systems))
    for index, system in enumerate(systems):
        places = [row + (index - (len(systems) - 1) / 2) * height for row in range(len(people))]
        values = [100 * by_speaker[system].get(name, 0.0) for name in people]
        axes.barh(places, values, height * 0.9, label=system, color=colours[system])
    axes.set_yticks(range(len(people)), people, fontsize=8)
    axes.invert_yaxis()
    axes.set_title("Words wrong under each speaker in %, best assignment of voices", loc="left")
    figure.legend(loc="outside lower center", ncols=6, frameon=False, fontsize=9)
    return _saved(figure, axes, path)


def _stages(path: Path, stages: Mapping[str, Sequence[Stage]], colours: Mapping[str, str]) -> Path:
    least = _LEAST_PART * max(stage.end for spans in stages.values() for stage in spans)
    rows = [(system, stage) for system, spans in stages.items() for stage in spans if stage.end - stage.start >= least]
    figure, axes = plt.subplots(figsize=(10, 0.8 + 0.32 * len(rows)), layout="constrained")
    for row, (system, stage) in enumerate(rows):
        length = max(stage.end - stage.start, 0.05)
        bars = axes.barh(row, length, left=stage.start, color=colours[system])
        axes.bar_label(bars, [f" {length:.1f} s"], fontsize=7)
    axes.set_yticks(range(len(rows)), [f"{system}: {stage.name}" for system, stage in rows], fontsize=8)
    axes.invert_yaxis()
    axes.margins(x=0.1)
    axes.set_xlabel("seconds since the program began, one recording")
    axes.set_title("Time by stage", loc="left")
    return _saved(figure, axes, path)


def _saved(figure: Any, axes: Axes, path: Path) -> Path:
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, dpi=120)
    plt.close(figure)
    return path
