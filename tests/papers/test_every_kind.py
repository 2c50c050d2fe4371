"""F01–F15 on every kind of paper this house prints, in both formats, numbered and blank: proved from the files."""

from collections.abc import Callable
from datetime import date

import pytest

from papers.checks import CheckResult, MeetingFacts, check_file
from papers.docx import render_docx
from papers.pdf import render_pdf
from papers.record import lay_out_record
from papers.sheet import Sheet
from tests.papers.catalogue import EVERY, record
from tests.papers.conftest import Save

CODES = {f"F{number:02d}" for number in range(1, 16)}
RENDER: dict[str, Callable[[Sheet], bytes]] = {"docx": render_docx, "pdf": render_pdf}
#: The day of the meeting, where it is not that of the sample notice; None: the paper speaks of no meeting (F13).
HELD: dict[str, date | None] = {
    "1.4-thong-bao-thu-hoi": None,
    "1.4-bao-cao": None,
    "1.5-cong-van": None,
    "1.5-cong-van-dinh-chinh": None,
    "1.5-cong-van-don-doc": None,
    "1.7-giay-moi": date(2026, 11, 26),
    "1.7-giay-moi-dai": date(2026, 11, 26),
}
#: What a kind has no part for: place and date of a record (form 1.9), papers that cite none, bodies without numbers.
NO_CITATION, NO_NUMBERS, NO_MEETING = {"F10"}, {"F14"}, {"F13"}
WITHOUT = {
    "1.4-thong-bao": NO_CITATION,
    "1.4-thong-bao-dai": NO_CITATION,
    "1.4-thong-bao-ban-chi-dao": NO_CITATION,
    "1.4-thong-bao-hoa-toc": NO_CITATION,
    "1.4-thong-bao-thu-hoi": NO_NUMBERS | NO_MEETING,
    "1.4-bao-cao": NO_CITATION | NO_MEETING,
    "1.5-cong-van": NO_CITATION | NO_NUMBERS | NO_MEETING,
    "1.5-cong-van-dinh-chinh": NO_MEETING,
    "1.5-cong-van-don-doc": NO_MEETING,
    "1.7-giay-moi": NO_CITATION | NO_NUMBERS,
    "1.7-giay-moi-dai": NO_CITATION | NO_NUMBERS,
    "1.9-bien-ban": NO_CITATION | {"F07", "F15"},
    "2-phu-luc": NO_CITATION,
    "2-phu-luc-bang-ngang": NO_CITATION,
}


@pytest.mark.parametrize("numbered", [True, False], ids=["numbered", "blank"])
@pytest.mark.parametrize("format_", RENDER)
@pytest.mark.parametrize("kind", EVERY)
def test_every_check_that_applies_is_passed(save: Save, kind: str, format_: str, numbered: bool) -> None:
    data = RENDER[format_](EVERY[kind](numbered))
    results = check_file(save(data, f"{kind}.{format_}"), _facts(kind))
    assert {result.code for result in results} == CODES
    assert [result.line() for result in results if result.ok is False] == []
    assert {result.code for result in results if result.ok is None} == WITHOUT.get(kind, set())


def test_every_check_is_judged_on_some_kind() -> None:
    assert set.intersection(*(WITHOUT.get(kind, set()) for kind in EVERY)) == set()


@pytest.mark.parametrize("format_", RENDER)
def test_the_letter_that_names_a_day_in_its_subject_has_no_day_of_its_own_yet(save: Save, format_: str) -> None:
    data = RENDER[format_](EVERY["1.5-cong-van-dinh-chinh"](False))
    said = {result.code: result for result in check_file(save(data, f"a.{format_}"))}
    assert said["F15"].sentence == "số và ngày để trống chờ văn thư"


@pytest.mark.parametrize("format_", RENDER)
def test_both_who_sign_a_record_are_held_against_the_form(save: Save, format_: str) -> None:
    titled = record(secretary_signer=record().secretary_signer.model_copy(update={"name": "ThS. Lò Thị Ánh"}))
    found = _failed(check_file(save(RENDER[format_](lay_out_record(titled, 5)), f"bb.{format_}")))
    assert set(found) == {"F09"}
    assert "ThS. Lò Thị Ánh" in found["F09"]


def _facts(kind: str) -> MeetingFacts | None:
    held = HELD.get(kind, date(2026, 4, 8))
    return MeetingFacts(held) if held else None


def _failed(results: list[CheckResult]) -> dict[str, str]:
    return {result.code: result.sentence for result in results if result.ok is False}
