"""A written notice or letter to an extraction.

In: the text of a document, a directory (empty if nothing is known), the day of the meeting. Out: an `Extraction`
whose evidence is
character offsets into the text as given. Conclusions stand between "… kết luận như sau:" and "./."; what a newspaper
puts around them
assigns nothing. A report without that sentence is read for plain orders only.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from minutes.drafting.assigns import Mode
from minutes.drafting.extraction import Assessed, ExtractedItem, Extraction
from minutes.drafting.found import FoundItem, unit_ids
from minutes.drafting.items import ItemReader
from minutes.drafting.opening import opening_of_text
from minutes.drafting.receivers import addressed
from minutes.drafting.reports import begins_with_director, is_cut_out, may_order, tells_to_act
from minutes.language.clauses import read_clause
from minutes.language.deadline_values import Today
from minutes.language.directory import Directory
from minutes.language.numbers import spoken_to_figures
from minutes.language.paper_names import with_names_of
from minutes.language.parties import names_of
from minutes.language.procedure import assesses, closes, opens_conclusion, speaks_of_past, tells_before, tells_news
from minutes.language.sentences import Sentence, sentences_of_lines
from minutes.language.text import Span, Text, capitalised, squeeze
from orchestrator.calendar.public_holidays import public_calendar_from

EMPTY_TEXT = "Văn bản không có nội dung."
NOTHING_FOUND = "Không tìm thấy nội dung kết luận hoặc chỉ đạo trong văn bản."
LISTED_DEPTH = 2
_FEWEST_POINTS = 3
# In running prose an order reaches the few sentences behind it: "Thứ trưởng đề nghị … . Văn phòng Bộ phối hợp với … ."
_PROSE_REACH = 5
_ASSESSMENT = re.compile(
    r"(?<!\w)(?:đánh giá|kết quả|tình hình|ưu điểm|tồn tại|hạn chế|nguyên nhân|thuận lợi|khó khăn)(?!\w)", re.IGNORECASE
)
# "I. MỤC ĐÍCH, YÊU CẦU": what a plan is for, not what anybody is to do.
_AIMS = re.compile(r"\W*(?:mục đích|mục tiêu|quan điểm)(?!\w)", re.IGNORECASE)
_ORDERS_THESE = re.compile(
    r"(?<!\w)(?:(?:yêu cầu|đề nghị|chỉ đạo|giao)(?:\s+[^;:.]{2,160})?|giao nhiệm vụ|phân công|kết luận|thống nhất|"
    r"có ý kiến)\s*:\s*$",
    re.IGNORECASE,
)
_TASK_HEADING = re.compile(
    r"(?<!\w)(?:nhiệm vụ|phương hướng|giải pháp|chỉ đạo|yêu cầu|công việc|thời gian tới)(?!\w)", re.IGNORECASE
)
_DAY_OF_NEWS = re.compile(
    r"(?:^|\n)\s*(?:(?:sáng|chiều|tối|trưa)\s+(?:ngày\s+)?|ngày\s+)(\d{1,2})\s*[/-]\s*(\d{1,2})(?!\s*[/-]\s*\d)\s*,"
    r"[^.]{0,200}(?:chủ trì|tổ chức|họp|làm việc|hội nghị|phiên)",
    re.IGNORECASE,
)
_DATES = (
    re.compile(
        r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})\s*,[^.]{0,160}(?:chủ trì|tổ chức|họp|làm việc)",
        re.IGNORECASE,
    ),
    re.compile(
        r"[Nn]gày\s+(\d{1,2})\s*[/-]\s*(\d{1,2})\s*[/-]\s*(\d{4})\s*,[^.]{0,160}(?:chủ trì|tổ chức|họp|làm việc)"
    ),
    re.compile(r"[Nn]gày\s+(\d{1,2})\s*[/-]\s*(\d{1,2})\s*[/-]\s*(\d{4})\s*,"),
    re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE),
    re.compile(r"[Nn]gày\s+(\d{1,2})\s*[/-]\s*(\d{1,2})\s*[/-]\s*(\d{4})"),
)


def extract_written(raw: str, directory: Directory, meeting_date: date | None) -> Extraction:
    """Read a document. Without `meeting_date` the first full date of the text stands for it, if there is one."""
    text = spoken_to_figures(Text.of(raw), amounts=False)
    day = meeting_date or date_of_text(text.value)
    sentences = sentences_of_lines(text.value)
    if not sentences:
        return Extraction(opening_of_text(text.value, (), day), (), reason=EMPTY_TEXT)
    named = with_names_of(text.value, directory)
    begin, end = _body(text.value, sentences, named)
    reader = ItemReader(text, named, Today(day, public_calendar_from(day)) if day else Today(None))
    found = _read(reader, sentences, begin, end)
    opening = opening_of_text(text.value, sentences[:begin], day)
    items = tuple(extracted(item, text, directory) for item in found)
    weighed = tuple(_weighed(text, sentences[begin or 0 : end], items)) if begin is not None else ()
    return Extraction(opening, items, reason=None if items else NOTHING_FOUND, assessment=weighed)


def _weighed(text: Text, sentences: Sequence[Sentence], items: Sequence[ExtractedItem]) -> Iterator[Assessed]:
    """Sentences before the first item that weigh what was done."""
    first = min((item.evidence[0].start for item in items), default=None)
    for sentence in sentences:
        span = text.origin(sentence.start, sentence.end)
        said = text.value[sentence.start : sentence.end]
        if first is not None and span.end > first:
            return
        if assesses(said):
            yield Assessed(squeeze(said), span)


def date_of_text(value: str) -> date | None:
    """The first full date of a document's head, in the order in which notices give the day of the meeting."""
    if (day := _day_of_news(value[:6000])) is not None:
        return day
    for pattern in _DATES:
        for match in pattern.finditer(value[:6000]):
            try:
                return date(int(match.group(3)), int(match.group(2)), int(match.group(1)))
            except ValueError:
                continue
    return None


