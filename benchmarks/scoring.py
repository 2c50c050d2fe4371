"""Texts and turns go in, error rates come out: WER and CER by jiwer, DER by pyannote.metrics.

Before texts are compared they are brought to one form: NFC, lower case, no punctuation, whole numbers as they are
spoken, each digit in one of its spoken forms.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import jiwer

from core.vietnamese.readings import canonical, expand
from transcription.engines.contract import Turn
from transcription.vocabulary.folding import fold

#: A comma inside a number is a decimal comma.
_SPLIT = re.compile(r"(?:[\s\-–—/;:()\[\]\"“”…]|,(?!\d)|(?<!\d),)+")
#: Marks that belong to a number or end a sentence, removed after numbers were read.
_MARKS = re.compile(r"[.?!%]")


@dataclass(frozen=True)
class Reference:
    """The gold answers beside one recording."""

    name: str
    sound: Path
    text: str
    turns: tuple[Turn, ...]


def plain(text: str) -> str:
    """The form in which texts are compared."""
    words: list[str] = []
    for part in _SPLIT.split(text):
        word = fold(part.rstrip(".?!"))
        # "Tháng 4" may have been said "tháng tư" or "tháng bốn": one form for all ways to say a digit.
        words += [canonical(syllable) for syllable in expand(word) or [_MARKS.sub("", word)]]
    return " ".join(word for word in words if word)


def word_error_rate(reference: str, heard: str) -> float:
    """Errors for each word of the reference; an empty hearing counts as all words lost."""
    return float(jiwer.wer(plain(reference), plain(heard)))


def character_error_rate(reference: str, heard: str) -> float:
    """The same for characters."""
    return float(jiwer.cer(plain(reference), plain(heard)))


def diarization_error_rate(reference: tuple[Turn, ...], found: tuple[Turn, ...], collar_seconds: float = 0.0) -> float:
    """Overlap scored; `collar_seconds` is left out on each side of every boundary."""
    wrong, spoken = diarization_errors(reference, found, collar_seconds)
    return wrong / spoken if spoken else float(wrong > 0)


def diarization_errors(
    reference: tuple[Turn, ...], found: tuple[Turn, ...], collar_seconds: float = 0.0
) -> tuple[float, float]:
    """(seconds missed, invented or under the wrong voice; seconds spoken): rates of several recordings are pooled."""
    from transcription import offline

    offline.seal()
    from pyannote.core import Annotation, Timeline
    from pyannote.core import Segment as Span
    from pyannote.metrics.diarization import DiarizationErrorRate

    def annotation(turns: tuple[Turn, ...]) -> Annotation:
        result = Annotation()
        for index, turn in enumerate(turns):
            result[Span(turn.start, turn.end), index] = turn.voice
        return result

    # pyannote.metrics counts the whole width of the collar.
    metric = DiarizationErrorRate(collar=2 * collar_seconds, skip_overlap=False)
    end = max((turn.end for turn in (*reference, *found)), default=0.0)
    whole = Timeline([Span(0.0, end)]) if end else Timeline()
    told = metric(annotation(reference), annotation(found), uem=whole, detailed=True)
    wrong = told["missed detection"] + told["false alarm"] + told["confusion"]
    return float(wrong), float(told["total"])


def read_references(folder: Path) -> list[Reference]:
    """Every recording of a folder that has a gold `X.json` beside it, by name."""
    references = []
    for sound in sorted(folder.glob("*.flac")):
        gold = sound.with_suffix(".json")
        if gold.is_file():
            segments = json.loads(gold.read_text(encoding="utf-8"))["segments"]
            text = " ".join(segment.get("spoken") or segment["text"] for segment in segments)
            references.append(Reference(sound.stem, sound, text, read_turns(sound)))
    return references


def read_turns(sound: Path) -> tuple[Turn, ...]:
    """Speech without pauses (`X.speech.rttm`) where there is such a file, else the turns of `X.rttm`."""
    candidates = [sound.with_suffix(".speech.rttm"), sound.with_suffix(".rttm")]
    lines = next((path.read_text(encoding="utf-8").splitlines() for path in candidates if path.is_file()), [])
    fields = [line.split() for line in lines if line.startswith("SPEAKER")]
    return tuple(Turn(float(f[3]), float(f[3]) + float(f[4]), f[7]) for f in fields)
