"""A report against its form: the sentence that names the numbers, every fault at once, no names in health reports."""

from dataclasses import replace
from typing import Any

import pytest

from orchestrator.reports.definition import Constraint, FormDefinition, Indicator, Kind, Scope
from orchestrator.reports.presets import CONTACTS, QUARANTINE, WAYS_OF_WORKING
from orchestrator.reports.values import read_figures, read_note

FORM = QUARANTINE.definition
GOOD = {"tong_so": "134", "hoan_thanh": "88", "dang_cach_ly": "46"}


def faults(definition: FormDefinition = FORM, **raw: Any) -> dict[str, str]:
    return {fault.field: fault.sentence for fault in read_figures(definition, {**GOOD, **raw}).faults}


def test_the_figures_of_the_paper_hold() -> None:
    reading = read_figures(FORM, GOOD)
    assert reading.faults == ()
    assert reading.values == {"tong_so": 134, "hoan_thanh": 88, "dang_cach_ly": 46}


def test_a_wrong_sum_is_said_with_its_numbers() -> None:
    said = faults(dang_cach_ly="45")
    assert said == {
        "tong_so": "Tổng số thuộc diện tự cách ly tại nhà 134 khác 88 + 45 = 133: xem lại “Tổng số thuộc diện tự cách "
        "ly tại nhà”, “Đã hoàn thành việc cách ly”, “Đang thực hiện cách ly”."
    }


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "còn để trống"),
        ("   ", "còn để trống"),
        (None, "còn để trống"),
        ("bốn sáu", "phải là một số"),
        ("-1", "không được âm"),
        ("1" + "0" * 20, "lớn bất thường"),
        (10**20, "lớn bất thường"),
        ("NaN", "phải là một số"),
        (float("nan"), "phải là một số"),
        (float("inf"), "phải là một số"),
        ("４６", "0–9"),
        ("4,6", "số nguyên"),
        (46.5, "số nguyên"),
        (True, "phải là một số"),
        ([46], "phải là một số"),
        ({"a": 1}, "phải là một số"),
    ],
)
def test_bad_figures_are_refused_beside_their_field(typed: Any, reason: str) -> None:
    assert reason in faults(dang_cach_ly=typed)["dang_cach_ly"]


def test_numbers_of_the_api_are_taken_as_they_are() -> None:
    assert read_figures(FORM, {"tong_so": 134, "hoan_thanh": 88.0, "dang_cach_ly": 46}).values["hoan_thanh"] == 88


def test_all_faults_come_at_once() -> None:
    assert set(faults(tong_so="x", hoan_thanh="", dang_cach_ly="-1")) == {"tong_so", "hoan_thanh", "dang_cach_ly"}


def test_a_field_that_is_not_in_the_form_is_refused() -> None:
    assert "không có trong biểu mẫu" in faults(ho_ten="Nguyễn Văn Ấm")["ho_ten"]


def test_sums_are_computed_and_not_typed() -> None:
    raw = {f"f{n}": str(n) for n in range(5)} | {"f0_moi": "0", "f1_moi": "1"}
    reading = read_figures(CONTACTS.definition, raw)
    assert reading.faults == ()
    assert reading.values["tiep_xuc"] == 10
    assert any(
        "tự động tính" in fault.sentence for fault in read_figures(CONTACTS.definition, raw | {"tiep_xuc": "9"}).faults
    )


def test_more_new_cases_than_cases_are_said() -> None:
    raw = {f"f{n}": "1" for n in range(5)} | {"f0_moi": "2", "f1_moi": "0"}
    (fault,) = read_figures(CONTACTS.definition, raw).faults
    assert fault.field == "f0_moi"
    assert fault.sentence.startswith("F0 phát sinh trong ngày 2 lớn hơn F0 1")


def test_ways_of_working_add_up() -> None:
    raw = {"tong_so": "100", "tai_co_quan": "30", "tai_nha": "60", "cach_ly": "5", "nghi": "4"}
    (fault,) = read_figures(WAYS_OF_WORKING.definition, raw).faults
    assert "100 khác 30 + 60 + 5 + 4 = 99" in fault.sentence


def test_an_optional_figure_left_out_leaves_its_constraints_unjudged() -> None:
    form = replace(FORM, indicators=tuple(replace(item, required=False) for item in FORM.indicators))
    assert read_figures(form, {"tong_so": "134"}).faults == ()


def test_a_constraint_that_does_not_bind_only_warns() -> None:
    form = replace(FORM, constraints=(Constraint("tong_so = hoan_thanh + dang_cach_ly", Scope.UNIT, binding=False),))
    reading = read_figures(form, {**GOOD, "dang_cach_ly": "40"})
    assert reading.faults == ()
    assert "134 khác 88 + 40 = 128" in reading.warnings[0]


MIXED = FormDefinition(
    indicators=(
        Indicator("ty_le", "Tỷ lệ tiêm chủng", "%", Kind.DECIMAL, totalled=False),
        Indicator("muc", "Mức độ", kind=Kind.CHOICE, choices=("Thấp", "Cao"), minimum=None),
        Indicator("ngay", "Ngày kiểm tra", kind=Kind.DATE, minimum=None),
        Indicator("y_kien", "Kiến nghị", kind=Kind.TEXT, required=False, minimum=None),
    )
)


def test_every_kind_of_indicator_is_read() -> None:
    reading = read_figures(MIXED, {"ty_le": "97,25", "muc": "Cao", "ngay": "2026-04-08", "y_kien": "  Không có  "})
    assert reading.values == {"ty_le": "97.25", "muc": "Cao", "ngay": "2026-04-08", "y_kien": "Không có"}


@pytest.mark.parametrize(
    ("code", "typed"),
    [("ty_le", "97.25"), ("muc", "Rất cao"), ("ngay", "31/02/2026"), ("ngay", "2026-02-31"), ("ngay", "0001-01-01"),
     ("y_kien", "chữ\x07chuông"), ("y_kien", "x" * 300), ("y_kien", 5)],
)  # fmt: skip
def test_every_kind_of_indicator_refuses(code: str, typed: Any) -> None:
    good = {"ty_le": "97,25", "muc": "Cao", "ngay": "2026-04-08"}
    assert code in {fault.field for fault in read_figures(MIXED, {**good, code: typed}).faults}


@pytest.mark.parametrize(
    "note",
    ["Ca F1 là Nguyễn Văn Ấm", "Bà Trần Thị Ỷ ở tầng 3", "Đặng Ngọc đã âm tính"],
)
def test_a_note_that_names_somebody_is_refused_on_a_form_of_numbers(note: str) -> None:
    _, found = read_note(FORM, note)
    assert "chỉ nhận số liệu" in found[0].sentence


@pytest.mark.parametrize(
    "note", ["", "Tăng 2 người do về từ Hà Nội", "Khu cách ly đường Trần Phú", "Văn phòng báo cáo chậm"]
)
def test_other_notes_pass(note: str) -> None:
    assert read_note(FORM, note) == (note, ())


def test_a_form_with_words_may_name_people() -> None:
    assert read_note(WAYS_OF_WORKING.definition, "Ông Nguyễn Văn Ấm đi công tác")[1] == ()


@pytest.mark.parametrize("note", ["x" * 301, "đổi hướng \u202e", "chuông \x07"])
def test_long_or_hostile_notes_are_refused(note: str) -> None:
    assert read_note(FORM, note)[1]
