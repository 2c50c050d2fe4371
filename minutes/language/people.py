"""People who stand for units: "Chánh Văn phòng Bộ", "anh Minh bên Văn phòng", "đồng chí Hồ Văn Tiến".

In: a cursor before the title or name, a directory. Out: the unit the person heads or belongs to; a question where that
is not certain; the office itself where it is a task of the person ("Phân công Phó Thủ tướng …").
"""

import re
from dataclasses import replace

from minutes.language import lexicon
from minutes.language.directory import Directory, KnownPerson, KnownUnit
from minutes.language.parties import Certainty, Party
from minutes.language.scanning import Cursor, words_pattern
from minutes.language.text import UPPER, capitalised, fold
from minutes.language.titles import TITLE, headed_noun, short_title
from minutes.language.unit_names import read_body, read_unit

PERSONAL = ("đồng chí", "đ/c", "anh", "chị", "ông", "bà", "cô", "chú", "thầy", "bác")
_NAME = re.compile(rf"[{UPPER}]\w*(?:\s+[{UPPER}]\w*){{0,4}}")
#: Offices above units: what is given to them is given to the person.
_ABOVE_UNITS = re.compile(
    r"Bộ\s+trưởng\s*,\s*Chủ\s+nhiệm\s+(?:Văn\s+phòng\s+Chính\s+phủ|Ủy\s+ban\s+Dân\s+tộc)|"
    r"(?:Phó\s+)?(?:Thủ\s+tướng(?:\s+Chính\s+phủ)?|Trưởng\s+[Bb]an(?:\s+Ban\s+Chỉ\s+đạo|\s+Chỉ\s+đạo)?|Tổ\s+trưởng|"
    r"Trưởng\s+đoàn|Thứ\s+trưởng|Chủ\s+tịch\s+UBND\s+(?:tỉnh|Thành\s+phố|thành\s+phố|huyện|xã)|Phó\s+Chủ\s+tịch|"
    r"(?:Phó\s+)?Tổng\s+Giám\s+đốc|Phó\s+Giám\s+đốc(?:\s+Sở)?|(?:Phó\s+)?Bí\s+thư(?=\s+(?:[Tt]hường\s+trực|Đảng\s+ủy|Tỉnh\s+ủy|Thành\s+ủy))|Phó\s+Cục\s+trưởng|Phó\s+Hiệu\s+trưởng)(?:\s+[Tt]hường\s+trực(?:\s+Chính\s+phủ)?)?"
    r"(?:\s+UBND\s+(?:tỉnh|Thành\s+phố|thành\s+phố|huyện|xã|phường)|\s+(?:Đảng|Tỉnh|Thành)\s+ủy)?(?!\w)"
)


#: Offices of a firm that papers give tasks to by their title alone: "Tổng Giám đốc xây dựng kế hoạch".
_ACT_THEMSELVES = frozenset(map(fold, ("tổng giám đốc", "kế toán trưởng")))
_NEXT_ACT = re.compile(
    rf"\s+{words_pattern((*lexicon.VERBS, *lexicon.ADVERBS, 'chủ trì', 'chịu trách nhiệm'))}", re.IGNORECASE
)


def acts_next(cursor: Cursor) -> bool:
    """Does an act stand right behind?"""
    return _NEXT_ACT.match(cursor.text, cursor.position, cursor.end) is not None


# "đồng chí Nghiêm Xuân Bách, Phó Chủ tịch UBND tỉnh": the one above or beside the head of a body acts as a person.
_DEPUTY = re.compile(
    rf"(?:{_ABOVE_UNITS.pattern}|công\s+chức|viên\s+chức|chuyên\s+viên|cán\s+bộ)(?:(?:\s+(?!chủ\s+trì|phụ\s+trách|trực\s+tiếp|chỉ\s+đạo)\w+){{1,8}}(?=\s*,))?"
)


def is_above_units(name: str) -> bool:
    """Is it an office above units, by name or without: "Phó Thủ tướng Lục Hồng Kỳ"?"""
    return _ABOVE_UNITS.match(name) is not None


def read_high_office(cursor: Cursor, _directory: Directory, address: str) -> Party | None:
    """ "Phó Thủ tướng Lục Hồng Kỳ", "đồng chí Phó Trưởng ban Thường trực"; only where somebody is being told."""
    start = cursor.position
    title = cursor.take_pattern(_ABOVE_UNITS) if address in PERSONAL else None
    if title is None:
        return None
    if cursor.peek_word()[:1].isupper():
        cursor.take_pattern(_NAME)
    said = " ".join(cursor.text[start : cursor.position].split())
    return Party((capitalised(said),), said, start, cursor.position, Certainty.SAID)


