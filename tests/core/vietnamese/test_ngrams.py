"""How likely syllables are behind others, and the likeliest row of several."""

from math import exp, log
from pathlib import Path

import pytest

from core.vietnamese import office_talk
from core.vietnamese.ngrams import BEGINNING, Trigrams, likeliest_row

NOTICES = Path(__file__).parents[2] / "data" / "notices"
MODEL = Trigrams.of([["cơ", "quan", "thuế"], ["cơ", "quan", "thuế", "tỉnh"], ["đi", "thuê", "nhà"]])


def test_what_follows_sums_to_one() -> None:
    seen = sum(exp(MODEL.log_probability("cơ", "quan", syllable)) for syllable in MODEL.syllables)
    unseen = exp(MODEL.log_probability("cơ", "quan", "xoài")) * (7000 - len(MODEL.syllables))
    assert seen + unseen == pytest.approx(1.0)


def test_what_was_seen_is_likelier_there_and_only_there() -> None:
    assert MODEL.log_probability("cơ", "quan", "thuế") > MODEL.log_probability("cơ", "quan", "thuê") + 1
    assert MODEL.log_probability(BEGINNING, "đi", "thuê") > MODEL.log_probability(BEGINNING, "đi", "thuế") + 1


def test_a_model_with_further_sentences_leaves_the_first_as_it_is() -> None:
    before = MODEL.log_probability("cơ", "quan", "thuê")
    more = MODEL.with_sentences([["cơ", "quan", "thuê"]], weight=20.0)
    assert more.log_probability("cơ", "quan", "thuê") > more.log_probability("cơ", "quan", "thuế")
    assert MODEL.log_probability("cơ", "quan", "thuê") == before


def test_a_syllable_behind_decides_about_the_one_before() -> None:
    either = {"thuê": log(0.5), "thuế": log(0.5)}
    assert likeliest_row([either, {"nhà": 0.0}], MODEL, 1.0, 10) == ["thuê", "nhà"]
    assert likeliest_row([either, {"tỉnh": 0.0}], MODEL, 1.0, 10) == ["thuế", "tỉnh"]
    assert likeliest_row([], MODEL, 1.0, 10) == []


def test_what_fits_by_itself_holds_against_a_weak_neighbourhood() -> None:
    possible = [{"quan": 0.0}, {"thuê": log(0.999), "thuế": log(0.001)}]
    assert likeliest_row(possible, MODEL, 0.5, 10) == ["quan", "thuê"]


def test_office_talk_knows_offices() -> None:
    model = office_talk.office_talk()
    assert model.log_probability("ủy", "ban", "nhân") > model.log_probability("ủy", "ban", "nhận") + 2
    assert model.log_probability("giao", "văn", "phòng") > model.log_probability("giao", "văn", "phong") + 2


def test_the_house_is_not_measured_by_what_it_has_read() -> None:
    rows = {
        tuple(row[at : at + 18])
        for path in Path(office_talk.__file__).parent.glob("*.txt")
        for row in office_talk.sentences(path.read_text())
        for at in range(len(row) - 17)
    }
    measured = [
        (path.name, " ".join(row[at : at + 18]))
        for path in sorted(NOTICES.rglob("*.txt"))
        for row in office_talk.sentences(path.read_text())
        for at in range(len(row) - 17)
        if tuple(row[at : at + 18]) in rows
    ]
    assert not measured
