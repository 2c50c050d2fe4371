"""F08 recipients, F09 the signer's name, F11 the end mark (annex I, II.7c, II.9d; form 1.4)."""

import re

from papers.checking.reading import Reading, TextLine
from papers.checking.results import CheckResult, failed, not_applicable, passed
from papers.kinds import INVITATION, NOTICE

_LABEL_SIZE, _LIST_SIZE, _TOLERANCE = 12, 11, 0.3
_FILING = re.compile(r"^-?\s*Lưu\b", re.IGNORECASE)
_DEGREES = re.compile(
    r"^((PGS|GS|TSKH|TS|ThS|Ths|ThS\.BS|BS|BSCK\w*|KS|KTS|CN|DS|LS|NSND|NSƯT|NGND|NGƯT|TTND|TTƯT|Dr|Prof)\b\.?"
    r"|Phó giáo sư|Giáo sư|Tiến sĩ|Tiến sỹ|Thạc sĩ|Thạc sỹ|Bác sĩ|Kỹ sư|Cử nhân|Luật sư|Viện sĩ|Nhà giáo|Anh hùng)",
)
_END_MARK = "./."
_AS_ABOVE = re.compile(r"^-?\s*Như trên\b", re.IGNORECASE)


def check_recipients(reading: Reading) -> CheckResult:
    """F08: the label 12 points bold italic, the list 11 upright, the filing line with a full stop."""
    at = reading.recipients_at()
    if at is None:
        return not_applicable("F08", "không thấy “Nơi nhận:”")
    label, listed = reading.lines[at], _listed(reading, at)
    faults = []
    if not (_has_size(label, _LABEL_SIZE) and label.bold and label.italic):
        faults.append(f"“Nơi nhận:” phải cỡ 12, nghiêng, đậm (đang cỡ {label.size:g})")
    if any(not _has_size(line, _LIST_SIZE) or line.bold or line.italic for line in listed):
        faults.append("danh sách nơi nhận phải cỡ 11, đứng")
    filing = next((index for index, line in enumerate(listed) if _FILING.match(line.text.strip())), None)
    if filing is None:
        faults.append("thiếu dòng “Lưu: VT, …”")
    elif not listed[-1].text.rstrip().endswith("."):
        faults.append("dòng “Lưu” phải kết thúc bằng dấu chấm")
    faults += _addressee_faults(reading, listed)
    return failed("F08", "; ".join(faults)) if faults else passed("F08", "nơi nhận đúng cỡ, kiểu chữ và dấu câu")


def check_signer(reading: Reading) -> CheckResult:
    """F09: no academic title or honour before the name."""
    names = [name for name in (reading.co_signer_name, reading.signer_name) if name]
    if not names:
        return not_applicable("F09", "không thấy họ tên người ký")
    if decorated := [name for name in names if _DEGREES.match(name)]:
        return failed("F09", f"không ghi học hàm, học vị, danh hiệu trước họ tên người ký: “{decorated[0]}”")
    return passed("F09", f"họ tên người ký “{'”, “'.join(names)}”")


def check_end_mark(reading: Reading) -> CheckResult:
    """F11: exactly one `./.`, behind the last word of the body."""
    paragraphs = reading.body_paragraphs()
    if not paragraphs:
        return not_applicable("F11", "văn bản không có nội dung")
    count = sum(paragraph.count(_END_MARK) for paragraph in paragraphs)
    if count == 1 and paragraphs[-1].rstrip().endswith(_END_MARK):
        return passed("F11", "nội dung kết thúc bằng “./.”")
    if count == 0:
        return failed("F11", "thiếu “./.” ở cuối nội dung")
    return failed("F11", f"có {count} dấu “./.”, phải có đúng một ở cuối nội dung")


def _addressee_faults(reading: Reading, listed: list[TextLine]) -> list[str]:
    """The words "Như trên" need somebody above: "Kính gửi", or whom an invitation invites (II.9b)."""
    addressed = bool(reading.addressees())
    invited = reading.kind() == INVITATION
    faults = []
    if any(_AS_ABOVE.match(line.text) for line in listed) and not addressed and not invited:
        faults.append("có “Như trên” nhưng văn bản không có “Kính gửi”")
    if addressed and reading.kind() == NOTICE:
        faults.append("thông báo không dùng “Kính gửi”")
    return faults


def _listed(reading: Reading, label: int) -> list[TextLine]:
    """Lines of the list: from the label on, in the left column, until the column or the page ends."""
    start = reading.lines[label]
    listed = []
    for line in reading.lines[label + 1 :]:
        if line.page != start.page or line.column == "right":
            continue
        if start.column == "left" and line.column != "left":
            break
        listed.append(line)
        if _FILING.match(line.text.strip()) and line.text.rstrip().endswith("."):
            break
    return listed


def _has_size(line: TextLine, size: float) -> bool:
    return line.size is not None and abs(line.size - size) <= _TOLERANCE