def read_office(cursor: Cursor, directory: Directory, _address: str) -> Party | None:
    """ "Chánh Văn phòng (Bộ)", "Giám đốc Trung tâm Thông tin Hồ Văn Tiến": the unit the office heads."""
    start = cursor.position
    title = cursor.take_pattern(TITLE)
    if title is None:
        return None
    named = _unit_of_office(cursor, directory, title)
    person = cursor.take_pattern(_NAME) if not cursor.at_end() and cursor.peek_word()[:1].isupper() else None
    said = cursor.text[start : cursor.position].strip()
    if named is not None:
        return replace(named, said=said, start=start, end=cursor.position)
    known = _person_by_title(directory, title.group(0), person.group(0) if person else "")
    if known is not None:
        return _party_of_person(known, directory, said, start, cursor.position)
    if person is None and headed_noun(title.group(0)) is None:
        acting = fold(title.group(0)) in _ACT_THEMSELVES and acts_next(cursor)
        return Party((capitalised(said),), said, start, cursor.position, Certainty.SAID) if acting else None
    return Party((capitalised(said),), said, start, cursor.position, Certainty.SAID, f"“{said}” thuộc đơn vị nào?")


def _unit_of_office(cursor: Cursor, directory: Directory, title: re.Match[str]) -> Party | None:
    """The unit named behind the title, or inside it ("Trưởng phòng Công nghệ thông tin")."""
    after = cursor.position
    head = headed_noun(title.group(0)) or ""
    inner = re.search(rf"{re.escape(head)}$", title.group(0), re.IGNORECASE) if head else None
    places = ([title.start() + inner.start()] if inner else []) + [after]
    for place in places:
        cursor.position = place
        for reader in (read_unit, read_body):
            party = reader(cursor, directory, "")
            if party is not None and cursor.position > after:
                return party
            cursor.position = place
    cursor.position = after
    fitting = directory.with_head(head) if head else ()
    if len(fitting) == 1:
        return Party((fitting[0].name,), title.group(0), title.start(), after, Certainty.DIRECTORY)
    if not directory.listed and head in {"Văn phòng", "Thanh tra"}:
        return Party((head,), title.group(0), title.start(), after, Certainty.SAID)
    return None


def _person_by_title(directory: Directory, title: str, name: str) -> KnownPerson | None:
    by_name = directory.person_named(name, given_name=" " not in name) if name else ()
    by_title = [
        person for person in directory.people if fold(short_title(person.title)) == fold(" ".join(title.split()))
    ]
    for found in (by_name, by_title):
        if len(found) == 1:
            return found[0]
    return None


def read_person(cursor: Cursor, directory: Directory, address: str) -> Party | None:
    """ "anh Minh bên Văn phòng", "đồng chí Hồ Văn Tiến": the unit of that person."""
    start = cursor.position
    if address not in PERSONAL or not cursor.peek_word()[:1].isupper():
        return None
    match = cursor.take_pattern(_NAME)
    if match is None:
        return None
    name = match.group(0)
    before = cursor.position
    if cursor.take_marks(",-–") and (deputy := cursor.take_pattern(_DEPUTY)) is not None:
        said = f"{name}, {' '.join(deputy.group(0).split())}"
        return Party((said,), said, start, cursor.position, Certainty.SAID)
    cursor.position = before
    if cursor.take_marks(",-–") and (office := read_office(cursor, directory, "")) is not None:
        return replace(office, said=cursor.text[start : cursor.position].strip(), start=start)
    cursor.position = before
    if cursor.take_any(("bên", "ở", "của", "thuộc", "phụ trách")):
        unit = read_unit(cursor, directory, "") or read_body(cursor, directory, "")
        if unit is not None:
            return replace(unit, start=start, end=cursor.position)
        cursor.position = before
    found = directory.person_named(name, given_name=" " not in name)
    said = f"{address} {name}"
    if len(found) == 1:
        return _party_of_person(found[0], directory, said, start, cursor.position)
    question = f"“{said}” là ai, thuộc đơn vị nào?"
    return Party((capitalised(said),), said, start, cursor.position, Certainty.DOUBTFUL, question)


def _party_of_person(person: KnownPerson, directory: Directory, said: str, start: int, end: int) -> Party:
    unit: KnownUnit | None = directory.unit_of(person)
    if unit is not None:
        return Party((unit.name,), said, start, end, Certainty.DIRECTORY)
    name = f"{person.title.split(',')[0].strip()} {person.name}".strip()
    return Party((name,), said, start, end, Certainty.DOUBTFUL, f"Nhiệm vụ giao “{said}” thuộc đơn vị nào?")
