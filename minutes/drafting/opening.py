"""Facts of the opening: who chaired, who reported, who spoke, when.

In: the sentences before the conclusions of a document. Out: an `Opening` of what is said there and nothing more.
"""

import re
from collections.abc import Sequence
from datetime import date

from minutes.drafting.extraction import Opening
from minutes.language.sentences import Sentence
from minutes.language.text import UPPER

_HEARD = re.compile(
    r"Sau khi nghe\s+(?P<heard>[^:]+?)\s+(?:đã\s+)?(?:kết luận|có ý kiến(?!\s+của)|thống nhất)", re.DOTALL
)
# The chair is the last person by office and name: "…, Thứ trưởng Trần Quang Hải, Trưởng ban Ban Chỉ đạo".
_CHAIR = re.compile(
    rf",\s*(?:thay mặt[^,]{{3,80}},\s*)?(?P<chair>(?:(?:Đồng chí|đồng chí)\s+)?(?:(?:Phó )?(?:Thủ tướng|Bộ "
    rf"trưởng|Thứ trưởng|Chủ tịch|Giám đốc|Cục trưởng|Vụ trưởng|Chủ nhiệm|Chánh Văn phòng|Trưởng ban|Bí thư)|"
    rf"(?:Đồng chí|đồng chí))"
    rf"(?:\s+(?!Ban\s)[{UPPER}]\w*){{2,10}}(?:,.*)?)$",
    re.DOTALL,
)
_REPORT = re.compile(
    r"(?:báo cáo|trình bày|ý kiến báo cáo)(?:\s+(?:tóm tắt|nhanh|về[^;]{2,80}?))?\s+của\s+(?P<who>[^;]+)", re.IGNORECASE
)
_SPOKE = re.compile(
    r"ý kiến(?:\s+(?:phát biểu|tham gia|trao đổi,\s*thảo luận|thảo luận|đóng góp))?\s+của\s+(?P<who>[^;]+)",
    re.IGNORECASE,
)
_CHAIRED = re.compile(
    r"(?P<chair>(?:Đồng chí\s+)?[^.,;:\n]{3,120}?(?:,[^.,;:\n]{3,100})?)\s+(?:đã\s+)?chủ trì\s+(?P<meeting>(?:cuộc|"
    r"phiên|buổi|hội nghị|Hội nghị|họp)[^.]{2,200})"
)
_SUBJECT = re.compile(r"[Kk]ết luận\s+của\s+(?P<chair>[^\n]{3,160}?)\s+tại\s+(?P<meeting>[^\n.]{3,240})")


def opening_of_text(value: str, sentences: Sequence[Sentence], day: date | None) -> Opening:
    """What the head of a document says of its meeting."""
    head = "\n".join(value[sentence.start : sentence.end] for sentence in sentences)
    heard, chaired, subject = _HEARD.search(head), _CHAIRED.search(head), _SUBJECT.search(head)
    said = heard["heard"] if heard else ""
    named = _last_chair(said)
    chair = named["chair"] if named else chaired["chair"] if chaired else subject["chair"] if subject else None
    meeting = subject["meeting"] if subject else chaired["meeting"] if chaired else ""
    said = said[: named.start()] if named else said
    report, spoke = _REPORT.search(said), _SPOKE.search(said)
    return Opening(
        date=day.isoformat() if day else None,
        meeting=_tidy(meeting),
        chaired_by=_tidy(re.sub(r"^(?:Ngày[^,]+,\s*)?(?:tại[^,]+,\s*)?", "", chair)) if chair else None,
        reported_by=(_tidy(re.split(r"\s+và\s+ý kiến|,\s*ý kiến", report["who"])[0]),) if report else (),
        spoke=(_tidy(spoke["who"]),) if spoke else (),
    )


def _last_chair(said: str) -> re.Match[str] | None:
    places = [match.start() for match in re.finditer(",", said)]
    return next((found for place in reversed(places) if (found := _CHAIR.match(said, place)) is not None), None)


def _tidy(value: str) -> str:
    return " ".join(value.split()).strip(" ,.;")
