"""Text that a recogniser was not sure of: commas in the middle of fixed phrases, orders whose verb was misheard.

In: doubtful text only; what a person has written or corrected never comes here. Out: text without the commas no writer
would set, and assignments read past one misheard word, each with a question.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from core.vietnamese.cardinals import DIGITS, ENDINGS, SCALES
from minutes.language import lexicon
from minutes.language.clause_values import Clause, completed
from minutes.language.collective_words import NOUNS
from minutes.language.coordination import acts
from minutes.language.directory import Directory
from minutes.language.scanning import Cursor, phrases, words_pattern
from minutes.language.text import Replacement, Text
from minutes.language.unit_names import read_misheard
from minutes.language.units import read_parties

MISHEARD = "Nghe chưa rõ “{said}”, được hiểu là lời giao nhiệm vụ; cần nghe lại."
_FIXED = phrases(
    "như sau | hàng ngày | hàng tuần | hàng tháng | trước ngày | phối hợp với | chủ trì | văn phòng | trung tâm"
)
_LEXICON = (lexicon.VERBS, lexicon.ADVERBS, lexicon.DUTY, lexicon.ASSIGNING, NOUNS, _FIXED)
_COMMA = re.compile(r"(\w+)(\s*,\s*)(?=(\w+))")
_WORD = re.compile(r"\w+")
_DOUBLE = re.compile(r"(?<!\w)([^\W\d_]{2,})\s+\1(?!\w)", re.IGNORECASE)
_NUMBER = "|".join(sorted({*DIGITS, *ENDINGS, "mười", "mươi"} - {"không"}))
_COUNTS = re.compile(rf"(?:{_NUMBER})(?:\s+l[àa](?!\w)|\s*,)", re.IGNORECASE)
_CAPITAL_NUMBER = re.compile(
    rf"(?<!\w)(?:{_NUMBER})( )(?=(?:{'|'.join(word.capitalize() for word in _NUMBER.split('|'))})(?!\w))"
)
# Words with a capital that no name contains: there a sentence begins, though its full stop was not heard.
_OPENS = re.compile(
    r"(?<=\w)( )(?=(?:Giao|Còn|Riêng|Đề nghị|Yêu cầu|Về|Việc|Thứ (?:nhất|hai|ba|tư|năm|sáu|bảy)|Ngoài ra|Đồng thời|"
    r"Nếu|Tôi|Trước (?:mắt|hết|khi)|Cuối cùng|Tuyệt đối|Nhân đây|Qua|Sang|Từ|Anh|Chị|Cô|Chú|Đồng chí|Các|Mỗi|Hằng|"
    r"Trong|Đối với|Nhưng|Rồi|Thế|Vâng|Dạ|Khi|Sau|Nên|Ai|Xin|Cảm ơn)(?!\w))"
)
_COORDINATE = re.compile(r"(?:\w+\W+){0,3}?phối hợp(?: chặt chẽ)?(?: với)?(?!\w)", re.IGNORECASE)
_ASSIGNING = re.compile(words_pattern(("giao", "yêu cầu", "đề nghị")), re.IGNORECASE)
_MOST_MISHEARD_WORDS = 3


def without_stray_commas(text: Text) -> Text:
    """ "mười, lăm", "báo, cáo" and "một, là" without their comma."""
    pairs = _fixed_pairs()
    changes = [
        Replacement(match.start(2), match.end(2), " ")
        for match in _COMMA.finditer(text.value)
        if (match.group(1).lower(), match.group(3).lower()) in pairs
    ]
    return text.replaced(changes)


def with_stops_before_points(text: Text, breaks: Sequence[int]) -> Text:
    """A full stop where a new point is counted right behind a number, so that no number is made of both: "… tháng mười"
    and "hai là …", or "… tháng mười Hai, …" with the capital of a sentence; and before words with a capital that begin
    sentences only."""
    places = {match.start(1) for match in _CAPITAL_NUMBER.finditer(text.value)}
    places |= {match.start(1) for match in _OPENS.finditer(text.value) if _is_small(text.value, match.start(1))}
    places |= {place - 1 for place in breaks if place and _COUNTS.match(text.value, place)}
    kept = (place for place in places if text.value[place] == " " and text.value[place - 1].isalnum())
    return text.replaced(Replacement(place, place + 1, ". ") for place in kept)


def _is_small(value: str, end: int) -> bool:
    """Does the word that ends here begin with a small letter? Behind a capital a name may go on: "chị Lan Anh"."""
    return value[value.rfind(" ", 0, end) + 1 : end][:1].islower()


def without_doubles(text: Text) -> Text:
    """ "phối hợp với với" once; numbers stay, for "hai hai" may be said."""
    changes = [
        Replacement(match.end(1), match.end(), "")
        for match in _DOUBLE.finditer(text.value)
        if match.group(1).lower() not in {*DIGITS, *ENDINGS, "mười", "mươi", "trăm"}
    ]
    return text.replaced(changes)


def misheard_assignment(value: str, start: int, end: int, directory: Directory, *, numbered: bool) -> Clause | None:
    """An order whose first word or two were misheard, with a unit of the directory right behind them.

    Only behind a number ("Ba là rau Trung tâm Thông tin …"), or where "giao", "yêu cầu" stands among the first words.
    """
    cursor = Cursor(value, start, end)
    named = read_misheard(cursor, directory)
    if named is not None and acts(value, cursor.position, end):
        return completed("assigned", cursor, (named,), start, end, directory)
    words = list(_WORD.finditer(value, start, end))[:_MOST_MISHEARD_WORDS]
    verb = _ASSIGNING.search(value, start, words[-1].end() + 10 if words else start)
    places = [verb.end()] if verb and verb.start() <= words[-1].end() + 1 else []
    places += [word.end() for word in words[:2]] if numbered else []
    # A name heard well further on comes before one that only resembles the words here.
    for expected, place in [(wanted, place) for wanted in (False, True) for place in places]:
        cursor = Cursor(value, place, end)
        lead = read_parties(cursor, directory, expected=expected)
        if lead:
            heard = _COORDINATE.match(value, cursor.position + 1, end)
            if heard:
                cursor.position = value.lower().rfind("phối hợp", 0, heard.end())
            return completed("assigned", cursor, lead, start, end, directory)
    return None


@lru_cache(maxsize=1)
def _fixed_pairs() -> frozenset[tuple[str, str]]:
    """Neighbouring syllables of fixed phrases and of numbers."""
    fixed = [phrase.lower().split() for row in _LEXICON for phrase in row]
    pairs = {pair for phrase in fixed for pair in pairwise(phrase)}
    digits = {*DIGITS, *ENDINGS, "mười"}
    pairs |= {("mười", digit) for digit in digits} | {("mươi", digit) for digit in digits}
    pairs |= {(digit, unit) for digit in digits for unit in ("mươi", "trăm", "giờ", "tháng", "là", *SCALES)}
    pairs |= {(before, digit) for before in ("ngày", "tháng", "quý") for digit in digits}
    return frozenset(pairs)
