"""Numbers and symbols of documents read letter by letter, written as decree 30/2020/NĐ-CP writes them.

In: words and a place among them ("chỉ thị số mười sáu xê tê tê tê gờ"). Out: "16/CT-TTg", or None: a row of letters
that is no known kind and issuer stays as it was said.
"""

from collections.abc import Sequence

from core.vietnamese.amounts import ENDS_OF_KINDS
from core.vietnamese.calendar_words import year_value
from core.vietnamese.cardinals import digit_row
from core.vietnamese.spoken_words import Hit, Words

#: How the letters of a symbol are called when read aloud.
LETTER_NAMES = {
    "a": "A", "bê": "B", "bờ": "B", "xê": "C", "cờ": "C", "dê": "D", "dờ": "D", "đê": "Đ", "đờ": "Đ", "e": "E",
    "ê": "Ê", "ép": "F", "gờ": "G", "giê": "G", "hát": "H", "hắt": "H", "i": "I", "ca": "K", "ka": "K", "lờ": "L",
    "eo": "L", "en": "N", "nờ": "N", "em": "M", "mờ": "M", "o": "O", "ô": "Ô", "pê": "P", "pờ": "P", "quy": "Q",
    "cu": "Q", "rờ": "R", "ét": "S", "sờ": "S", "tê": "T", "tờ": "T", "u": "U", "ư": "Ư", "vê": "V", "vờ": "V",
    "ích": "X",
}  # fmt: skip
#: Kinds of documents by their letters (decree 30/2020/NĐ-CP, appendix III) and of legal acts (law 80/2015/QH13).
KINDS = ("CT", "KH", "NQ", "QĐ", "CĐ", "CV", "TB", "BC", "NĐ", "TT", "TTr", "TTLT", "KL", "HD", "GM", "BB", "CTr", "ĐA")
#: Issuers whose letters are known everywhere.
BODIES = (
    "TTg", "CP", "UBND", "HĐND", "VPCP", "QH", "TW", "BNV", "BTC", "BYT", "BTP", "BXD", "BCT", "BCA", "BQP", "BNG",
    "BGDĐT", "BKHCN", "BTTTT", "BVHTTDL", "BTNMT", "BNNPTNT", "BGTVT", "BLĐTBXH", "BKHĐT", "NHNN", "TTCP", "UBTVQH",
    "STTTT", "SNV", "STC", "SYT", "SXD", "STP", "BCĐ",
)  # fmt: skip
_STROKES = frozenset({"trên", "gạch", "chéo", "xuyệc", "xuyệt", "xẹt", "ngang", "trừ", "nối", "dấu"})
_FEWEST_LETTERS = 4
_BEFORE = frozenset({"số", *ENDS_OF_KINDS})


def symbol(words: Words, index: int) -> Hit | None:
    """(số) mười sáu xê tê tê tê gờ; ba mươi năm hai nghìn không trăm hai mươi nờ đê xê pê."""
    if words.before(index) not in _BEFORE:
        return None
    number, place = _plain_number(words, index)
    if not number:
        return None
    year, place = _year(words, place)
    letters, after = _letters(words, place)
    written = spelled(letters)
    return Hit(index, after, f"{number}/{f'{year}/' if year else ''}{written}") if written else None


def spelled(letters: str) -> str:
    """ "CTTTG" → "CT-TTg"; empty where no known kind and issuer make up the row. "D" and "Đ" sound alike in it."""
    if len(letters) < _FEWEST_LETTERS:
        return ""
    heard = _key(letters)
    for kind in sorted(KINDS, key=len, reverse=True):
        body = _ISSUERS.get(heard[len(kind) :]) if heard.startswith(_key(kind)) else None
        if body:
            return f"{kind}-{body}"
    return ""


def _plain_number(words: Words, index: int) -> tuple[str, int]:
    """A number without dots and the place behind it."""
    row = digit_row(words.phrase(index))
    number = words.number(index)
    if number and (number.length >= len(row) or len(row) < 2):
        return str(number.value), index + number.length
    if row:
        return row, index + len(row)
    written = words.low[index]
    return (written, index + 1) if written.isdecimal() and len(written) <= 5 else ("", index)


def _year(words: Words, place: int) -> tuple[int, int]:
    after = _past_strokes(words, place)
    after += words.word(after) == "năm"
    if not words.word(after):
        return 0, place
    written = words.word(after)
    if written.isdecimal() and 1900 <= int(written) <= 2100:
        return int(written), after + 1
    length, year = year_value(words.phrase(after), words.number(after))
    return (year, after + length) if length else (0, place)


def _letters(words: Words, place: int) -> tuple[str, int]:
    found = ""
    after = _past_strokes(words, place)
    while words.word(after) in LETTER_NAMES:
        found += LETTER_NAMES[words.word(after)]
        place = after + 1
        after = _past_strokes(words, place)
    return found, place


def _past_strokes(words: Words, place: int) -> int:
    while words.word(place) in _STROKES:
        place += 1
    return place


def _key(letters: Sequence[str]) -> str:
    return "".join(letters).upper().replace("Đ", "D")


_ISSUERS = {_key(body): body for body in BODIES}
SYMBOL_RULES = (symbol,)
