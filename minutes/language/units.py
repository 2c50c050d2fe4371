"""Who a sentence speaks to: units, people standing for units, collectives, and lists of them.

In: a cursor before the name, a directory. Out: parties with the unit's own name where the directory knows it, the
words as said where it
does not, and a question for the secretary whenever the match is not certain; a mis-heard name is never silently put
right.
"""

import re
from dataclasses import replace

from core.vietnamese.cardinals import DIGITS
from minutes.language.body_names import ENDS_NAME, read_body_name, read_field
from minutes.language.collectives import read_collective
from minutes.language.directory import Directory, KnownPerson, KnownUnit
from minutes.language.parties import Certainty, Party
from minutes.language.scanning import Cursor, phrases
from minutes.language.text import UPPER, WORD, capitalised, fold
from minutes.language.titles import TITLE, headed_noun, short_title

HONORIFICS = phrases(
    """
    đồng chí | đ/c | anh | chị | ông | bà | lãnh đạo | đại diện lãnh đạo | đại diện | tập thể | bên | phía
    """
)
PERSONAL = ("đồng chí", "đ/c", "anh", "chị", "ông", "bà")
LINKS = ("và", "cùng với", "cùng", "với", "cũng như")
_NAME = re.compile(rf"[{UPPER}]\w*(?:\s+[{UPPER}]\w*){{0,4}}")
_WORD_HERE = re.compile(r"\w+")
_BRACKETS = re.compile(r"\s*\([^()]{0,160}\)")
_ELLIPTIC = re.compile(
    rf"(?:các\s+)?(?P<head>Bộ|Sở|Vụ|Cục|Ban|Phòng)\s*(?P<colon>:)?\s+(?=(?-i:[{UPPER}]))|"
    rf"(?:các)\s+(?P<plural>bộ|sở|vụ|cục|ban|phòng)\s*:?\s+(?=(?-i:[{UPPER}]))",
    re.IGNORECASE,
)
_COUNTED_HEAD = re.compile(
    r"(?:cả\s+)?(?P<count>\d|"
    + "|".join(DIGITS)
    + r")\s+(?P<head>trung tâm|vụ|cục|phòng|đơn vị|sở|bộ|ban|viện|học viện)(?!\w)",
    re.IGNORECASE,
)


def read_parties(cursor: Cursor, directory: Directory, *, expected: bool = False) -> tuple[Party, ...]:
    """Read a list "A, B và C"; with `expected` (behind "giao") mis-heard names are looked for too."""
    parties = list(_elliptic(cursor, directory) or _one(read_party(cursor, directory, expected=expected)))
    if not parties:
        return ()
    while True:
        before = cursor.position
        comma = cursor.take_marks(",")
        linked = cursor.take_any(LINKS) is not None
        following = (_elliptic(cursor, directory) or _one(read_party(cursor, directory))) if comma or linked else ()
        if not following:
            cursor.position = before
            return tuple(parties)
        parties.extend(following)


def read_party(cursor: Cursor, directory: Directory, *, expected: bool = False) -> Party | None:
    """Read one party: known unit, collective, office, person, name by grammar, or (if `expected`) what resembles a
    unit."""
    start = cursor.position
    address = cursor.take_any(HONORIFICS)
    inside = cursor.position
    readers = (_counted, _unit, _collective, _office, _person, _body)
    for reader in readers:
        party = reader(cursor, directory, address or "")
        if party is not None:
            _skip_brackets(cursor)
            return replace(party, start=_first_letter(cursor.text, start), end=cursor.position)
        cursor.position = inside
    if expected and (party := _misheard(cursor, directory)) is not None:
        return party
    cursor.position = start
    return None


def _one(party: Party | None) -> tuple[Party, ...]:
    return (party,) if party else ()


def _unit(cursor: Cursor, directory: Directory, _address: str) -> Party | None:
    start = cursor.position
    hit = directory.unit_at(cursor.text, cursor.position, cursor.end)
    if hit is None:
        return None
    if (
        hit.shortened
        and not _name_is_over(cursor.text, hit.end)
        and (party := _misheard(cursor, directory)) is not None
    ):
        return party
    cursor.position = hit.end
    return Party((hit.unit.name,), cursor.text[start : hit.end].strip(), start, hit.end, Certainty.DIRECTORY)


def _collective(cursor: Cursor, _directory: Directory, address: str) -> Party | None:
    start = cursor.position
    said = read_collective(cursor)
    if said is None:
        return None
    whole = f"{address} {said}" if address and address not in {"bên", "phía"} else said
    return Party((capitalised(" ".join(whole.split())),), said, start, cursor.position, Certainty.COLLECTIVE)


def _counted(cursor: Cursor, directory: Directory, _address: str) -> Party | None:
    """ "hai trung tâm": the units with that head, if there are just so many."""
    start = cursor.position
    match = cursor.take_pattern(_COUNTED_HEAD)
    if match is None:
        return None
    said = match.group(0)
    count = int(match["count"]) if match["count"].isdigit() else DIGITS[match["count"].lower()]
    fitting = directory.with_head(match["head"])
    if len(fitting) == count:
        return Party(tuple(unit.name for unit in fitting), said, start, cursor.position, Certainty.DIRECTORY)
    question = f"“{said}” là những đơn vị nào?"
    return Party((capitalised(said),), said, start, cursor.position, Certainty.DOUBTFUL, question)


