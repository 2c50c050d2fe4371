"""Speakers who correct themselves: "trước ngày 20, à không, trước ngày 18 tháng 4" says 18.

In: the text of one speaker (spoken numbers already figures). Out: the text without what was taken back, and a
question where it is not
clear what the correction replaces.
"""

import re
from dataclasses import dataclass

from minutes.language.scanning import phrases, words_pattern
from minutes.language.text import Replacement, Text

MARKERS = phrases(
    """
    à không phải | à không | à nhầm | à quên | à thôi | à mà thôi | ủa không | à tôi nhầm | ấy không |
    xin lỗi tôi nhầm | xin lỗi |
    tôi nhầm | tôi nói nhầm | nói nhầm |
    nói lại là | tôi nói lại | xin nói lại | sửa lại là | đính chính là | tôi đính chính | ý tôi là | đúng ra là
    | không phải mà là
    """
)
_MARKER = re.compile(
    rf"[,.…\s-]*{words_pattern(MARKERS)}(?:\s*,?\s*(?:là|phải là|mà là)(?!\w))?"
    r"(?:\s*,?\s*cho\s+(?:các\s+)?(?:anh|chị|đồng\s+chí|em|bạn)(?:\s+(?:anh|chị|em))?\s+"
    r"(?:đến|tới)(?=\s+(?:hết\s+)?(?:ngày|cuối|thứ|tháng)))?[,.…\s-]*",
    re.IGNORECASE,
)
_FIRST_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d[\d./]*")
_DAY_AND_MONTH = re.compile(r"\d{1,2}\s+tháng\s+\d{1,2}")
_SENTENCE_END = re.compile(r"[.!?;:]\s")
_LONGEST_TAKEN_BACK = 90
_HEAD_WORDS = frozenset(
    {
        "văn",
        "vụ",
        "cục",
        "sở",
        "bộ",
        "trung",
        "phòng",
        "ban",
        "viện",
        "học",
        "tạp",
        "thanh",
        "ủy",
        "ubnd",
        "công",
        "tổng",
    }
)


@dataclass(frozen=True)
class Repaired:
    """The text as meant, and what to ask about corrections that could not be placed."""

    text: Text
    questions: tuple[str, ...] = ()


def repair(text: Text) -> Repaired:
    """Take out what a speaker took back.

    >>> repair(Text.of("trước ngày 20, à không, trước ngày 18 tháng 4")).text.value
    'trước ngày 18 tháng 4'
    """
    changes: list[Replacement] = []
    questions: list[str] = []
    kept_from = 0
    for match in _MARKER.finditer(text.value):
        start = _taken_back_from(text.value, match, kept_from)
        if start is None:
            around = text.value[max(0, match.start() - 30) : match.end() + 30].strip()
            questions.append(f"Người nói tự sửa lời: “…{around}…”, cần nghe lại.")
            continue
        changes.append(Replacement(start, match.end(), ""))
        kept_from = match.end()
    return Repaired(text.replaced(changes), tuple(questions))


def _taken_back_from(value: str, marker: re.Match[str], kept_from: int) -> int | None:
    """Where the words begin that what follows the marker replaces: the same word, else a number, else a unit's head."""
    first = _FIRST_WORD.match(value, marker.end())
    if first is None:
        return None
    begin = max(kept_from, marker.start() - _LONGEST_TAKEN_BACK, _last_sentence_end(value, marker.start()))
    before = value[begin : marker.start()]
    word = _next_if_stray(value, first, before).group(0)
    same = [hit for hit in _FIRST_WORD.finditer(before) if hit.group(0).lower() == word.lower() and not word.isdigit()]
    if same:
        return begin + same[-1].start()
    if word[0].isdigit():
        # "trước ngày 20 tháng 10, à không, 25 tháng 10": the whole day, not the month alone.
        pattern = _DAY_AND_MONTH if _DAY_AND_MONTH.match(value, marker.end()) else _NUMBER
        numbers = list(pattern.finditer(before)) or list(_NUMBER.finditer(before))
        return begin + numbers[-1].start() if numbers else None
    if word.lower() in _HEAD_WORDS:
        heads = [
            hit
            for hit in _FIRST_WORD.finditer(before)
            if hit.group(0).lower() in _HEAD_WORDS and hit.group(0)[0].isupper() == word[0].isupper()
        ]
        return begin + _start_of_name(before, heads) if heads else None
    return None


def _next_if_stray(value: str, first: re.Match[str], before: str) -> re.Match[str]:
    """ "trước ngày 20 à không xu trước ngày 18": the second word where it was said before and the first was not."""
    second = _FIRST_WORD.search(value, first.end())
    known = {word.lower() for word in _FIRST_WORD.findall(before)}
    stray = first.group(0).lower() not in known and not first.group(0)[0].isdigit() and first.group(0).islower()
    return second if second is not None and stray and second.group(0).lower() in known else first


def _start_of_name(before: str, heads: list[re.Match[str]]) -> int:
    """ "Văn phòng Bộ": of heads that follow one another the first begins the name."""
    start = heads[-1].start()
    for head in reversed(heads[:-1]):
        if len(before[head.end() : start].split()) > 2 or "," in before[head.end() : start]:
            break
        start = head.start()
    return start


def _last_sentence_end(value: str, position: int) -> int:
    ends = [match.end() for match in _SENTENCE_END.finditer(value, max(0, position - _LONGEST_TAKEN_BACK), position)]
    return ends[-1] if ends else 0
