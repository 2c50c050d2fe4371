"""Folding, spoken numbers, and terms of a meeting put right."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.document import Word
from transcription.engines.contract import Slot, Vocabulary
from transcription.vocabulary.correction import correct
from transcription.vocabulary.folding import bare, fold, syllables
from transcription.vocabulary.office import PHRASES

TERMS = ("Cục Văn thư và Lưu trữ nhà nước", "Trung tâm Thông tin", "Văn phòng Bộ", "Phan Quốc Bảo")


def words(text: str, probability: float = 0.9) -> tuple[Word, ...]:
    return tuple(Word(i, i + 0.5, part, probability) for i, part in enumerate(text.split()))


def put_right(text: str) -> str:
    return " ".join(word.text for word in correct(words(text), TERMS))


def test_folding() -> None:
    assert fold("“Đồng,") == "đồng"
    assert bare("Đường.") == "duong"
    assert syllables("Trung tâm – Thông tin.") == ["trung", "tâm", "thông", "tin"]


@pytest.mark.parametrize(
    ("heard", "right"),
    [
        ("giao trung tâm thông tin chủ trì", "giao Trung tâm Thông tin chủ trì"),
        ("giao trung tấm thống tín, chú trì", "giao Trung tâm Thông tin, chú trì"),
        ("cuộc văn thử và lưu chữ nhà nước", "Cục Văn thư và Lưu trữ nhà nước"),
        ("phan quốc bảo.", "Phan Quốc Bảo."),
        # Too far away, or across the end of a sentence: left as heard.
        ("văn phẩm bổ xin tiếp thu", "văn phẩm bổ xin tiếp thu"),
        ("về văn phòng. bộ trưởng", "về văn phòng. bộ trưởng"),
        ("trung tâm hội nghị", "trung tâm hội nghị"),
    ],
)
def test_terms_are_put_right_only_where_almost_every_syllable_agrees(heard: str, right: str) -> None:
    assert put_right(heard) == right


def test_a_replaced_word_stays_open_to_doubt() -> None:
    replaced = correct(words("trúng tâm thông tin"), TERMS)
    assert replaced[0].probability == 0.6
    assert replaced[1].probability == 0.9


def slot(place: float, second: str = "", /, **heard: float) -> Slot:
    text = max(heard, key=lambda syllable: heard[syllable])
    ordered = sorted(heard.items(), key=lambda pair: -pair[1])
    return Slot(place, place + 0.5, text, tuple(ordered), second)


def heard_as(*slots: Slot) -> str:
    spoken = [one for one in slots if one.text]
    before = tuple(Word(one.start, one.end, one.text, one.heard[0][1]) for one in spoken)
    return " ".join(word.text for word in correct(before, TERMS, slots))


def test_the_sound_decides_whether_a_term_was_said() -> None:
    thong, tin = slot(2, thông=0.9), slot(3, tin=0.9)
    assert heard_as(slot(0, trúng=0.4, trung=0.1), slot(1, tấm=0.8, tâm=0.05), thong, tin) == "Trung tâm Thông tin"
    # The same words, heard for certain.
    assert heard_as(slot(0, chúng=0.99), slot(1, thấm=0.99), thong, tin) == "chúng thấm thông tin"


def test_a_second_recogniser_may_speak_for_a_term() -> None:
    first, rest = slot(0, fan=0.9), (slot(1, quốc=0.99), slot(2, bảo=0.99))
    assert heard_as(first, *rest) == "fan quốc bảo"
    assert heard_as(slot(0, "phan", fan=0.9), *rest) == "Phan Quốc Bảo"


def test_a_second_recogniser_alone_may_have_heard_it() -> None:
    slots = (
        slot(0, "chung", xuống=0.9),
        slot(1, "tâm", thấm=0.8),
        slot(2, "thông", tháng=0.9),
        slot(3, "tin", chín=0.9),
    )
    assert heard_as(*slots) == "Trung tâm Thông tin"
    assert heard_as(*(replace(one, second="") for one in slots)) == "xuống thấm tháng chín"
    # Its times may lie beside those of the first.
    late = (slot(0, trung=0.6), slot(1, "tâm", tám=0.7), slot(2, sáu=0.7), slot(3, "thông", tin=0.6))
    assert heard_as(*late) == "Trung tâm Thông tin"


def test_a_full_stop_without_a_pause_is_a_guess() -> None:
    slots = (slot(0, "độ", tu=0.2, tụ=0.2, tố=0.1), slot(0.5, mạnh=0.8), slot(1, cường=0.6))
    before = tuple(
        Word(one.start, one.end, text, 0.5) for one, text in zip(slots, ("tu", "mạnh.", "cường"), strict=True)
    )
    after = correct(before, ("Đỗ Mạnh Cường",), slots)
    assert [word.text for word in after] == ["Đỗ", "Mạnh", "Cường"]


def test_the_first_syllable_of_a_term_may_have_been_nearly_lost() -> None:
    gap = Slot(0.0, 0.4, "", (("chương", 0.2), ("trung", 0.1)))
    rest = (slot(0.5, tấm=0.5, tâm=0.3), slot(1, thông=0.9), slot(1.5, tin=0.9))
    assert heard_as(gap, *rest) == "Trung tâm Thông tin"


def test_where_nothing_was_heard_well_the_rest_of_a_term_bears_one_syllable() -> None:
    terms = ("Vụ Tổ chức cán bộ",)

    def said(*slots: Slot) -> str:
        before = tuple(Word(one.start, one.end, one.text, one.heard[0][1]) for one in slots)
        return " ".join(word.text for word in correct(before, terms, slots))

    around = (slot(0, vụ=0.9), slot(1, tô=0.6, tổ=0.3), slot(3, cán=0.9), slot(4, bộ=0.9))
    murmur = slot(2, trẻ=0.3, trời=0.1, chơi=0.05, trên=0.04)
    assert said(*around[:2], murmur, *around[2:]) == "Vụ Tổ chức cán bộ"
    # Another word, heard well, stays; and neither the kind of a unit nor the end of a name is ever guessed.
    assert said(*around[:2], slot(2, trẻ=0.9, trời=0.02), *around[2:]) == "vụ tô trẻ cán bộ"
    assert said(slot(0, người=0.3, mười=0.2), around[1], slot(2, chức=0.9), *around[2:]) == "người tô chức cán bộ"
    assert said(around[0], around[1], slot(2, chức=0.9), around[2], slot(4, ngày=0.4)) == "vụ tô chức cán ngày"


@pytest.mark.parametrize("kind", ["phường", "huyện", "thị"])
def test_a_long_term_does_not_swallow_another_kind_of_place(kind: str) -> None:
    said = words(f"ủy ban nhân dân {kind} tân hòa", 0.9)
    assert correct(said, ("Ủy ban nhân dân xã Tân Hòa",)) == said


def test_a_silence_that_was_nearly_a_syllable_of_a_term_is_filled() -> None:
    gap = Slot(1.0, 1.1, "", (("tâm", 0.3),))
    said = heard_as(slot(0, trung=0.99), gap, slot(2, thông=0.99), slot(3, tin=0.99))
    assert said == "Trung tâm Thông tin"


def test_a_name_of_another_person_is_never_put_in_place_of_one_that_was_heard() -> None:
    hoa = slot(2, hoa=0.98, hà=0.01)
    before = tuple(Word(one.start, one.end, one.text, 0.9) for one in (slot(0, nguyễn=0.99), slot(1, thị=0.99), hoa))
    slots = (slot(0, nguyễn=0.99), slot(1, thị=0.99), hoa)
    assert [word.text for word in correct(before, ("Nguyễn Thị Hà",), slots)] == ["nguyễn", "thị", "hoa"]


def test_of_two_names_that_fit_alike_none_is_taken() -> None:
    slots = (slot(0, nguyễn=0.99), slot(1, thị=0.99), slot(2, hả=0.4, hà=0.2, hạ=0.2))
    before = tuple(Word(one.start, one.end, one.text, 0.9) for one in slots)
    both = correct(before, ("Nguyễn Thị Hà", "Nguyễn Thị Hạ"), slots)
    assert [word.text for word in both] == ["nguyễn", "thị", "hả"]
    assert [word.text for word in correct(before, ("Nguyễn Thị Hà",), slots)] == ["Nguyễn", "Thị", "Hà"]


def test_a_numeral_is_what_was_heard() -> None:
    terms = ("Trung tâm Lưu trữ quốc gia I", "Trung tâm Lưu trữ quốc gia III")
    said = words("trung tâm lưu trữ quốc gia ba và trung tâm lưu trữ quốc gia hai")
    assert " ".join(word.text for word in correct(said, terms)) == (
        "Trung tâm Lưu trữ quốc gia III và trung tâm lưu trữ quốc gia hai"
    )


def test_a_point_of_the_agenda_counts_by_its_parts() -> None:
    agenda = ("tiến độ số hóa tài liệu lưu trữ",)
    slots = (slot(0, tiến=0.9), slot(1, đồ=0.5, độ=0.45), slot(2, số=0.9), slot(3, khóa=0.6, hóa=0.3))
    before = tuple(Word(one.start, one.end, one.text, 0.9) for one in slots)
    assert " ".join(word.text for word in correct(before, agenda, slots)) == "tiến độ số hóa"


_PARTS = sorted({part for term in TERMS for part in syllables(term)})


@given(st.lists(st.sampled_from(_PARTS), max_size=30))
def test_words_heard_for_certain_are_never_changed_moved_or_added_to(heard: list[str]) -> None:
    before = words(" ".join(heard), 0.99)
    after = correct(before, TERMS)
    assert [(word.start, word.end, fold(word.text)) for word in after] == [
        (word.start, word.end, fold(word.text)) for word in before
    ]


@given(
    st.lists(st.sampled_from(["xin", "mời", "các", "đồng", "chí", "báo", "cáo", "tiếp", "theo", "nhất"]), max_size=20),
    st.floats(0.3, 0.96),
)
def test_no_name_is_written_where_nothing_of_it_was_heard(heard: list[str], probability: float) -> None:
    after = correct(words(" ".join(heard), probability), TERMS)
    assert [word.text for word in after] == heard


def test_a_vocabulary_file_has_comments_and_repetitions() -> None:
    assert Vocabulary.from_text("# đơn vị\nVăn phòng  Bộ\n\nVăn phòng Bộ\nTTTT\n").terms == ("Văn phòng Bộ", "TTTT")


def test_set_phrases_take_no_number_away() -> None:
    """ "Tháng sáu" is not "tháng sau", however it was heard."""
    slots = (slot(0, tháng=0.9), slot(1, sáu=0.5, sau=0.4))
    before = tuple(Word(one.start, one.end, one.text, one.heard[0][1]) for one in slots)
    assert correct(before, ("tháng sau",), slots) == before
    assert " ".join(word.text for word in correct(before[:1], ("tháng sau",), slots[:1])) == "tháng"


def test_set_phrases_leave_other_papers_as_they_are() -> None:
    """What is written in real notices, heard well: next to none of it sounds like a phrase that was not said."""
    notices = Path(__file__).parents[2] / "data" / "notices"
    changed = total = 0
    for path in sorted(notices.rglob("*.txt"))[:12]:
        for line in path.read_text(encoding="utf-8").splitlines():
            heard = words(" ".join(fold(part) for part in line.split()[:80] if fold(part)), 0.9)
            after = correct(heard, PHRASES)
            total += len(heard)
            changed += sum(one.text != other.text for one, other in zip(heard, after, strict=False))
    assert total > 1_000
    assert changed < 0.003 * total
