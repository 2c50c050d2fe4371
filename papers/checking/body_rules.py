"""F10 references, F14 numbering of items (annex I, II.6)."""

import re
from collections.abc import Iterable

from papers.checking.reading import Reading
from papers.checking.results import CheckResult, failed, not_applicable, passed

_CITATION = re.compile(
    r"(?P<kind>Nghị định|Nghị quyết|Quyết định|Chỉ thị|Thông tư|Công văn|Công điện|Kế hoạch|Thông báo|Báo cáo|Tờ trình"
    r"|Hướng dẫn|Kết luận)\s+số\s+(?P<symbol>\d+[\w/.Đđ-]*[\w])(?P<rest>[^.;]{0,400})"
)
_DATED = re.compile(r"^\s*,?\s*ngày\s+\d{1,2}\s*(/|-|tháng)\s*\d{1,2}\s*(/|-|năm)\s*\d{4}", re.IGNORECASE)
_BY = re.compile(r"\bcủa\s+\w", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(về|quy định|ban hành|phê duyệt|sửa đổi|hướng dẫn|triển khai|tăng cường|thực hiện)\b", re.IGNORECASE
)
_PART = re.compile(r"^(?P<part>[IVX]+)\.\s")
_ITEM = re.compile(r"^(?P<item>\d{1,3})\.\s")


def check_citations(reading: Reading) -> CheckResult:
    """F10: the first time a paper is cited with type, symbol, date, agency and subject."""
    faults, seen = [], set()
    for match in _CITATION.finditer(" ".join(reading.body_paragraphs())):
        symbol = match["symbol"].casefold()
        if symbol in seen:
            continue
        seen.add(symbol)
        rest = match["rest"]
        absent = [
            name
            for name, there in (
                ("ngày", _DATED.match(rest)),
                ("cơ quan ban hành", _BY.search(rest)),
                ("trích yếu", _ABOUT.search(rest)),
            )
            if not there
        ]
        if absent:
            faults.append(f"{match['kind']} số {match['symbol']} thiếu {', '.join(absent)}")
    if not seen:
        return not_applicable("F10", "không có viện dẫn văn bản")
    return failed("F10", "; ".join(faults)) if faults else passed("F10", "viện dẫn lần đầu đủ thành phần")


def check_numbering(reading: Reading) -> CheckResult:
    """F14: items of one part are numbered 1, 2, 3 … without doubles; parts likewise."""
    paragraphs = reading.body_paragraphs()
    parts = [match["part"] for paragraph in paragraphs if (match := _PART.match(paragraph))]
    faults = [f"mục “{part}.” trùng số" for part in _doubles(parts)]
    numbers: list[str] = []
    for paragraph in paragraphs:
        if _PART.match(paragraph):
            faults += [f"khoản “{number}.” trùng số" for number in _doubles(numbers)]
            numbers = []
        elif match := _ITEM.match(paragraph):
            numbers.append(match["item"])
    faults += [f"khoản “{number}.” trùng số" for number in _doubles(numbers)]
    if not parts and not any(_ITEM.match(paragraph) for paragraph in paragraphs):
        return not_applicable("F14", "không có mục đánh số")
    return failed("F14", "; ".join(dict.fromkeys(faults))) if faults else passed("F14", "số mục không trùng")


def _doubles(numbers: Iterable[str]) -> list[str]:
    listed = list(numbers)
    return [number for number in dict.fromkeys(listed) if listed.count(number) > 1]
