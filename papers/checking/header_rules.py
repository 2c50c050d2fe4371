"""F04 motto, F05 rules, F06 number and date, F07 place, F15 blanks (annex I, II.1–5, V.4)."""

import re

from papers.checking.reading import DrawnRule, Reading, TextLine, plain
from papers.checking.results import CheckResult, failed, not_applicable, passed
from papers.kinds import TYPE_CODES

_MOTTO = re.compile(r"Độc lập(?P<first>.{0,5}?)Tự do(?P<second>.{0,5}?)Hạnh phúc", re.IGNORECASE)
_NUMBER_LINE = re.compile(r"^\s*Số\s*:?\s*(?P<number>[\d.…_]*)\s*/?\s*(?P<symbol>[^\s/]*)", re.IGNORECASE)
_DATE_LINE = re.compile(
    r"^(?P<place>.*?),?\s*ngày\s*(?P<day>[\d.…_]*)\s*tháng\s*(?P<month>[\d.…_]*)\s*năm\s*(?P<year>[\d.…_]*)\s*$",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"^\s*V/v\b", re.IGNORECASE)
_SHORTENED = re.compile(r"\b(TP|T\.P|Tp|tp|Q|H|T)\s*\.|^\s*(TP|HN|HCM|TPHCM)\b")
_MOTTO_TOLERANCE = 0.06
_SHORT_RULE, _SHORT_TOLERANCE = (1 / 3, 1 / 2), 0.02


def check_motto(reading: Reading) -> CheckResult:
    """F04: hyphens with a space on each side, never dashes."""
    found = next((match for line in reading.header() if (match := _MOTTO.search(plain(line.text)))), None)
    if found is None:
        return failed("F04", "không thấy Tiêu ngữ “Độc lập - Tự do - Hạnh phúc”")
    signs = (found["first"], found["second"])
    if signs == (" - ", " - "):
        return passed("F04", "Tiêu ngữ dùng dấu gạch nối")
    return failed("F04", f"Tiêu ngữ phải dùng gạch nối “ - ”, đang là “{'” và “'.join(signs)}”")


def check_rules(reading: Reading) -> CheckResult:
    """F05: the rule under the motto as long as its line; under agency and subject a third to a half."""
    header = reading.header()
    faults = [f"“{plain(line.text)}” dùng gạch chân thay cho đường kẻ" for line in header if line.underlined]
    faults += _motto_rule_faults(reading)
    agency = [rule for rule in reading.rules if rule.above[-1] in header and _is_agency(rule.above[-1])]
    faults += _short_rule_faults("tên cơ quan ban hành", agency)
    title = reading.title_at()
    if title is not None:
        below = {plain(line.text) for line in reading.lines[title : title + 12] if line.bold and not line.in_table}
        subject = [
            rule for rule in reading.rules if rule.above[-1].column != "left" and plain(rule.above[-1].text) in below
        ]
        faults += _short_rule_faults("trích yếu", subject)
    return failed("F05", "; ".join(faults)) if faults else passed("F05", "các đường kẻ đúng độ dài")


def check_number_and_date(reading: Reading) -> CheckResult:
    """F06: numbers and days below 10 and months 1 and 2 with a 0, months 3 to 9 without; `Số:` with its colon; the
    symbol that of the type."""
    faults = []
    number = _number_line(reading)
    if number is not None:
        faults += _number_faults(number) + _symbol_faults(number, reading.kind())
    date = _date_match(reading)
    if date is not None:
        faults += _date_faults(date["day"], date["month"])
    if number is None and date is None:
        return not_applicable("F06", "không thấy dòng số và ngày")
    return failed("F06", "; ".join(faults)) if faults else passed("F06", "số, ngày, tháng viết đúng quy định")


def check_place(reading: Reading) -> CheckResult:
    """F07: the place in full."""
    date = _date_match(reading)
    if date is None or not date["place"].strip():
        return not_applicable("F07", "không thấy địa danh")
    place = plain(date["place"])
    if _SHORTENED.search(place):
        return failed("F07", f"địa danh viết tắt: “{place}”, phải viết đầy đủ")
    return passed("F07", f"địa danh “{place}”")


