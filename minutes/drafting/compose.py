"""An extraction as the draft of a notice.

In: what was understood, the facts of the meeting, the facts of the house that issues. Out: a `NoticeContent` without
number and date
(they are the registrar's, F15). What is missing stays blank; what is uncertain is listed under "Nội dung cần kiểm
tra, bổ sung".
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from minutes.drafting.extraction import ExtractedItem, Extraction, all_questions
from minutes.drafting.layouts import Layout, Row, arranged
from minutes.drafting.phrases import event_of, item_sentence, long_day
from minutes.drafting.signing import office_unit, proposed_signer
from minutes.drafting.spoken import full_style
from minutes.language.house_style import HouseStyle
from minutes.language.text import Span as PlaceSpan
from minutes.language.text import capitalised, squeeze
from minutes.notices.content import DeadlineFacts, NoticeContent, NoticeItem, Paragraph, Section, Span
from orchestrator.meetings.context import MeetingContext

LONGEST_SUBJECT = 500
ASSESSMENT, TASKS = "Đánh giá chung", "Nhiệm vụ"
NO_CHAIR = "Chưa rõ họ tên, chức vụ người chủ trì."
NO_ROLL_CALL = "Chưa điểm danh: cần kiểm tra thành phần dự họp."
NO_DEADLINE = "Nhiệm vụ chưa có thời hạn: “{action}”."
NO_ASSESSMENT = "Chưa có nội dung đánh giá chung: cần bổ sung hoặc bỏ mục này."
PROPOSED_SIGNER = "Người ký và thẩm quyền ký do máy đề xuất; cần kiểm tra theo quy chế làm việc."


@dataclass(frozen=True)
class House:
    """Who issues: names for the head of the paper, the code behind "TB-", the place. Empty fields stay blank."""

    body: str = ""
    parent: str = ""
    code: str = ""
    place: str = ""
    layout: Layout = "topic"
    style: HouseStyle = field(default_factory=HouseStyle)


@dataclass(frozen=True)
class _Ids:
    """Ids of items that stay the same when the same text is drafted again."""

    used: set[str] = field(default_factory=set)

    def next(self, *words: str) -> str:
        base = hashlib.sha256("|".join(words).encode()).hexdigest()[:12]
        identity, copy = base, 1
        while identity in self.used:
            copy += 1
            identity = f"{base}-{copy}"
        self.used.add(identity)
        return identity


def compose_notice(extraction: Extraction, context: MeetingContext, house: House | None = None) -> NoticeContent:
    """The machine's draft. No items give a draft without body whose list of things to check says why."""
    house = house or House()
    event = event_of(context.title)
    chair = full_style(context.chair) if context.chair else ""
    signer = proposed_signer(context, house.body)
    body = context.body_name or house.body
    return NoticeContent(
        issuing_parent=(house.body if context.body_name else house.parent),
        issuing_body=body,
        symbol_suffix="TB-BCĐ"
        if context.body_name.lower().startswith("ban chỉ đạo")
        else f"TB-{house.code}"
        if house.code
        else "TB",
        place=house.place,
        subject=capitalised(squeeze(f"Kết luận của {chair or 'người chủ trì'} tại {event}"))[:LONGEST_SUBJECT],
        opening=_opening(extraction, context, event, chair),
        sections=_sections(extraction, context, house),
        closing=_closing(context, event, chair) if extraction.items else "",
        recipients=_recipients(extraction, context, chair),
        signer=signer,
        to_check=_to_check(extraction, context, house, proposed=bool(signer.name)),
        machine_made=True,
    )


def _opening(extraction: Extraction, context: MeetingContext, event: str, chair: str) -> tuple[Paragraph, ...]:
    place = f", tại {context.place}" if context.place else ""
    who = f"{chair} đã chủ trì {event}" if chair else f"đã diễn ra {event}"
    first = Paragraph(text=f"{capitalised(long_day(context.date))}{place}, {who}.")
    if not extraction.items:
        return (first,)
    heard = []
    if extraction.opening.reported_by:
        heard.append(f"báo cáo của {', '.join(extraction.opening.reported_by)}")
    above = _superiors(extraction, context)
    if above:
        heard.append(f"ý kiến chỉ đạo của {', '.join(above)}")
    if spoke := [name for name in extraction.opening.spoke if name not in above]:
        heard.append(f"ý kiến của {', '.join(spoke)}")
    before = f"Sau khi nghe {'; '.join(heard)}, " if heard else "Tại cuộc họp, "
    return first, Paragraph(text=f"{before}{chair or 'người chủ trì'} kết luận như sau:")


def _superiors(extraction: Extraction, context: MeetingContext) -> list[str]:
    """Those above the chair whose words are among the items, by title and name."""
    chair = context.chair.name if context.chair else ""
    said_by = {item.said_by for item in extraction.items if _is_superiors(item, context, chair)}
    return [full_style(person) for person in context.present if any(name.endswith(person.name) for name in said_by)]


