"""Which units of the directory a name in a notice means: a line of "Nơi nhận", a lead, a coordinating unit. Pure.

A line names units by name, abbreviation or alias, alone or inside a longer phrase ("Giám đốc Trung tâm Thông tin"), a
group of them by what they are ("Các Vụ, Cục thuộc Bộ", "Sở Nội vụ các tỉnh, thành phố"), or all of them ("Các đơn vị
thuộc, trực thuộc Bộ"). The filing line ("Lưu: VT, …") names nobody to send to. What fits no
unit is simply not found: nothing is guessed.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

_FILING = re.compile(r"^lưu\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_EVERYBODY = re.compile(
    r"\b(các|mọi|toàn thể|thủ trưởng( các)?|tất cả( các)?)\s+(cơ quan|đơn vị)|^(đơn vị|thủ trưởng đơn vị)\b"
)
#: "Các Vụ, Cục và Thanh tra thuộc Bộ": what stands between the quantifier and whose they are.
_GROUP = re.compile(
    r"\b(?:các|mọi|toàn thể các|tất cả các)\s+(?P<kinds>[^;:]+?)"
    r"(?=\s+(?:trực thuộc|thuộc|của|và tương đương|nêu trên)\b|[;:.]|$)"
)
#: "Sở Nội vụ các tỉnh, thành phố trực thuộc trung ương".
_OF_PLACES = re.compile(
    r"^(?:(?:giám đốc|lãnh đạo|chủ tịch)\s+)?(?P<kind>[^,;:]+?)\s+(?:của\s+)?(?:các|tất cả các)\s+"
    r"(?:tỉnh|thành phố|huyện|quận|xã|phường|địa phương)\b"
)
_APART = re.compile(r"\s*[,/]\s*|\s+(?:và|hoặc)\s+")
_WORDS_FOR_ALL = frozenset({"đơn vị", "cơ quan", "cơ quan đơn vị"})
_OF_THE_HOUSE = re.compile(r"\b(trực )?thuộc\b")


@dataclass(frozen=True)
class KnownName:
    """A unit with all its names."""

    id: UUID
    names: tuple[str, ...]
    abbreviations: tuple[str, ...] = ()
    #: Free word of the site: vụ, cục, trung tâm.
    kind: str = ""


def units_named(text: str, units: Sequence[KnownName], present: Iterable[UUID] = ()) -> set[UUID]:
    """Units that a line names.

    Args:
        present: units of the meeting; a collective ("các đơn vị") means these, or all units where the line says
            "thuộc, trực thuộc", or where none are known.
    """
    if _FILING.match(text.strip(" -")):
        return set()
    line = _folded(_IN_BRACKETS.sub(" ", text))
    if found := _by_name(line, units):
        return found
    everybody = _EVERYBODY.search(line) is not None
    kinds, here = _kinds_named(line), set(present)
    group = {unit.id for unit in units if any(_is_a(unit, kind) for kind in kinds)}
    if group and not everybody:
        everybody = bool(_WORDS_FOR_ALL & set(kinds))
    if everybody:
        return {unit.id for unit in units} if _OF_THE_HOUSE.search(line) or not here else here
    return group


def is_collective(text: str) -> bool:
    """Whether a lead means each unit of the meeting."""
    return _EVERYBODY.search(_folded(text)) is not None


def _kinds_named(line: str) -> list[str]:
    """Kinds of unit that a line calls up in the plural; empty where it calls up none."""
    if places := _OF_PLACES.search(line):
        return [places["kind"].strip()]
    group = _GROUP.search(line)
    return [kind.strip() for kind in _APART.split(group["kinds"]) if kind.strip()] if group else []


def _is_a(unit: KnownName, kind: str) -> bool:
    """Whether a unit is of this kind, by the directory's word for it or by how its name begins."""
    return _folded(unit.kind) == kind or any(_folded(name).startswith(f"{kind} ") for name in unit.names)


def _by_name(line: str, units: Sequence[KnownName]) -> set[UUID]:
    """Longest names first, each taken out of the line, so that "Văn phòng Bộ" is not also another "Văn phòng"."""
    spellings = [
        (_folded(name), unit.id) for unit in units for name in (*unit.names, *unit.abbreviations) if name.strip()
    ]
    found: set[UUID] = set()
    for name, identity in sorted(spellings, key=lambda pair: -len(pair[0])):
        whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        if whole.search(line):
            found.add(identity)
            line = whole.sub(" ", line)
    return found


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split()).strip(" -;.,")
