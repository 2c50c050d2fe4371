"""Assignment clauses: who is told to do what, with whom.

In: one stretch of a sentence without its number, a directory. Out: a clause with its parties and the place of its
predicate, in one of these forms (LANGUAGE §1.2, §1.3):

| form | example |
|---|---|
| assigned | Giao Trung tâm Thông tin chủ trì, phối hợp với Văn phòng Bộ khắc phục …; Thứ trưởng yêu cầu các đơn vị … |
| duty | Thủ trưởng các đơn vị có trách nhiệm …; Sở Nội vụ cần … |
| implicit | Các đơn vị gửi báo cáo nhanh … |
| heading | Giao Văn phòng Bộ: / 6. Văn phòng Bộ |
| subjectless | Đôn đốc các đơn vị … (the subject stands above) |
"""

import re
from dataclasses import replace

from minutes.language import lexicon
from minutes.language.assigning import ASSIGNING, WITHOUT_UNIT, order_at
from minutes.language.clause_values import Clause, Form, completed
from minutes.language.coordination import acts, behind_time, trimmed, word_place
from minutes.language.directory import Directory
from minutes.language.longer_names import up_to_the_act
from minutes.language.parties import Certainty, Party
from minutes.language.people import read_high_office
from minutes.language.scanning import Cursor, phrases, words_pattern
from minutes.language.told_of import binds_nobody_by_name, is_described, tells_of
from minutes.language.topics import SPOKEN_OF, party_spoken_of
from minutes.language.units import HONORIFICS, LEAD_LINKS, read_parties

