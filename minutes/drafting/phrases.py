"""Sentences of a conclusion notice: how an item, a deadline, an event and a day are printed.

In: values. Out: written Vietnamese (LANGUAGE §1.1, §1.2, §1.6; figures per Decree 30/2020). A phrase says nothing its
values do not say.
"""

import re
from datetime import date

from minutes.drafting.extraction import ExtractedItem
from minutes.language.deadline_values import Deadline
from minutes.language.speech import office_style
from minutes.language.text import capitalised, squeeze

# Named days of the week take a capital (Decree 30/2020, annex II).
_WEEKDAY = re.compile(r"(?<!\w)thứ (hai|ba|tư|năm|sáu|bảy)(?!\w)", re.IGNORECASE)
# The deadline was said of this verb itself, so "hoàn thành" would only repeat it.
_CARRIES_DEADLINE = re.compile(
    r"^hoàn (?:thành|tất)(?!\w)|(?:^|[,;]\s*)(?:báo cáo|trình|gửi|nộp)\s[^,;]*$", re.IGNORECASE
)
# A month that was not heard stays open in print as on a form.
_MONTH_UNHEARD = re.compile(r"(ngày \d{1,2} tháng)(?: [^\W\d_]+)?$")
_QUARTERS = ("I", "II", "III", "IV")
_PREPOSITIONS = re.compile(
    r"^(?:trước|trong|chậm nhất|muộn nhất|đến|cho đến|từ|bắt đầu|kể từ|định kỳ|hằng|hàng|mỗi|tại|theo|vào|ngay|"
    r"hết|sau|lúc|mục tiêu)(?!\w)",
    re.IGNORECASE,
)


def long_day(day: date) -> str:
    """ngày 08 tháng 4 năm 2026: a nought before days below 10 and before the months 1 and 2 (annex I, II.4b)."""
    return f"ngày {day.day:02d} tháng {_month(day)} năm {day.year}"


def short_day(day: date) -> str:
    """15/4/2026."""
    return f"{day.day:02d}/{_month(day)}/{day.year}"


def event_of(title: str) -> str:
    """The meeting as a phrase: "cuộc họp giao ban …" from "Họp giao ban …"."""
    words = squeeze(title)
    if re.match(r"họp(?!\w)", words, re.IGNORECASE):
        return f"cuộc {words[:1].lower()}{words[1:]}"
    if re.match(r"(?:cuộc|buổi|phiên|hội nghị|hội thảo|kỳ)(?!\w)", words, re.IGNORECASE):
        return words[:1].lower() + words[1:]
    return f"cuộc họp {words}" if words else "cuộc họp"


def deadline_phrase(deadline: Deadline) -> str:
    """The deadline as printed: days with their year, periods by name, everything else in the words said."""
    if deadline.iso is None:
        phrase = _MONTH_UNHEARD.sub(r"\1 …", office_style(deadline.raw))
        phrase = _WEEKDAY.sub(lambda match: f"thứ {match.group(1).capitalize()}", phrase)
        return _with_preposition(phrase)
    last = date.fromisoformat(deadline.iso.split("/")[-1][:10])
    if deadline.kind == "window":
        return f"từ ngày {short_day(date.fromisoformat(deadline.iso.split('/')[0]))} đến hết ngày {short_day(last)}"
    if deadline.kind == "before_time":
        return f"trước {deadline.iso[11:13]}h{deadline.iso[14:16]} ngày {short_day(last)}"
    if deadline.kind in {"in_week", "in_half_year", "working_days", "days"} or (
        deadline.kind == "in_month" and "cuối" in deadline.raw
    ):
        return f"{_with_preposition(office_style(deadline.raw))} (chậm nhất ngày {short_day(last)})"
    return _named_period(deadline, last)


def _with_preposition(phrase: str) -> str:
    return phrase if _PREPOSITIONS.match(phrase) else f"vào {phrase}"


def _named_period(deadline: Deadline, last: date) -> str:
    match deadline.kind:
        case "in_month":
            return f"trong tháng {last.month}/{last.year}"
        case "in_quarter":
            return f"trong quý {_QUARTERS[(last.month - 1) // 3]}/{last.year}"
        case "in_year":
            return f"trong năm {last.year}"
        case "on_date":
            return f"trong ngày {short_day(last)}"
        case "start":
            return f"từ ngày {short_day(last)}"
        case "before_date" if re.match(r"(?:cho\s+)?(?:đến|hết)", deadline.raw, re.IGNORECASE):
            return f"đến hết ngày {short_day(last)}"
        case "before_date" if re.match(r"(?:chậm|muộn|trễ)\s+nhất(?!.*trước)", deadline.raw, re.IGNORECASE):
            return f"chậm nhất ngày {short_day(last)}"
        case "before_date":
            return f"trước ngày {short_day(last)}"
        case _:
            return office_style(deadline.raw)


def item_sentence(item: ExtractedItem, *, under_unit: bool = False) -> str:
    """One numbered conclusion: "Trung tâm Thông tin chủ trì, phối hợp với Văn phòng Bộ khắc phục …, hoàn thành trước
    ngày ….". Under a heading that names the unit it begins with the act."""
    subject = "" if under_unit else _listed(item.lead)
    # A machine closes sentences where it hears a pause: the full stop of the printed sentence is ours.
    action = office_style(item.action).rstrip(" .,;")
    if subject and item.coordinating:
        body = f"{subject} chủ trì, phối hợp với {_listed(item.coordinating)} {_lowered(action)}"
    elif under_unit and item.coordinating:
        body = f"Chủ trì, phối hợp với {_listed(item.coordinating)} {_lowered(action)}"
    elif subject and item.kind == "responsibility" and not re.match(r"(?:phải\s+)?chịu", action, re.IGNORECASE):
        body = f"{subject} chịu trách nhiệm {_lowered(action)}"
    elif subject:
        body = f"{subject} {_lowered(action)}"
    else:
        body = action
    return capitalised(f"{body}{_ending(item.deadline, action)}.")


def _ending(deadline: Deadline | None, action: str) -> str:
    if deadline is None or deadline.kind == "none":
        return ""
    phrase = deadline_phrase(deadline)
    if deadline.kind in {"recurring", "next_meeting"} or _CARRIES_DEADLINE.search(action):
        return f" {phrase}"
    return f", {phrase}" if deadline.kind in {"start", "window"} else f", hoàn thành {phrase}"


def _listed(names: tuple[str, ...]) -> str:
    """A, B và C; a collective behind the first place in small letters."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} và {names[-1]}"


def _lowered(action: str) -> str:
    """The first letter small, unless an abbreviation stands there."""
    return action if action[1:2].isupper() else action[:1].lower() + action[1:]


def _month(day: date) -> str:
    return f"{day.month:02d}" if day.month <= 2 else str(day.month)
