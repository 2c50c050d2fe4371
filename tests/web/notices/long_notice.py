"""A notice as machines draft them: three parts, points below points, tasks with and without a deadline, an appendix."""

from minutes.notices.content import DeadlineFacts, NoticeContent, NoticeItem, Paragraph, Section, Span
from papers.content import AppendixContent
from papers.figures import ReportColumn, ReportTable
from papers.signers import SignerBlock


def task(number: int, lead: str, action: str, raw: str = "", iso: str | None = None) -> NoticeItem:
    """A directive with its sound."""
    return NoticeItem(
        id=f"viec-{number}",
        text=f"{lead} {action}{f' {raw}' if raw else ''}.",
        kind="directive",
        lead=(lead,),
        coordinating=("Văn phòng Bộ",) if number == 1 else (),
        action=action[:1].upper() + action[1:],
        deadline=DeadlineFacts(raw=raw, iso=iso, kind="absolute" if iso else "none") if raw else None,
        evidence=(Span(start=30.0 * number, end=30.0 * number + 12),),
    )


def parts() -> tuple[Section, Section]:
    """An assessment in prose, and tasks of three kinds of standing."""
    stated = NoticeItem(
        id="danh-gia",
        text="Các đơn vị đã cơ bản hoàn thành nhiệm vụ trong tuần; đường truyền tới các điểm cầu được giữ ổn định.",
        evidence=(Span(start=5, end=14),),
    )
    holder = NoticeItem(
        id="nhom",
        heading="Cục Văn thư và Lưu trữ",
        children=(
            task(1, "Cục Văn thư và Lưu trữ", "rà soát danh mục hồ sơ nộp lưu", "trước ngày 20/4/2026", "2026-04-20"),
            task(2, "Cục Văn thư và Lưu trữ", "hướng dẫn các đơn vị dùng mẫu báo cáo mới"),
        ),
    )
    first = task(
        3, "Trung tâm Thông tin", "kiểm tra đường truyền tới các điểm cầu", "trước ngày 15/4/2026", "2026-04-15"
    )
    last = task(4, "Văn phòng Bộ", "tổng hợp tình hình thực hiện, báo cáo Thứ trưởng")
    return (
        Section(heading="Đánh giá chung", items=(stated,), numbered=False),
        Section(heading="Nhiệm vụ trọng tâm", items=(first, holder, last)),
    )


def figures() -> ReportTable:
    """A table with a total."""
    return ReportTable(
        columns=(
            ReportColumn(heading="STT", kind="index"),
            ReportColumn(heading="Điểm cầu"),
            ReportColumn(heading="Số người", kind="number"),
        ),
        rows=((1, "Trụ sở Bộ", 1250), (2, "Cơ sở hai", 42)),
        total=(None, "Tổng số", 1292),
        caption="Số người dự tại các điểm cầu",
        unit="người",
    )


def long_notice() -> NoticeContent:
    """What the editor's tests work on."""
    return NoticeContent(
        issuing_parent="Bộ Mẫu",
        issuing_body="Văn phòng Bộ",
        symbol_suffix="TB-VP",
        place="Hà Nội",
        subject="Kết luận của Thứ trưởng Nguyễn Thị Thu Hằng tại cuộc họp giao ban tuần 15",
        opening=(
            Paragraph(
                text="Ngày 08/4/2026, Thứ trưởng Nguyễn Thị Thu Hằng đã chủ trì họp giao ban trực tuyến tuần 15."
            ),
            Paragraph(text="Sau khi nghe báo cáo và ý kiến của các đơn vị, Thứ trưởng kết luận như sau:"),
        ),
        sections=parts(),
        closing="Văn phòng Bộ thông báo để các đơn vị biết, thực hiện.",
        recipients=("Thứ trưởng Nguyễn Thị Thu Hằng (để báo cáo)", "Trung tâm Thông tin", "Lưu: VT, VP"),
        signer=SignerBlock(authority_lines=("TL. BỘ TRƯỞNG",), title="CHÁNH VĂN PHÒNG", name="Đặng Thị Thùy Linh"),
        appendices=(AppendixContent(title="Số người dự họp", paragraphs=("Kèm theo kết luận.",), tables=(figures(),)),),
        to_check=(
            "Chưa nêu thời hạn của: “Tổng hợp tình hình thực hiện, báo cáo Thứ trưởng”.",
            "Người ký do hệ thống đề xuất, cần xác nhận.",
        ),
        machine_made=True,
    )
