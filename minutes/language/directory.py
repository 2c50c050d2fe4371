"""The units and people that may be named, ready to be recognised in a sentence.

In: units with abbreviations and aliases, people with titles, the units sitting in the meeting. Out: which unit a text
names at a place,
with or without diacritics and punctuation ("Vụ Kế hoạch Tài chính" for "Vụ Kế hoạch - Tài chính"), also by an
unambiguous beginning
("Học viện Hành chính") or head and numeral ("Trung tâm I").
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from minutes.language.body_words import HEADS, STANDING_ALONE
from minutes.language.text import UPPER, WORD, fold, key
from minutes.language.titles import headed_noun

NUMERALS = ({"i", "1", "một"}, {"ii", "2", "hai"}, {"iii", "3", "ba"}, {"iv", "4", "bốn", "tư"}, {"v", "5", "năm"})
_HEAD_KEYS = sorted((tuple(key(head).split()) for head in HEADS), key=len, reverse=True)
# A shortened name is another unit's if one of these follows: "Văn phòng" is not "Văn phòng Cục".
_LENGTHENING = frozenset({"bộ", "sở", "cục", "tỉnh", "huyện", "vụ", "ủy", "đảng"})
_FEWEST_SYLLABLES_TO_RESEMBLE = 3
_FURTHEST_RESEMBLANCE = 0.25
# The committee of a place is called by the place: "xã Bản Lầu" for "UBND xã Bản Lầu".
_PEOPLES_COMMITTEE = re.compile(
    rf"(?:UBND|Ủy ban nhân dân)\s+(?P<place>(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã)\s+[{UPPER}].*)"
)
# A firm is called by its own name: "Bao bì Sông Hậu" for "Công ty cổ phần Bao bì Sông Hậu".
_FIRM = re.compile(
    rf"(?:Tổng\s+)?[Cc]ông\s+ty\s+(?:(?:cổ phần|TNHH|CP|MTV|một thành viên|trách nhiệm hữu hạn)\s+)*"
    rf"(?P<own>[{UPPER}]\w*(?:\s+\w+){{2,}})$"
)
# A name may be cut before these, or before a capital letter, never inside a word.
_MAY_BE_LEFT_OUT = frozenset({"va", "nha", "quoc", "trung", "thanh", "tinh", "cua"})


@dataclass(frozen=True)
class KnownUnit:
    """A unit of the directory by all its names."""

    name: str
    abbreviations: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    id: UUID | None = None


@dataclass(frozen=True)
class KnownPerson:
    """Somebody of the meeting; `role` is chair, secretary, reporter, member or empty."""

    name: str
    title: str = ""
    unit_name: str = ""
    role: str = ""


@dataclass(frozen=True)
class UnitHit:
    """A unit named in a text, and where the name ends; `shortened` if only a beginning of its name was said, `place`
    if only its place was ("xã Bản Lầu"), which stands for the unit where somebody is told to do something."""

    unit: KnownUnit
    end: int
    shortened: bool = False
    place: bool = False


@dataclass(frozen=True)
class _Writing:
    pattern: re.Pattern[str]
    unit: KnownUnit
    syllables: int
    shortened: bool
    place: bool = False


@dataclass(frozen=True)
class Directory:
    """Everything that can be recognised; empty for a text about which nothing is known."""

    units: tuple[KnownUnit, ...] = ()
    people: tuple[KnownPerson, ...] = ()
    in_meeting: tuple[str, ...] = ()
    #: False where the units are only those a paper defines: then a name that is none of them is no question.
    listed: bool = True
    #: Where a paper names its units, in reading order.
    mentions: tuple[tuple[int, str], ...] = ()
    #: What a bare head means by the paper's own words ("gọi tắt là Bệnh viện").
    meant: dict[str, str] = field(default_factory=dict)
    _writings: dict[str, list[_Writing]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        units: Iterable[KnownUnit],
        people: Iterable[KnownPerson] = (),
        in_meeting: Iterable[str] = (),
        *,
        listed: bool = True,
    ) -> "Directory":
        """Prepare the writings of all units; of two units with one name the first counts."""
        unique = tuple({key(unit.name): unit for unit in reversed(tuple(units)) if key(unit.name)}.values())[::-1]
        writings: dict[str, list[_Writing]] = defaultdict(list)
        for writing, first in _all_writings(unique):
            writings[first].append(writing)
        for row in writings.values():
            row.sort(key=lambda writing: writing.syllables, reverse=True)
        return cls(
            unique,
            tuple(people),
            tuple(in_meeting),
            listed=listed and bool(unique),
            _writings=dict(writings),
        )

    def mentioned(self, head: str, position: int) -> str | None:
        """The last name with that head that the paper said before `position`."""
        wanted = key(head)
        if wanted in self.meant:
            return self.meant[wanted]
        names = (name for place, name in reversed(self.mentions) if place < position)
        return next((name for name in names if key(name).startswith(f"{wanted} ")), None)

    def last_mentioned(self, head: str, position: int, count: int) -> tuple[str, ...]:
        """The last `count` names with that head that the paper said before `position`, in the order said."""
        wanted = key(head)
        names = [name for place, name in self.mentions if place < position and key(name).startswith(f"{wanted} ")]
        return tuple(reversed(tuple(dict.fromkeys(reversed(names)))[:count]))

    def unit_at(self, text: str, position: int, end: int | None = None) -> UnitHit | None:
        """The unit whose name begins at the first word at or behind `position`; the longest name wins."""
        word = WORD.search(text, position, len(text) if end is None else end)
        if word is None or text[position : word.start()].strip():
            return None
        for writing in self._writings.get(fold(word.group(0)), ()):
            match = writing.pattern.match(text, word.start(), len(text) if end is None else end)
            if match and not (writing.shortened and _goes_on(text, match.end())):
                return UnitHit(writing.unit, match.end(), writing.shortened, writing.place)
        return None

    def by_name(self, name: str) -> KnownUnit | None:
        """The unit with exactly that name, whatever the punctuation."""
        wanted = key(name)
        return next((unit for unit in self.units if key(unit.name) == wanted), None)

    def with_head(self, head: str) -> tuple[KnownUnit, ...]:
        """Units whose name begins with the head; if some of them sit in the meeting, those."""
        wanted = key(head)
        found = [
            unit for unit in self.units if key(unit.name).startswith(f"{wanted} ") and _head_of(unit.name) == wanted
        ]
        sitting = [unit for unit in found if any(key(name) == key(unit.name) for name in self.in_meeting)]
        return tuple(sitting or found)

    def person_named(self, name: str, *, given_name: bool) -> tuple[KnownPerson, ...]:
        """People with that full name, or with that given name; "Lan Anh" is half of one."""
        wanted = key(name)
        if given_name:
            return tuple(person for person in self.people if key(person.name).split()[-1:] == [wanted])
        whole = tuple(person for person in self.people if key(person.name) == wanted)
        ends = tuple(person for person in self.people if key(person.name).endswith(f" {wanted}"))
        # "Y Blơm" of Y Blơm Niê: where the family's name stands last.
        return whole or ends or tuple(person for person in self.people if key(person.name).startswith(f"{wanted} "))

    def unit_of(self, person: KnownPerson) -> KnownUnit | None:
        """The unit a person belongs to, by record or by what the title says ("Giám đốc Trung tâm Thông tin")."""
        recorded = self.by_name(person.unit_name) if person.unit_name else None
        if recorded:
            return recorded
        for word in WORD.finditer(person.title):
            hit = self.unit_at(person.title, word.start())
            if hit:
                return hit.unit
        head = headed_noun(person.title.split(",")[0])
        fitting = self.with_head(head) if head else ()
        return fitting[0] if len(fitting) == 1 else None

    def resembling(self, syllables: Sequence[str]) -> KnownUnit | None:
        """The one unit that a mis-heard name resembles; None if none or several do."""
        scored = []
        for unit in self.units:
            name = key(unit.name).split()
            if len(name) < _FEWEST_SYLLABLES_TO_RESEMBLE:
                continue
            best = min(
                _distance(name, [fold(s) for s in syllables[:length]])
                for length in range(max(1, len(name) - 1), len(name) + 2)
            )
            scored.append((best / len(name), unit))
        scored.sort(key=lambda pair: pair[0])
        if not scored or scored[0][0] > _FURTHEST_RESEMBLANCE:
            return None
        return scored[0][1] if len(scored) == 1 or scored[1][0] > scored[0][0] + 0.1 else None


def _all_writings(units: Sequence[KnownUnit]) -> Iterable[tuple[_Writing, str]]:
    beginnings = Counter(prefix for unit in units for prefix in _beginnings(unit.name))
    full = {tuple(key(name).split()) for unit in units for name in (unit.name, *unit.aliases)}
    for unit in units:
        for name in (unit.name, *unit.aliases):
            yield from _writing(name, unit, shortened=False)
        for abbreviation in unit.abbreviations:
            pattern = re.compile(rf"(?<!\w){re.escape(abbreviation)}(?!\w)")
            first = WORD.search(abbreviation)
            if first:
                yield _Writing(pattern, unit, 1, False), fold(first.group(0))
        for prefix in _beginnings(unit.name):
            if beginnings[prefix] == 1 and prefix not in full:
                yield from _writing(" ".join(WORD.findall(unit.name)[: len(prefix)]), unit, shortened=True)
        local = _PEOPLES_COMMITTEE.match(unit.name)
        if local is not None and tuple(key(local["place"]).split()) not in full:
            for writing, syllable in _writing(local["place"], unit, shortened=False):
                yield replace(writing, place=True), syllable
        firm = _FIRM.match(unit.name)
        if firm is not None and tuple(key(firm["own"]).split()) not in full:
            yield from _writing(firm["own"], unit, shortened=False)
        numbered = _head_and_numeral(unit.name)
        if numbered and tuple(key(numbered).split()) not in full:
            yield from _writing(numbered, unit, shortened=False)


def _writing(name: str, unit: KnownUnit, *, shortened: bool) -> Iterable[tuple[_Writing, str]]:
    words = WORD.findall(name)
    if not words:
        return
    gap = r"[\s,\-–]+(?:và\s+)?"
    parts = [
        _syllable(word, numeral=position > 0)
        for position, word in enumerate(words)
        if word.lower() != "và" or position == 0
    ]
    yield (
        _Writing(re.compile(rf"(?<!\w){gap.join(parts)}(?!\w)", re.IGNORECASE), unit, len(parts), shortened),
        fold(words[0]),
    )


def _syllable(word: str, *, numeral: bool) -> str:
    if numeral:
        for writings in NUMERALS:
            if word.lower() in writings and (word.isdigit() or word.isupper()):
                return "(?:" + "|".join(sorted(writings, key=len, reverse=True)) + ")"
    plain = fold(word)
    return re.escape(word) if plain == word.lower() else f"(?:{re.escape(word)}|{re.escape(plain)})"


def _beginnings(name: str) -> Iterable[tuple[str, ...]]:
    """Beginnings that can stand for a name: the head alone if that is usual, or head and at least one word more."""
    words, syllables = WORD.findall(name), tuple(key(name).split())
    head = tuple(_head_of(name).split())
    if not head or len(words) != len(syllables):
        return
    shortest = len(head) if " ".join(head) in {key(word) for word in STANDING_ALONE} else max(len(head) + 1, 3)
    for length in range(shortest, len(syllables)):
        if syllables[length - 1] != "va" and (words[length][0].isupper() or syllables[length] in _MAY_BE_LEFT_OUT):
            yield syllables[:length]


def _head_of(name: str) -> str:
    syllables = tuple(key(name).split())
    return next(
        (" ".join(head) for head in _HEAD_KEYS if syllables[: len(head)] == head and len(head) < len(syllables)), ""
    )


def _head_and_numeral(name: str) -> str | None:
    words, head = WORD.findall(name), _head_of(name).split()
    is_numbered = len(words) > len(head) + 1 and (words[-1].isdigit() or re.fullmatch(r"[IVX]+", words[-1]))
    return " ".join([*words[: len(head)], words[-1]]) if head and is_numbered else None


def _goes_on(text: str, position: int) -> bool:
    """Does a capitalised or lengthening word follow, so that this is the beginning of another name?"""
    following = re.compile(r"\s+(\w+)").match(text, position)
    if following is None:
        return False
    word = following.group(1)
    return word[0].isupper() or word in _LENGTHENING


def _distance(left: Sequence[str], right: Sequence[str]) -> float:
    """Edit distance in syllables; half price where the first letters agree, as mis-heard syllables mostly do."""
    row = [float(index) for index in range(len(right) + 1)]
    for place, syllable in enumerate(left, 1):
        previous, row[0] = row[0], float(place)
        for column, other in enumerate(right, 1):
            cost = 0.0 if syllable == other else 0.5 if syllable[:1] == other[:1] or syllable[1:] == other[1:] else 1.0
            previous, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, previous + cost)
    return row[-1]