def _day_of_news(head: str) -> date | None:
    """ "Chiều ngày 06/4, … tổ chức họp" of a newspaper: the year is that of the first full date."""
    told, full = _DAY_OF_NEWS.search(head), re.search(r"(?<!\d)\d{1,2}\s*[/-]\s*\d{1,2}\s*[/-]\s*(\d{4})", head)
    if told is None or full is None:
        return None
    try:
        return date(int(full.group(1)), int(told.group(2)), int(told.group(1)))
    except ValueError:
        return None


def extracted(item: FoundItem, text: Text, directory: Directory) -> ExtractedItem:
    """A found item with its evidence as offsets into the original."""
    return ExtractedItem(
        kind=item.kind,
        lead=names_of(item.lead),
        coordinating=names_of(item.coordinating),
        action=capitalised(squeeze(item.action)),
        deadline=item.deadline,
        references=item.references,
        evidence=tuple(evidence_of(item, text)),
        sentence=squeeze(item.sentence),
        questions=item.questions,
        collective=item.collective,
        lead_unit_ids=unit_ids(item.lead, directory),
        coordinating_unit_ids=unit_ids(item.coordinating, directory),
    )


def evidence_of(item: FoundItem, text: Text) -> Sequence[Span]:
    """Where an item was said, its own words first."""
    spans = []
    for start, end in item.places:
        while start < end and not text.value[start].isalnum():
            start += 1
        while end > start and not text.value[end - 1].isalnum():
            end -= 1
        if end > start:
            spans.append(text.origin(start, end))
    return spans


def _body(value: str, sentences: Sequence[Sentence], directory: Directory) -> tuple[int | None, int]:
    """Index of the first sentence of the conclusions (None if nothing announces them) and of the first behind them."""
    said = [value[sentence.start : sentence.end] for sentence in sentences]
    opened = next(
        (
            index
            for index, words in enumerate(said)
            if words.rstrip()[-1:] in ":." and opens_conclusion(words) and _announces(words)
        ),
        None,
    )
    if opened is None:
        opened = _ordered_list(said, sentences)
    if opened is None:
        opened = _points_of_units(value, sentences, directory)
    first = 0 if opened is None else opened + 1
    for index in range(first, len(said)):
        if closes(said[index]):
            return (None if opened is None else first), index + (1 if "./." in said[index] else 0)
    return (None if opened is None else first), len(said)


