"""Amounts as they are said, written with figures: counted things, shares, ratios, decimals, long rows of digits.

In: words and a place among them. Out: what is written there, or None. A single small number stays a word unless a
counted noun follows, and "hai ba việc", "mười mấy người", "vài chục" are no exact numbers: they stay as said.
"""

from core.vietnamese.cardinals import DIGITS, ENDINGS, Number, digit_row, figure
from core.vietnamese.spoken_words import Hit, Words, phrase_words

#: First words of what is counted.
COUNTED = phrase_words(
    "điểm đơn vị người cán bộ công chức viên lao động văn bản ngày tuần tháng năm lần phút giây giờ nhiệm vụ nội dung "
    "vấn đề trang hồ sơ thủ tục huyện xã tỉnh máy bộ phòng trung tâm dự án đề án báo cáo nhóm tổ bước loại trường hợp "
    "kế hoạch buổi kỳ đợt đồng"
)
_BEFORE_NO_FIGURE = frozenset({"thứ", "phó", "một"})
#: Behind these words a number is only about so large.
_ROUGH = frozenset({"mấy", "chục", "vạn", "mươi"})
#: Last words of kinds of documents: "công văn", "quyết định"; their numbers are written without dots.
ENDS_OF_KINDS = phrase_words("định thị quyết văn hoạch tư báo điện trình luận lệnh mời án nghị")
#: A row of digits this long is a telephone number, an account or a code.
LONG_ROW = 6
_YEAR_FOLLOWS = frozenset({"nay", "sau", "trước", "tới", "qua", "học", "ngoái"})
#: Last words of what bears a number: "phòng họp số ba", "phụ lục số hai".
_NUMBERED = phrase_words("họp phòng tâm khu tổ đội nhóm cầu lục mẫu biểu bảng sở điều khoản cổng làn tuyến trạm")

#: Behind "tháng" this is a month or the beginning of one; what is larger must be something else.
_LAST_MONTH = 12


def no_month(words: Words, index: int) -> Hit | None:
    """tháng mười ba; trong tháng mười ba đơn vị: the tenth month and three, or thirteen? Kept as it was said.

    Not: sáu tháng mười ba ngày (a length of time); trong tháng mười lăm người (fifteen, since "lăm" needs its ten).
    """
    if words.before(index) != "tháng" or _counts(words, index - 1):
        return None
    number = words.number(index)
    if number is None or number.value <= _LAST_MONTH:
        return None
    after = index + number.length
    falls_apart = words.low[index] == "mười" and words.word(index + 1) not in ENDINGS
    if not falls_apart and words.word(after) in COUNTED:
        return None
    return Hit(index, after, words.text[words.starts[index] : words.ends[after - 1]])


def _counts(words: Words, index: int) -> bool:
    """Whether a number of months is told: in words or in figures, and no day of a month."""
    back = 0
    while _is_numeral(words.before(index, back + 1)):
        back += 1
    return back > 0 and words.before(index, back + 1) not in {"ngày", "mồng", "mùng"}


def _is_numeral(word: str) -> bool:
    return word in DIGITS or word in ENDINGS or word in {"mười", "mươi"} or word.isdigit()


def decimal(words: Words, index: int) -> Hit | None:
    """một phẩy hai triệu; ba mươi phẩy năm phần trăm; mười hai phẩy hai mươi lăm."""
    whole = words.number(index)
    if whole is None or words.word(index + whole.length) != "phẩy":
        return None
    start = index + whole.length + 1
    if not words.word(start):
        return None
    places = words.number(start)
    row = digit_row(words.phrase(start))
    if places and places.length > len(row) and places.value < 1000:
        row, length = str(places.value), places.length
    else:
        length = len(row)
    if not row:
        return None
    written = f"{figure(whole, words.phrase(index))},{row}"
    after = start + length
    if (words.word(after), words.word(after + 1)) == ("phần", "trăm"):
        return Hit(index, after + 2, f"{written}%")
    return Hit(index, after, written)


def percent(words: Words, index: int) -> Hit | None:
    """ba mươi phần trăm."""
    number = words.number(index)
    if number is None:
        return None
    after = index + number.length
    if (words.word(after), words.word(after + 1)) != ("phần", "trăm"):
        return None
    return Hit(index, after + 2, f"{figure(number, words.phrase(index))}%")


def ratio(words: Words, index: int) -> Hit | None:
    """hai phần ba; mười hai trên mười lăm đơn vị; hai mươi bốn trên hai mươi bốn giờ; not: một phần năm nay."""
    above = words.number(index)
    if above is None or words.before(index) in _BEFORE_NO_FIGURE:
        return None
    middle = index + above.length
    below = words.further(middle + 1)
    if below is None or below.value < 2:
        return None
    after = middle + 1 + below.length
    if words.word(middle) == "phần":
        fits = above.value < below.value and below.value <= 10 and words.word(after) not in {"trăm", *_YEAR_FOLLOWS}
    else:
        fits = words.word(middle) == "trên" and above.value <= below.value and words.word(after) in COUNTED
    return Hit(index, after, f"{above.value}/{below.value}") if fits else None


_SPANS = frozenset({"ngày", "giờ", "phút", "tuần"})
_BEFORE_SPAN = frozenset({"trong", "vòng", "sau", "hạn", "thêm", "quá", "khoảng"})


def document_digits(words: Words, index: int) -> Hit | None:
    """công văn (số) một chín không bốn; công văn số một nghìn chín trăm linh tư; phòng họp số ba."""
    before = words.low[max(0, index - 2) : index]
    if before[-1:] != ("số",) and before != ("công", "văn"):
        return None
    row = digit_row(words.phrase(index))
    if len(row) > 1 and words.word(index + len(row)) not in {"mươi", "trăm", "nghìn", "ngàn", "triệu"}:
        return Hit(index, index + len(row), row)
    number = words.number(index)
    if number is None or before[-1:] != ("số",) or not number.value:
        return None
    if words.before(index, 2) in ENDS_OF_KINDS or (words.before(index, 2) in _NUMBERED and number.length == 1):
        return Hit(index, index + number.length, str(number.value))
    return None


def long_row(words: Words, index: int) -> Hit | None:
    """không chín một hai ba bốn năm sáu bảy tám: digits one by one, as in a telephone number."""
    row = digit_row(words.phrase(index))
    return Hit(index, index + len(row), row) if len(row) >= LONG_ROW else None


def counted(words: Words, index: int) -> Hit | None:
    """một trăm hai mươi sáu người; hai cán bộ; not: một số, thứ hai, hai ba việc, mười mấy."""
    number = words.number(index)
    if number is None or words.low[index] == "không" or words.before(index) in _BEFORE_NO_FIGURE:
        return None
    after = index + number.length
    if words.word(after) in _ROUGH:
        return None
    if number.length == 1 and not _is_exact(words, index, number):
        return None
    return Hit(index, after, figure(number, words.phrase(index)))


def _is_exact(words: Words, index: int, number: Number) -> bool:
    """Whether a lone digit counts something; "năm" is the word for year but in "trong vòng năm ngày"."""
    if words.low[index] == "năm" and words.word(index + 1) in _SPANS:
        return words.before(index) in _BEFORE_SPAN
    if number.value < 2 or words.low[index] in {"tư", "năm"}:
        return False
    return words.before(index) not in DIGITS and words.word(index + 1) in COUNTED


AMOUNT_RULES = (no_month, long_row, decimal, percent, ratio, document_digits, counted)
