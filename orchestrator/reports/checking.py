"""Whether a form can be used: every fault of a definition at once, each with the place where it stands.

In: a definition as filled in on the screen or sent to the API. Out: nothing, or `DefinitionInvalid` with all faults.
Pure.
"""

import re
from collections import Counter
from collections.abc import Iterator

from core.errors import Invalid
from orchestrator.reports.definition import FormDefinition, Indicator, Kind, NilMeaning, Scope, Shape
from orchestrator.reports.linear import Linear, LinearError, Relation
from orchestrator.reports.refusals import DefinitionInvalid, Fault
from orchestrator.words import LONGEST_NAME, checked_name

MOST_INDICATORS = 80
MOST_CONSTRAINTS = 60
MOST_CHOICES = 30
LONGEST_NOTE = 2000
#: Room for a remark, none for a story about somebody.
LONGEST_NOTE_OF_NUMBERS = 300

_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


def check_definition(definition: FormDefinition) -> None:
    """Raise DefinitionInvalid with every fault, unless the form can be used."""
    faults = list(_faults(definition))
    if faults:
        raise DefinitionInvalid.of(faults)


def _faults(definition: FormDefinition) -> Iterator[Fault]:
    yield from _note_faults(definition)
    if definition.shape is Shape.ROSTER:
        yield from _roster_faults(definition)
        return
    if not definition.indicators:
        yield Fault("", "Biểu mẫu chưa có chỉ tiêu nào: hãy thêm ít nhất một chỉ tiêu.")
    if len(definition.indicators) > MOST_INDICATORS:
        yield Fault("", f"Biểu mẫu có nhiều hơn {MOST_INDICATORS} chỉ tiêu: hãy tách thành nhiều biểu mẫu.")
        return
    for code, times in Counter(item.code for item in definition.indicators).items():
        if times > 1 and code:
            yield Fault(code, f"Mã chỉ tiêu “{code}” bị trùng {times} lần: mỗi chỉ tiêu cần một mã riêng.")
    for item in definition.indicators:
        yield from _indicator_faults(definition, item)
    yield from _formula_faults(definition)
    yield from _constraint_faults(definition)


def _note_faults(definition: FormDefinition) -> Iterator[Fault]:
    most = LONGEST_NOTE_OF_NUMBERS if definition.numbers_only else LONGEST_NOTE
    if not 0 <= definition.note_limit <= most:
        yield Fault("note_limit", f"Độ dài ghi chú phải từ 0 đến {most} ký tự.")
    try:
        checked_name(definition.guidance, "hướng dẫn", optional=True)
    except Invalid as refusal:
        yield Fault("guidance", refusal.sentence())


def _roster_faults(definition: FormDefinition) -> Iterator[Fault]:
    rules = definition.roster
    if definition.indicators or definition.constraints:
        yield Fault("", "Lịch trực không có chỉ tiêu và ràng buộc số liệu: hãy bỏ các dòng đó.")
    if not 0 <= rules.leaders_a_day <= 20:
        yield Fault("leaders_a_day", "Số lãnh đạo trực mỗi ngày phải từ 0 đến 20.")
    if not 1 <= rules.people_a_day <= 50:
        yield Fault("people_a_day", "Số người trực mỗi ngày phải từ 1 đến 50.")
    if definition.nil is not NilMeaning.NONE:
        yield Fault("nil", "Lịch trực tuần nào cũng phải có người: không dùng báo cáo “không phát sinh”.")


