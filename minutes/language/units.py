"""Who a sentence speaks to: units, people standing for units, collectives, and lists of them.

In: a cursor before the name, a directory. Out: parties with the unit's own name where the directory knows it, the
words as said where it
does not, and a question for the secretary whenever the match is not certain; a mis-heard name is never silently put
right.
"""

import re
from dataclasses import replace

from minutes.language.body_names import read_body_name
from minutes.language.collectives import read_collective
from minutes.language.directory import Directory
from minutes.language.parties import Certainty, Party
from minutes.language.people import is_above_units, read_high_office, read_office, read_person
from minutes.language.scanning import Cursor, phrases
from minutes.language.text import UPPER, capitalised
from minutes.language.titles import TITLE
from minutes.language.unit_names import (
    read_bare,
    read_body,
    read_counted,
    read_elliptic,
    read_misheard,
    read_same_head,
    read_unit,
)

HONORIFICS = phrases(
    """
    đồng chí | đ/c | anh | chị | ông | bà | cô | chú | thầy | bác | lãnh đạo | đại diện lãnh đạo | đại diện |
    tập thể | bên | phía
    """
)
# "Lãnh đạo, công chức và người lao động", "lãnh đạo tỉnh, thành phố": part of the name.
_NO_ADDRESS = re.compile(r",|\s+(?:tỉnh\s*,\s*thành\s+phố|bộ\s*,?\s*ngành)(?!\w)", re.IGNORECASE)
#: Between those who lead: "A cùng (với) B hướng dẫn" has A to lead and B beside it.
LEAD_LINKS = ("và", "cũng như", "với")
LINKS = ("và", "cùng với", "cùng", "với", "cũng như")
#: In a paper that knows nobody a line "Anh Cao" is no order.
_BY_OFFICE = ("đồng chí", "đ/c")
# "Bà Quảng Thị Thoa, Phó Chủ tịch UBND xã, làm việc với …": who it is stands behind the name.
_NAMED_WITH_OFFICE = re.compile(
    rf"\s*[{UPPER}]\w*(?:\s+[{UPPER}]\w*){{1,4}}\s*[,–-]\s*"
    r"(?:Phó|Chủ tịch|Trưởng|Giám đốc|Chánh|Bí thư|Cục trưởng|Vụ trưởng)"
)
_OF_PLACES = re.compile(
    r"(?:(?:thuộc|của|ở|tại)\s+)?(?:các\s+)?tỉnh,\s*thành\s+phố(?!\w)|"
    r"(?:vùng|khu\s+vực)(?=\s+[^\W\d_A-ZĐ])",
    re.IGNORECASE,
)
_NAMELY = re.compile(
    r"(?:(?:Thủ\s+trưởng|Lãnh\s+đạo|Người\s+đứng\s+đầu)\s+)?(?:(?:các|những)\s+(?:đơn\s+vị|cơ\s+quan|sở,?\s+ngành|bộ,?\s+ngành|phòng,?\s+ban|doanh\s+nghiệp|địa\s+phương)\s*(?::|gồm\s*:?)"
    r"|(?:\d{1,2}|hai|ba|bốn|năm|sáu)\s+(?:đơn\s+vị|cơ\s+quan|địa\s+phương)\s*(?:là|gồm|:)\s*:?)\s*",
    re.IGNORECASE,
)
# "Bộ Khoa học và Công nghệ, cơ quan thường trực của Ban Chỉ đạo, tổng hợp …": the same body by its post.
_APPOSITION = re.compile(
    r"\s*,\s*(?:là\s+)?(?:cơ\s+quan|đơn\s+vị)\s+(?:thường\s+trực|đầu\s+mối)(?:\s+[^,;:.]{2,60})?,", re.IGNORECASE
)
_WORD_HERE = re.compile(r"\w+")
_BRACKETS = re.compile(r"\s*\([^()]{0,160}\)")


