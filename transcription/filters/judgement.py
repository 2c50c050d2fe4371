"""An utterance goes in, its flags come out. Filters mark; whether marked text is shown is for the reader to decide."""

from transcription.document import Flag
from transcription.engines.contract import Utterance
from transcription.filters.phantoms import is_phantom
from transcription.filters.repeats import is_circling

DOUBTFUL_WORD = 0.5
#: An utterance is doubtful when more than this share of its words is.
DOUBTFUL_SHARE = 0.5
LEAST_LOG_PROBABILITY = -1.0


def flags_of(utterance: Utterance) -> tuple[str, ...]:
    """Phantom, repeated, doubtful: in this order, as plain strings."""
    texts = [word.text for word in utterance.words]
    found: list[str] = []
    if is_phantom(texts, utterance.quality):
        found.append(Flag.PHANTOM.value)
    if is_circling(texts, None if utterance.quality.agreement is not None else utterance.quality.compression_ratio):
        found.append(Flag.REPEATED.value)
    if _is_doubtful(utterance):
        found.append(Flag.DOUBTFUL.value)
    return tuple(found)


def _is_doubtful(utterance: Utterance) -> bool:
    if utterance.quality.agreement is None and (utterance.quality.average_log_probability or 0) < LEAST_LOG_PROBABILITY:
        return True
    doubtful = sum(word.probability < DOUBTFUL_WORD for word in utterance.words)
    return doubtful > DOUBTFUL_SHARE * max(1, len(utterance.words))