def _ordered_list(said: Sequence[str], sentences: Sequence[Sentence]) -> int | None:
    """ "Để bảo đảm hiệu lực của kết luận, Thanh tra tỉnh yêu cầu:" with a numbered line right behind."""
    for index, following in enumerate(sentences[1:]):
        plain = sentences[index].depth == 0 and following.opens and following.depth > 0
        if plain and _ORDERS_THESE.search(said[index]):
            return index
    return None


def _points_of_units(value: str, sentences: Sequence[Sentence], directory: Directory) -> int | None:
    """ "8. Bộ Tài chính chủ trì …", "9. Các bộ, ngành …" of a plan or decision: numbered points that mostly tell a unit
    to act are a list, whatever stands above; the sentence before the first opens it (-1 if none stands there)."""
    points = [
        index for index, one in enumerate(sentences) if one.opens and one.depth in {LISTED_DEPTH, LISTED_DEPTH + 1}
    ]
    telling = [index for index in points if _tells_a_unit(value, sentences[index], directory)]
    listed = len(telling) >= _FEWEST_POINTS and 2 * len(telling) >= len(points)
    return telling[0] - 1 if listed else None


def _tells_a_unit(value: str, sentence: Sentence, directory: Directory) -> bool:
    clause = read_clause(value, sentence.start, sentence.end, directory)
    return clause is not None and bool(clause.lead) and not speaks_of_past(value[sentence.start : sentence.end])


def _announces(words: str) -> bool:
    return words.rstrip().endswith(":") or re.search(r"(?:như sau|sau đây|sau)\s*[.:]\s*$", words) is not None


def _read(reader: ItemReader, sentences: Sequence[Sentence], begin: int | None, end: int) -> list[FoundItem]:
    """Explicit orders only, until numbered lines or a sentence addressed to somebody open the list."""
    first = begin or 0
    numbered = any(sentence.depth in {2, 3} and sentence.opens for sentence in sentences[first:end])
    cut_out = begin is None and is_cut_out(reader.text.value, sentences[:end], reader.directory)
    since_order, in_aims = 0 if cut_out else _PROSE_REACH, False
    for index, sentence in enumerate(sentences[:end]):
        words = reader.text.value[sentence.start : sentence.end]
        following = sentences[index + 1] if index + 1 < end else None
        if begin is None or index < first:
            reader.statements = may_order(words)
            orders = tells_to_act(words)
            news = tells_before(words) or (tells_news(words) and not orders) or _is_headline(index, words)
            directed = begins_with_director(words)
            behind_order = since_order + 1 < _PROSE_REACH and not directed
            since_order = _PROSE_REACH if news else 0 if reader.statements else since_order + 1
            reader.mode = "prose" if begin is None and behind_order and not news else "explicit"
            before = len(reader.items)
            if not news and since_order < _PROSE_REACH and not opens_conclusion(words):
                reader.read(sentence, following=following)
            since_order = 0 if len(reader.items) > before else since_order
            continue
        reader.statements = True
        if index == first:
            reader.begin_list(addressed(reader.text.value, sentences[first - 1], reader.directory) if first else ())
            reader.mode = "explicit" if numbered else "list"
        if sentence.opens and sentence.depth == 1:
            in_aims = _AIMS.match(words) is not None
        if in_aims:
            continue
        if sentence.opens:
            reader.mode = _mode(reader.mode, sentence, words, numbered=numbered)
        reader.read(sentence, following=following)
    return reader.items


def _is_headline(index: int, words: str) -> bool:
    """The first line of a newspaper's report, which only announces what is told below."""
    return index == 0 and words.rstrip()[-1:] not in ".:;!?…/"


def _mode(current: Mode, sentence: Sentence, words: str, *, numbered: bool) -> Mode:
    """A part headed "Đánh giá chung" is prose; the first numbered line opens the list."""
    if sentence.depth == 1:
        return "explicit" if _ASSESSMENT.search(words) and not _TASK_HEADING.search(words) else "list"
    if current == "explicit" and sentence.depth >= LISTED_DEPTH and numbered and not _ASSESSMENT.match(words):
        return "list"
    return current
