"""A report as typed against its form: typed values, or everything that is wrong at once.

In: a form, and raw values by code (text of a browser, numbers of the API). Out: `Reading` with values that can be
stored as JSON, or faults beside their fields. Pure.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core.errors import Invalid
from orchestrator.reports.definition import FormDefinition, Indicator, Kind, Scope
from orchestrator.reports.figures import LARGEST, MOST_DECIMALS, FigureError, read_figure, show_figure
from orchestrator.reports.names_guard import seems_to_name
from orchestrator.reports.refusals import Fault
from orchestrator.reports.violations import broken, computed
from orchestrator.words import checked_name

LONGEST_TYPED = 2000


@dataclass(frozen=True)
class Reading:
    """What was read. `values` hold int, decimal text, text, ISO date; only what was given or computed."""

    values: dict[str, Any]
    faults: tuple[Fault, ...]
    #: Constraints that do not bind, as sentences.
    warnings: tuple[str, ...] = ()


def read_figures(definition: FormDefinition, raw: Mapping[str, Any]) -> Reading:
    """Read every field, compute the sums, judge the constraints of one unit."""
    faults = [
        Fault(str(code)[:40], f"Trường “{str(code)[:40]}” không có trong biểu mẫu: hãy bỏ đi.")
        for code in raw
        if code not in definition.by_code
    ]
    values: dict[str, Any] = {}
    for item in definition.entered:
        try:
            value = _read(item, raw.get(item.code))
        except (FigureError, Invalid) as error:
            reason = error.sentence() if isinstance(error, Invalid) else f"“{item.label}” {error}."
            faults.append(Fault(item.code, reason))
            continue
        if value is None and item.required:
            faults.append(Fault(item.code, f"“{item.label}” còn để trống: hãy nhập, không có thì ghi 0."))
        elif value is not None:
            values[item.code] = value
    faults += [
        Fault(item.code, f"“{item.label}” được tự động tính nên không nhập.")
        for item in definition.indicators
        if item.is_computed and raw.get(item.code) not in (None, "")
    ]
    numbers = computed(definition, numbers_of(definition, values))
    values |= {
        item.code: stored(item, numbers[item.code])
        for item in definition.indicators
        if item.is_computed and item.code in numbers
    }
    faults += [
        Fault(_place(definition, constraint.relation.codes), words)
        for constraint, words in broken(definition, numbers, scope=Scope.UNIT, binding=True)
    ]
    warnings = tuple(words for _, words in broken(definition, numbers, scope=Scope.UNIT, binding=False))
    return Reading(values, tuple(faults), warnings)


def numbers_of(definition: FormDefinition, values: Mapping[str, Any]) -> dict[str, Decimal]:
    """The figures among stored values."""
    return {
        item.code: Decimal(str(values[item.code])) for item in definition.figures if values.get(item.code) is not None
    }


def stored(item: Indicator, number: Decimal) -> int | str:
    """A figure as it lies in JSON: whole numbers as numbers, decimals as text, so that nothing is rounded."""
    if item.kind is Kind.INTEGER and number == number.to_integral_value():
        return int(number)
    return f"{number.normalize():f}"


def shown(item: Indicator, value: Any) -> str:
    """A stored value as people read it; empty for nothing."""
    if value is None or value == "":
        return ""
    if item.is_figure:
        return show_figure(Decimal(str(value)))
    if item.kind is Kind.DATE:
        return date.fromisoformat(str(value)).strftime("%d/%m/%Y")
    return str(value)


def read_note(definition: FormDefinition, text: str) -> tuple[str, tuple[Fault, ...]]:
    """The remark under a report, trimmed; refused where too long, or where it seems to name somebody on a form that
    takes numbers only."""
    note = "\n".join(" ".join(line.split()) for line in unicodedata.normalize("NFC", text).splitlines()).strip()
    if any(unicodedata.category(letter) in ("Cc", "Cs", "Cf") and letter != "\n" for letter in note):
        return "", (Fault("note", "Ghi chú có ký tự điều khiển: hãy gõ lại."),)
    if len(note) > definition.note_limit:
        return note, (
            Fault("note", f"Ghi chú dài {len(note)} ký tự, tối đa {definition.note_limit}: hãy viết gọn lại."),
        )
    named = seems_to_name(note) if definition.numbers_only else ""
    if named:
        return note, (
            Fault(
                "note",
                f"Ghi chú có vẻ nêu tên người (“{named}”). Báo cáo này chỉ nhận số liệu: hãy bỏ họ tên và thông tin "
                "sức khỏe của cá nhân.",
            ),
        )
    return note, ()


def _read(item: Indicator, raw: Any) -> Any:
    """Raises FigureError, Invalid."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    if isinstance(raw, str) and len(raw) > LONGEST_TYPED:
        raise FigureError("quá dài")
    if item.is_figure:
        number = _figure(item, raw)
        if item.minimum is not None and number < item.minimum:
            raise FigureError("không được âm" if item.minimum == 0 else f"phải từ {show_figure(item.minimum)} trở lên")
        if item.maximum is not None and number > item.maximum:
            raise FigureError(f"không được quá {show_figure(item.maximum)}")
        return stored(item, number)
    if not isinstance(raw, str):
        raise FigureError("phải là chữ")
    if item.kind is Kind.CHOICE:
        if raw.strip() not in item.choices:
            raise FigureError("phải là một trong các lựa chọn đã cho")
        return raw.strip()
    return _day(raw) if item.kind is Kind.DATE else checked_name(raw, item.label)


def _figure(item: Indicator, raw: Any) -> Decimal:
    whole = item.kind is Kind.INTEGER
    if isinstance(raw, str):
        return read_figure(raw, whole=whole)
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise FigureError("phải là một số")
    number = Decimal(str(raw))
    if not number.is_finite():
        raise FigureError("phải là một số")
    if abs(number) > LARGEST:
        raise FigureError("lớn bất thường, hãy kiểm tra lại")
    if whole and number != number.to_integral_value():
        raise FigureError("phải là số nguyên")
    exponent = number.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > MOST_DECIMALS:
        raise FigureError(f"có nhiều hơn {MOST_DECIMALS} chữ số sau dấu phẩy")
    return number


def _day(raw: str) -> str:
    try:
        found = date.fromisoformat(raw.strip()) if raw.isascii() else None
    except ValueError:
        found = None
    if found is None or not 1990 <= found.year <= 2100:
        raise FigureError("phải là một ngày, ví dụ 2026-04-08")
    return found.isoformat()


def _place(definition: FormDefinition, codes: tuple[str, ...]) -> str:
    """The field a broken constraint is shown beside: the first that somebody types."""
    typed = {item.code for item in definition.entered}
    return next((code for code in codes if code in typed), "")