def _sections(extraction: Extraction, context: MeetingContext, house: House) -> tuple[Section, ...]:
    """The chair's items as the layout arranges them; what a superior said goes first, under that person's name."""
    ids = _Ids()
    chair = context.chair.name if context.chair else ""
    own = [item for item in extraction.items if not _is_superiors(item, context, chair)]
    others = [item for item in extraction.items if _is_superiors(item, context, chair)]
    items = [_superior(name, rows, ids, house.style) for name, rows in _by_speaker(others)]
    items += [_row(row, ids, house.style) for row in arranged(own, house.layout, office_unit(context))]
    if not items or house.layout != "assessment":
        return (Section(items=tuple(items)),) if items else ()
    weighed = tuple(
        NoticeItem(
            id=ids.next("assessed", said.text), text=house.style.write(said.text), evidence=(_span(said.evidence),)
        )
        for said in extraction.assessment
    )
    return (Section(heading=ASSESSMENT, numbered=False, items=weighed), Section(heading=TASKS, items=tuple(items)))


def _row(row: Row, ids: _Ids, style: HouseStyle) -> NoticeItem:
    if not row.heading:
        return _item(row.items[0], ids, style)
    children = tuple(_item(item, ids, style, under_unit=row.of_unit) for item in row.items)
    return NoticeItem(id=ids.next("heading", row.heading), heading=row.heading, children=children)


def _is_superiors(item: ExtractedItem, context: MeetingContext, chair: str) -> bool:
    return (
        bool(chair)
        and bool(item.said_by)
        and not item.said_by.endswith(chair)
        and any(item.said_by.endswith(person.name) for person in context.present)
    )


def _by_speaker(items: Iterable[ExtractedItem]) -> Sequence[tuple[str, list[ExtractedItem]]]:
    rows: dict[str, list[ExtractedItem]] = {}
    for item in items:
        rows.setdefault(item.said_by, []).append(item)
    return list(rows.items())


def _superior(name: str, items: Sequence[ExtractedItem], ids: _Ids, style: HouseStyle) -> NoticeItem:
    children = tuple(_item(item, ids, style) for item in items)
    return NoticeItem(id=ids.next("superior", name), heading=f"Ý kiến chỉ đạo của {name}", children=children)


def _item(item: ExtractedItem, ids: _Ids, style: HouseStyle, *, under_unit: bool = False) -> NoticeItem:
    deadline = item.deadline
    return NoticeItem(
        id=ids.next(item.kind, *item.lead, item.action),
        text=style.write(item_sentence(item, under_unit=under_unit)),
        kind=item.kind,
        lead=item.lead,
        coordinating=item.coordinating,
        action=style.write(item.action),
        deadline=DeadlineFacts(raw=deadline.raw, iso=deadline.iso, kind=deadline.kind, rrule=deadline.rrule)
        if deadline
        else None,
        references=item.references,
        evidence=tuple(_span(span) for span in item.evidence),
        lead_unit_ids=() if item.collective else item.lead_unit_ids,
        coordinating_unit_ids=item.coordinating_unit_ids,
    )


def _span(span: PlaceSpan) -> Span:
    return Span(start=span.start, end=span.end)


def _closing(context: MeetingContext, event: str, chair: str) -> str:
    office = office_unit(context)
    who = f"{office} thông báo để các đơn vị biết, thực hiện" if office else "thông báo để các đơn vị biết, thực hiện"
    return f"Trên đây là kết luận của {chair or 'người chủ trì'} tại {event}, {who}."


def _recipients(extraction: Extraction, context: MeetingContext, chair: str) -> tuple[str, ...]:
    """The chair, the units at the meeting, those who got something to do; each once, the file copy last."""
    known = {unit.name for unit in context.units}
    named = [name for item in extraction.items for name in (*item.lead, *item.coordinating) if name in known]
    sitting = [name for name in context.units_present if name[:1].isupper()]
    office = office_unit(context)
    lines = [f"{chair} (để báo cáo)"] if chair else []
    lines += list(dict.fromkeys([*sitting, *named]))
    return (*lines, f"Lưu: VT, {_initials(office)}" if office else "Lưu: VT")


def _initials(office: str) -> str:
    return "VP" if office.lower().startswith("văn phòng") else "".join(word[0].upper() for word in office.split())


def _to_check(extraction: Extraction, context: MeetingContext, house: House, *, proposed: bool) -> tuple[str, ...]:
    lines = [extraction.reason] if extraction.reason else []
    lines += [NO_CHAIR] if context.chair is None else []
    lines += [] if context.roll_called else [NO_ROLL_CALL]
    lines += [NO_ASSESSMENT] if house.layout == "assessment" and not extraction.assessment else []
    lines += all_questions(extraction)
    lines += [
        NO_DEADLINE.format(action=item.action)
        for item in extraction.directives
        if item.deadline is None or item.deadline.kind == "none"
    ]
    lines += [PROPOSED_SIGNER] if proposed else []
    return tuple(dict.fromkeys(lines))
