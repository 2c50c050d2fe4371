"""The month of a date that was said softly: written where the sound names one, and only there."""

import json
from itertools import pairwise

import pytest

from tests.transcription.vocabulary.test_vocabulary import slot
from transcription.document import Word
from transcription.engines.contract import Quality, Slot, Utterance, Vocabulary
from transcription.stages.recognise import gather
from transcription.vocabulary.months import write_months

STEP = 0.5


def said(text: str, behind: Slot | None = None, rest: str = "", *, pause: float = 0.0) -> tuple[Word, ...]:
    """`text` heard for certain, then `behind`, then after a pause `rest`."""
    before = [Slot(at * STEP, (at + 1) * STEP, word, ((word, 0.9),)) for at, word in enumerate(text.split())]
    middle = [behind] if behind else []
    start = before[-1].end + STEP + pause
    after = [Slot(start + at, start + at + STEP, word, ((word, 0.9),)) for at, word in enumerate(rest.split())]
    slots = (*before, *middle, *after)
    words = tuple(Word(one.start, one.end, one.text, one.heard[0][1]) for one in slots if one.text)
    return write_months(words, slots)


def text_of(words: tuple[Word, ...]) -> str:
    return " ".join(word.text for word in words)


def at(text: str, **heard: float) -> Slot:
    """What was heard behind the words of `text`; `none` where silence won."""
    silent = heard.pop("none", 0.0)
    found = slot(len(text.split()) * STEP, **heard)
    return Slot(found.start, found.end, "" if silent else found.text, found.heard)


DATE = "trước ngày mười lăm tháng"


@pytest.mark.parametrize(
    ("text", "heard", "right"),
    [
        (DATE, {"none": 1, "tự": 0.23, "tử": 0.09, "tới": 0.01}, DATE + " tư"),
        (DATE, {"tự": 0.7, "tử": 0.1}, DATE + " tư"),
        (DATE, {"thứ": 0.4, "từ": 0.16, "tư": 0.08, "trước": 0.06}, DATE + " tư"),
        ("ngày mồng ba tháng", {"nằm": 0.6, "nam": 0.1}, "ngày mồng ba tháng năm"),
        ("mùng hai mươi tháng", {"bay": 0.5, "này": 0.05}, "mùng hai mươi tháng bảy"),
        ("đến hết tháng", {"tự": 0.7}, "đến hết tháng tư"),
        # Softly, but far above all other months; "tháng tới" is rare behind a day.
        (DATE, {"trời": 0.65, "tới": 0.016, "trước": 0.009, "tư": 0.0064, "từ": 0.0023}, DATE + " tư"),
        # A month, or what else may follow, stays.
        (DATE, {"năm": 0.6, "tư": 0.3}, DATE + " năm"),
        (DATE, {"này": 0.5, "tư": 0.3}, DATE + " này"),
        # The sound names no month, or names something else nearly as well.
        (DATE, {"trời": 0.55, "tới": 0.003, "tư": 0.002}, DATE + " trời"),
        (DATE, {"none": 1, "trở": 0.06, "tới": 0.002}, DATE),
        (DATE, {"none": 1, "tới": 0.5, "tư": 0.1}, DATE),
        (DATE, {"none": 1, "tám": 0.06, "năm": 0.05}, DATE),
        ("trong tháng", {"none": 1, "tới": 0.2, "tư": 0.3}, "trong tháng"),
        # Heard for certain, or no date at all.
        (DATE, {"tự": 0.98}, DATE + " tự"),
        ("giám đốc tháng", {"tự": 0.7}, "giám đốc tháng tự"),
        ("phòng ba mươi hai tháng", {"tự": 0.7}, "phòng ba mươi hai tháng tự"),
    ],
)
def test_a_month_is_written_where_the_sound_names_it(text: str, heard: dict[str, float], right: str) -> None:
    assert text_of(said(text, at(text, **heard))) == right


def test_another_word_of_these_letters_stays() -> None:
    thu, tu = at(DATE, thứ=0.5, tư=0.3), at(DATE, từ=0.8)
    assert text_of(said(DATE, thu, "trưởng")).endswith("tháng thứ trưởng")
    assert text_of(said(DATE, tu, "ngày")).endswith("tháng từ ngày")
    # Without a day a month ends what is said: "trong tháng tự kiểm tra", "trong tháng từ các đơn vị".
    assert text_of(said("trong tháng", at("trong tháng", từ=0.8), "các đơn vị")) == "trong tháng từ các đơn vị"
    assert text_of(said("trong tháng", at("trong tháng", từ=0.8), "các", pause=0.5)) == "trong tháng tư các"


def test_the_word_itself_may_have_been_misheard() -> None:
    place = Slot(STEP, 2 * STEP, "thắng", (("thắng", 0.6), ("tháng", 0.38)))
    tu = Slot(2 * STEP, 3 * STEP, "tự", (("tự", 0.7), ("tử", 0.1)))
    slots = (slot(0, trong=0.9), place, tu)
    words = tuple(Word(one.start, one.end, one.text, one.heard[0][1]) for one in slots)
    found = write_months(words, slots)
    assert text_of(found) == "trong tháng tư"
    # It stays open to doubt, and each word has its time.
    assert found[-1].probability <= 0.6
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert write_months(words, ()) == words


def test_marks_stand_behind_the_month() -> None:
    silent = at(DATE, none=1, tự=0.3)
    before = tuple(
        Word(at * STEP, (at + 1) * STEP, word + ("." if word == "tháng" else ""), 0.9)
        for at, word in enumerate(DATE.split())
    )
    slots = tuple(Slot(word.start, word.end, word.text.rstrip("."), ((word.text.rstrip("."), 0.9),)) for word in before)
    heard = Utterance(0.0, before[-1].end, before, Quality(), (*slots, silent))
    content = json.dumps([heard.to_json()], ensure_ascii=False).encode()
    found = gather("engine", "", [content], Vocabulary())
    assert found.utterances[0].text == DATE + " tư."
