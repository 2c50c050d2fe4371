"""Names of units in a sentence: known ones, names by grammar, a head alone, many under one head, mis-heard ones.

In: a cursor before the name, a directory. Out: a party, or None and an unmoved cursor. What the directory does not know
keeps the words as said; a mis-heard name is never silently put right.
"""

import re
from dataclasses import replace

from core.vietnamese.cardinals import DIGITS
from minutes.language.body_names import read_bare_head, read_body_name, read_field
from minutes.language.body_words import HEADS
from minutes.language.collectives import NAMED_PLACES
from minutes.language.directory import Directory
from minutes.language.name_patterns import ACT_WORDS, ENDS_NAME, UNKNOWN_NOUN
from minutes.language.parties import Certainty, Party
from minutes.language.scanning import Cursor, words_pattern
from minutes.language.text import UPPER, WORD, capitalised
from minutes.language.which_of_many import read_which

# "Giám đốc các Sở: Tài chính, Xây dựng": those who head them.
_HEADS_OF = (
    r"(?P<title>(?:Bộ\s+trưởng|Giám\s+đốc|Cục\s+trưởng|Vụ\s+trưởng|Thủ\s+trưởng|Lãnh\s+đạo|Trưởng)\s+(?=các\s))?"
)
_ELLIPTIC = re.compile(
    rf"{_HEADS_OF}(?:(?:các\s+)?(?P<head>Bộ|Sở|Vụ|Cục|Ban|Phòng)\s*(?P<colon>:)?\s+(?=(?-i:[{UPPER}]))|"
    rf"(?:các)\s+(?P<plural>bộ|sở|vụ|cục|ban|phòng)\s*:?\s+(?=(?-i:[{UPPER}])))",
    re.IGNORECASE,
)
_COUNTED_HEAD = re.compile(
    r"(?:cả\s+)?(?P<count>\d|"
    + "|".join(word for word in DIGITS if word != "không")
    + r")\s+(?P<head>trung tâm|vụ|cục|phòng|đơn vị|sở|bộ|ban quản lý dự án|ban quản lý|ban|viện|học viện|bệnh viện|"
    r"tỉnh|xã|phường|công ty|địa phương|doanh nghiệp|nhà thầu|trường)(?!\w)|"
    r"(?P<teams>\d{1,2})\s+(?P<team>(?:tổ|đoàn)\s+(?:công tác|kiểm tra|rà soát|giám sát))(?!\w)",
    re.IGNORECASE,
)
# "07 Tổ công tác của Thủ tướng Chính phủ": whose they are.
_WHOSE = re.compile(
    r"(?:của|thuộc)\s+(?:Thủ tướng(?: Chính phủ)?|Chính phủ|Bộ|(?:UBND\s+)?(?:tỉnh|[Tt]hành phố))(?!\w)"
)


_FIELD_BY_LETTERS = re.compile(rf"(?!{words_pattern(HEADS)})[{UPPER}]{{2,}}(?:\s?[-&]\s?[{UPPER}]+)*(?!\w)")
_LONGEST_NAME_WORDS = 12
# "Sở Y tế các tỉnh, thành phố": the one of every province.
_EVERYWHERE = re.compile(
    r"các\s+(?:tỉnh\s*,\s*thành\s+phố|tỉnh|địa\s+phương|xã\s*,\s*phường|phường\s*,\s*xã|xã|phường|thôn|bản|khu\s+phố)"
    r"(?:\s+trực\s+thuộc\s+Trung\s+ương)?(?!\w)(?:(?!\s*,?\s+(?-i:[A-ZĐ]))(?:\s+(?:thuộc\s+)?vùng\s+(?-i:[A-ZĐ]\w*)(?:\s+[^\W\d_]+){0,5}?"
    rf"(?=\s+{ACT_WORDS}|\s*[,:;.]))?|{NAMED_PLACES})",
    re.IGNORECASE,
)
# "8 đơn vị chưa nộp báo cáo hoàn thành trước …": which of them.
_STILL = re.compile(
    r"(?:chưa|còn|đang)(?:\s+(?!phải|cần|khẩn)\w+){1,6}?(?=\s+(?:phải|cần|khẩn\s+trương|hoàn\s+thành|nộp|gửi|"
    r"có\s+trách\s+nhiệm|báo\s+cáo\s+(?:giải\s+trình|về|ngay))(?!\w))",
    re.IGNORECASE,
)


def read_unit(cursor: Cursor, directory: Directory, _address: str) -> Party | None:
    start = cursor.position
    hit = directory.unit_at(cursor.text, cursor.position, cursor.end)
    if hit is None:
        return None
    if (
        hit.shortened
        and not _name_is_over(cursor.text, hit.end)
        and (party := read_misheard(cursor, directory)) is not None
    ):
        return party
    cursor.position = hit.end
    return Party((hit.unit.name,), cursor.text[start : hit.end].strip(), start, hit.end, Certainty.DIRECTORY)


def read_bare(cursor: Cursor, directory: Directory, _address: str) -> Party | None:
    """ "Cục" for the bureau that the paper named last."""
    start = cursor.position
    head = read_bare_head(cursor)
    name = directory.mentioned(head, start) if head and " bộ" not in head.lower() else None
    if head is None or name is None:
        cursor.position = start
        return None
    return Party((name,), head, start, cursor.position, Certainty.SAID)


