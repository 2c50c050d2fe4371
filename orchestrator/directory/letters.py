"""Vietnamese letters in order, and without their marks.

In: names as people write them. Out: a key by which plain comparison of bytes sorts them the Vietnamese way, and text
that is found with and without marks. Pure. The order of letters is that of the alphabet (a ă â … y), then of the tones
(ngang, huyền, hỏi, ngã, sắc, nặng), as in Vietnamese dictionaries; the database has no collation that knows it.
"""

import unicodedata
from functools import lru_cache

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
#: Combining marks of the tones in the order of the dictionary; no mark comes before them.
_TONES = "\u0300\u0309\u0303\u0301\u0323"
#: Marks that make another letter, not another tone.
_SHAPES = "\u0302\u0306\u031b"
_PLACE = {letter: f"{number:02d}" for number, letter in enumerate(_ALPHABET, start=10)}
_PLACE |= {digit: f"0{digit}" for digit in "0123456789"}
_STRANGE = "99"
_ESCAPES = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})
#: Words of a search that are looked at; the rest would only make it slow.
MOST_WORDS = 8


def without_marks(text: str) -> str:
    """Lower case, without tones and marks: `Đặng Thị Thùy` → `dang thi thuy`."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def search_text(*parts: str) -> str:
    """What is stored beside an entry to find it: each part as written and without marks, in lower case."""
    said = " ".join(" ".join(part.split()) for part in parts if part)
    written = unicodedata.normalize("NFC", said).lower()
    return f"{written}\n{without_marks(written)}"


def search_patterns(typed: str) -> tuple[str, ...]:
    """Patterns for LIKE over `search_text`, all of which must fit: one for each word, whatever their order.

    A word typed with marks is found only as written; one without marks is found in both halves.
    """
    words = unicodedata.normalize("NFC", typed).lower().split()[:MOST_WORDS]
    return tuple(f"%{word.translate(_ESCAPES)}%" for word in words)


def word_order(text: str) -> str:
    """A key for one word or phrase: first the letters of the alphabet, then the tones.

    Compared byte by byte; the separators come before every digit, so that a beginning sorts before the whole.
    """
    letters, tones = [], []
    for letter in unicodedata.normalize("NFC", text.lower()):
        base, tone = _parts(letter)
        letters.append(" " if base.isspace() else _PLACE.get(base, _STRANGE))
        tones.append(str(tone))
    return f"{''.join(letters)}!{''.join(tones)}"


def name_order(full_name: str) -> str:
    """A key for people: by given name (the last word), then family name, then the words between.

    >>> sorted(["Trần Văn Bình", "Nguyễn Văn Ân", "Lê Anh", "Ỷ Thị An"], key=name_order)
    ['Ỷ Thị An', 'Lê Anh', 'Nguyễn Văn Ân', 'Trần Văn Bình']
    """
    words = full_name.split() or [""]
    given, rest = words[-1], words[:-1]
    return " ".join(word_order(word) for word in (given, *rest))


@lru_cache(maxsize=1024)
def _parts(letter: str) -> tuple[str, int]:
    """The letter of the alphabet and the place of its tone: `ệ` → `ê`, 5."""
    tone, kept = 0, ""
    for mark in unicodedata.normalize("NFD", letter):
        if mark in _TONES:
            tone = _TONES.index(mark) + 1
        elif not unicodedata.combining(mark) or mark in _SHAPES:
            kept += mark
    return unicodedata.normalize("NFC", kept) or letter, tone