_HAS_DUTY = re.compile(words_pattern(lexicon.DUTY), re.IGNORECASE)
# "Xã Bản Lầu thì kiểm đếm cho xong": said for "Xã Bản Lầu kiểm đếm".
# "Dữ liệu đất đai, Cục Quản lý đất đai lập ba đoàn": a speaker names the matter, then those of the meeting.
_TOPIC_SAID = re.compile(r"(?:[^\s,;:.]+\s+){0,7}[^\s,;:.]+,\s+", re.IGNORECASE)
# "kinh phí thì Sở Tài chính cân đối …": what is spoken of, then who acts.
_TOPIC_THEN = re.compile(
    r"(?:(?:ở|tại|chỗ)\s+(?:[^\s;:.]+\s+){1,12}?|(?:(?!\w+\s+nào\s(?![^,;:.]*\sthì\s+(?-i:[A-ZĐỦ])))[^\s,;:.]+\s+){1,10}?)thì\s+"
    r"(?:(?:đề nghị|giao|yêu cầu)\s+)?",
    re.IGNORECASE,
)
# "Chất lượng nước: Bộ Y tế sửa đổi quy chuẩn": a matter, then who acts; not what somebody has proposed.
_TOPIC_NAMED = re.compile(
    r"(?:kiến\s+nghị|đề\s+nghị|phản\s+ánh)\s+(?:của|về)\s[^;:.]{4,140}:\s+|"
    r"(?!(?:[^\s;:.]+\s+)*(?:báo\s+cáo|đề\s+nghị|kiến\s+nghị|cho\s+rằng|nêu|phát\s+biểu|tham\s+dự|dự\s+họp|gồm|là|biết)(?!\w))"
    r"(?:[^\s;:.]+\s+){0,14}[^\s;:.]+:\s+",
    re.IGNORECASE,
)
# "UBND xã A, UBND xã B chưa bàn giao đủ mặt bằng phải …": why they are named.
_WHO_STILL = re.compile(
    r"(?:chưa|còn|đang)(?:\s+(?!phải|cần|khẩn)[\w%,/-]+){1,14}?\s+"
    r"(?=(?:phải|cần|khẩn\s+trương|có\s+trách\s+nhiệm)(?!\w))",
    re.IGNORECASE,
)
# "Năm 2025, Bệnh viện khám …": what was, not what is to be.
_YEAR_FIRST = re.compile(r"(?:trong\s+)?(?:năm|quý|\d+\s+tháng)\s+\S+\s*,", re.IGNORECASE)
# "Anh thay pin cho mười chín cái bẫy": the one spoken to.
_YOU = re.compile(r"(?:anh|chị|thầy|cô|bác|đồng chí|em)\s+(?:thì\s+)?(?:phải\s+|về\s+)?(?=\w)", re.IGNORECASE)
_NO_ACT = frozenset({"xong", "trước", "đến", "vào", "thì", "ơi", "này", "nói", "đi"})
_TOGETHER = re.compile(r"(?:cùng(?:\s+với)?|phối\s+hợp\s+(?:với|cùng))\s", re.IGNORECASE)
# "Ngoài ra phải có phương án hỗ trợ …": said of the one named before.
_MUST = re.compile(r"(?:cũng\s+)?(?:cần\s+phải|cần|phải)\s+", re.IGNORECASE)
_THEN = re.compile(r"thì\s*,?\s+", re.IGNORECASE)
# "Rà soát các hộ nghèo, đề nghị UBND thành phố hỗ trợ": part of what is to be done.
_ASKS_FOR_HELP = re.compile(
    r"đề\s+nghị\s+[^,;.]{3,80}?\s(?:xem\s+xét|hỗ\s+trợ|cho\s+phép|chấp\s+thuận|phê\s+duyệt|cho\s+ý\s+kiến|quyết\s+định|"
    r"tháo\s+gỡ|ủng\s+hộ)(?!\w)",
    re.IGNORECASE,
)
_ACTS_HIMSELF = phrases("được giao | được phân công | trực tiếp | phụ trách | chịu trách nhiệm | theo dõi, chỉ đạo")
_FIRMS = re.compile(
    r"(?:các\s+)?(?:nhà\s+thầu|đơn\s+vị\s+(?:thi\s+công|tư\s+vấn)|cơ\s+quan\s+chuyên\s+môn|hộ\s|người\s+dân|chủ\s+hộ|doanh\s+nghiệp)",
    re.IGNORECASE,
)
# "Phó Thủ tướng lưu ý do mưa lũ còn phức tạp, các địa phương …"
_CAUSE = re.compile(r"(?:do|vì)\s[^,;:.]{5,120},\s*", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:,|\svà)\s*$", re.IGNORECASE)
_OPENER = re.compile(words_pattern(lexicon.ADVERBIAL_OPENERS), re.IGNORECASE)
# "Trường hợp các hộ không chấp hành, lập hồ sơ …": the subject stands above, the act behind the comma.
_CONDITION = re.compile(
    r"(?:tại\s+(?:điều|khoản|điểm|mục|chương|phụ lục|phần|trang|dự thảo)|"
    r"trường hợp|nếu|khi|trong thời gian|trong quá trình|trong lúc|sau khi|trên cơ sở|"
    r"căn cứ|trước ngày|định kỳ|chậm nhất)\s",
    re.IGNORECASE,
)
_CONDITION_ENDS = re.compile(r"[,:]")
_BEHIND_OPENER = re.compile(r"[,:]\s*|\s+thì\s+", re.IGNORECASE)
# "Nhiệm vụ của Sở Tài chính: …" names who is told.
_DUTY_OF = r"(?:trách\s+nhiệm|nhiệm\s+vụ(?:\s+cụ\s+thể)?)\s+của(?=\s[^.;:]{3,80}:)"
_CONNECTIVE = re.compile(rf"(?:{words_pattern(lexicon.CONNECTIVES)}|{_DUTY_OF})\s*,?\s*", re.IGNORECASE)


def read_clause(text: str, start: int, end: int, directory: Directory) -> Clause | None:
    """One assignment, trying the explicit forms first; None if the stretch assigns nothing."""
    end = trimmed(text, start, end)
    begin = behind_connectives(text, start, end)
    if binds_nobody_by_name(text, begin, end):
        return None
    return (
        _by_person(text, begin, end, directory)
        or assigned_clause(text, begin, end, directory)
        or clause_with_subject(text, begin, end, directory)
        or _spoken_of(text, begin, end, directory)
        or clause_behind_adverbial(text, begin, end, directory)
        # "Riêng khoản hỗ trợ thiết bị, Vụ Kế hoạch - Tài chính …": what was read over opens an adverbial.
        or (clause_behind_adverbial(text, word_place(text, start, end), end, directory) if begin > start else None)
        or clause_behind_topic(text, begin, end, directory)
        or _behind_condition(text, begin, end, directory)
        or _subjectless(text, begin, end, directory)
    )


