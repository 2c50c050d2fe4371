"""Names that go on where no grammar of names reaches: up to the act of the one named.

In: a cursor behind those told, as read so far. Out: them again, the last with the words up to the act that follows, if
one does: "Các bệnh viện" of "Các bệnh viện trung ương trên địa bàn miền núi cử bác sĩ luân phiên".
"""

import re
from dataclasses import replace

from minutes.language import lexicon
from minutes.language.coordination import acts, word_place
from minutes.language.directory import Directory
from minutes.language.parties import Certainty, Party
from minutes.language.scanning import Cursor, phrases, words_pattern
from minutes.language.text import WORD
from minutes.language.units import LEAD_LINKS, read_parties

_MOST_WORDS, _FURTHEST, _MOST_WORDS_OF_HEADING = 12, 120, 8
# What follows a whole name without being an act.
_NO_PART_OF_A_NAME = phrases(
    """
    chủ trì | phối hợp | cùng | với | và | thì | theo | được | bị | đã | đang | sẽ | chưa | không | còn | là | làm |
    có | lên | nắm | trong | trước | sau | khi | từ | đến | vào | định kỳ | hằng | hàng | mỗi | ngay | nếu | để | nhằm |
    căn cứ | trên cơ sở | về | cũng | chỉ thực hiện | đồng thời | tham gia | vẫn | mới | nào | này | nói | ơi | tự
    """
)
_GOES_ON = re.compile(
    words_pattern(
        (
            *lexicon.DUTY,
            *lexicon.PROHIBITING,
            *lexicon.RESPONSIBLE,
            *lexicon.REPORTING,
            *lexicon.ASSIGNING,
            *_NO_PART_OF_A_NAME,
        )
    ),
    re.IGNORECASE,
)
_TELLS = re.compile(r"(?:được|bị|đã|đang|sẽ|chưa|không|còn|là|làm|cần|phải|nên|rất|vẫn)(?!\w)", re.IGNORECASE)
_TOLD = re.compile(
    words_pattern((*lexicon.DUTY, *lexicon.RESPONSIBLE, "chủ trì", "phối hợp", "phải", "cần")), re.IGNORECASE
)
#: A verb behind one of these belongs to the name.
_GOVERNS = frozenset(
    {"được", "bị", "chưa", "không", "đã", "đang", "việc", "công", "để", "và", "quá", "có", "sự", "các"}
)
_MARK = re.compile(r"[.,;:()–“”\"]")


def up_to_the_act(cursor: Cursor, lead: tuple[Party, ...], directory: Directory) -> tuple[Party, ...]:
    """`lead` with its last name made whole; the cursor moves to the act."""
    text, end = cursor.text, cursor.end
    if directory.people or not lead or lead[-1].certainty is not Certainty.COLLECTIVE:
        return lead
    place = word_place(text, cursor.position, end)
    if place >= end or _MARK.search(text, cursor.position, place):
        return lead
    if _is_line_of_a_name(text, place, end):
        cursor.position = end
        return (*lead[:-1], _longer(lead[-1], text, place, end))
    if acts(text, place, end) or _GOES_ON.match(text, place, end):
        return lead
    before = ""
    last = cursor.position
    for count, word in enumerate(WORD.finditer(text, place, min(end, place + _FURTHEST))):
        if count > _MOST_WORDS or _MARK.search(text, last, word.start()):
            return lead
        begins = acts(text, word.start(), end) or _TOLD.match(text, word.start(), end) is not None
        others = _others(text, word, end, directory) if count else ()
        if others or (count and begins and before not in _GOVERNS):
            cursor.position = others[-1].end if others else word.start()
            return (*lead[:-1], _longer(lead[-1], text, place, word.start()), *others)
        before, last = word.group(0).lower(), word.end()
    return lead


def _is_line_of_a_name(text: str, place: int, end: int) -> bool:
    """ "1. UBND các phường thuộc khu vực trung tâm": nothing but the name up to the end of the line."""
    words = list(WORD.finditer(text, place, end))
    alone = (
        text[end : end + 1] in {"", "\n"}
        and len(words) <= _MOST_WORDS_OF_HEADING
        and not _MARK.search(text, place, end)
    )
    return alone and not _TELLS.match(text, place, end) and not any(acts(text, word.start(), end) for word in words)


def _longer(party: Party, text: str, start: int, end: int) -> Party:
    """`party` with the words from `start` to `end` in its name."""
    said = " ".join(text[party.start : end].split())
    return replace(party, names=(f"{party.names[0]} {' '.join(text[start:end].split())}",), said=said, end=end)


def _others(text: str, word: re.Match[str], end: int, directory: Directory) -> tuple[Party, ...]:
    """ "… và Đảng ủy Công an Thành phố": those named behind "và", if an act follows them."""
    if word.group(0) != "và":
        return ()
    cursor = Cursor(text, word.end(), end)
    others = read_parties(cursor, directory, links=LEAD_LINKS)
    return others if others and acts(text, word_place(text, cursor.position, end), end) else ()
