"""An utterance with what else was heard goes in, the utterance as it is to be kept comes out.

One order for every way in (recordings, the conference's stream): terms of the meeting and the set phrases of offices
first, then what the neighbourhood of each word calls for, then the months of dates.
"""

from collections.abc import Sequence
from dataclasses import replace

from transcription.engines.contract import Utterance
from transcription.vocabulary.correction import correct
from transcription.vocabulary.months import write_months
from transcription.vocabulary.office import PHRASES
from transcription.vocabulary.rescoring import rescore


def put_right(utterance: Utterance, terms: Sequence[str]) -> Utterance:
    """Its words put right where the sound bears it out; what they were chosen from has served and is left behind."""
    words = correct(utterance.words, (*terms, *PHRASES), utterance.slots)
    words = rescore(words, utterance.slots, tuple(terms))
    return replace(utterance, words=write_months(words, utterance.slots), slots=())
