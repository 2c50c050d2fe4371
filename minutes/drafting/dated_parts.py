"""One order in parts, where a day ends each: "rà soát quy hoạch trước ngày 30/6; xây dựng kế hoạch kiểm tra".

In: the clause of an order and its deadlines. Out: the stretches that are tasks of their own. A part is one only behind
a semicolon, where the part before it ends with its own day and an act begins; what only hands in or completes the same
matter stays with it.

| said | tasks |
|---|---|
| rà soát quy hoạch, hoàn thành trước ngày 30/6; xây dựng kế hoạch kiểm tra | two, the second without a day |
| đàm phán trước ngày 15/7; hằng ngày theo dõi giá | two |
| lập báo cáo, gửi góp ý trước ngày 05/01; hoàn chỉnh, trình Cục trưởng chậm nhất ngày 12/01 | one |
| lập kế hoạch; tổ chức kiểm tra trước ngày 30/6 | one |
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from minutes.language.clause_values import Clause, completed
from minutes.language.coordination import acts, behind_time
from minutes.language.deadline_values import FoundDeadline
from minutes.language.directory import Directory
from minutes.language.scanning import Cursor

_PARTED = re.compile(r"\s*\)?\s*;\s*(?:và\s+)?")
# The same matter goes on: handed in, completed, copied to somebody; or what not to do with it.
_SAME_MATTER = re.compile(
    r"(?:đồng gửi|đồng thời gửi|gửi|trình|báo cáo|tổng hợp|hoàn chỉnh|hoàn thiện|hoàn thành|riêng|không|trong đó|"
    r"trường hợp|nếu|chậm nhất|trước|kết quả)(?!\w)",
    re.IGNORECASE,
)


def in_dated_parts(
    text: str, clause: Clause, deadlines: Sequence[FoundDeadline], directory: Directory
) -> Iterator[Clause]:
    """The clause cut where a part ends with its own day; later parts have no lead of their own."""
    edges = [mark.end() for mark in _edges(text, clause, deadlines)]
    if not edges:
        yield clause
        return
    yield replace(clause, end=edges[0], predicate_end=edges[0])
    for begin, end in zip(edges, [*edges[1:], clause.predicate_end], strict=True):
        yield completed("subjectless", Cursor(text, begin, end), (), begin, end, directory)


def _edges(text: str, clause: Clause, deadlines: Sequence[FoundDeadline]) -> Iterator["re.Match[str]"]:
    for hit in deadlines:
        mark = _PARTED.match(text, hit.end, clause.predicate_end)
        if mark is None or hit.start < clause.predicate_start or _SAME_MATTER.match(text, mark.end()):
            continue
        begins = behind_time(text, mark.end(), clause.predicate_end)
        if acts(text, begins, clause.predicate_end):
            yield mark
