"""Days and hours of which one word was misheard: "ngày mười làm tháng tự" for "ngày mười lăm tháng tư".

In: doubtful text only, before its numbers become figures, and where its segments end. Out: the text with such words put
right where only a number fits and one number alone sounds like it, and a question for each. A word that is a number
stays as it was heard, and where nothing sounds alike the place stays empty: no day is made up.

| heard | read | because |
|---|---|---|
| ngày mười làm tháng tư | ngày mười lăm tháng tư | between "ngày" and "tháng" stands a number |
| ngày mười lăm thắng tự | ngày mười lăm tháng tư | behind "ngày mười lăm" stands "tháng" and a number |
| hoàn thành trong tháng tự. | hoàn thành trong tháng tư. | a pause behind it |
| trước mười xáu giờ | trước mười sáu giờ | before "giờ" stands a number |
| trước ngày mười lăm tháng trời | as heard | no month sounds like "trời" |
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from core.vietnamese.cardinals import DIGITS, ENDINGS, cardinal
from minutes.language.hearing import HEARD_AS, Heard, sound
from minutes.language.text import WORD, Replacement, Text

_TENS = {"mười": 10, "mươi": 10}
_FIRST_DAYS = frozenset({"mùng", "mồng"})
_NUMBERS = {**{word: value for word, value in DIGITS.items() if value}, **ENDINGS, **_TENS}
_KNOWN = frozenset({*DIGITS, *ENDINGS, *_TENS, *_FIRST_DAYS, "linh", "nhất", "giêng", "chạp", "rưỡi"})
_MONTHS = {word: value for word, value in _NUMBERS.items() if word not in {*ENDINGS, "mươi"}} | {"giêng": 1, "chạp": 12}
_BEFORE_MONTH = frozenset({"trong", "hết", "cuối", "vào", "từ", "đến", "trước"})
_BEFORE_HOUR = frozenset({"trước", "lúc", "vào", "đến"})
_NOT_A_MONTH = frozenset({"này", "tới", "sau", "trước", "qua", "nay", "vừa", "nữa", "đó", "kế", "tiếp", "đầu", "cuối"})
_LONGEST_DAY_WORDS = 3


@dataclass(frozen=True)
class _Words:
    """Words in small letters with their places; `pause` tells whether one ends where a voice paused."""

    text: Text
    low: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    edges: Collection[int]

    def at(self, index: int) -> str:
        return self.low[index] if 0 <= index < len(self.low) else ""

    def pause(self, index: int) -> bool:
        """Does a mark, the end of a segment or the end of all stand behind the word?"""
        if index + 1 >= len(self.low):
            return True
        end, following = self.places[index][1], self.places[index + 1][0]
        if self.text.value[end:following].strip():
            return True
        first, last = self.text.starts[end - 1], self.text.starts[following]
        return any(first < edge <= last for edge in self.edges)


def days_as_meant(text: Text, edges: Collection[int] = ()) -> Heard:
    """Put right misheard words of days, months and hours; `edges` are the origins at which segments begin."""
    places = tuple(match.span() for match in WORD.finditer(text.value))
    words = _Words(text, tuple(text.value[start:end].lower() for start, end in places), places, edges)
    changes: dict[int, str] = {}
    for index in range(len(words.low)):
        changes.update(_day_and_month(words, index))
        changes.update(_month_alone(words, index))
        changes.update(_hour(words, index))
    heard = sorted(changes.items())
    questions = tuple(HEARD_AS.format(said=text.value[slice(*places[index])], meant=meant) for index, meant in heard)
    changed = text.replaced(Replacement(*places[index], meant) for index, meant in heard)
    return Heard(changed, questions, tuple(text.origin(*places[index]) for index, _meant in heard))


def _day_and_month(words: _Words, index: int) -> Iterator[tuple[int, str]]:
    """ "ngày" and one to three words up to "tháng", and the word behind it."""
    if words.at(index) != "ngày" and words.at(index) not in _FIRST_DAYS:
        return
    start = index + 1
    if words.at(index) == "ngày" and words.at(start) in _FIRST_DAYS:
        return
    for length in range(1, _LONGEST_DAY_WORDS + 1):
        month = start + length
        if words.at(month) != "tháng" and not _is_month_word(words, month):
            continue
        row = [_number(words.at(place), first=place == start) for place in range(start, month)]
        day = row[0] if len(row) == 1 and row[0].isdigit() else " ".join(row)
        if not all(row) or not _is_day(day):
            continue
        yield from ((start + step, word) for step, word in enumerate(row) if word != words.at(start + step))
        if words.at(month) != "tháng":
            yield month, "tháng"
        if (meant := _month(words.at(month + 1))) and meant != words.at(month + 1):
            yield month + 1, meant
        return


def _month_alone(words: _Words, index: int) -> Iterator[tuple[int, str]]:
    """ "trong tháng tự" with a pause behind it."""
    if words.at(index) != "tháng" or words.at(index - 1) not in _BEFORE_MONTH or not words.pause(index + 1):
        return
    if (meant := _month(words.at(index + 1))) and meant != words.at(index + 1):
        yield index + 1, meant


def _hour(words: _Words, index: int) -> Iterator[tuple[int, str]]:
    """ "trước mười xáu giờ"."""
    if words.at(index) != "giờ":
        return
    start = next((place for place in (index - 2, index - 3) if words.at(place) in _BEFORE_HOUR), None)
    if start is None:
        return
    row = [_number(words.at(place), first=place == start + 1) for place in range(start + 1, index)]
    number = cardinal(row) if all(row) else None
    if number is not None and number.length == len(row) and number.value <= 24:
        yield from ((start + 1 + step, word) for step, word in enumerate(row) if word != words.at(start + 1 + step))


def _is_month_word(words: _Words, index: int) -> bool:
    """Does a word that is no number sound like "tháng", with a month behind it?"""
    word = words.at(index)
    heard_so = word not in _KNOWN and not word.isdigit() and sound(word) == sound("tháng") and word[:2] == "th"
    return heard_so and bool(_month(words.at(index + 1)))


def _is_day(said: str) -> bool:
    if said.isdigit():
        return 1 <= int(said) <= 31
    number = cardinal(said.split())
    return number is not None and number.length == len(said.split()) and 1 <= number.value <= 31


def _number(word: str, *, first: bool) -> str:
    """The word itself if it is a number, else the one number word that sounds like it; "" if none does."""
    if word in _KNOWN or word.isdigit():
        return word
    fitting = {known: value for known, value in _NUMBERS.items() if sound(known) == sound(word)}
    if not fitting or len(set(fitting.values())) > 1:
        return ""
    allowed = [known for known in fitting if (known not in {"mươi", *ENDINGS}) is first]
    return sorted(allowed)[0] if allowed else sorted(fitting)[0]


def _month(word: str) -> str:
    """The same for the word behind "tháng"."""
    if word in _MONTHS or word.isdigit() or word in DIGITS:
        return word
    if not word or word in _NOT_A_MONTH:
        return ""
    fitting = {known: value for known, value in _MONTHS.items() if sound(known) == sound(word)}
    return sorted(fitting)[0] if fitting and len(set(fitting.values())) == 1 else ""
