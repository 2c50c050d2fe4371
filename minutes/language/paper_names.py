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
from collections.abc import Iterator, Sequence
from dataclasses import replace

from minutes.language.body_names import head_places, read_body_name
from minutes.language.body_words import HEADS
from minutes.language.directory import Directory, KnownUnit
from minutes.language.scanning import Cursor
from minutes.language.text import UPPER, fold, key

_SHORT = re.compile(
    r"\s*\(\s*(?:sau\s+đây\s+)?(?:(?:được\s+)?(?:gọi|viết)\s+tắt\s+là\s*:?\s*|gọi\s+là\s+)?[“\"]?"
    r"(?P<short>[A-ZĐ][\w&.-]{1,12}|"
    r"(?:Bộ|Sở|Cục|Vụ|Ban|Viện|Trung tâm|Công ty|Tổng công ty|Tập đoàn|Phòng|Chi cục|Ủy ban|Văn phòng|Trường|Bệnh viện|"
    r"Tổng cục|Hội|Quỹ)(?:\s+[A-ZĐ][\w&.-]{1,12}){1,3}(?:\s+(?:tỉnh|thành phố|Thành phố))?|"
    r"[A-ZĐ]{2,8}\s+(?:Việt Nam|tỉnh|thành phố|Thành phố))"
    r"[”\"]?\s*\)"
)
# "(sau đây gọi tắt là Bệnh viện)", "(Văn phòng)" behind its name: from here on the bare head means this one.
_BARE = re.compile(
    r"\s*\(\s*(?:(?:sau\s+đây\s+)?(?:được\s+)?gọi\s+(?:tắt\s+)?là\s*:?\s*)?[“\"]?"
    r"(?P<head>Văn phòng|Bệnh viện|Trung tâm|Công ty|"
    r"Tổng công ty|Tập đoàn|Trường|Viện|Học viện|Ban|Cục|Sở|Quỹ|Hội|Ủy ban)"
    r"[”\"]?\s*\)"
)
# "Phó Chánh Văn phòng Bộ Lê Văn Phương": the name goes on into a person's.
_OF_PERSON = re.compile(r"(?:Chánh|[Tt]rưởng|[Gg]iám đốc|[Cc]hủ tịch|[Cc]hủ nhiệm|[Bb]í thư|biên tập)\s*$")
# Any short form in brackets: "(Ban QLDA GTHT)", "(CATP)", "(Công ty Thoát nước)".
_ANY_SHORT = re.compile(
    r"\s*\(\s*(?:sau\s+đây\s+)?(?:(?:được\s+)?(?:gọi|viết)\s+tắt\s+là\s*:?\s*|gọi\s+là\s+)?[“\"]?"
    rf"(?P<short>[{UPPER}][\w&.-]*(?:\s+[\w&.-]+){{0,4}})[”\"]?\s*\)"
)
_HEADLESS = re.compile(r"các\s+(?P<head>phòng|sở|vụ|cục|ban|trung tâm|khoa)\s*:\s*", re.IGNORECASE)
_ENTRY = re.compile(
    rf"(?P<name>[{UPPER}][^():;.\n]{{3,90}}?)\s*\((?i:(?:phòng|sở|vụ|cục|ban|trung tâm|khoa)\s+)?"
    rf"(?P<short>[{UPPER}][\w&.-]{{1,14}})\)\s*,?"
)
_LIST_ENDS, _NEXT_FIELD = re.compile(r"[.;:\n]"), re.compile(rf"\s*,\s+(?=[{UPPER}])")
_WITH_HEAD = re.compile(r"(?:Phòng|Sở|Vụ|Cục|Ban|Trung tâm|Khoa|Văn phòng|Chi cục|Thanh tra|Bộ)(?!\w)")
_FIRST_WORDS = frozenset(head.split()[0] for head in HEADS)
_HEAD_WORDS = 3
_LONGEST_FIELD = 11
_LONGEST_NAME, _LONGEST_LIST = 140, 1500
_NAME_BREAKS = re.compile(r"[;:.()\n]")
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
        if name is None or " " not in name or _is_heading(name) or _OF_PERSON.search(text, max(0, place - 20), place):
            continue
        mentions.append((place, name))
        if (bare := _BARE.match(text, cursor.position)) is not None and key(name).startswith(f"{key(bare['head'])} "):
            meant[key(bare["head"])] = name
        short = _SHORT.match(text, cursor.position)
        if short and _is_short(short["short"], name):
            defined.setdefault(name, []).extend(_writings(name, short["short"]))
    for name, short_form in _by_initials(text[:LONGEST_TEXT], {key(name) for name in defined}):
        defined.setdefault(name, []).extend(_writings(name, short_form))
    for name, short_form in _of_a_list(text[:LONGEST_TEXT]):
        defined.setdefault(name, []).append(short_form)
    for name in _rooms(text[:LONGEST_TEXT]):
        defined.setdefault(name, [])
    known = list(directory.units)
    units = [_with(unit, defined.pop(unit.name, [])) for unit in known]
    units += [KnownUnit(name, tuple(short)) for name, short in defined.items()]
    if not units:
        return replace(directory, mentions=tuple(mentions), meant=meant)
    made = Directory.of(units, directory.people, directory.in_meeting, listed=bool(known))
    return replace(made, mentions=tuple(mentions), meant=meant)


