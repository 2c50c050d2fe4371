"""Sentences that recognisers invent where nobody speaks: a text goes in, whether it is one of them comes out.

The same words may really be said, so a match alone never decides: it takes weak evidence in the sound as well.
"""

import re
from collections.abc import Sequence

from transcription.engines.contract import Quality
from transcription.vocabulary.folding import bare

#: Folded, without tones. Each has been seen from Whisper models on silence, music or noise.
_KNOWN = re.compile(
    r"subscribe|subcribe|dang ki kenh|dang ky kenh|kenh ghien mi go|ghien mi go|la la school|lalaschool"
    r"|cam on (cac ban|quy vi|moi nguoi)?( )?da (theo doi|xem|lang nghe)( video| chuong trinh)?"
    r"|hen gap lai (cac ban|quy vi)|trong nhung video tiep theo|video tiep theo|bo lo nhung video"
    r"|nhan chuong thong bao|like va share|like share|phu de (boi|do|duoc thuc hien)|amara org|ban quyen thuoc ve"
)
#: Below these a known sentence is taken for a phantom.
FEWEST_AGREEMENT = 0.5
LEAST_LOG_PROBABILITY = -0.6
MOST_NO_SPEECH = 0.3


def is_known_phrase(words: Sequence[str]) -> bool:
    """Whether the text contains one of the known sentences, however it is punctuated or toned."""
    return bool(_KNOWN.search(" ".join(filter(None, (bare(word) for word in words)))))


def is_phantom(words: Sequence[str], quality: Quality) -> bool:
    """A known sentence with weak evidence: the second recogniser disagrees, or the decoder itself was unsure."""
    if not is_known_phrase(words):
        return False
    if quality.agreement is not None:
        return quality.agreement < FEWEST_AGREEMENT
    unsure = (quality.average_log_probability or 0.0) < LEAST_LOG_PROBABILITY
    silent = (quality.no_speech_probability or 0.0) > MOST_NO_SPEECH
    return unsure or silent
