"""Every kind of paper that this house prints, as sheets: what the proofs of the form run over.

Each entry is the sheet of a real maker (notice, letter, successor, reminder, invitation, record, report, quick report),
numbered or still blank. `EVERY` maps an id to a function of one argument: whether number and day are given.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, cast

from minutes.followups.models import Task
from minutes.followups.reminder_letter import reminder_text
from minutes.notices.content import NoticeContent
from minutes.notices.sheet import lay_out
from minutes.notices.successor_texts import IssuedText, Passage, correction, letter, replacement, withdrawal
from papers.content import AppendixContent
from papers.invitation import lay_out_invitation
from papers.record import RecordContent, RecordPart, lay_out_record
from papers.report import lay_out_report
from papers.sheet import Sheet
from papers.signers import SignerBlock
from tests.minutes.samples import board_notice, long_notice, notice
from tests.papers.samples import figures, invitation, long_invitation, report

DAY = date(2026, 4, 9)
NUMBER = 5
_ISSUED = IssuedText(notice(), "05/TB-BM", DAY)
_APPENDICES = (
    AppendixContent(
        title="Danh mục điểm cầu của cuộc họp",
        paragraphs=(
            "1. Điểm cầu trung tâm: trụ sở Bộ.",
            "2. Điểm cầu Trung tâm Thông tin.",
            "3. Điểm cầu Vụ Pháp chế.",
        ),
    ),
    AppendixContent(
        title="Mẫu báo cáo nhanh", paragraphs=("Các đơn vị báo cáo theo mẫu này trước 16 giờ 00 hằng ngày.",)
    ),
)
#: Tables of figures: one that stands upright, and one that needs the width of a page on its side.
TABLES = (
    AppendixContent(title="Số người dự theo điểm cầu", tables=(figures(4, 2),)),
    AppendixContent(title="Tình hình theo hình thức làm việc", paragraphs=("Như sau:",), tables=(figures(30, 12),)),
)
POINTING = "Danh mục điểm cầu tại Phụ lục I, mẫu báo cáo nhanh tại Phụ lục II kèm theo Thông báo này."


def record(**changes: Any) -> RecordContent:
    """A whole record of an invented meeting."""
    values: dict[str, Any] = {
        "issuing_parent": "Bộ Mẫu",
        "issuing_body": "Văn phòng Bộ",
        "symbol_suffix": "BB-VP",
        "subject": "Họp giao ban trực tuyến tuần 15",
        "starts_at": datetime(2026, 4, 8, 7, 0, tzinfo=UTC),
        "ends_at": datetime(2026, 4, 8, 9, 5, tzinfo=UTC),
        "places": ("Điểm cầu trung tâm: Trụ sở Bộ", "Điểm cầu Trung tâm Thông tin"),
        "attendees": ("Ông Phan Quốc Bảo, Thứ trưởng", "Bà Đặng Thị Thùy Linh, Chánh Văn phòng"),
        "absentees": ("Ông Lò Văn Páo (đi công tác)",),
        "chair": "Ông Phan Quốc Bảo, Thứ trưởng",
        "secretary": "Bà Lò Thị Ánh",
        "parts": (
            RecordPart(heading="Báo cáo của Văn phòng Bộ", paragraphs=("Văn phòng Bộ báo cáo kết quả tuần.",)),
            RecordPart(heading="Ý kiến phát biểu", paragraphs=("Trung tâm Thông tin nêu ba khó khăn.",)),
        ),
        "signer": SignerBlock(title="CHỦ TỌA", name="Phan Quốc Bảo"),
        "secretary_signer": SignerBlock(title="THƯ KÝ", name="Lò Thị Ánh"),
        "recipients": ("Lưu: VT, Hồ sơ",),
    }
    return RecordContent(**(values | changes))


def reminder() -> NoticeContent:
    """The letter that urges two units whose tasks are late."""
    late = [
        SimpleNamespace(
            unit=SimpleNamespace(name=unit), lead=(unit,), action=action, deadline_raw="trước ngày 08/4/2026",
            due_at=None, extended_until=extended,
        )
        for unit, action, extended in (
            ("Trung tâm Thông tin", "Khắc phục đường truyền tại các điểm cầu", date(2026, 4, 20)),
            ("Vụ Pháp chế", "Hoàn thiện dự thảo quy chế họp trực tuyến", None),
        )
    ]  # fmt: skip
    return reminder_text(_ISSUED, cast(list[Task], late), date(2026, 4, 24))


def letter_to_one() -> NoticeContent:
    """A công văn to one unit."""
    written = letter(
        notice(),
        subject="bảo đảm đường truyền cho cuộc họp trực tuyến",
        opening=("Bộ Mẫu đề nghị Trung tâm Thông tin bảo đảm đường truyền trước 08 giờ 00 ngày 26/11/2026.",),
        closing="Bộ Mẫu đề nghị Trung tâm Thông tin phối hợp thực hiện.",
    )
    return written.model_copy(update={"addressees": ("Trung tâm Thông tin",)})


def _notice(content: NoticeContent) -> Callable[[bool], Sheet]:
    return lambda numbered: lay_out(content, *_given(numbered))


def _given(numbered: bool) -> tuple[Any, ...]:
    return (NUMBER, DAY) if numbered else ()


EVERY: dict[str, Callable[[bool], Sheet]] = {
    "1.4-thong-bao": _notice(notice()),
    "1.4-thong-bao-dai": _notice(long_notice(70)),
    "1.4-thong-bao-ban-chi-dao": _notice(board_notice()),
    "1.4-thong-bao-hoa-toc": _notice(
        notice(urgency="HỎA TỐC", circulation="Lưu hành nội bộ", address="Số 8 đường Mẫu, thành phố Hà Nội")
    ),
    "1.4-thong-bao-thay-the": _notice(replacement(_ISSUED)),
    "1.4-thong-bao-thu-hoi": _notice(withdrawal(_ISSUED, "Nội dung chưa đúng thẩm quyền")),
    "1.4-bao-cao": lambda numbered: lay_out_report(report(), *_given(numbered)),
    "1.5-cong-van": _notice(letter_to_one()),
    "1.5-cong-van-dinh-chinh": _notice(
        correction(
            _ISSUED, (Passage("Khoản 1 Mục II", "trước ngày 15/4/2026", "trước ngày 16/4/2026"),), "lỗi đánh máy"
        )
    ),
    "1.5-cong-van-don-doc": _notice(reminder()),
    "1.7-giay-moi": lambda numbered: lay_out_invitation(invitation(), *_given(numbered)),
    "1.7-giay-moi-dai": lambda numbered: lay_out_invitation(long_invitation(), *_given(numbered)),
    "1.9-bien-ban": lambda numbered: lay_out_record(record(), NUMBER if numbered else None),
    "2-phu-luc": _notice(notice(closing=POINTING, appendices=_APPENDICES)),
    "2-phu-luc-bang-ngang": _notice(
        notice(closing=POINTING, appendices=TABLES, address="Số 8 đường Mẫu", circulation="Lưu hành nội bộ")
    ),
}
