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

from minutes.language import lexicon
from minutes.language.assigning import ASSIGNING, WITHOUT_UNIT, order_at
from minutes.language.clause_edges import binds_alone
from minutes.language.clause_values import Clause, Form, completed
from minutes.language.coordination import acts, behind_time, word_place
from minutes.language.directory import Directory
from minutes.language.kinds import kind_of_statement
from minutes.language.parties import Party
from minutes.language.people import read_high_office
from minutes.language.procedure import statement_body
from minutes.language.scanning import Cursor, words_pattern
from minutes.language.text import UPPER, WORD
from minutes.language.topics import SPOKEN_OF, party_spoken_of
from minutes.language.units import HONORIFICS, LEAD_LINKS, read_parties, read_party

_HAS_DUTY = re.compile(words_pattern(lexicon.DUTY), re.IGNORECASE)
_REPORTS = re.compile(
    rf"(?!là\s+(?:cơ\s+quan\s+|đơn\s+vị\s+)?(?:đầu\s+mối|chủ\s+trì)){words_pattern(lexicon.REPORTING)}", re.IGNORECASE
)
# "Xã Bản Lầu thì kiểm đếm cho xong": said for "Xã Bản Lầu kiểm đếm".
# "kinh phí thì Sở Tài chính cân đối …": what is spoken of, then who acts.
_TOPIC_THEN = re.compile(
    r"(?:(?!\w+\s+nào\s)[^\s,;:.]+\s+){1,10}?thì\s+(?:(?:đề nghị|giao|yêu cầu)\s+)?", re.IGNORECASE
)
# "Sở Xây dựng có văn bản hướng dẫn …" is an act; "Sở Xây dựng có văn bản số 12" is told of.
_WRITES = re.compile(
    r"có\s+(?:văn bản|kế hoạch|giải pháp|phương án|biện pháp|báo cáo|ý kiến)\s+"
    r"(?!số|ngày|tại|trình bày|của|gì|như|rồi)[^\W\d_]",
    re.IGNORECASE,
)
# "UBND xã A, UBND xã B chưa bàn giao đủ mặt bằng phải …": why they are named.
_WHO_STILL = re.compile(
    r"(?:chưa|còn|đang)(?:\s+(?!phải|cần|khẩn)[\w%,/-]+){1,14}?\s+"
    r"(?=(?:phải|cần|khẩn\s+trương|có\s+trách\s+nhiệm)(?!\w))",
    re.IGNORECASE,
)
# "Gỡ cảnh báo không phải là đích cuối cùng": what an act is, not an order.
_IS_SOMETHING = re.compile(
    r"[^,;:.]{3,80}?\s(?:không\s+(?:phải|chỉ)\s+là|là\s+(?:nhiệm\s+vụ|cơ\s+hội|điều\s+kiện|yêu\s+cầu|giải\s+pháp|đích|"
    r"trách\s+nhiệm|vấn\s+đề|khâu|động\s+lực))(?!\w)",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"(?:cùng(?:\s+với)?|phối\s+hợp\s+(?:với|cùng))\s", re.IGNORECASE)
