"""Those a sentence is about before somebody orders: "Đối với Bộ Y tế, Thủ tướng yêu cầu khẩn trương …".

In: a stretch of a sentence up to the assigning verb. Out: the unit (or household) spoken of, who is the one to act.
"""

import re

from minutes.language.directory import Directory
from minutes.language.parties import Certainty, Party
from minutes.language.scanning import Cursor
from minutes.language.text import UPPER, capitalised
from minutes.language.units import read_parties

SPOKEN_OF = re.compile(r"(?:đối với|về phía|riêng(?:\s+đối với)?|phía|với(?=\s+(?-i:[A-ZĐ])))\s+", re.IGNORECASE)
_SENT = re.compile(r"(?<!\w)gửi\s+(?:(?:tới|đến|cho)\s+)?", re.IGNORECASE)
_THEN_I = re.compile(r"\s+thì\s+(?:(?:tôi|chúng\s+tôi|chúng\s+ta)\s+)?(?:cũng\s+)?$", re.IGNORECASE)
_HOUSEHOLD = re.compile(
    rf"(?:các\s+)?hộ(?:\s+gia\s+đình)?(?:\s+(?:ông|bà|anh|chị))\s+(?-i:[{UPPER}]\w*)(?:\s+(?-i:[{UPPER}]\w*)){{0,4}}",
    re.IGNORECASE,
)


def party_spoken_of(text: str, start: int, end: int, directory: Directory) -> tuple[Party, ...]:
    """ "Đối với Bộ Y tế, Thủ tướng yêu cầu khẩn trương …": the unit spoken of before the one who directs."""
    opener = SPOKEN_OF.match(text, start, end)
    if opener is None:
        return _sent_to(text, start, end, directory) or _named_first(text, start, end, directory)
    # Behind the last mark stands who orders, not who is told.
    mark = max(text.rfind(",", opener.end(), end), text.rfind(":", opener.end(), end))
    cursor = Cursor(text, opener.end(), max(mark, opener.end()))
    lead = read_parties(cursor, directory)
    if not lead and (house := cursor.take_pattern(_HOUSEHOLD)) is not None:
        said = capitalised(" ".join(house.group(0).split()))
        lead = (Party((said,), house.group(0), house.start(), house.end(), Certainty.SAID),)
    return lead if cursor.at_end() else ()


def _sent_to(text: str, start: int, end: int, directory: Directory) -> tuple[Party, ...]:
    """ "… ký công văn gửi Ban Nghĩa trang thành phố yêu cầu: …": to whom it went."""
    for sent in _SENT.finditer(text, start, end):
        cursor = Cursor(text, sent.end(), end)
        lead = read_parties(cursor, directory)
        cursor.take_marks(",")
        if lead and cursor.at_end():
            return lead
    return ()


def _named_first(text: str, start: int, end: int, directory: Directory) -> tuple[Party, ...]:
    """ "Các chủ đầu tư đang dưới 40% thì tôi (yêu cầu giải trình)"."""
    then = _THEN_I.search(text, start, end)
    if then is None:
        return ()
    # What tells which are meant ends at "thì", so it has to be seen.
    cursor = Cursor(text, start, end)
    lead = read_parties(cursor, directory)
    return lead if cursor.position == then.start() else ()