def assigned_clause(text: str, start: int, end: int, directory: Directory) -> Clause | None:
    """[Chair] giao|yêu cầu|đề nghị … X [chủ trì, phối hợp với Y] predicate."""
    for match in ASSIGNING.finditer(text, start, end):
        order = order_at(text, start, match)
        if order is None or text[start : match.start()].rstrip().endswith("("):
            continue
        if _ASKS_FOR_HELP.match(text, match.start(), end) and acts(text, start, match.start()):
            continue
        cursor = Cursor(text, match.end(), end)
        if order.directed:
            cursor.take_marks(":")
        lead = read_parties(cursor, directory, expected=True, links=LEAD_LINKS)
        if lead and within_an_act(text, start, match.start(), lead, directory):
            continue
        if lead:
            lead = up_to_the_act(cursor, lead, directory)
            return completed("assigned", cursor, lead, match.start(), end, directory, verb=match.group(0).lower())
        place = word_place(text, match.end(), end)
        behind = clause_behind_adverbial(text, place, end, directory) if order.directed else None
        if behind is not None and behind.lead and behind.form != "heading":
            return replace(behind, form="assigned", verb=match.group(0).lower())
        topic = party_spoken_of(text, start, match.start(), directory)
        cursor = Cursor(text, match.end(), end)
        cursor.take_marks(":")
        cursor.take_any(("đơn vị này", "cơ quan này", "địa phương này", "đơn vị", "cơ quan"))
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


def within_an_act(text: str, start: int, verb: int, lead: tuple[Party, ...], directory: Directory) -> bool:
    """ "Ban QLDA 9 khảo sát, yêu cầu nhà thầu sửa chữa …": what a unit asks of a firm is part of its own task."""
    if directory.people or not lead or not _FIRMS.match(lead[0].said) or not _GOES_ON.search(text, start, verb):
        return False
    begin = behind_connectives(text, start, verb)
    before = clause_with_subject(text, begin, verb, directory) or clause_behind_adverbial(text, begin, verb, directory)
    return before is not None and before.form != "heading"


def _by_person(text: str, start: int, end: int, directory: Directory) -> Clause | None:
    """ "Phó Thủ tướng Đinh Trọng Phú trực tiếp chỉ đạo …": an office above units that acts itself."""
    cursor = Cursor(text, start, end)
    cursor.take_any(HONORIFICS)
    party = read_high_office(cursor, directory, "đồng chí")
    if party is None or not cursor.sees_any(_ACTS_HIMSELF):
        return None
    return completed("implicit", cursor, (party,), start, end, directory)


def clause_with_subject(text: str, start: int, end: int, directory: Directory) -> Clause | None:
    """X có trách nhiệm …; X khẩn trương …; X: …; X alone."""
    cursor = Cursor(text, start, end)
    cursor.take_any(("nhưng mà", "nhưng"))
    lead = read_parties(cursor, directory, links=LEAD_LINKS)
    if not lead:
        return None
    lead = up_to_the_act(cursor, lead, directory)
    if cursor.at_end() or cursor.rest().strip() in {":", ";"}:
        return Clause("heading", lead, (), start, end, end, end)
    colon = cursor.take_marks(":")
    if not colon:
        cursor.take_marks(",")
    cursor.take_any(("cũng", "đều"))
    cursor.take_pattern(_WHO_STILL)
    place = word_place(text, cursor.position, end)
    known = directory.listed and all(party.certainty is Certainty.DIRECTORY for party in lead)
    if (then := _THEN.match(text, place, end)) is not None and (
        known or acts(text, behind_time(text, then.end(), end), end)
    ):
        place = cursor.position = behind_time(text, then.end(), end)
    elif (late := behind_time(text, place, end)) > place and acts(text, late, end):
        place = cursor.position = late
    duty = _HAS_DUTY.match(text, place, end)
    if duty is None and tells_of(text, place, end):
        return None
    form: Form = "duty" if duty else "implicit"
    return completed(form, cursor, lead, start, end, directory)


