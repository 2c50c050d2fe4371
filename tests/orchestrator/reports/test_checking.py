"""Definitions of forms: the presets stand, and every fault of a bad one is said at once."""

from dataclasses import replace
from decimal import Decimal

import pytest

from orchestrator.reports.checking import MOST_INDICATORS, check_definition
from orchestrator.reports.definition import (
    Constraint,
    FormDefinition,
    Indicator,
    Kind,
    NilMeaning,
    RosterRules,
    Scope,
)
from orchestrator.reports.presets import PRESETS, QUARANTINE, ROSTER, find_preset
from orchestrator.reports.refusals import DefinitionInvalid

FORM = QUARANTINE.definition


def refusal(definition: FormDefinition) -> str:
    with pytest.raises(DefinitionInvalid) as refused:
        check_definition(definition)
    assert "{" not in refused.value.sentence()
    return " ".join(fault.sentence for fault in refused.value.faults)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_presets_are_good_and_survive_their_json(preset: object) -> None:
    definition = preset.definition  # type: ignore[attr-defined]
    check_definition(definition)
    assert FormDefinition.from_json(definition.to_json()) == definition


def test_presets_are_found_by_key() -> None:
    assert find_preset("cach-ly") is QUARANTINE
    assert find_preset("khong-co") is None


def test_health_presets_hold_numbers_only() -> None:
    for key in ("cach-ly", "f0-f4"):
        definition = find_preset(key).definition  # type: ignore[union-attr]
        assert definition.numbers_only
        assert all(item.is_figure for item in definition.indicators)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"code": "Tổng"}, "chữ thường không dấu"),
        ({"code": ""}, "chữ thường không dấu"),
        ({"code": "a" * 41}, "chữ thường không dấu"),
        ({"label": ""}, "còn để trống"),
        ({"label": "x" * 300}, "tối đa"),
        ({"label": "chuông\x07"}, "ký tự điều khiển"),
        ({"minimum": Decimal(5), "maximum": Decimal(4)}, "nhỏ nhất lớn hơn"),
        ({"kind": Kind.TEXT}, "không được là ô chữ"),
        ({"kind": Kind.CHOICE, "choices": ("một",)}, "lựa chọn khác nhau"),
        ({"kind": Kind.CHOICE, "choices": ("một", "một")}, "lựa chọn khác nhau"),
        ({"formula": "khong_co + 1"}, "không có chỉ tiêu nào mang mã “khong_co”"),
        ({"formula": "__import__('os')"}, "không hiểu"),
        ({"formula": "tong_so + 1"}, "quay vòng"),
    ],
)
def test_a_bad_indicator_is_refused(changed: dict[str, object], said: str) -> None:
    first, *others = FORM.indicators
    bad = replace(FORM, indicators=(replace(first, **changed), *others), constraints=())  # type: ignore[arg-type]
    assert said in refusal(bad)


def test_two_sums_in_a_ring_are_refused() -> None:
    ring = (Indicator("a", "A", formula="b"), Indicator("b", "B", formula="a"))
    assert "quay vòng" in refusal(FormDefinition(indicators=ring))


@pytest.mark.parametrize(
    ("text", "said"),
    [("tong_so", "dấu so sánh"), ("tong_so = la", "mang mã “la”"), ("1 = 1", "ít nhất một mã"), ("", "dấu so sánh"),
     ("tong_so = " + "x" * 600, "dài quá")],
)  # fmt: skip
def test_a_bad_constraint_is_refused(text: str, said: str) -> None:
    assert said in refusal(replace(FORM, constraints=(Constraint(text),)))


def test_a_constraint_of_totals_needs_totals() -> None:
    loose = tuple(replace(item, totalled=False) for item in FORM.indicators)
    bad = replace(FORM, indicators=loose, constraints=(Constraint("tong_so >= hoan_thanh", Scope.TOTAL),))
    assert "không được cộng" in refusal(bad)


def test_empty_double_and_endless_forms_are_refused() -> None:
    assert "chưa có chỉ tiêu" in refusal(FormDefinition())
    assert "trùng 2 lần" in refusal(replace(FORM, indicators=FORM.indicators * 2, constraints=()))
    many = tuple(Indicator(f"c{n}", "Chỉ tiêu") for n in range(MOST_INDICATORS + 1))
    assert "tách thành nhiều" in refusal(FormDefinition(indicators=many))


def test_notes_of_health_forms_stay_short() -> None:
    assert "Độ dài ghi chú" in refusal(replace(FORM, note_limit=2000))


@pytest.mark.parametrize(
    "changed",
    [{"roster": RosterRules(leaders_a_day=-1)}, {"roster": RosterRules(people_a_day=0)}, {"nil": NilMeaning.ZERO},
     {"indicators": FORM.indicators}],
)  # fmt: skip
def test_a_roster_is_a_roster(changed: dict[str, object]) -> None:
    assert refusal(replace(ROSTER.definition, **changed))  # type: ignore[arg-type]


def test_all_faults_come_at_once() -> None:
    bad = replace(FORM, indicators=tuple(replace(item, label="") for item in FORM.indicators), note_limit=-1)
    with pytest.raises(DefinitionInvalid) as refused:
        check_definition(bad)
    assert len(refused.value.faults) == 4
