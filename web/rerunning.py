"""Other parameters for a stage that runs again: which engines there are, and what a form or a script may ask for.

In: typed or sent values. Out: the parameters of the pipeline; empty ones are left out and stay as they were.
"""

from collections.abc import Sequence
from typing import Any

from core.errors import Invalid
from transcription.engines import viet_asr
from transcription.engines.registry import AUTO, RECOGNIZERS

MOST_SPEAKERS = 50
MOST_TERMS = 500
LONGEST_TERM = 120


def engines() -> list[str]:
    """Recognisers that may be asked for on this machine; the first one lets the machine choose."""
    return [AUTO, *(name for name in RECOGNIZERS if "viet-asr" not in name or viet_asr.is_installed())]


def rerun_parameters(
    engine: str | None = None,
    minimum_speakers: int | None = None,
    maximum_speakers: int | None = None,
    vocabulary: Sequence[str] | None = None,
) -> dict[str, Any]:
    """Parameters for `pipeline.rerun_stage`.

    Raises:
        Invalid: an engine this machine does not have, a number of speakers out of range, too many or too long terms.
    """
    if engine and engine not in engines():
        raise Invalid(field="bộ nhận dạng", reason=f"máy này chỉ có: {', '.join(engines())}")
    for number in (minimum_speakers, maximum_speakers):
        if number is not None and not 1 <= number <= MOST_SPEAKERS:
            raise Invalid(field="số người nói", reason=f"phải từ 1 đến {MOST_SPEAKERS}")
    if minimum_speakers and maximum_speakers and minimum_speakers > maximum_speakers:
        raise Invalid(field="số người nói", reason="số ít nhất lớn hơn số nhiều nhất")
    terms = list(dict.fromkeys(" ".join(term.split()) for term in vocabulary or () if term.strip()))
    if len(terms) > MOST_TERMS or any(len(term) > LONGEST_TERM for term in terms):
        raise Invalid(field="từ vựng", reason=f"nhiều nhất {MOST_TERMS} cụm, mỗi cụm không quá {LONGEST_TERM} ký tự")
    asked = {
        "engine": engine or None,
        "minimum_speakers": minimum_speakers,
        "maximum_speakers": maximum_speakers,
        "vocabulary": terms or None,
    }
    return {name: value for name, value in asked.items() if value is not None}