def clause_behind_adverbial(text: str, start: int, end: int, directory: Directory) -> Clause | None:
    """ "Về kinh phí, Vụ Kế hoạch - Tài chính thẩm định …": the subject stands behind the first comma or colon that
    allows it."""
    if (cause := _CAUSE.match(text, start, end)) and (clause := clause_with_subject(text, cause.end(), end, directory)):
        return clause
    late = start if _YEAR_FIRST.match(text, start, end) else behind_time(text, start, end)
    if late > start and (clause := clause_with_subject(text, late, end, directory)) is not None:
        return clause if clause.form != "heading" else None
    if not _OPENER.match(text, start, end):
        return None
    for match in _BEHIND_OPENER.finditer(text[start:end]):
        place = behind_connectives(text, start + match.end(), end)
        clause = _by_person(text, place, end, directory) or clause_with_subject(text, place, end, directory)
        if clause is None:
            continue
        if clause.form == "heading":
            # "c) Về tái định cư, UBND tỉnh Thuận Hải:" opens what stands below it.
            if text[start:end].rstrip().endswith(":"):
                return clause
        elif acts(text, clause.predicate_start, end) or _is_known(text, clause, directory):
            return clause
    return None


def clause_behind_topic(text: str, start: int, end: int, directory: Directory) -> Clause | None:
    """ "Kinh phí thì Sở Tài chính cân đối …": the subject stands behind what is spoken of."""
    for pattern in (_TOPIC_NAMED, _TOPIC_THEN, *([_TOPIC_SAID] if directory.people else [])):
        topic = pattern.match(text, start, end)
        if topic is None:
            continue
        place = topic.end()
        clause = clause_with_subject(text, place, end, directory) or clause_behind_adverbial(
            text, place, end, directory
        )
        if clause is None or clause.form == "heading":
            continue
        acting = pattern is not _TOPIC_SAID and acts(text, clause.predicate_start, end)
        if acting or _is_known(text, clause, directory):
            return clause
    return None


def _is_known(text: str, clause: Clause, directory: Directory) -> bool:
    """Units of the meeting that are told anything at all are told to act, whatever verb a speaker finds."""
    people = [person.name for person in directory.people]
    said = len(clause.lead) > 0 and all(
        party.certainty is Certainty.DIRECTORY or any(party.names[0].endswith(name) for name in people)
        for party in clause.lead
    )
    told = text[clause.predicate_start : clause.predicate_end].split()
    return said and len(told) > 1 and told[0].lower() not in _NO_ACT


def _behind_condition(text: str, start: int, end: int, directory: Directory) -> Clause | None:
    """ "Trường hợp các hộ không chấp hành, lập hồ sơ …": an act without subject behind a condition. It begins no piece
    of its own: behind a semicolon it goes on with the act before it."""
    mark = _CONDITION_ENDS.search(text, start, end)
    return _subjectless(text, mark.end(), end, directory) if mark and _CONDITION.match(text, start, end) else None


def _spoken_of(text: str, start: int, end: int, directory: Directory) -> Clause | None:
    """ "Đối với Bộ Y tế: đẩy nhanh …", "Về phía Bộ Quốc phòng, bố trí …": the unit spoken of is the one to act; nothing
    behind the colon heads what follows."""
    opener = SPOKEN_OF.match(text, start, end)
    if opener is None:
        return None
    cursor = Cursor(text, opener.end(), end)
    lead = read_parties(cursor, directory)
    if lead and cursor.rest().strip() in {"", ":"}:
        return Clause("heading", lead, (), start, end, end, end)
    if not lead or not cursor.take_marks(":,") or not acts(text, word_place(text, cursor.position, end), end):
        return None
    return completed("implicit", cursor, lead, start, end, directory)


def _subjectless(text: str, start: int, end: int, directory: Directory) -> Clause | None:
    place = word_place(text, start, end)
    if directory.people and (pronoun := _YOU.match(text, place, end)) is not None and acts(text, pronoun.end(), end):
        place = pronoun.end()
    if is_described(text, place, end):
        return None
    if (duty := _MUST.match(text, place, end)) is not None and acts(text, duty.end(), end):
        place = duty.end()
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


def behind_connectives(text: str, start: int, end: int) -> int:
    place = word_place(text, start, end)
    while (match := _CONNECTIVE.match(text, place, end)) is not None and match.end() > place:
        place = match.end()
    return place
