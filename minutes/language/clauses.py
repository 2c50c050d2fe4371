"""Assignment clauses: who is told to do what, with whom.

In: one stretch of a sentence without its number, a directory. Out: a clause with its parties and the place of its
predicate, in one of
these forms (LANGUAGE §1.2, §1.3):

| form | example |
|---|---|
| assigned | Giao Trung tâm Thông tin chủ trì, phối hợp với Văn phòng Bộ khắc phục …; Thứ trưởng yêu cầu các đơn vị … |
| duty | Thủ trưởng các đơn vị có trách nhiệm …; Sở Nội vụ cần … |
| implicit | Các đơn vị gửi báo cáo nhanh … |
| heading | Giao Văn phòng Bộ: / 6. Văn phòng Bộ |
| subjectless | Đôn đốc các đơn vị … (the subject stands above) |
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from minutes.language import lexicon
from minutes.language.directory import Directory
from minutes.language.scanning import Cursor, words_pattern
from minutes.language.titles import DIRECTOR
from minutes.language.units import Party, read_parties

Form = Literal["assigned", "duty", "implicit", "heading", "subjectless"]

_ASSIGNING = re.compile(words_pattern(lexicon.ASSIGNING), re.IGNORECASE)
_WITHOUT_UNIT = re.compile(words_pattern(lexicon.ASSIGNING_WITHOUT_UNIT), re.IGNORECASE)
# "được giao", "đã giao", "việc giao": told of, not done now.
_TOLD_OF = re.compile(
    r"(?<!\w)(?:được|đã|việc|bị|từng|theo|như|do|mới|nhiệm vụ|chỉ tiêu|có|xin|kính|trân trọng)\s*$", re.IGNORECASE
)
_MAY_PRECEDE = re.compile(
    r"(?:^|[,;:.–()“\"-]|(?<!\w)(?:tôi|đồng thời|và|cũng|thống nhất|đồng ý|quyết định|nhất trí|nên|do đó|vì "
    r"vậy|tiếp tục|nay|vậy|thì|xin|trước mắt|riêng|thay mặt|được rồi|chính thức|là|tiếp theo))\s*$",
    re.IGNORECASE,
)
_DIRECTOR_SAYS = re.compile(
    DIRECTOR.pattern
    + r"(?:\s*,[^,;.:]{3,60},)?\s*(?:(?:cũng|đã|còn|tiếp tục|nhấn mạnh và|chỉ đạo và|kết luận và|trực tiếp)\s+)*$",
    re.IGNORECASE,
)
_HAS_DUTY = re.compile(words_pattern(lexicon.DUTY), re.IGNORECASE)
_REPORTS = re.compile(words_pattern(lexicon.REPORTING), re.IGNORECASE)
_ACTS_AT_ONCE = re.compile(words_pattern((*lexicon.VERBS, *lexicon.PROHIBITING, *lexicon.RESPONSIBLE)), re.IGNORECASE)
_CLOSELY = r"(?:phối\s+hợp(?:\s+(?:chặt\s+chẽ|tốt|thường\s+xuyên|đồng\s+bộ))?)"
_COORDINATE = re.compile(rf"{_CLOSELY}(?:\s+(?:cùng\s+với|cùng|với))?(?!\w)", re.IGNORECASE)
_WITH = re.compile(r"(?:cùng\s+với|cùng)(?!\w)", re.IGNORECASE)
_LEADS = re.compile(
    r"(?:(?:là\s+)?(?:cơ\s+quan\s+|đơn\s+vị\s+)?(?:làm\s+)?(?:đầu\s+mối\s*,\s*)?chủ\s+trì)(?!\w)", re.IGNORECASE
)
_LATER_COORDINATION = re.compile(rf"{_CLOSELY}\s+(?:cùng\s+với|cùng|với)\s+", re.IGNORECASE)
_SECOND = re.compile(r"(?:\s*;\s*|\s*[,.]?\s*(?<!\w)đồng\s+thời(?!\w)\s*,?\s*)", re.IGNORECASE)
# Behind a semicolon these are an item of another kind even without a new subject.
_BINDS_ALONE = re.compile(
    words_pattern((*lexicon.RESPONSIBLE, "không được", "nghiêm cấm", "tuyệt đối không")), re.IGNORECASE
)
_OPENER = re.compile(words_pattern(lexicon.ADVERBIAL_OPENERS), re.IGNORECASE)
_CONNECTIVE = re.compile(rf"(?:{words_pattern(lexicon.CONNECTIVES)})\s*,?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Clause:
    """One assignment. `predicate_start` to `predicate_end` is what is to be done, adverbs included, coordination left
    out."""

    form: Form
    lead: tuple[Party, ...]
    coordinating: tuple[Party, ...]
    start: int
    end: int
    predicate_start: int
    predicate_end: int
    verb: str = ""
    manner: str = ""


def read_clauses(text: str, start: int, end: int, directory: Directory) -> tuple[Clause, ...]:
    """The assignments of one sentence: split where a new subject is told something (";", "đồng thời", ", giao …")."""
    edges = [start, *_new_subjects(text, start, end, directory), end]
    clauses: list[Clause] = []
    for begin, stop in zip(edges, edges[1:], strict=False):
        clause = read_clause(text, begin, stop, directory)
        if clause is not None:
            clauses.append(clause)
    return tuple(clauses)


def read_clause(text: str, start: int, end: int, directory: Directory) -> Clause | None:
    """One assignment, trying the explicit forms first; None if the stretch assigns nothing."""
    end = _trimmed(text, start, end)
    begin = _skip_connectives(text, start, end)
    return (
        _assigned(text, begin, end, directory)
        or _with_subject(text, begin, end, directory)
        or _behind_adverbial(text, begin, end, directory)
        or _subjectless(text, begin, end, directory)
    )


def complete_clause(cursor: Cursor, lead: tuple[Party, ...], start: int, end: int, directory: Directory) -> Clause:
    """The clause of a lead that was found by other means; the cursor stands behind its name."""
    return _complete("assigned", cursor, lead, start, end, directory)


def later_coordination(text: str, start: int, end: int, directory: Directory) -> tuple[Party, ...]:
    """Parties named behind a later "phối hợp với" inside a predicate."""
    found: list[Party] = []
    for match in _LATER_COORDINATION.finditer(text, start, end):
        found.extend(read_parties(Cursor(text, match.end(), end), directory))
    return tuple(found)


def directing_words(text: str, start: int, end: int) -> re.Match[str] | None:
    """The one who directs, if the sentence names them as its subject: "Phó Thủ tướng …"."""
    return DIRECTOR.match(text, start, end)


def _new_subjects(text: str, start: int, end: int, directory: Directory) -> Iterator[int]:
    for match in _SECOND.finditer(text, start, end):
        if match.end() > start and (
            _names_somebody(text, match.end(), end, directory) or _BINDS_ALONE.match(text, match.end(), end)
        ):
            yield match.end()
    for match in re.finditer(r",\s*(?=giao\s)", text[start:end], re.IGNORECASE):
        place = start + match.end()
        if (
            _assigned(text, place, end, directory) is not None
            and text[start : start + match.start()].strip()
            and _is_complete(text, start, start + match.start(), directory)
        ):
            yield place


def _is_complete(text: str, start: int, end: int, directory: Directory) -> bool:
    """Does something assigned already stand here, so that a second "giao" begins anew?"""
    clause = _assigned(text, _skip_connectives(text, start, end), end, directory) or _with_subject(
        text, start, end, directory
    )
    return clause is not None and clause.predicate_end > clause.predicate_start


def _names_somebody(text: str, start: int, end: int, directory: Directory) -> bool:
    begin = _skip_connectives(text, start, end)
    clause = _assigned(text, begin, end, directory) or _with_subject(text, begin, end, directory)
    return clause is not None and clause.form != "heading"


def _assigned(text: str, start: int, end: int, directory: Directory) -> Clause | None:
    """[Chair] giao|yêu cầu|đề nghị … X [chủ trì, phối hợp với Y] predicate."""
    for match in _ASSIGNING.finditer(text, start, end):
        before = text[start : match.start()]
        directed = _DIRECTOR_SAYS.search(before)
        if not directed and (_TOLD_OF.search(before) or not _MAY_PRECEDE.search(before)):
            continue
        cursor = Cursor(text, match.end(), end)
        lead = read_parties(cursor, directory, expected=True)
        if lead:
            return _complete("assigned", cursor, lead, match.start(), end, directory, verb=match.group(0).lower())
        cursor = Cursor(text, match.end(), end)
        cursor.take_any(("là", "cần", "phải"))
        if (
            _WITHOUT_UNIT.fullmatch(match.group(0))
            and (directed or not before.strip(" ,"))
            and _acts(text, cursor.position, end)
        ):
            return _complete("subjectless", cursor, (), match.start(), end, directory, verb=match.group(0).lower())
    return None


def _with_subject(text: str, start: int, end: int, directory: Directory) -> Clause | None:
    """X có trách nhiệm …; X khẩn trương …; X: …; X alone."""
    cursor = Cursor(text, start, end)
    lead = read_parties(cursor, directory)
    if not lead:
        return None
    if cursor.at_end() or cursor.rest().strip() == ":":
        return Clause("heading", lead, (), start, end, end, end)
    colon = cursor.take_marks(":")
    if not colon:
        cursor.take_marks(",")
    place = _word_place(text, cursor.position, end)
    duty = _HAS_DUTY.match(text, place, end)
    if duty is None and _REPORTS.match(text, place, end):
        return None
    form: Form = "duty" if duty else "implicit"
    return _complete(form, cursor, lead, start, end, directory)


def _behind_adverbial(text: str, start: int, end: int, directory: Directory) -> Clause | None:
    """ "Về kinh phí, Vụ Kế hoạch - Tài chính thẩm định …": the subject stands behind the first comma or colon that
    allows it."""
    if not _OPENER.match(text, start, end):
        return None
    for match in re.finditer(r"[,:]\s*", text[start:end]):
        place = _skip_connectives(text, start + match.end(), end)
        clause = _with_subject(text, place, end, directory)
        if clause is not None and clause.form != "heading" and _acts(text, clause.predicate_start, end):
            return clause
    return None


def _subjectless(text: str, start: int, end: int, directory: Directory) -> Clause | None:
    place = _word_place(text, start, end)
    if not _acts(text, place, end):
        return None
    return _complete("subjectless", Cursor(text, place, end), (), place, end, directory)


def _complete(
    form: Form, cursor: Cursor, lead: tuple[Party, ...], start: int, end: int, directory: Directory, verb: str = ""
) -> Clause:
    """Read duty words, manner and coordination behind the lead; the rest is the predicate."""
    text = cursor.text
    cursor.take_marks(":,")
    while cursor.take_any(
        (
            "có trách nhiệm",
            "có nhiệm vụ",
            "phải",
            "cần",
            "cần phải",
            "nên",
            "được giao",
            "sẽ",
            "hãy",
            "thực hiện việc",
            "nhiệm vụ",
        )
    ):
        pass
    manner_start = _word_place(text, cursor.position, end)
    manner_end = _manner(cursor)
    coordinating = _coordination(cursor, directory)
    manner = text[manner_start:manner_end].strip(" ,") if coordinating is not None else ""
    place = cursor.position if coordinating is not None else manner_start
    place = _word_place(text, place, end)
    if lead and not text[place:end].strip(" :.,"):
        form = "heading"
    return Clause(form, lead, coordinating or (), start, end, place, end, verb, manner)


def _manner(cursor: Cursor) -> int:
    while cursor.take_any(lexicon.ADVERBS):
        before = cursor.position
        if not (cursor.take_marks(",") and cursor.sees_any((*lexicon.ADVERBS, "chủ trì", "phối hợp"))):
            cursor.position = before
    return cursor.position


def _coordination(cursor: Cursor, directory: Directory) -> tuple[Party, ...] | None:
    """ "chủ trì, phối hợp với Y [và Z]" or "phối hợp với Y", if a verb follows; None leaves the words in the
    predicate."""
    start = cursor.position
    led = cursor.take_pattern(_LEADS) is not None
    cursor.take_marks(",")
    cursor.take_any(("và",))
    others = _others_first(cursor, directory) if led else ()
    if not others and (cursor.take_pattern(_COORDINATE) or (led and cursor.take_pattern(_WITH))):
        others = read_parties(cursor, directory)
        if not others:
            cursor.position = start
            return None
    if not led and not others:
        cursor.position = start
        return None
    cursor.take_marks(":,")
    follows = cursor.at_end() or _acts(cursor.text, _word_place(cursor.text, cursor.position, cursor.end), cursor.end)
    if led and not others and not follows:
        cursor.position = start
        return None
    if others and cursor.at_end() and not led:
        cursor.position = start
        return None
    return others


def _others_first(cursor: Cursor, directory: Directory) -> tuple[Party, ...]:
    """ "A chủ trì, B và C phối hợp …"."""
    before = cursor.position
    others = read_parties(cursor, directory)
    if others and cursor.take_pattern(_COORDINATE):
        return others
    cursor.position = before
    return ()


def _acts(text: str, start: int, end: int) -> bool:
    """Does an act begin here: a verb, or an adverb and then anything that is no name?"""
    cursor = Cursor(text, _word_place(text, start, end), end)
    if cursor.take_pattern(_ACTS_AT_ONCE) is not None:
        return True
    begin = cursor.position
    return _manner(cursor) > begin and not cursor.at_end() and not cursor.peek_word()[:1].isupper()


def _skip_connectives(text: str, start: int, end: int) -> int:
    place = _word_place(text, start, end)
    while (match := _CONNECTIVE.match(text, place, end)) is not None and match.end() > place:
        place = match.end()
    return place


def _word_place(text: str, start: int, end: int) -> int:
    while start < end and not text[start].isalnum():
        start += 1
    return start


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".;,/"):
        end -= 1
    return end
