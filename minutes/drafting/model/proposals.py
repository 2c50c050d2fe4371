"""What a model proposes, read without trust.

In: the text of a model's answer. Out: proposals whose fields have the right types; anything else is dropped and
counted. The model names the line it read, the words it read (`quote`), who is told and who helps; days are never taken
from it: the grammar reads them out of the quoted words.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

MOST_PROPOSALS = 300
LONGEST_FIELD = 1200
_FENCE = re.compile(r"```(?:json)?\s*(.*?)```", re.DOTALL)

INSTRUCTION = """Bạn đọc bản gỡ băng một cuộc họp hành chính. Mỗi dòng có số thứ tự và người nói.
Hãy liệt kê các kết luận của người chủ trì (và cấp trên dự họp). Không thêm, không suy diễn, không ghi ý kiến đề nghị
của người dự họp. Trả lời duy nhất một đối tượng JSON:
{"items": [{"line": <số dòng>, "quote": "<nguyên văn, chép đúng từng chữ trong dòng đó>",
"kind": "directive|standing_duty|prohibition|responsibility|commendation|decision",
"lead": ["<đơn vị chủ trì, đúng chữ trong dòng>"], "coordinating": ["<đơn vị phối hợp, đúng chữ trong dòng>"],
"action": "<việc phải làm, chỉ dùng chữ có trong quote>"}]}"""


@dataclass(frozen=True)
class Proposal:
    """One item as a model proposes it; nothing of it is believed yet."""

    line: int
    quote: str
    kind: str
    lead: tuple[str, ...]
    coordinating: tuple[str, ...]
    action: str


def read_proposals(answer: str) -> tuple[Proposal, ...]:
    """The well-formed proposals of an answer, at most `MOST_PROPOSALS`; an answer that is no JSON has none."""
    fenced = _FENCE.search(answer)
    try:
        data = json.loads(fenced.group(1) if fenced else answer)
    except (json.JSONDecodeError, RecursionError):
        return ()
    rows = data.get("items") if isinstance(data, dict) else data
    if not isinstance(rows, list):
        return ()
    found = (_proposal(row) for row in rows[:MOST_PROPOSALS])
    return tuple(proposal for proposal in found if proposal is not None)


def _proposal(row: Any) -> Proposal | None:
    if not isinstance(row, dict) or not isinstance(row.get("line"), int) or isinstance(row["line"], bool):
        return None
    texts = {name: row.get(name) for name in ("quote", "kind", "action")}
    if not all(isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_FIELD for value in texts.values()):
        return None
    return Proposal(
        line=row["line"],
        quote=str(texts["quote"]).strip(),
        kind=str(texts["kind"]).strip(),
        lead=_names(row.get("lead")),
        coordinating=_names(row.get("coordinating")),
        action=str(texts["action"]).strip(),
    )


def _names(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        return ()
    return tuple(name.strip() for name in value[:20] if isinstance(name, str) and 0 < len(name.strip()) <= 200)
