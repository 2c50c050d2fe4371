"""Words that are chosen among what was heard by what offices say around them."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from core.vietnamese.office_talk import sentences
from transcription.document import Word
from transcription.engines.contract import Slot
from transcription.vocabulary.correction import LEANED
from transcription.vocabulary.rescoring import rescore

NOTICES = Path(__file__).parents[2] / "data" / "notices"


def slots_of(*heard: dict[str, float], second: dict[int, str] | None = None) -> tuple[Slot, ...]:
    """One place a second; what is named first was heard best."""
    told = second or {}
    return tuple(
        Slot(float(at), at + 0.3, next(iter(options)), tuple(options.items()), told.get(at, ""))
        for at, options in enumerate(heard)
    )


def words_of(slots: tuple[Slot, ...]) -> tuple[Word, ...]:
    return tuple(Word(slot.start, slot.end, slot.text, slot.heard[0][1]) for slot in slots)


def rescored(slots: tuple[Slot, ...], terms: tuple[str, ...] = ()) -> list[str]:
    return [word.text for word in rescore(words_of(slots), slots, terms)]


def test_the_neighbours_choose_between_two_tones() -> None:
    slots = slots_of({"cơ": 0.9}, {"quan": 0.9}, {"thuê": 0.5, "thuế": 0.3}, {"phối": 0.9}, {"hợp": 0.9})
    assert rescored(slots) == ["cơ", "quan", "thuế", "phối", "hợp"]
    slots = slots_of({"đi": 0.9}, {"thuế": 0.5, "thuê": 0.3}, {"nhà": 0.9}, {"để": 0.9}, {"ở": 0.9})
    assert rescored(slots) == ["đi", "thuê", "nhà", "để", "ở"]


def test_what_was_heard_for_certain_stays_whatever_stands_beside_it() -> None:
    slots = slots_of({"cơ": 0.9}, {"quan": 0.9}, {"thuê": 0.99, "thuế": 0.3})
    assert rescored(slots) == ["cơ", "quan", "thuê"]


def test_a_foreign_word_stays() -> None:
    assert rescored(slots_of({"áp": 0.9}, {"dụng": 0.9}, {"logic": 0.5, "lo": 0.4})) == ["áp", "dụng", "logic"]


def test_nothing_is_written_that_was_not_held_possible() -> None:
    assert rescored(slots_of({"cơ": 0.9}, {"quan": 0.9}, {"thuê": 0.5, "khuê": 0.3}))[2] in {"thuê", "khuê"}


def test_no_number_comes_or_goes() -> None:
    slots = slots_of({"tháng": 0.9}, {"sáu": 0.4, "sau": 0.5})
    assert rescored(slots) == ["tháng", "sáu"]
    slots = slots_of({"ban": 0.9}, {"thứ": 0.5, "tư": 0.5})
    assert "tư" not in rescored(slots)


def test_the_plan_of_the_meeting_decides_where_offices_do_not() -> None:
    slots = slots_of({"xã": 0.9}, {"lũng": 0.5, "lùng": 0.4}, {"vài": 0.9})
    assert rescored(slots) == ["xã", "lũng", "vài"]
    assert rescored(slots, ("xã Lùng Vài",)) == ["xã", "lùng", "vài"]


def test_a_changed_word_keeps_capital_and_marks_and_is_doubtful() -> None:
    slots = slots_of({"cơ": 0.9}, {"quan": 0.9}, {"thuê": 0.7, "thuế": 0.5})
    heard = (*words_of(slots)[:2], Word(2.0, 2.3, "Thuê,", 0.7))
    after = rescore(heard, slots, ())
    assert after[2].text == "Thuế,"
    assert after[2].probability <= LEANED
    assert after[:2] == heard[:2]


def test_a_word_without_a_slot_stays() -> None:
    heard = (Word(0.0, 0.3, "Logic", 0.4), Word(1.0, 1.3, "2026", 0.4))
    assert rescore(heard, (), ()) == heard
    assert rescore((), (), ()) == ()


def test_papers_that_were_heard_well_are_left_as_they_are() -> None:
    """Each word with its other tones beside it, a tenth as likely: what is right is taken for something else rarely."""
    tones = str.maketrans("àáảãạ", "áàãảà")
    changed = total = 0
    for path in sorted(NOTICES.rglob("*.txt"))[:20]:
        for row in sentences(path.read_text(encoding="utf-8")):
            heard = [{word: 0.9} | ({other: 0.09} if (other := word.translate(tones)) != word else {}) for word in row]
            after = rescored(slots_of(*heard))
            total += sum(len(options) > 1 for options in heard)
            changed += sum(one != other for one, other in zip(after, row, strict=True))
    assert total > 300
    assert changed < 0.03 * total


@given(
    st.lists(st.dictionaries(st.sampled_from(["báo", "bao", "cáo", "cao", "mười"]), st.floats(0.01, 0.96), min_size=1))
)
def test_as_many_words_come_out_as_went_in_and_each_was_heard(heard: list[dict[str, float]]) -> None:
    slots = slots_of(*heard)
    after = rescored(slots)
    assert len(after) == len(heard)
    assert all(word in options for word, options in zip(after, heard, strict=True))
