"""F01 paper, F02 margins, F03 letters, F12 the block of signature (annex I, I.1–4)."""

import re

from papers.checking.legacy_letters import damaged_words
from papers.checking.reading import Margins, Reading
from papers.checking.results import CheckResult, failed, not_applicable, passed

_TOLERANCE_MM = 0.5
_A4 = (210.0, 297.0)
#: I.3: lowest and highest in millimetres.
_MARGINS = {"trên": (20, 25), "dưới": (20, 25), "trái": (30, 35), "phải": (15, 20)}
#: Times New Roman and the fonts of its exact widths that take its place where it is not installed.
_TIMES = re.compile(r"^(times ?new ?roman|times(?=$|-)|liberation ?serif|tinos|nimbus ?roman|freeserif)", re.IGNORECASE)


def check_paper(reading: Reading) -> CheckResult:
    """F01: A4, upright; further pages may lie on their side."""
    for number, size in enumerate(reading.page_sizes, start=1):
        fits = _close(size, _A4) or (number > 1 and _close(size, _A4[::-1]))
        if not fits:
            return failed("F01", f"trang/phần {number} khổ {size[0]:.0f} × {size[1]:.0f} mm, phải là A4 210 × 297 mm")
    return passed("F01", "khổ A4")


def check_margins(reading: Reading) -> CheckResult:
    """F02: 20–25 above and below, 30–35 left, 15–20 right."""
    faults = [
        f"lề {name} {value:.1f} mm (quy định {low}–{high})"
        for margins in reading.margins
        for name, value in _named(margins)
        for low, high in (_MARGINS[name],)
        if value < low - _TOLERANCE_MM or (value > high + _TOLERANCE_MM and not _may_be_wider(reading, name))
    ]
    if faults:
        return failed("F02", "; ".join(dict.fromkeys(faults)))
    return passed("F02", "lề trong giới hạn") if reading.margins else not_applicable("F02", "không có chữ để đo")


def check_letters(reading: Reading) -> CheckResult:
    """F03: every run in Times New Roman, fonts embedded, no letters broken by a legacy encoding."""
    lines = (*reading.lines, *reading.furniture)
    foreign = sorted({font for line in lines for font in line.fonts if not _TIMES.match(font)})
    damaged = damaged_words("\n".join(line.text for line in lines))
    faults = []
    if foreign:
        faults.append(f"có chữ không dùng Times New Roman: {', '.join(foreign)}")
    if damaged:
        faults.append(f"có chữ hỏng do phông TCVN3/VNI: {', '.join(damaged)}")
    if reading.fonts_not_embedded:
        faults.append(f"phông chưa nhúng: {', '.join(reading.fonts_not_embedded)}")
    return failed("F03", "; ".join(faults)) if faults else passed("F03", "toàn bộ chữ là Times New Roman, Unicode")


def check_signature_block(reading: Reading) -> CheckResult:
    """F12: recipients and signer stand together on one page."""
    if reading.signature_is_whole is None:
        return not_applicable("F12", "không thấy khối “Nơi nhận” và chữ ký để xét")
    if reading.signature_is_whole:
        return passed("F12", "khối chữ ký không bị tách trang")
    return failed("F12", "khối chữ ký bị (hoặc có thể bị) tách sang hai trang")


def _named(margins: Margins) -> list[tuple[str, float]]:
    pairs = (("trên", margins.top), ("dưới", margins.bottom), ("trái", margins.left), ("phải", margins.right))
    return [(name, value) for name, value in pairs if value is not None]


def _may_be_wider(reading: Reading, name: str) -> bool:
    """On a printed page the last line may end early, which says nothing about the margin set below it."""
    return reading.format == "pdf" and name == "dưới"


def _close(size: tuple[float, float], wanted: tuple[float, float]) -> bool:
    return all(abs(side - other) <= 1.0 for side, other in zip(size, wanted, strict=True))