def read_parties(
    cursor: Cursor, directory: Directory, *, expected: bool = False, links: tuple[str, ...] = LINKS
) -> tuple[Party, ...]:
    """Read a list "A, B và C"; with `expected` (behind "giao") mis-heard names are looked for too."""
    parties = list(
        read_elliptic(cursor, directory)
        or _by_their_names(cursor, directory)
        or _one(read_party(cursor, directory, expected=expected))
    )
    if not parties:
        return ()
    while True:
        before = cursor.position
        if _APPOSITION.match(cursor.text, before, cursor.end):
            return tuple(parties)
        comma = cursor.take_marks(",;")
        linked = cursor.take_any(links) is not None
        following = _following(cursor, directory, parties[-1], expected=expected) if comma or linked else ()
        if not following:
            cursor.position = before
            return tuple(parties)
        parties.extend(following)


def _following(cursor: Cursor, directory: Directory, last: Party, *, expected: bool) -> tuple[Party, ...]:
    """The next of a list: "… và Phó Thủ tướng Vũ Văn Bảo" behind a deputy, "… , Công an" behind "Bộ Quốc phòng"."""
    above = expected and is_above_units(last.names[0])
    return (
        read_elliptic(cursor, directory)
        or _one(read_party(cursor, directory, expected=above))
        or _one(read_same_head(cursor, directory, last))
    )


def _by_their_names(cursor: Cursor, directory: Directory) -> tuple[Party, ...]:
    """ "Các đơn vị: Cục Thuế, Cục Hải quan …", "Hai đơn vị là Cục Thuế và Cục Hải quan": the many are those named."""
    start = cursor.position
    if cursor.take_pattern(_NAMELY) is None:
        return ()
    named: list[Party] = []
    while (party := read_party(cursor, directory)) is not None and party.certainty is not Certainty.COLLECTIVE:
        named.append(party)
        place = cursor.position
        cursor.take_marks(",;")
        cursor.take("và")
    cursor.position = place if len(named) > 1 else start
    return tuple(named) if len(named) > 1 else ()


def read_party(cursor: Cursor, directory: Directory, *, expected: bool = False) -> Party | None:
    """Read one party: known unit, collective, office, person, name by grammar, or (if `expected`) what resembles a
    unit."""
    start = cursor.position
    address = cursor.take_any(HONORIFICS)
    if _NO_ADDRESS.match(cursor.text, cursor.position):
        address, cursor.position = None, start
    inside = cursor.position
    readers = (
        read_counted, read_unit, _collective, _each_of_a_name,
        read_high_office, read_office, read_person, read_bare, read_body,
    )  # fmt: skip
    by_office = (address or "").lower() in _BY_OFFICE or _NAMED_WITH_OFFICE.match(cursor.text, inside) is not None
    for reader in readers:
        told = expected and reader is read_high_office
        if reader is read_person and not (expected or directory.people or by_office):
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


def _collective(cursor: Cursor, directory: Directory, address: str) -> Party | None:
    start = cursor.position
    said = read_collective(cursor, spoken=bool(directory.people))
    if said is None:
        return None
    whole = f"{address} {said}" if address and not _holds_office(address, said) else said
    return Party((capitalised(" ".join(whole.split())),), said, start, cursor.position, Certainty.COLLECTIVE)


def _holds_office(address: str, said: str) -> bool:
    """ "bên các phòng", "đồng chí Chủ tịch UBND các tỉnh": the address is no part of the name."""
    return address in {"bên", "phía"} or (address in {"đồng chí", "đ/c"} and TITLE.match(said) is not None)


def _each_of_a_name(cursor: Cursor, _directory: Directory, _address: str) -> Party | None:
    """ "các Cục Quản lý thị trường (tỉnh, thành phố)": every office of that name."""
    start = cursor.position
    if cursor.take("các") and not cursor.peek_word().isupper() and (name := read_body_name(cursor)) is not None:
        cursor.take_pattern(_OF_PLACES)
        said = " ".join(cursor.text[start : cursor.position].split())
        if len(name.split()) > 1:
            return Party((capitalised(said),), said, start, cursor.position, Certainty.COLLECTIVE)
    cursor.position = start
    return None


def _skip_brackets(cursor: Cursor) -> None:
    match = _BRACKETS.match(cursor.text, cursor.position, cursor.end)
    if match:
        cursor.position = match.end()


def _first_letter(text: str, position: int) -> int:
    match = _WORD_HERE.search(text, position)
    return match.start() if match else position