def read_body(cursor: Cursor, directory: Directory, _address: str) -> Party | None:
    """A name by grammar; where there is a directory it should have been in it, so a question goes along."""
    start = cursor.position
    name = read_body_name(cursor)
    if name is None:
        return None
    if (everywhere := cursor.take_pattern(_EVERYWHERE)) is not None:
        read_which(cursor)
        said = " ".join(cursor.text[everywhere.start() : cursor.position].split())
        said = f"{name} {said}"
        return Party((capitalised(said),), said, start, cursor.position, Certainty.COLLECTIVE)
    if not directory.listed:
        return Party((capitalised(name),), name, start, cursor.position, Certainty.SAID)
    after = cursor.position
    cursor.position = start
    longer = read_misheard(cursor, directory)
    if longer is not None and cursor.position > after:
        return longer
    cursor.position = after
    near = directory.resembling(name.split())
    if near is not None:
        question = f"“{name}” được hiểu là {near.name}; cần xác nhận."
        return Party((near.name,), name, start, cursor.position, Certainty.DOUBTFUL, question)
    question = f"“{name}” không có trong danh mục đơn vị."
    return Party((capitalised(name),), name, start, cursor.position, Certainty.DOUBTFUL, question)


def read_misheard(cursor: Cursor, directory: Directory) -> Party | None:
    """Words that resemble exactly one unit of the directory."""
    words = [match for match in WORD.finditer(cursor.text, cursor.position, cursor.end)][:_LONGEST_NAME_WORDS]
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


def read_counted(cursor: Cursor, directory: Directory, _address: str) -> Party | None:
    """ "hai trung tâm": the units with that head, if there are just so many."""
    start = cursor.position
    match = cursor.take_pattern(_COUNTED_HEAD)
    if match is None:
        return None
    which = cursor.take_pattern(_WHOSE) or cursor.take_pattern(_STILL) or cursor.take_pattern(UNKNOWN_NOUN)
    said = f"{match.group(0)} {which.group(0)}" if which else match.group(0)
    number, head = match["count"] or match["teams"], match["head"] or match["team"]
    count = int(number) if number.isdigit() else DIGITS[number.lower()]
    fitting = directory.with_head(head)
    if len(fitting) == count and which is None:
        return Party(tuple(unit.name for unit in fitting), said, start, cursor.position, Certainty.DIRECTORY)
    named = directory.last_mentioned(head, start, count) if which is None else ()
    if len(named) == count:
        question = f"“{said}” được hiểu là {', '.join(named)}; cần xác nhận."
        return Party(named, said, start, cursor.position, Certainty.DOUBTFUL, question)
    question = f"“{said}” là những đơn vị nào?"
    return Party((capitalised(said),), said, start, cursor.position, Certainty.DOUBTFUL, question)


def read_elliptic(cursor: Cursor, directory: Directory) -> tuple[Party, ...]:
    """ "các Bộ: Tài chính, Kế hoạch và Đầu tư, Nội vụ": the head is said once."""
    start = cursor.position
    match = cursor.take_pattern(_ELLIPTIC)
    many = match is not None and (match["plural"] or match["colon"] or "các " in f"{match.group(0).lower()} ")
    if match is None or not many:
        cursor.position = start
        return ()
    head = capitalised((match["head"] or match["plural"]).lower())
    parties: list[Party] = []
    place = cursor.position
    while (field := read_field(cursor) or _initials(cursor)) is not None:
        known = directory.by_name(f"{head} {field}")
        certainty = Certainty.DIRECTORY if known else Certainty.SAID
        name = known.name if known else f"{head} {field}"
        parties.append(Party((name,), field, place, cursor.position, certainty))
        place = cursor.position
        cursor.take_marks(",")
        cursor.take("và")
    cursor.position = place if parties else start
    if len(parties) == 1 and match["plural"] is None and not match["colon"]:
        # "các Sở Nội vụ": the one of every province.
        only = parties[0]
        behind = cursor.position
        read_which(cursor)
        which = " ".join(cursor.text[behind : cursor.position].split())
        title = " ".join((match["title"] or "").split())
        name = f"{f'{title} các' if title else 'Các'} {only.names[0]} {which}".strip()
        return (replace(only, names=(name,), end=cursor.position, certainty=Certainty.COLLECTIVE),)
    return tuple(parties)


def _initials(cursor: Cursor) -> str | None:
    """ "NN-PTNT", "LĐ-TB&XH": a field by its letters."""
    letters = cursor.take_pattern(_FIELD_BY_LETTERS)
    return letters.group(0) if letters else None


def read_same_head(cursor: Cursor, directory: Directory, last: Party) -> Party | None:
    """ "Bộ Quốc phòng, Công an": the head is said once, before the first."""
    start = cursor.position
    head = last.names[-1].split()[0]
    field = read_field(cursor) if head in {"Bộ", "Sở"} and cursor.peek_word()[:1].isupper() else None
    if field is None:
        cursor.position = start
        return None
    known = directory.by_name(f"{head} {field}")
    name = known.name if known else f"{head} {field}"
    return Party((name,), field, start, cursor.position, Certainty.DIRECTORY if known else Certainty.SAID)


def _name_is_over(text: str, position: int) -> bool:
    """Does a verb, an adverb or a mark follow, as behind a whole name?"""
    following = text[position:].lstrip()
    return not following or not following[0].isalnum() or ENDS_NAME.match(text, position) is not None
