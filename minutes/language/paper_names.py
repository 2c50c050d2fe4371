"""Names a paper gives to units itself: short forms in brackets, and heads that stand for a name said before.

In: the text of one paper, the directory (often empty). Out: a directory that also knows "Vụ KHTC" once the paper has
said "Vụ Kế hoạch - Tài chính (KHTC)", and what "Cục" alone means at a place of the text.

| said first | said later | read as |
|---|---|---|
| Bộ Xây dựng (XD) | Bộ XD | Bộ Xây dựng |
| Ban Quản lý dự án đường sắt (sau đây gọi tắt là Ban QLDA) | Ban QLDA | Ban Quản lý dự án đường sắt |
| Cục Đo lường tiếp tục … | Giao Cục nghiên cứu … | Cục Đo lường |
"""

import re
from dataclasses import replace

from minutes.language.body_names import head_places, read_body_name
from minutes.language.directory import Directory, KnownUnit
from minutes.language.scanning import Cursor
from minutes.language.text import key

_SHORT = re.compile(
    r"\s*\(\s*(?:sau\s+đây\s+)?(?:(?:được\s+)?(?:gọi|viết)\s+tắt\s+là\s*:?\s*|gọi\s+là\s+)?[“\"]?"
    r"(?P<short>[A-ZĐ][\w&.-]{1,12}|"
    r"(?:Bộ|Sở|Cục|Vụ|Ban|Viện|Trung tâm|Công ty|Tổng công ty|Tập đoàn|Phòng|Chi cục|Ủy ban|Văn phòng|Trường|Bệnh viện|"
    r"Tổng cục|Hội|Quỹ)(?:\s+[A-ZĐ][\w&.-]{1,12}){1,3}(?:\s+(?:tỉnh|thành phố|Thành phố))?|"
    r"[A-ZĐ]{2,8}\s+(?:Việt Nam|tỉnh|thành phố|Thành phố))"
    r"[”\"]?\s*\)"
)
# "(sau đây gọi tắt là Bệnh viện)": from here on the bare head means this one.
_BARE = re.compile(
    r"\s*\(\s*(?:sau\s+đây\s+)?(?:được\s+)?gọi\s+(?:tắt\s+)?là\s*:?\s*[“\"]?"
    r"(?P<head>Bệnh viện|Trung tâm|Công ty|Tổng công ty|Tập đoàn|Trường|Viện|Học viện|Ban|Cục|Sở|Quỹ|Hội|Ủy ban)"
    r"[”\"]?\s*\)"
)
# "Phó Chánh Văn phòng Bộ Lê Văn Phương": the name goes on into a person's.
_OF_PERSON = re.compile(r"(?:Chánh|[Tt]rưởng|[Gg]iám đốc|[Cc]hủ tịch|[Cc]hủ nhiệm|[Bb]í thư|biên tập)\s*$")
_FEWEST_CAPITALS = 2
LONGEST_TEXT = 400_000


def with_names_of(text: str, directory: Directory) -> Directory:
    """`directory` and what the paper itself defines; a paper about nothing known stays unlisted, so that its names are
    not questioned."""
    mentions: list[tuple[int, str]] = []
    meant: dict[str, str] = {}
    defined: dict[str, list[str]] = {}
    for place in head_places(text[:LONGEST_TEXT]):
        if mentions and place < mentions[-1][0] + len(mentions[-1][1]):
            continue
        cursor = Cursor(text, place)
        name = read_body_name(cursor)
        if name is None or " " not in name or _OF_PERSON.search(text, max(0, place - 20), place):
            continue
        mentions.append((place, name))
        if (bare := _BARE.match(text, cursor.position)) is not None and key(name).startswith(f"{key(bare['head'])} "):
            meant[key(bare["head"])] = name
        short = _SHORT.match(text, cursor.position)
        if short and _is_short(short["short"], name):
            defined.setdefault(name, []).extend(_writings(name, short["short"]))
    known = list(directory.units)
    units = [_with(unit, defined.pop(unit.name, [])) for unit in known]
    units += [KnownUnit(name, tuple(short)) for name, short in defined.items()]
    if not units:
        return replace(directory, mentions=tuple(mentions), meant=meant)
    made = Directory.of(units, directory.people, directory.in_meeting, listed=bool(known))
    return replace(made, mentions=tuple(mentions), meant=meant)


def _is_short(short: str, name: str) -> bool:
    """Initials, or words of the name itself: "Công ty Krông Bách"."""
    initials = any(sum(letter.isupper() for letter in word) >= _FEWEST_CAPITALS for word in short.split())
    words = name.split()
    return initials or (len(short.split()) < len(words) and all(word in words for word in short.split()))


def _writings(name: str, short: str) -> list[str]:
    """ "KHTC" and "Vụ KHTC"."""
    head = name.split()[0]
    return [short] if " " in short else [f"{head} {short}", short]


def _with(unit: KnownUnit, short: list[str]) -> KnownUnit:
    taken = {key(writing) for writing in (*unit.abbreviations, *unit.aliases)}
    return replace(unit, abbreviations=(*unit.abbreviations, *(word for word in short if key(word) not in taken)))