def _office(cursor: Cursor, directory: Directory, _address: str) -> Party | None:
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
        return None
    return Party((capitalised(said),), said, start, cursor.position, Certainty.SAID, f"“{said}” thuộc đơn vị nào?")


def _unit_of_office(cursor: Cursor, directory: Directory, title: re.Match[str]) -> Party | None:
    """The unit named behind the title, or inside it ("Trưởng phòng Công nghệ thông tin")."""
    after = cursor.position
    head = headed_noun(title.group(0)) or ""
    inner = re.search(rf"{re.escape(head)}$", title.group(0), re.IGNORECASE) if head else None
    places = ([title.start() + inner.start()] if inner else []) + [after]
    for place in places:
        cursor.position = place
        for reader in (_unit, _body):
            party = reader(cursor, directory, "")
            if party is not None and cursor.position > after:
                return party
            cursor.position = place
    cursor.position = after
    fitting = directory.with_head(head) if head else ()
    if len(fitting) == 1:
        return Party((fitting[0].name,), title.group(0), title.start(), after, Certainty.DIRECTORY)
    if not directory.units and head in {"Văn phòng", "Thanh tra"}:
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


def _person(cursor: Cursor, directory: Directory, address: str) -> Party | None:
    """ "anh Minh bên Văn phòng", "đồng chí Hồ Văn Tiến": the unit of that person."""
    start = cursor.position
    if address not in PERSONAL or not cursor.peek_word()[:1].isupper():
        return None
    match = cursor.take_pattern(_NAME)
    if match is None:
        return None
    name = match.group(0)
    before = cursor.position
    if cursor.take_marks(",-–") and (office := _office(cursor, directory, "")) is not None:
        return replace(office, said=cursor.text[start : cursor.position].strip(), start=start)
    cursor.position = before
    if cursor.take_any(("bên", "ở", "của", "thuộc", "phụ trách")):
        unit = _unit(cursor, directory, "") or _body(cursor, directory, "")
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
    name = f"{short_title(person.title)} {person.name}".strip()
    return Party((name,), said, start, end, Certainty.DOUBTFUL, f"Nhiệm vụ giao “{said}” thuộc đơn vị nào?")


def _body(cursor: Cursor, directory: Directory, _address: str) -> Party | None:
    """A name by grammar; where there is a directory it should have been in it, so a question goes along."""
    start = cursor.position
    name = read_body_name(cursor)
    if name is None:
        return None
    if not directory.units:
        return Party((capitalised(name),), name, start, cursor.position, Certainty.SAID)
    near = directory.resembling(name.split())
    if near is not None:
        question = f"“{name}” được hiểu là {near.name}; cần xác nhận."
        return Party((near.name,), name, start, cursor.position, Certainty.DOUBTFUL, question)
    question = f"“{name}” không có trong danh mục đơn vị."
    return Party((capitalised(name),), name, start, cursor.position, Certainty.DOUBTFUL, question)


def _misheard(cursor: Cursor, directory: Directory) -> Party | None:
    """Words that resemble exactly one unit of the directory."""
    words = [match for match in WORD.finditer(cursor.text, cursor.position, cursor.end)][:8]
    near = directory.resembling([match.group(0) for match in words])
    if near is None:
        return None
    length = min(len(WORD.findall(near.name)), len(words))
    start, end = words[0].start(), words[length - 1].end()
    said = cursor.text[start:end]
    cursor.position = end
    return Party(
        (near.name,), said, start, end, Certainty.DOUBTFUL, f"“{said}” được hiểu là {near.name}; cần xác nhận."
    )


def _elliptic(cursor: Cursor, directory: Directory) -> tuple[Party, ...]:
    """ "các Bộ: Tài chính, Kế hoạch và Đầu tư, Nội vụ": the head is said once."""
    start = cursor.position
    match = cursor.take_pattern(_ELLIPTIC)
    if match is None or (not match["plural"] and not match["colon"] and not match.group(0).lower().startswith("các")):
        cursor.position = start
        return ()
    head = capitalised((match["head"] or match["plural"]).lower())
    parties: list[Party] = []
    place = cursor.position
    while (field := read_field(cursor)) is not None:
        known = directory.by_name(f"{head} {field}")
        certainty = Certainty.DIRECTORY if known else Certainty.SAID
        name = known.name if known else f"{head} {field}"
        parties.append(Party((name,), field, place, cursor.position, certainty))
        place = cursor.position
        cursor.take_marks(",")
        cursor.take("và")
    cursor.position = place if parties else start
    return tuple(parties)


def _name_is_over(text: str, position: int) -> bool:
    """Does a verb, an adverb or a mark follow, as behind a whole name?"""
    following = text[position:].lstrip()
    return not following or not following[0].isalnum() or ENDS_NAME.match(text, position) is not None


def _skip_brackets(cursor: Cursor) -> None:
    match = _BRACKETS.match(cursor.text, cursor.position, cursor.end)
    if match:
        cursor.position = match.end()


def _first_letter(text: str, position: int) -> int:
    match = _WORD_HERE.search(text, position)
    return match.start() if match else position