def _indicator_faults(definition: FormDefinition, item: Indicator) -> Iterator[Fault]:
    name = item.label or item.code or "?"
    if not _CODE.fullmatch(item.code):
        yield Fault(
            item.code,
            f"Mã “{item.code[:40]}” của chỉ tiêu “{name[:60]}” chưa đúng: dùng chữ thường không dấu, chữ số và dấu _, "
            "bắt đầu bằng chữ, ví dụ dang_cach_ly.",
        )
    for text, field, optional in (
        *((item.label, "tên chỉ tiêu", False), (item.unit, "đơn vị tính", True), (item.group, "nhóm", True)),
        (item.hint, "gợi ý", True),
    ):
        try:
            checked_name(text, f"{field} ({item.code[:40]})", optional=optional)
        except Invalid as refusal:
            yield Fault(item.code, refusal.sentence())
    if item.minimum is not None and item.maximum is not None and item.minimum > item.maximum:
        yield Fault(item.code, f"Chỉ tiêu “{name}”: giá trị nhỏ nhất lớn hơn giá trị lớn nhất.")
    if item.kind is Kind.TEXT and definition.numbers_only:
        yield Fault(item.code, f"Biểu mẫu chỉ nhận số liệu nên chỉ tiêu “{name}” không được là ô chữ.")
    if item.kind is Kind.CHOICE and not _choices_are_good(item.choices):
        yield Fault(item.code, f"Chỉ tiêu “{name}” cần từ 2 đến {MOST_CHOICES} lựa chọn khác nhau.")


def _choices_are_good(choices: tuple[str, ...]) -> bool:
    return (
        2 <= len(set(choices)) == len(choices) <= MOST_CHOICES
        and all(choice.strip() and len(choice) <= LONGEST_NAME for choice in choices)
    )  # fmt: skip


def _formula_faults(definition: FormDefinition) -> Iterator[Fault]:
    known = definition.by_code
    sums: dict[str, Linear] = {}
    for item in definition.indicators:
        if not item.formula:
            continue
        try:
            sums[item.code] = item.sum
        except LinearError as error:
            yield Fault(item.code, f"Công thức của “{item.label}”: {error}.")
            continue
        if not item.is_figure:
            yield Fault(item.code, f"“{item.label}” có công thức nên phải là số.")
        yield from _unknown(sums[item.code].codes, known, f"Công thức của “{item.label}”", item.code)
    for code in sums:
        if _leads_back(code, sums):
            yield Fault(code, f"Công thức của “{known[code].label}” quay vòng về chính nó: hãy bỏ vòng lặp.")


def _leads_back(start: str, sums: dict[str, Linear]) -> bool:
    seen: set[str] = set()
    pending = list(sums[start].codes)
    while pending:
        code = pending.pop()
        if code == start:
            return True
        if code not in seen and code in sums:
            seen.add(code)
            pending += sums[code].codes
    return False


def _constraint_faults(definition: FormDefinition) -> Iterator[Fault]:
    if len(definition.constraints) > MOST_CONSTRAINTS:
        yield Fault("constraints", f"Biểu mẫu có nhiều hơn {MOST_CONSTRAINTS} ràng buộc.")
        return
    known = definition.by_code
    for number, constraint in enumerate(definition.constraints, start=1):
        place = f"Ràng buộc {number} “{constraint.text[:60]}”"
        try:
            relation: Relation = constraint.relation
        except LinearError as error:
            yield Fault("constraints", f"{place}: {error}.")
            continue
        if not relation.codes:
            yield Fault("constraints", f"{place}: cần ít nhất một mã chỉ tiêu.")
        yield from _unknown(relation.codes, known, place, "constraints")
        if constraint.scope is Scope.TOTAL:
            loose = [code for code in relation.codes if code in known and not known[code].totalled]
            if loose:
                yield Fault("constraints", f"{place}: “{loose[0]}” không được cộng toàn bộ các đơn vị.")


def _unknown(codes: tuple[str, ...], known: dict[str, Indicator], place: str, field: str) -> Iterator[Fault]:
    for code in codes:
        if code not in known:
            yield Fault(field, f"{place}: không có chỉ tiêu nào mang mã “{code}”.")
        elif not known[code].is_figure:
            yield Fault(field, f"{place}: “{code}” không phải là số.")