def _is_heading(name: str) -> bool:
    """ "BÁO Kết luận", of "THÔNG BÁO" above "Kết luận …", is no newspaper."""
    first, *rest = name.split()
    return first.isupper() and first.capitalize() in _FIRST_WORDS and not " ".join(rest).isupper()


def with_mentions(text: str, directory: Directory) -> Directory:
    """`directory` that knows where a speaker names its units, so that "Cục" alone is the one named last."""
    found = ((place, directory.unit_at(text, place)) for place in head_places(text))
    return replace(directory, mentions=tuple((place, hit.unit.name) for place, hit in found if hit is not None))


def _by_initials(text: str, known: set[str]) -> Iterator[tuple[str, str]]:
    """Names no grammar reads whole, by the short form that ends them: "Ban Quản lý dự án đầu tư xây dựng công trình
    giao thông, hạ tầng và đô thị (Ban QLDA GTHT)". The name begins at the nearest head whose words have its letters."""
    for match in _ANY_SHORT.finditer(text):
        stretch = max(0, match.start() - _LONGEST_NAME)
        breaks = [found.end() for found in _NAME_BREAKS.finditer(text, stretch, match.start())]
        begin = breaks[-1] if breaks else stretch
        heads = [begin + place for place in head_places(text[begin : match.start()])]
        for head in reversed(heads):
            name = " ".join(text[head : match.start()].split())
            if _spells(match["short"], name):
                if key(name) not in known:
                    yield name, match["short"]
                break


def _of_a_list(text: str) -> Iterator[tuple[str, str]]:
    """ "các phòng: Quản lý ngân sách (QLNS), Đăng ký kinh doanh (ĐKKD)": "Phòng QLNS" is "Phòng Quản lý ngân sách"."""
    for listed in _HEADLESS.finditer(text):
        head = listed["head"].capitalize()
        for entry in _ENTRY.finditer(text, listed.end(), listed.end() + _LONGEST_LIST):
            fields = " ".join(entry["name"].split()).split(", ")
            # The shortest end of the list whose words have the letters: a field may have commas of its own.
            names = (f"{head} {', '.join(fields[place:])}" for place in reversed(range(len(fields))))
            name = next((name for name in names if _spells(f"{head} {entry['short']}", name)), None)
            if name is not None:
                yield name, f"{head} {entry['short']}"
            if text[entry.end() : entry.end() + 1] in {".", ";", "\n"}:
                break


def _rooms(text: str) -> Iterator[str]:
    """ "các phòng: Quản lý đầu tư, Quản lý quy hoạch và xây dựng": rooms by their whole names."""
    for listed in _HEADLESS.finditer(text):
        if listed["head"].lower() not in {"phòng", "khoa"}:
            continue
        stop = _LIST_ENDS.search(text, listed.end(), listed.end() + _LONGEST_LIST)
        stretch = re.sub(r"\([^()]*\)", "", text[listed.end() : stop.start() if stop else listed.end()])
        fields = [field.strip() for field in _NEXT_FIELD.split(stretch)]
        plain = [field for field in fields if 1 < len(field.split()) < _LONGEST_FIELD and field[:1].isupper()]
        if len(plain) > 1 and len(plain) >= len(fields) - 1:
            yield from (f"{listed['head'].capitalize()} {field}" for field in plain if not _WITH_HEAD.match(field))


def _spells(short: str, name: str) -> bool:
    """Does the short form say the name's own words, or their first letters in order?"""
    words = [word for word in re.split(r"[\s,\-–]+", name) if word]
    written = short.split()
    if len(written) > 1 and written[0] != words[0] and not written[0].isupper():
        return False
    while written and words and written[0] == words[0]:
        words, written = words[1:], written[1:]
    if not written or len(words) < _FEWEST_CAPITALS:
        return False
    if {part.lower() for part in written} <= {word.lower() for word in words}:
        return True
    letters = [fold(letter) for part in written for letter in part if letter.isupper()]
    initials = [fold(word[0]) for word in words]
    if len(letters) < _FEWEST_CAPITALS or _ends_in_these(letters, initials):
        return False
    # "VCK Đông Nam" leaves out "Công ty".
    first = next((place for place in range(_HEAD_WORDS) if initials[place : place + 1] == letters[:1]), None)
    rest = iter(initials[first:] if first is not None else ())
    return all(one in rest for one in letters)


def _ends_in_these(letters: Sequence[str], initials: Sequence[str]) -> bool:
    """ "Ban Chỉ đạo … tham gia bảo hiểm xã hội (BHXH)": the letters are those of the last words alone, no body's."""
    return 2 * len(letters) < len(initials) and list(initials[-len(letters) :]) == list(letters)


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
