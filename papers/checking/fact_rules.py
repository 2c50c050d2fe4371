"""F13: people and days agree — with the meeting, with its invitation, and a day of the week with its date.

Seen in practice: an invitation for 16 June whose notice speaks of 19 June.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from papers.checking.reading import Reading, plain
from papers.checking.results import CheckResult, failed, not_applicable, passed
from papers.kinds import INVITATION
from papers.times import weekday

_DAY = r"ngày\s+(\d{1,2})\s*(?:/|-|tháng)\s*(\d{1,2})\s*(?:/|-|năm)\s*(\d{4})"
_ANY_DAY = re.compile(_DAY, re.IGNORECASE)
_NAMED_DAY = re.compile(rf"(thứ\s+(?:Hai|Ba|Tư|Năm|Sáu|Bảy)|Chủ\s+nhật)\s*,?\s*{_DAY}", re.IGNORECASE)
_DAY_NAMED = re.compile(rf"{_DAY}\s*\(?\s*(thứ\s+(?:Hai|Ba|Tư|Năm|Sáu|Bảy)|Chủ\s+nhật)", re.IGNORECASE)
_TIME_LINE = re.compile(r"^Thời gian\s*:", re.IGNORECASE)
_CHAIR_LINE = re.compile(r"^Chủ trì\s*:\s*(.+)$", re.IGNORECASE)
_FORMS_OF_ADDRESS = frozenset({"Ông", "Bà"})


@dataclass(frozen=True)
class MeetingFacts:
    """What a paper must agree with: the day of the meeting, those who were there, and who presided."""

    held_on: date | None = None
    people: tuple[str, ...] = field(default=())
    chair: str = ""


def facts_of(invitation: Reading) -> MeetingFacts:
    """What an invitation says about its meeting: the day behind "Thời gian:", the name behind "Chủ trì:"."""
    paragraphs = invitation.body_paragraphs()
    times = " ".join(text for text in paragraphs if _TIME_LINE.match(text))
    chairs = [match[1] for text in paragraphs if (match := _CHAIR_LINE.match(text))]
    return MeetingFacts(
        held_on=next((day for day in _days(times) if day), None), chair=_name_in(chairs[0]) if chairs else ""
    )


def check_facts(reading: Reading, facts: MeetingFacts | None) -> CheckResult:
    """F13: the meeting's day and chair are named in the text, the signer was there where the people are known."""
    text = " ".join(reading.body_paragraphs())
    if wrong := _wrong_weekday(text):
        return failed("F13", wrong)
    if facts is None:
        return _alone(text)
    days = [day for day in _days(text) if day]
    held = facts.held_on
    if held is not None and days and held not in days:
        return failed("F13", f"ngày họp {held:%d/%m/%Y} không có trong nội dung")
    if facts.chair and facts.chair.casefold() not in _words_of(reading):
        return failed("F13", f"người chủ trì “{facts.chair}” theo giấy mời không có trong văn bản")
    # Whoever signs an invitation need not come to the meeting.
    strangers = [] if reading.kind() == INVITATION or not facts.people else _unknown_signer(reading, facts.people)
    if strangers:
        return failed("F13", f"người ký “{strangers[0]}” không có trong danh sách dự họp")
    return passed("F13", "ngày họp và người ký khớp với cuộc họp")


def _alone(text: str) -> CheckResult:
    if _NAMED_DAY.search(text) or _DAY_NAMED.search(text):
        return passed("F13", "thứ và ngày khớp nhau")
    return not_applicable("F13", "không có giấy mời, biên bản để đối chiếu")


def _words_of(reading: Reading) -> str:
    return plain(" ".join(line.text for line in reading.lines)).casefold()


def _days(text: str) -> Iterator[date | None]:
    for found in _ANY_DAY.findall(text):
        yield _date(*found)


def _date(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _wrong_weekday(text: str) -> str:
    """The first day of the week that does not fall on its date, in words; empty where all do."""
    named = [(name, _date(*day)) for name, *day in _NAMED_DAY.findall(text)]
    named += [(name, _date(*day)) for *day, name in _DAY_NAMED.findall(text)]
    for name, day in named:
        if day and plain(name).casefold() != weekday(day).casefold():
            return f"ngày {day:%d/%m/%Y} là {weekday(day)}, văn bản ghi “{plain(name)}”"
    return ""


def _name_in(text: str) -> str:
    """A person's name in a line: the longest run of at least two words that begin with a capital."""
    runs: list[list[str]] = [[]]
    for word in re.findall(r"[\w-]+|[^\w\s]", text):
        if word[0].isupper() and word not in _FORMS_OF_ADDRESS:
            runs[-1].append(word)
        else:
            runs.append([])
    longest = max(runs, key=len)
    return " ".join(longest) if len(longest) > 1 else ""


def _unknown_signer(reading: Reading, people: tuple[str, ...]) -> list[str]:
    known = {plain(name).casefold() for name in people}
    name = reading.signer_name
    return [name] if name and plain(name).casefold() not in known else []
