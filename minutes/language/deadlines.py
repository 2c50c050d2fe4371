"""Every deadline a sentence sets, and none of the dates that set nothing.

In: a sentence (spoken numbers already figures), the day of the meeting, the working calendar. Out: deadlines in the
order they stand, with their characters and, where a day cannot be had, a question for the secretary. The forms are in
deadline_dates, _periods, _relative and _recurring, each with its examples; here stand the traps of LANGUAGE §1.4.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from minutes.language import deadline_dates, deadline_periods, deadline_relative, deadline_spans
from minutes.language.deadline_recurring import find_recurring
from minutes.language.deadline_values import Deadline, Form, FoundDeadline, Today

FORMS: tuple[Form, ...] = (
    *deadline_dates.FORMS,
    *deadline_relative.FORMS,
    *deadline_periods.FORMS,
    *deadline_spans.FORMS,
)

# "các dự án đã được phê duyệt trước ngày 01/7/2020": a date of the things, not of the task. "được giao trước ngày" is
# a deadline.
_DONE_THING = re.compile(
    r"(?<!\w)(?:đã|được|(?<!thiết )(?<!chuẩn )bị)\s+(?!(?:được\s+)?(?:giao|phân công))(?:\w+\s+){1,4}$", re.IGNORECASE
)
# "các dự án hoàn thành trước ngày …": a past day that tells which things are meant.
_OF_THINGS = re.compile(
    r"(?<!\w)(?:dự án|hồ sơ|hợp đồng|công trình|trường hợp|khoản|văn bản|số liệu|vụ việc|đơn thư|gói thầu|nhiệm vụ)"
    r"(?:\s(?!báo cáo|trình|gửi|nộp)[^,;.]*)?\s(?:hoàn thành|ký|phê duyệt|cấp|phát sinh|nộp|tiếp nhận|"
    r"thực hiện|khởi công|ban hành|có|từ)\s*$",
    re.IGNORECASE,
)
# "trình Ban Giám đốc ngày 15/4": a bare day is a deadline of what is handed in, not of a paper.
_BARE_DAY = re.compile(r"^ngày\s", re.IGNORECASE)
_HANDED_IN = re.compile(
    r"(?<!\w)(?:(?:trình|nộp|gửi|hoàn thành|xong|bàn giao)(?!\w)[^,;.]{0,60}|báo cáo\s+(?:Bộ|Thứ|Thủ|Phó|Chủ|Giám|Ban|"
    r"UBND|lãnh đạo|kết quả|tôi)(?!\w)[^,;.]{0,40})$",
    re.IGNORECASE,
)
# "Ngày 20/5 báo cáo Bộ trưởng": the act stands right behind its day.
_THEN_HANDED_IN = re.compile(
    r"\s+(?:là\s+)?(?:phải\s+)?(?:báo cáo|trình|gửi|nộp|xong|hoàn thành|bàn giao|(?<=phải\s)có)(?!\w)", re.IGNORECASE
)
_OF_PAPER = re.compile(
    r"(?:số\s+[\w/.-]+|công văn|quyết định|kế hoạch|thông báo|văn bản|nghị quyết|chỉ thị|họp|phiên|hội nghị)\s*,?\s*$",
    re.IGNORECASE,
)
# "số liệu tính đến hết quý III": up to where the figures reach.
_FIGURES_UNTIL = re.compile(
    r"(?<!\w)(?:số liệu|tính|tính toán|lũy kế|dự báo|ước|kết quả|tình hình|đạt|giải ngân|kinh phí|nhu cầu|hiệu "
    r"lực|thời gian|giai đoạn|"
    r"áp dụng|kéo dài|gia hạn|giá)[^,;.]{0,40}$",
    re.IGNORECASE,
)
# "tổ chức bầu cử vào ngày 23/5/2021": when something takes place. A task is reported, handed in or finished "vào ngày".
_REPORTING = re.compile(
    r"(?<!\w)(?:báo cáo|trình|gửi|nộp|hoàn thành|xong|ban hành|công bố|phát hành|bàn giao|thông báo|hoàn thiện|"
    r"khai trương|đưa vào|khóa sổ|chốt|kết thúc|nghiệm thu)[^,;.]*$",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"^(?:cho\s+)?(?:đến|hết)", re.IGNORECASE)
_EVENT_ON = re.compile(r"^(?:(?:vào(?:\s+các)?|trong\s+các)\s+ngày|(?:\w+\s+)?dịp)\s+\d", re.IGNORECASE)
# "Luật có hiệu lực từ ngày …", "các dự án được giao vốn trước ngày …" of the past: a day of the things.
_IN_FORCE = re.compile(r"(?<!\w)hiệu lực(?:\s+thi hành)?\s*$", re.IGNORECASE)
_DONE_TO_THINGS = re.compile(r"(?<!\w)(?:đã|được|bị)(?:\s+\w+){1,5}\s*$", re.IGNORECASE)
# "bàn giao … trước ngày 15 để thi công trước ngày 30": the second day is what the task is for.
# "niêm yết trong thời hạn 30 ngày": how long it is to hang there.
_LASTS = re.compile(r"(?<!\w)(?:niêm yết|công khai|treo|lấy ý kiến|duy trì|kéo dài)(?!\w)[^,;.]*$", re.IGNORECASE)
_PURPOSE = re.compile(r"(?<!\w)(?:để|nhằm|làm cơ sở|phục vụ)\s[^.;]*$", re.IGNORECASE)
# "không được để dồn vào cuối năm": what must not happen then.
_FORBIDDEN = re.compile(r"(?<!\w)(?:không\s+(?:được\s+)?để|dồn)(?!\w)[^,;.]*$", re.IGNORECASE)
# "dự án mà đến ngày 31/10/2026 vẫn giải ngân dưới 60%": how things then are.
_STILL_THEN = re.compile(r"\s+(?:mà\s+)?(?:vẫn|còn)\s+(?:chưa|không|giải\s+ngân|đạt)", re.IGNORECASE)
# "lịch cắt điện tuần sau": what is planned for then.
_PLANNED_FOR = re.compile(r"(?<!\w)(?:lịch|kế hoạch|chương trình|danh sách|thực đơn)(?:\s+\w+){0,4}\s*$", re.IGNORECASE)
_BARE_WEEK = re.compile(r"^(?:tuần|tháng)\s", re.IGNORECASE)
# "không quá 12 giờ trong một ngày": how much of a day.
_SO_MUCH_A_DAY = re.compile(r"(?<!\w)(?:giờ|lần|ca|lượt)\s*$", re.IGNORECASE)
# "trước ngày 25, chứ cuối tháng là trễ": the day that is too late.
_NOT_THEN = re.compile(
    r"(?<!\w)(?:chứ|chớ|đừng(?:\s+có)?\s+(?:đợi|chờ|để)|khỏi\s+(?:đợi|chờ))(?:\s+(?:để|đến|tới))?\s*$", re.IGNORECASE
)
# "(nhiệm vụ giao tại Công văn số 12, hạn hoàn thành là ngày 31/7)": the day it once had.
_ONCE = re.compile(
    r"\((?:nhiệm vụ\s+(?:được\s+)?giao|hạn cũ|thời hạn cũ|trước đây|quá hạn)(?!\w)[^()]*$", re.IGNORECASE
)
# "đánh giá, xếp loại cuối năm": the one that is made then.
_AT_YEARS_END = re.compile(
    r"(?:xếp loại|tổng kết|đánh giá|thi đua|kiểm điểm|hội nghị|thưởng|bình xét|dịp|tháng|cao điểm|dồn vào|"
    r"thường lệ|kỳ họp)\s*$",
    re.IGNORECASE,
)
_PAST_BEFORE = re.compile(r"(?<!\w)(?:đã|từng|vừa)\s(?:(?!báo cáo|trình|gửi)[^,;.])*$", re.IGNORECASE)
# "phục vụ Hội nghị vận tải toàn quốc tổ chức vào quý I/2010": when something else takes place.
_EVENT_HELD = re.compile(
    r"(?<!\w)(?:hội nghị|hội thảo|lễ|kỳ họp|phiên họp|cuộc họp|đại hội|diễn đàn|festival|triển lãm)\s[^,;.]{2,80}?"
    r"(?:tổ chức|diễn ra|khai mạc)\s*$",
    re.IGNORECASE,
)
# "phong trào “Chung tay xóa nhà tạm trong năm 2025”": a time in the name of something.
_QUOTED = re.compile(r"“[^”]*$")
_YEAR_UNHEARD = re.compile(r"\s+năm\s+(?!\d{4}(?!\d))(?:[\w.]+\s+){0,3}(?:nghìn|ngàn|trăm)(?!\w)", re.IGNORECASE)
YEAR_UNHEARD = "Nghe chưa rõ năm của thời hạn “{said}”; cần nghe lại."
_FURTHEST_LOOK_BACK = 240
_FREE_STANDING = {"in_week", "in_month", "in_quarter", "in_half_year", "in_year"}


def find_deadlines(text: str, today: Today) -> tuple[FoundDeadline, ...]:
    """All deadlines of `text`, left to right, never overlapping; where two forms fit, the longer reading stands."""
    found = [hit for hit in _candidates(text, today) if not _is_trap(text, hit, today)]
    chosen: list[FoundDeadline] = []
    for hit in sorted(found, key=lambda item: (item.start, -(item.end - item.start))):
        if not chosen or hit.start >= chosen[-1].end:
            if not (chosen and _PURPOSE.search(text, chosen[-1].end, hit.start)):
                chosen.append(hit)
        elif hit.end - hit.start > chosen[-1].end - chosen[-1].start:
            chosen[-1] = hit
    return tuple(chosen)


def deadlines_between(text: str, start: int, end: int, today: Today) -> tuple[FoundDeadline, ...]:
    """Those of a stretch of `text`, with their characters in the whole."""
    found = find_deadlines(text[start:end], today)
    return tuple(replace(hit, start=hit.start + start, end=hit.end + start) for hit in found)


def binding(found: Sequence[FoundDeadline]) -> FoundDeadline | None:
    """The one that ends the task: the last with a day, else what recurs, else the last of the others. Beside what
    recurs a window only says for how long."""
    recurs = any(hit.deadline.rrule for hit in found)
    for wanted in (lambda hit: hit.deadline.iso, lambda hit: hit.deadline.rrule):
        passing = {"start", "window"} if recurs else {"start"}
        with_value = [hit for hit in found if wanted(hit) and hit.deadline.kind not in passing]
        if with_value:
            return with_value[-1]
    return found[-1] if found else None


def _candidates(text: str, today: Today) -> Iterator[FoundDeadline]:
    yield from find_recurring(text, today)
    for rule in FORMS:
        for match in rule.pattern.finditer(text):
            reading = rule.read(match, today)
            if reading is not None:
                raw = re.sub(
                    r"^(?:vào\s+(?!ngày)|xong\s+|hoàn\s+thành\s+)", "", match.group(0).strip(), flags=re.IGNORECASE
                )
                deadline = Deadline(raw, reading.iso, reading.kind, reading.rrule)
                hit = FoundDeadline(deadline, match.start(), match.end(), reading.question)
                yield _asked_if_past(_open_if_year_unheard(hit, text), today)


def _asked_if_past(hit: FoundDeadline, today: Today) -> FoundDeadline:
    day = _last_day(hit.deadline)
    if day is None or today.day is None or day >= today.day or hit.question:
        return hit
    return replace(hit, question=f"Thời hạn “{hit.deadline.raw}” ở trước ngày họp {today.day:%d/%m/%Y}.")


def _open_if_year_unheard(hit: FoundDeadline, text: str) -> FoundDeadline:
    """ "trước ngày 1 tháng 12 năm hay nghìn không trăm 26": a year was said, so no other is put in its place."""
    if hit.deadline.iso is None or not _YEAR_UNHEARD.match(text, hit.end):
        return hit
    open_deadline = replace(hit.deadline, iso=None)
    return replace(hit, deadline=open_deadline, question=YEAR_UNHEARD.format(said=hit.deadline.raw))


def _last_day(deadline: Deadline) -> date | None:
    return date.fromisoformat(deadline.iso.split("/")[-1][:10]) if deadline.iso else None


def _is_trap(text: str, hit: FoundDeadline, today: Today) -> bool:
    before, said = text[max(0, hit.start - _FURTHEST_LOOK_BACK) : hit.start], text[hit.start : hit.end]
    if hit.deadline.kind == "recurring":
        return False
    if _EVENT_HELD.search(before):
        return True
    if _QUOTED.search(before) and "”" in text[hit.end : hit.end + _FURTHEST_LOOK_BACK]:
        return True
    past = _last_day(hit.deadline)
    over = past is not None and today.day is not None and past < today.day
    done = _DONE_THING.search(before)
    # "khu vực còn bị chia cắt trước ngày 7/11": of a day to come only "đã" makes a date of the things.
    if (done and (over or past is None or today.day is None or "đã" in done.group(0).lower())) or (
        _UNTIL.match(said) and _FIGURES_UNTIL.search(before)
    ):
        return True
    then = _THEN_HANDED_IN.match(text, hit.end) is not None and not _OF_PAPER.search(before)
    if _EVENT_ON.match(said) and not then and (not before.strip() or not _REPORTING.search(before)):
        return True
    if _BARE_DAY.match(said) and (over or not (then or _HANDED_IN.search(before)) or _OF_PAPER.search(before)):
        return True
    if hit.deadline.kind == "start" and _IN_FORCE.search(before):
        return True
    if over and (hit.deadline.kind == "start" or _OF_THINGS.search(before) or _DONE_TO_THINGS.search(before)):
        return True
    if hit.deadline.kind in {"days", "working_days"} and "kể từ" not in said and _LASTS.search(before):
        return True
    if _STILL_THEN.match(text, hit.end) or _NOT_THEN.search(before) or _ONCE.search(before):
        return True
    if "cuối năm" in said.lower() and _AT_YEARS_END.search(before):
        return True
    if _BARE_WEEK.match(said) and _PLANNED_FOR.search(before):
        return True
    if hit.deadline.kind == "days" and _SO_MUCH_A_DAY.search(before):
        return True
    apart = _PAST_BEFORE.search(before) is not None or _FORBIDDEN.search(before) is not None
    return hit.deadline.kind in _FREE_STANDING and (over or apart)
