"""Invented invitations and reports that the tests of this room share."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from papers.invitation import InvitationContent
from papers.report import ReportColumn, ReportContent, ReportSection, ReportTable
from papers.signers import SignerBlock

_SIGNER = SignerBlock(authority_lines=("TL. BỘ TRƯỞNG",), title="CHÁNH VĂN PHÒNG", name="Đặng Thị Thùy Linh")
_UNITS = (
    "Văn phòng Bộ", "Vụ Kế hoạch - Tài chính", "Vụ Pháp chế", "Cục Chuyển đổi số", "Trung tâm Thông tin",
    "Viện Nghiên cứu và Phát triển nguồn nhân lực",
)  # fmt: skip


def invitation(**changes: Any) -> InvitationContent:
    """A whole invitation of an invented ministry to a briefing over three endpoints."""
    values: dict[str, Any] = {
        "issuing_body": "Bộ Mẫu",
        "symbol_suffix": "GM-BM",
        "place": "Hà Nội",
        "subject": "Họp giao ban trực tuyến tháng 11 năm 2026",
        "invitees": ("Đại diện lãnh đạo Trung tâm Thông tin",),
        "occasion": "cuộc họp giao ban trực tuyến tháng 11 năm 2026 của Bộ",
        "substance": "Đánh giá kết quả công tác tháng 11, triển khai nhiệm vụ tháng 12 năm 2026",
        "chair": "Thứ trưởng Phan Quốc Bảo",
        "starts_at": datetime(2026, 11, 26, 1, 30, tzinfo=UTC),
        "ends_at": datetime(2026, 11, 26, 4, 0, tzinfo=UTC),
        "places": (
            "Điểm cầu trung tâm: Phòng họp A, tầng 2, trụ sở Bộ, số 8 đường Mẫu, Hà Nội",
            "Điểm cầu thành phần: phòng họp trực tuyến của các đơn vị",
        ),
        "notes": (
            "Tài liệu họp gửi kèm giấy mời này. Đề nghị các điểm cầu đăng ký số người dự trước 16 giờ 00 ngày "
            "24/11/2026 và kiểm tra kỹ thuật trước giờ họp 30 phút.",
        ),
        "contact": "Ông Lò Văn Páo, Trung tâm Thông tin, điện thoại 024 0000 0000",
        "recipients": ("Như trên", "Bộ trưởng (để báo cáo)", "Lưu: VT, VP (05)"),
        "signer": _SIGNER,
    }
    return InvitationContent(**(values | changes))


def long_invitation(**changes: Any) -> InvitationContent:
    """Several invitees, an agenda, endpoints, a link: runs over two pages."""
    return invitation(
        issuing_parent="Bộ Mẫu",
        issuing_body="Ban Chỉ đạo chuyển đổi số và phòng, chống thiên tai của Bộ Mẫu",
        symbol_suffix="GM-BCĐ",
        place="Thành phố Hồ Chí Minh",
        inviter="Ban Chỉ đạo chuyển đổi số và phòng, chống thiên tai của Bộ Mẫu",
        invitees=tuple(f"Lãnh đạo {unit}" for unit in _UNITS),
        agenda=tuple(f"{unit} báo cáo kết quả thực hiện nhiệm vụ được giao (10 phút)" for unit in _UNITS),
        places=tuple(f"Điểm cầu {number}: {unit}" for number, unit in enumerate(_UNITS, 1)),
        link="https://hop.bomau.example/join/giao-ban-thang-11",
        urgency="KHẨN",
        signer=SignerBlock(
            authority_lines=("KT. TRƯỞNG BAN",),
            title="PHÓ TRƯỞNG BAN THƯỜNG TRỰC",
            capacity=("THỨ TRƯỞNG BỘ MẪU",),
            name="Nguyễn Hoàng Thiên Ưng",
        ),
    ).model_copy(update=changes)


def figures(rows: int = len(_UNITS), numbers: int = 4) -> ReportTable:
    """A table with index, unit and as many columns of numbers as wanted, and its sums."""
    headings = ("Tổng số", "Làm việc tại cơ quan", "Làm việc tại nhà", "Cách ly", "F0", "F1", "F2", "Khỏi", "Dự phòng")
    listed = tuple(
        (row + 1, _UNITS[row % len(_UNITS)], *(1234 * (row + 1) + 77 * at for at in range(numbers)))
        for row in range(rows)
    )
    sums = tuple(sum(int(row[2 + at]) for row in listed) for at in range(numbers))
    return ReportTable(
        caption="Tình hình cán bộ, công chức, viên chức theo hình thức làm việc",
        unit="người",
        columns=(
            ReportColumn(heading="STT", kind="index"),
            ReportColumn(heading="Đơn vị"),
            *(ReportColumn(heading=headings[at % len(headings)], kind="number") for at in range(numbers)),
        ),
        rows=listed,
        total=(None, "Tổng cộng", *sums),
        notes=("Số liệu tính đến 16 giờ 00 ngày 22/11/2026; Vụ Pháp chế chưa báo cáo.",),
    )


def report(**changes: Any) -> ReportContent:
    """A whole report with one table between paragraphs."""
    values: dict[str, Any] = {
        "issuing_parent": "Bộ Mẫu",
        "issuing_body": "Văn phòng Bộ",
        "symbol_suffix": "BC-VP",
        "place": "Hà Nội",
        "subject": "Tổng hợp báo cáo nhanh ngày 22 tháng 11 năm 2026",
        "addressees": ("Lãnh đạo Bộ",),
        "opening": ("Văn phòng Bộ tổng hợp báo cáo nhanh của các đơn vị thuộc, trực thuộc Bộ như sau:",),
        "sections": (
            ReportSection(
                heading="Tình hình chung",
                paragraphs=("Đến thời điểm chốt số liệu có 38/40 đơn vị báo cáo; 02 đơn vị chưa báo cáo.",),
                tables=(figures(),),
            ),
            ReportSection(
                heading="Tỷ lệ",
                tables=(
                    ReportTable(
                        columns=(ReportColumn(heading="Chỉ tiêu"), ReportColumn(heading="Tỷ lệ (%)", kind="number")),
                        rows=(("Đơn vị báo cáo đúng hạn", Decimal("95.5")), ("Đơn vị báo cáo bổ sung", Decimal("2"))),
                    ),
                ),
            ),
        ),
        "closing": "Văn phòng Bộ kính báo cáo",
        "recipients": ("Như trên", "Các đơn vị thuộc, trực thuộc Bộ", "Lưu: VT, TH (03)"),
        "signer": SignerBlock(title="CHÁNH VĂN PHÒNG", name="Đặng Thị Thùy Linh"),
    }
    return ReportContent(**(values | changes))
