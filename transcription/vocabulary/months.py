"""Words of dates and what else was heard beside them go in, words with the month that was said come out.

The number of a month is one short syllable at the end of what is said, "ngày mười lăm tháng tư": the softest of the
sentence, whose tone is lost first, so that a recogniser writes another word of the same letters or nothing at all.
Behind "ngày mười lăm tháng", however, hardly anything but a month can stand. Where what the network held possible there
names one month, whatever the tone, far above all others, that month is written, and stays doubtful. Where the sound
names none, none is written: a month is never guessed from the calendar.
"""

from collections.abc import Sequence
from dataclasses import replace

from core.vietnamese.cardinals import cardinal
from transcription.document import Word
from transcription.engines.contract import Slot
from transcription.vocabulary.correction import CERTAIN, LEANED
from transcription.vocabulary.folding import MARKS, capital_as, fold, marks_behind
from transcription.vocabulary.places import Place, lined_up
from transcription.vocabulary.sounds import likeness, parts

MONTH = "tháng"
MONTHS = ("giêng", "một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "chạp")
#: What else may follow "tháng" in a date; it speaks against a month that sounds alike.
OTHERS = ("này", "trước", "sau", "tới", "qua", "nay")
#: Words before "tháng" behind which a month may stand without a day.
SPANS = frozenset({"trong", "hết", "cuối", "đầu", "giữa"})
#: Words that make a word of their own with what follows them: "thứ trưởng", "thứ ba", "từ ngày".
COMPOUNDS = {
    "thứ": frozenset({"trưởng", "nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tự"}),
    "từ": frozenset({"ngày", "nay", "đầu", "đây", "hôm", "tháng", "khi"}),
    "tự": frozenset({"kiểm", "động", "do", "chủ", "giác", "túc"}),
    "tư": frozenset({"pháp", "vấn", "nhân", "tưởng", "lệnh"}),
}
#: Least probability of all tones of a month together, behind a day and without one, and by how much it must outweigh
#: everything else that could follow. Chosen on the dates of `shared/data/dev` and our own sample, the month made up to
#: 18 dB softer, noise up to 5 dB: of 89 months not heard plainly 47 are right then and 4 wrong; with a least of 0.05
#: and nothing taken for rare it was 28 and 1. Most of the gain is in one recording (dev_m1): without it 18 right and 1
#: wrong became 21 and 3, of 31. What is hardly heard is asked about.
LEAST_IN_DATE, LEAST_IN_SPAN, CLEARLY = 0.005, 0.2, 3.0
#: Behind a day the words of `OTHERS` are rare: 3 of 421 in the papers and talks we have, where each month has 35.
OTHERS_IN_DATE = 0.1
#: Least probability of "tháng" where a word that sounds like it was written ("thắng").
LEAST_OF_WORD = 0.05
#: Without a day before it a month ends what is said: so long nothing begins behind it.
ENDING_SECONDS = 0.75
FARTHEST_SECONDS = 1.0

_DAYS = frozenset({"mồng", "mùng"})


def write_months(words: Sequence[Word], slots: Sequence[Slot]) -> tuple[Word, ...]:
    """The words of one utterance, with the months of its dates.

    Args:
        slots: what the words were chosen from; without any nothing is changed.
    """
    if not slots:
        return tuple(words)
    places = lined_up(words, slots)
    found: dict[int, Word] = {place: words[at.word] for place, at in enumerate(places) if at.word is not None}
    for index in range(len(places) - 1):
        month = _month(places, index, words) if _may_be_month_word(places[index]) else ""
        if month:
            found[index], found[index + 1] = _written(found[index], found.get(index + 1), places[index + 1].slot, month)
    return tuple(found[index] for index in sorted(found))


def _may_be_month_word(place: Place) -> bool:
    heard = dict(place.slot.heard)
    said = place.slot.text
    return place.word is not None and (
        said == MONTH or (likeness(said, MONTH) > 0 and heard.get(MONTH, 0) >= LEAST_OF_WORD)
    )


def _month(places: Sequence[Place], index: int, words: Sequence[Word]) -> str:
    """The month behind the word at `index`, where it has to be written anew; else nothing."""
    before = [fold(words[place.word].text) for place in places[: index + 1] if place.word is not None][:-1]
    following = places[index + 1]
    slot = following.slot
    in_date = _ends_with_day(before)
    if not in_date and not (before and before[-1] in SPANS and _ends_what_is_said(places, index + 1)):
        return ""
    if slot.start - places[index].slot.end > FARTHEST_SECONDS or _stands(places, index + 1):
        return ""
    weight, month = max((_weight(slot, month), month) for month in MONTHS)
    share = OTHERS_IN_DATE if in_date else 1.0
    rivals = [_weight(slot, other) for other in MONTHS if other != month]
    rivals += [share * _weight(slot, other) for other in OTHERS]
    enough = weight >= (LEAST_IN_DATE if in_date else LEAST_IN_SPAN)
    return month if enough and weight >= CLEARLY * max(rivals) else ""


def _ends_with_day(before: Sequence[str]) -> bool:
    """ "Ngày mười lăm", "ngày mồng chín", "mùng ba"."""
    for length in (1, 2, 3):
        number = before[-length:]
        value = cardinal(number)
        led = before[-length - 1] if len(before) > length else ""
        if value and value.length == length and 1 <= value.value <= 31 and (led == "ngày" or led in _DAYS):
            return True
    return False


def _stands(places: Sequence[Place], index: int) -> bool:
    """Whether what was heard behind "tháng" is to be left as it is: a month, what else follows, or another word."""
    slot = places[index].slot
    if places[index].word is None:
        return False
    after = next((place.slot.text for place in places[index + 1 :] if place.word is not None), "")
    known = slot.text in (*MONTHS, *OTHERS, "bốn", "bẩy")
    return known or slot.heard[0][1] >= CERTAIN or after in COMPOUNDS.get(slot.text, ())


def _ends_what_is_said(places: Sequence[Place], index: int) -> bool:
    after = next((place.slot.start for place in places[index + 1 :] if place.word is not None), None)
    return after is None or after - places[index].slot.start >= ENDING_SECONDS


def _weight(slot: Slot, syllable: str) -> float:
    """How probable the syllable is in all its tones together."""
    return sum(probability for text, probability in slot.heard if _alike(text, syllable))


def _alike(one: str, other: str) -> bool:
    left, right = parts(one), parts(other)
    return (left.initial, left.rime) == (right.initial, right.rime)


def _written(word: Word, old: Word | None, slot: Slot, month: str) -> tuple[Word, Word]:
    """ "Tháng" and its month; marks move behind the month."""
    text = word.text.rstrip(MARKS)
    kept = text if fold(text) == MONTH else capital_as(text, MONTH)
    probability = min(LEANED, _weight(slot, month))
    return replace(word, text=kept), Word(slot.start, slot.end, month + marks_behind((old or word).text), probability)
