"""Vietnamese phrases of the rooms in English: why a value is refused, what a check found, what a stage is called.

The rooms below the screens speak Vietnamese and know no catalogue. What they say is found again here: a fixed phrase
by its words, one with values in it by its shape (`phải từ {0} đến {1}`), a sentence of `core.messages` by its own.
In: the text as it was said. Out: English; text that no shape fits (names, what people typed) stays as it is.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache, lru_cache

from core.messages import sentences
from web.languages.catalogue import read_catalogue
from web.languages.days import english_day

#: A value in a phrase: `{0}` in our shapes, `{name}` in the sentences of the rooms.
VALUE = re.compile(r"\{\w+\}")
#: Values may be phrases themselves; no phrase of ours goes deeper.
DEEPEST = 3
_MOST_REMEMBERED = 4096
#: `14:00 ngày 08/04/2026`, or the day alone.
_MOMENT = re.compile(r"(?:(?P<time>\d{2}:\d{2}) ngày )?(?P<day>\d{2}/\d{2}/\d{4})")


@lru_cache(_MOST_REMEMBERED)
def in_english(text: str, depth: int = 0) -> str:
    """The English of a phrase of ours; the text itself where it is none."""
    fixed, shaped = _known()
    if text in fixed:
        return fixed[text]
    moment = _MOMENT.fullmatch(text)
    if moment:
        return _moment(moment, text)
    if depth == DEEPEST or len(text) < 2:
        return text
    for shape, english in shaped:
        found = shape.fullmatch(text)
        if found:
            values = {name: in_english(value, depth + 1) for name, value in found.groupdict().items()}
            return _filled(english, values)
    return _list_in_english(text, depth)


def _moment(found: re.Match[str], text: str) -> str:
    try:
        day = english_day(datetime.strptime(found["day"], "%d/%m/%Y").date())  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        return text
    return f"{found['time']}, {day}" if found["time"] else day


def _filled(english: str, values: dict[str, str]) -> str:
    return VALUE.sub(lambda place: values.get(f"v_{place[0][1:-1]}", place[0]), english)


def _list_in_english(text: str, depth: int) -> str:
    """Several phrases in a row, where each of them is ours."""
    for mark in ("; ", ", "):
        parts = text.split(mark)
        told = [in_english(part, depth + 1) for part in parts]
        if len(parts) > 1 and all(new != old for new, old in zip(told, parts, strict=True)):
            return mark.join(told)
    return text


@cache
def _known() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    fixed: dict[str, str] = {}
    shaped: dict[str, str] = {}
    for vietnamese, english in _pairs():
        (shaped if VALUE.search(vietnamese) else fixed).setdefault(vietnamese, english)
    # The shape that says most is tried first: “{0} ngày” fits nearly everything that ends so.
    ordered = sorted(shaped, key=lambda words: -len(VALUE.sub("", words)))
    return fixed, [(_shape(words), shaped[words]) for words in ordered if _says_something(words)]


def _pairs() -> Iterator[tuple[str, str]]:
    for message in read_catalogue("en"):
        if isinstance(message.id, str) and message.id and message.string and "%(" not in message.id:
            yield message.id, str(message.string)
    for sentence in sentences():
        yield sentence.vi, sentence.en


def _shape(words: str) -> re.Pattern[str]:
    """The expression that finds the values again; a value that comes twice must be the same both times."""
    pieces: list[str] = []
    seen: set[str] = set()
    at = 0
    for place in VALUE.finditer(words):
        name = f"v_{place[0][1:-1]}"
        pieces.append(re.escape(words[at : place.start()]))
        pieces.append(f"(?P={name})" if name in seen else f"(?P<{name}>.*?)")
        seen.add(name)
        at = place.end()
    return re.compile("".join([*pieces, re.escape(words[at:])]), re.DOTALL)


def _says_something(words: str) -> bool:
    """Whether enough of a shape is words: “{0}: {1}” would claim what is not ours."""
    return sum(letter.isalpha() for letter in VALUE.sub("", words)) >= 3
