"""From a cell to the value of a field: what the columns of all kinds read with. Pure; a wrong cell raises Invalid."""

import re

from core.errors import Invalid
from orchestrator.directory.entries import DEFAULT_RANK, checked_capacity, checked_names, checked_rank
from orchestrator.directory.letters import without_marks
from orchestrator.directory.models import EndpointKind
from orchestrator.directory.tables.cells import words
from orchestrator.words import checked_code, checked_name

_WHOLE = re.compile(r"[+-]?\d{1,9}")
_KINDS = {
    "central": EndpointKind.CENTRAL,
    "trung tam": EndpointKind.CENTRAL,
    "component": EndpointKind.COMPONENT,
    "thanh phan": EndpointKind.COMPONENT,
    "": EndpointKind.COMPONENT,
    "personal": EndpointKind.PERSONAL,
    "ca nhan": EndpointKind.PERSONAL,
}
KIND_WORDS = {
    EndpointKind.CENTRAL: "Trung tâm",
    EndpointKind.COMPONENT: "Thành phần",
    EndpointKind.PERSONAL: "Cá nhân",
}


def needed_name(cell: str) -> str:
    """A line of text that must be there."""
    return checked_name(cell, "")


def optional_name(cell: str) -> str:
    """A line of text or nothing."""
    return checked_name(cell, "", optional=True)


def needed_code(cell: str) -> str:
    """A code that must be there."""
    if not cell:
        raise Invalid(field="", reason="còn để trống")
    return checked_code(cell)


def optional_code(cell: str) -> str:
    """A code or nothing."""
    return checked_code(cell) if cell else ""


def several_names(cell: str) -> list[str]:
    """Names separated by `;` or `|`."""
    return checked_names(words(cell), "")


def several_codes(cell: str) -> list[str]:
    """Codes separated by `;` or `|`, each once, in order."""
    return sorted({checked_code(word) for word in words(cell)})


def rank(cell: str) -> int:
    """A place in the order of protocol; the last common one where the cell is empty."""
    return checked_rank(_whole(cell)) if cell else DEFAULT_RANK


def capacity(cell: str) -> int | None:
    """Chairs in a room; None where the cell is empty."""
    return checked_capacity(_whole(cell)) if cell else None


def endpoint_kind(cell: str) -> EndpointKind:
    """Trung tâm, thành phần, cá nhân, with or without marks, or the code's own word."""
    kind = _KINDS.get(without_marks(cell).removeprefix("diem cau ").strip())
    if kind is None:
        raise Invalid(field="", reason=f"“{cell}” không phải loại điểm cầu; ghi Trung tâm, Thành phần hoặc Cá nhân")
    return kind


def _whole(cell: str) -> int:
    if not _WHOLE.fullmatch(cell):
        raise Invalid(field="", reason=f"“{cell}” không phải số nguyên, ví dụ 20")
    return int(cell)