def check_blanks(reading: Reading) -> CheckResult:
    """F15: number and day are both there, or both left to the registrar."""
    number, date = _number_line(reading), _date_match(reading)
    if number is None or date is None:
        return not_applicable("F15", "không thấy dòng số và ngày")
    given = re.search(r"\d", (_NUMBER_LINE.match(plain(number)) or {"number": ""})["number"]) is not None
    dated = re.search(r"\d", date["day"]) is not None
    if given == dated:
        return passed("F15", "đã cấp số và ngày" if given else "số và ngày để trống chờ văn thư")
    return failed("F15", "đã ghi ngày khi chưa cấp số" if dated else "đã cấp số nhưng chưa ghi ngày")


def _is_agency(line: TextLine) -> bool:
    return line.column == "left" and line.bold


def _motto_rule_faults(reading: Reading) -> list[str]:
    rule = next((rule for rule in reading.rules if _MOTTO.search(plain(rule.above[-1].text))), None)
    if rule is None:
        return ["không thấy đường kẻ dưới Tiêu ngữ"]
    ratio = rule.length / rule.widths[-1]
    if abs(ratio - 1) <= _MOTTO_TOLERANCE:
        return []
    return [f"đường kẻ dưới Tiêu ngữ dài {ratio:.0%} dòng chữ, phải bằng dòng chữ"]


def _short_rule_faults(what: str, rules: list[DrawnRule]) -> list[str]:
    if not rules:
        return [f"không thấy đường kẻ dưới {what}"]
    rule = rules[0]
    low, high = _SHORT_RULE
    # "Dòng chữ" of a name on several lines may be read as its last or as its longest line: either is accepted.
    ratios = [rule.length / width for width in {rule.widths[-1], max(rule.widths)} if width]
    if any(low - _SHORT_TOLERANCE <= ratio <= high + _SHORT_TOLERANCE for ratio in ratios):
        return []
    return [f"đường kẻ dưới {what} dài {ratios[0]:.0%} dòng chữ, phải từ 1/3 đến 1/2"]


def _number_line(reading: Reading) -> str | None:
    return next((line.text for line in reading.header() if re.match(r"\s*Số\s*:?\s*[\d.…_]*\s*/", line.text)), None)


def _date_match(reading: Reading) -> re.Match[str] | None:
    """The line of place and date; a day in the subject of a công văn, below the number on the left, is none."""
    lines = [line for line in reading.header() if line.column != "left" and not _REFERENCE.match(line.text)]
    return next((match for line in lines if (match := _DATE_LINE.match(plain(line.text)))), None)


def _number_faults(line: str) -> list[str]:
    text = plain(line)
    match = _NUMBER_LINE.match(text)
    faults = [] if text.startswith("Số:") else ["thiếu dấu “:” sau “Số”"]
    digits = match["number"] if match else ""
    if digits.isdigit():
        if len(digits) < 2:
            faults.append(f"số {digits} nhỏ hơn 10 phải thêm 0 phía trước")
        if re.search(r"\d\s+/|/\s", text):
            faults.append("không được có dấu cách giữa số và ký hiệu")
    return faults


def _symbol_faults(line: str, kind: str) -> list[str]:
    """The symbol begins with the letters of the type (annex III, part I); a paper without a title has none."""
    match, code = _NUMBER_LINE.match(plain(line)), TYPE_CODES.get(kind)
    symbol = match["symbol"] if match else ""
    if code is None or not symbol or symbol == code or symbol.startswith(f"{code}-"):
        return []
    return [f"ký hiệu “{symbol}” không bắt đầu bằng {code} của {kind}"]


def _date_faults(day: str, month: str) -> list[str]:
    faults = []
    if day.isdigit() and len(day) < 2:
        faults.append(f"ngày {day} phải thêm 0 phía trước")
    if month.isdigit() and int(month) <= 2 and len(month) < 2:
        faults.append(f"tháng {month} phải thêm 0 phía trước")
    if month.isdigit() and 3 <= int(month) <= 9 and month.startswith("0"):
        faults.append(f"tháng {month} không thêm 0 phía trước")
    return faults
