"""Who a sentence speaks to: units, people standing for units, collectives, and lists of them.

In: a cursor before the name, a directory. Out: parties with the unit's own name where the directory knows it, the
words as said where it
does not, and a question for the secretary whenever the match is not certain; a mis-heard name is never silently put
right.
"""

import re
from dataclasses import replace

from minutes.language.collectives import read_collective
from minutes.language.directory import Directory
from minutes.language.parties import Certainty, Party
from minutes.language.people import read_high_office, read_office, read_person
from minutes.language.scanning import Cursor, phrases
from minutes.language.text import capitalised
from minutes.language.unit_names import read_bare, read_body, read_counted, read_elliptic, read_misheard, read_unit

HONORIFICS = phrases(
    """
    đồng chí | đ/c | anh | chị | ông | bà | lãnh đạo | đại diện lãnh đạo | đại diện | tập thể | bên | phía
    """
)
#: Between those who lead: "A cùng (với) B hướng dẫn" has A to lead and B beside it.
LEAD_LINKS = ("và", "cũng như")
LINKS = ("và", "cùng với", "cùng", "với", "cũng như")
#: In a paper that knows nobody a line "Anh Cao" is no order.
_BY_OFFICE = ("đồng chí", "đ/c")
_WORD_HERE = re.compile(r"\w+")
_BRACKETS = re.compile(r"\s*\([^()]{0,160}\)")


def read_parties(
    cursor: Cursor, directory: Directory, *, expected: bool = False, links: tuple[str, ...] = LINKS
) -> tuple[Party, ...]:
    """Read a list "A, B và C"; with `expected` (behind "giao") mis-heard names are looked for too."""
    parties = list(read_elliptic(cursor, directory) or _one(read_party(cursor, directory, expected=expected)))
    if not parties:
        return ()
    while True:
        before = cursor.position
        comma = cursor.take_marks(",;")
        linked = cursor.take_any(links) is not None
        following = (read_elliptic(cursor, directory) or _one(read_party(cursor, directory))) if comma or linked else ()
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
    readers = (
        read_counted, read_unit, _collective, read_high_office, read_office, read_person, read_bare, read_body,
    )  # fmt: skip
    for reader in readers:
        told = expected and reader is read_high_office
        if reader is read_person and not (expected or directory.people or address in _BY_OFFICE):
            continue
        party = reader(cursor, directory, "đồng chí" if told else (address or "").lower())
        if party is not None:
            _skip_brackets(cursor)
            return replace(party, start=_first_letter(cursor.text, start), end=cursor.position)
        cursor.position = inside
    if expected and (party := read_misheard(cursor, directory)) is not None:
        return party
    cursor.position = start
    return None


def _one(party: Party | None) -> tuple[Party, ...]:
    return (party,) if party else ()


def _collective(cursor: Cursor, _directory: Directory, address: str) -> Party | None:
    start = cursor.position
    said = read_collective(cursor)
    if said is None:
        return None
    whole = f"{address} {said}" if address and address not in {"bên", "phía"} else said
    return Party((capitalised(" ".join(whole.split())),), said, start, cursor.position, Certainty.COLLECTIVE)


def _skip_brackets(cursor: Cursor) -> None:
    match = _BRACKETS.match(cursor.text, cursor.position, cursor.end)
    if match:
        cursor.position = match.end()


def _first_letter(text: str, position: int) -> int:
    match = _WORD_HERE.search(text, position)
    return match.start() if match else position
