"""Utterances and turns go in, a transcript comes out: each word under exactly one voice, in readable segments."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from transcription.document import SET_ASIDE, Flag, Segment, TranscriptDocument, Word, segment_id
from transcription.engines.contract import Diarization, Turn, Utterance
from transcription.filters.judgement import DOUBTFUL_SHARE, DOUBTFUL_WORD, flags_of
from transcription.speakers.assignment import NO_VOICE, assign_words, overlaps, silence_between
from transcription.stages.recognise import Recognition
from transcription.vocabulary.figures import write_figures

#: A pause this long ends a segment, a shorter one does where a sentence ends.
LONG_PAUSE_SECONDS = 1.2
SENTENCE_PAUSE_SECONDS = 0.3
#: So long without any voice ends a segment as well: turns are known better than the ends of words.
SILENCE_SECONDS = 0.8
#: A segment this long ends at the next sentence, one of the second length at once.
LONG_SEGMENT_SECONDS = 15.0
LONGEST_SEGMENT_SECONDS = 40.0
#: A pause inside a voice's words at which a full stop is set if the recognisers wrote none.
STOP_PAUSE_SECONDS = 0.6
OVERLAP_SHARE = 0.3

_SENTENCE_END = (".", "?", "!", "…")


@dataclass(slots=True)
class _Draft:
    voice: str
    words: list[Word]
    flags: tuple[str, ...]

    @property
    def start(self) -> float:
        return self.words[0].start

    @property
    def end(self) -> float:
        return self.words[-1].end


def merge(recognition: Recognition, diarization: Diarization, duration_seconds: float) -> TranscriptDocument:
    """Put words and voices together.

    Voices are named by their labels here; `name_speakers` gives them names. When all that was heard is set aside
    (phantoms, circles), the result has no segments: nobody spoke.
    """
    drafts: list[_Draft] = []
    for utterance in sorted(recognition.utterances, key=lambda item: item.start):
        flags = flags_of(utterance)
        if SET_ASIDE & set(flags):
            drafts.append(_Draft(NO_VOICE, list(utterance.words), flags))
        else:
            _add_spoken(drafts, utterance, diarization.exclusive)
    if all(SET_ASIDE & set(draft.flags) for draft in drafts):
        drafts = []
    _punctuate(drafts)
    for draft in drafts:
        draft.words = list(write_figures(draft.words))
    segments = [_segment(draft, number, diarization.turns) for number, draft in enumerate(drafts, 1)]
    return TranscriptDocument(recognition.engine, duration_seconds, tuple(segments))


def _add_spoken(drafts: list[_Draft], utterance: Utterance, turns: Sequence[Turn]) -> None:
    for word, voice in assign_words(utterance.words, turns):
        last = drafts[-1] if drafts else None
        if last is None or SET_ASIDE & set(last.flags) or last.voice != voice or _breaks(last, word, turns):
            drafts.append(_Draft(voice, [word], ()))
        else:
            last.words.append(word)


def _breaks(draft: _Draft, word: Word, turns: Sequence[Turn]) -> bool:
    pause = word.start - draft.end
    length = word.end - draft.start
    at_sentence = draft.words[-1].text.endswith(_SENTENCE_END)
    if pause >= LONG_PAUSE_SECONDS or length > LONGEST_SEGMENT_SECONDS:
        return True
    last = draft.words[-1]
    if silence_between((last.start + last.end) / 2, (word.start + word.end) / 2, turns) >= SILENCE_SECONDS:
        return True
    return at_sentence and (pause >= SENTENCE_PAUSE_SECONDS or length > LONG_SEGMENT_SECONDS)


def _punctuate(drafts: list[_Draft]) -> None:
    """A capital at each beginning, a full stop at each end and long pause: what a typist would set by ear."""
    for draft in drafts:
        begins = True
        for index, word in enumerate(draft.words):
            following = draft.words[index + 1] if index + 1 < len(draft.words) else None
            ends = following is None or following.start - word.end >= STOP_PAUSE_SECONDS
            text = word.text[:1].upper() + word.text[1:] if begins else word.text
            if ends and not text.endswith(_SENTENCE_END):
                short = following is not None and following.start - word.end < LONG_PAUSE_SECONDS
                # A comma that both ears put at a short pause stays one.
                text = text if short and text.endswith(",") else text.rstrip(",;:") + "."
            draft.words[index] = replace(word, text=text)
            begins = text.endswith(_SENTENCE_END)


def _segment(draft: _Draft, number: int, turns: Sequence[Turn]) -> Segment:
    flags = list(draft.flags)
    doubtful = sum(word.probability < DOUBTFUL_WORD for word in draft.words)
    if Flag.DOUBTFUL not in flags and doubtful > DOUBTFUL_SHARE * len(draft.words):
        flags.append(Flag.DOUBTFUL.value)
    if overlaps(draft.start, draft.end, turns) > OVERLAP_SHARE:
        flags.append(Flag.OVERLAP.value)
    text = " ".join(word.text for word in draft.words)
    start, end = round(draft.start, 3), round(draft.end, 3)
    return Segment(segment_id(number), start, end, draft.voice, text, tuple(flags), tuple(draft.words))