_THEN = re.compile(r"thì\s+", re.IGNORECASE)
_SECOND = re.compile(r"(?:\s*;\s*|\s*[,.]?\s*(?<!\w)đồng\s+thời(?!\w)\s*,?\s*)", re.IGNORECASE)
_TOLD_NEXT = re.compile(r"(?:,\s*(?:và\s+)?|\s+và\s+)(?=(?:giao|yêu cầu|đề nghị|phân công)\s)", re.IGNORECASE)
_UNIT_NEXT = re.compile(rf",\s*(?=(?-i:[{UPPER}])|(?:đồng chí|anh|chị|ông|bà)\s+(?-i:[{UPPER}]))")
_AGREED = re.compile(
    r"(?<!\w)(?:đồng ý|nhất trí|thống nhất)(?:\s+(?:về|trên)\s+(?:mặt\s+)?(?:chủ trương|nguyên tắc))?\s*$",
    re.IGNORECASE,
)
# "Không đơn vị nào được …" is stated to all; nobody is told to do it.
_NOBODY_MAY = re.compile(
    r"không\s+(?:một\s+)?(?:đơn vị|cơ quan|cá nhân|ai|địa phương|người|nơi)\s+(?:nào\s+)?được", re.IGNORECASE
)
_LONGEST_NAME_WORDS = 12
_ACTS_HIMSELF = ("trực tiếp", "phụ trách", "chịu trách nhiệm", "theo dõi, chỉ đạo")
_OPENER = re.compile(words_pattern(lexicon.ADVERBIAL_OPENERS), re.IGNORECASE)
# "Trường hợp các hộ không chấp hành, lập hồ sơ …": the subject stands above, the act behind the comma.
_CONDITION = re.compile(
    r"(?:trường hợp|nếu|khi|sau khi|trên cơ sở|căn cứ|trước ngày|định kỳ|chậm nhất)\s", re.IGNORECASE
)
_CONDITION_ENDS = re.compile(r"[,:]")
_BEHIND_OPENER = re.compile(r"[,:]\s*|\s+thì\s+", re.IGNORECASE)
_CONNECTIVE = re.compile(rf"(?:{words_pattern(lexicon.CONNECTIVES)})\s*,?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence that tells one thing, and the assignment in it, if it is one."""

    start: int
    end: int
    clause: Clause | None


def read_pieces(text: str, start: int, end: int, directory: Directory) -> tuple[Piece, ...]:
    """A sentence split where a new subject is told something (";", "đồng thời", ", giao …"), piece by piece."""
    edges = [start, *sorted(set(_new_subjects(text, start, end, directory))), end]
    # "Các Bộ: Tài chính, Nội vụ; Ngân hàng Nhà nước gửi …": a list of subjects goes on behind the semicolon.
    edges = [
        edge
        for edge in edges
        if not (start < edge < end and _only_names(text, max(e for e in edges if e < edge), edge, directory))
    ]
    return tuple(
        Piece(begin, stop, read_clause(text, begin, stop, directory))
        for begin, stop in zip(edges, edges[1:], strict=False)
    )


def _only_names(text: str, start: int, end: int, directory: Directory) -> bool:
    clause = _with_subject(text, _skip_connectives(text, start, end), _trimmed(text, start, end), directory)
    return clause is not None and clause.form == "heading" and not text[start:end].rstrip().endswith(":")


def read_clauses(text: str, start: int, end: int, directory: Directory) -> tuple[Clause, ...]:
    """The assignments among the pieces of one sentence."""
    return tuple(piece.clause for piece in read_pieces(text, start, end, directory) if piece.clause is not None)


def read_clause(text: str, start: int, end: int, directory: Directory) -> Clause | None:
    """One assignment, trying the explicit forms first; None if the stretch assigns nothing."""
    end = _trimmed(text, start, end)
    begin = _skip_connectives(text, start, end)
    if _NOBODY_MAY.match(text, begin, end):
        return None
    return (
        _by_person(text, begin, end, directory)
        or _assigned(text, begin, end, directory)
        or _with_subject(text, begin, end, directory)
        or _behind_adverbial(text, begin, end, directory)
        or _spoken_of(text, begin, end, directory)
        or _behind_topic(text, begin, end, directory)
        or _behind_condition(text, begin, end, directory)
        or _subjectless(text, begin, end, directory)
    )


def complete_clause(cursor: Cursor, lead: tuple[Party, ...], start: int, end: int, directory: Directory) -> Clause:
    """The clause of a lead that was found by other means; the cursor stands behind its name."""
    return completed("assigned", cursor, lead, start, end, directory)


def _new_subjects(text: str, start: int, end: int, directory: Directory) -> Iterator[int]:
    for match in _SECOND.finditer(text, start, end):
        if match.end() > start and (
            _names_somebody(text, match.end(), end, directory) or binds_alone(text, start, match, end)
        ):
            yield match.end()
    for match in _UNIT_NEXT.finditer(text, start, end):
        if _agreed(text, start, match.start()) or _told_next_to(text, start, match, directory):
            clause = _with_subject(text, match.end(), end, directory)
            if clause is not None and clause.form != "heading" and acts(text, clause.predicate_start, end):
                yield match.end()
    for match in _TOLD_NEXT.finditer(text, start, end):
        if (
            text[start : match.start()].strip()
            and _assigned(text, match.end(), end, directory) is not None
            and _is_complete(text, start, match.start(), directory)
        ):
            yield match.end()


def _told_next_to(text: str, start: int, comma: re.Match[str], directory: Directory) -> bool:
    """ "Đề nghị anh Lử nhớ cam kết, UBND xã bàn giao …": a unit of the directory, or a name in a paper that knows none,
    with an act of its own behind what somebody was told; not the second of those one works with or writes to."""
    if directory.listed and directory.unit_at(text, comma.end()) is None:
        return False
    begin = _skip_connectives(text, start, comma.start())
    told = _assigned(text, begin, comma.start(), directory)
    if not directory.listed:
        told = told or _with_subject(text, begin, comma.start(), directory)
    if told is None or not told.lead or told.predicate_end <= told.predicate_start:
        return False
    words = [match.start() for match in WORD.finditer(text, told.predicate_start, comma.start())]
    return not any(
        read_party(cursor := Cursor(text, place, comma.start()), directory) is not None and cursor.at_end()
        for place in words[-_LONGEST_NAME_WORDS:]
    )


def _agreed(text: str, start: int, end: int) -> bool:
    """Does a decision stand here ("Kinh phí thì tôi đồng ý")?"""
    said = text[start:end]
    if ASSIGNING.search(said):
        return False
    return _AGREED.search(said) is not None or kind_of_statement(statement_body(said)) == "decision"


def _is_complete(text: str, start: int, end: int, directory: Directory) -> bool:
    """Does something assigned or decided already stand here, so that a second "giao" begins anew?"""
    if kind_of_statement(statement_body(text[start:end])) is not None:
        return True
    clause = _assigned(text, _skip_connectives(text, start, end), end, directory) or _with_subject(
        text, start, end, directory
    )
    return clause is not None and clause.predicate_end > clause.predicate_start


def _names_somebody(text: str, start: int, end: int, directory: Directory) -> bool:
    begin = _skip_connectives(text, start, end)
    clause = (
        _assigned(text, begin, end, directory)
        or _with_subject(text, begin, end, directory)
        or _behind_adverbial(text, begin, end, directory)
        or _behind_topic(text, begin, end, directory)
    )
    return clause is not None and clause.form != "heading"


def _assigned(text: str, start: int, end: int, directory: Directory) -> Clause | None:
    """[Chair] giao|yêu cầu|đề nghị … X [chủ trì, phối hợp với Y] predicate."""
    for match in ASSIGNING.finditer(text, start, end):
        order = order_at(text, start, match)
        if order is None or text[start : match.start()].rstrip().endswith("("):
            continue
        cursor = Cursor(text, match.end(), end)
        lead = read_parties(cursor, directory, expected=True, links=LEAD_LINKS)
        if lead:
            return completed("assigned", cursor, lead, match.start(), end, directory, verb=match.group(0).lower())
        topic = party_spoken_of(text, start, match.start(), directory)
        cursor = Cursor(text, match.end(), end)
        if topic and acts(text, cursor.position, end):
            return completed("assigned", cursor, topic, match.start(), end, directory, verb=match.group(0).lower())
        cursor.take_any(("là", "cần", "phải"))
        if (
            WITHOUT_UNIT.fullmatch(match.group(0))
            and (order.directed or not order.before.strip(" ,"))
            and acts(text, cursor.position, end)
        ):
            return completed("subjectless", cursor, (), match.start(), end, directory, verb=match.group(0).lower())
    return None


def _by_person(text: str, start: int, end: int, directory: Directory) -> Clause | None:
    """ "Phó Thủ tướng Đinh Trọng Phú trực tiếp chỉ đạo …": an office above units that acts itself."""
    cursor = Cursor(text, start, end)
    cursor.take_any(HONORIFICS)
    party = read_high_office(cursor, directory, "đồng chí")
    if party is None or not cursor.sees_any(_ACTS_HIMSELF):
        return None
    return completed("implicit", cursor, (party,), start, end, directory)


def _with_subject(text: str, start: int, end: int, directory: Directory) -> Clause | None:
    """X có trách nhiệm …; X khẩn trương …; X: …; X alone."""
    cursor = Cursor(text, start, end)
    lead = read_parties(cursor, directory, links=LEAD_LINKS)
    if not lead:
        return None
    if cursor.at_end() or cursor.rest().strip() in {":", ";"}:
        return Clause("heading", lead, (), start, end, end, end)
    colon = cursor.take_marks(":")
    if not colon:
        cursor.take_marks(",")
    cursor.take_pattern(_WHO_STILL)
    place = word_place(text, cursor.position, end)
    if (then := _THEN.match(text, place, end)) is not None and acts(text, behind_time(text, then.end(), end), end):
        place = cursor.position = behind_time(text, then.end(), end)
    elif (late := behind_time(text, place, end)) > place and acts(text, late, end):
        place = cursor.position = late
    duty = _HAS_DUTY.match(text, place, end)
    if duty is None and _REPORTS.match(text, place, end) and not _WRITES.match(text, place, end):
        return None
    form: Form = "duty" if duty else "implicit"
    return completed(form, cursor, lead, start, end, directory)


def _behind_adverbial(text: str, start: int, end: int, directory: Directory) -> Clause | None:
    """ "Về kinh phí, Vụ Kế hoạch - Tài chính thẩm định …": the subject stands behind the first comma or colon that
    allows it."""
    if not _OPENER.match(text, start, end):
        return None
    for match in _BEHIND_OPENER.finditer(text[start:end]):
        place = _skip_connectives(text, start + match.end(), end)
        clause = _by_person(text, place, end, directory) or _with_subject(text, place, end, directory)
        if clause is not None and clause.form != "heading" and acts(text, clause.predicate_start, end):
            return clause
    return None


def _behind_topic(text: str, start: int, end: int, directory: Directory) -> Clause | None:
    """ "Kinh phí thì Sở Tài chính cân đối …": the subject stands behind what is spoken of."""
    topic = _TOPIC_THEN.match(text, start, end)
    if topic is None:
        return None
    clause = _with_subject(text, topic.end(), end, directory) or _behind_adverbial(text, topic.end(), end, directory)
    if clause is None or clause.form == "heading" or not acts(text, clause.predicate_start, end):
        return None
    return clause


def _behind_condition(text: str, start: int, end: int, directory: Directory) -> Clause | None:
    """ "Trường hợp các hộ không chấp hành, lập hồ sơ …": an act without subject behind a condition. It begins no piece
    of its own: behind a semicolon it goes on with the act before it."""
    mark = _CONDITION_ENDS.search(text, start, end)
    return _subjectless(text, mark.end(), end, directory) if mark and _CONDITION.match(text, start, end) else None


def _spoken_of(text: str, start: int, end: int, directory: Directory) -> Clause | None:
    """ "Đối với Bộ Y tế: đẩy nhanh …", "Về phía Bộ Quốc phòng, bố trí …": the unit spoken of is the one to act."""
    opener = SPOKEN_OF.match(text, start, end)
    if opener is None:
        return None
    cursor = Cursor(text, opener.end(), end)
    lead = read_parties(cursor, directory)
    if not lead or not cursor.take_marks(":,") or not acts(text, word_place(text, cursor.position, end), end):
        return None
    return completed("implicit", cursor, lead, start, end, directory)


def _subjectless(text: str, start: int, end: int, directory: Directory) -> Clause | None:
    place = word_place(text, start, end)
    if _IS_SOMETHING.match(text, place, end):
        return None
    if not acts(text, place, end):
        place = behind_time(text, place, end)
        if not acts(text, place, end) and not _acts_together(text, place, end, directory):
            return None
    return completed("subjectless", Cursor(text, place, end), (), place, end, directory)


def _acts_together(text: str, start: int, end: int, directory: Directory) -> bool:
    """ "Cùng Phòng Quản lý Dược rà soát …" below the name of the one who leads."""
    cursor = Cursor(text, start, end)
    if cursor.take_pattern(_TOGETHER) is None or not read_parties(cursor, directory):
        return False
    return acts(text, word_place(text, cursor.position, end), end)


def _skip_connectives(text: str, start: int, end: int) -> int:
    place = word_place(text, start, end)
    while (match := _CONNECTIVE.match(text, place, end)) is not None and match.end() > place:
        place = match.end()
    return place


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".;,/"):
        end -= 1
    return end
