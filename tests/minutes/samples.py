"""Invented notices that the tests of this room share."""

from typing import Any

from minutes.notices.content import DeadlineFacts, NoticeContent, NoticeItem, Paragraph, Section, Span
from papers.signers import SignerBlock

_CONCLUSIONS = (
    NoticeItem(
        id="duong-truyen",
        kind="directive",
        text="Trung tâm Thông tin chủ trì, phối hợp với Văn phòng Bộ khắc phục đường truyền tại các điểm cầu, "
        "hoàn thành trước ngày 15/4/2026.",
        lead=("Trung tâm Thông tin",),
        coordinating=("Văn phòng Bộ",),
        action="Khắc phục đường truyền tại các điểm cầu",
        deadline=DeadlineFacts(raw="trước ngày 15/4/2026", iso="2026-04-15", kind="before_date"),
        evidence=(Span(start=61.5, end=70.25),),
    ),
    NoticeItem(
        id="bao-cao-nhanh",
        kind="directive",
        text="Các đơn vị gửi báo cáo nhanh về Văn phòng Bộ trước 16 giờ 00 hằng ngày.",
        lead=("Các đơn vị",),
        action="Gửi báo cáo nhanh về Văn phòng Bộ",
        deadline=DeadlineFacts(
            raw="trước 16 giờ 00 hằng ngày", kind="recurring", rrule="FREQ=DAILY;BYHOUR=16;BYMINUTE=0"
        ),
        evidence=(Span(start=71, end=77),),
    ),
    NoticeItem(
        id="van-phong",
        heading="Văn phòng Bộ",
        children=(
            NoticeItem(
                id="don-doc",
                kind="directive",
                text="Đôn đốc các đơn vị thực hiện, báo cáo Thứ trưởng;",
                lead=("Văn phòng Bộ",),
                action="Đôn đốc các đơn vị thực hiện",
                evidence=(Span(start=80, end=85),),
            ),
            NoticeItem(id="ky-luat", kind="responsibility", text="Chịu trách nhiệm về kỷ luật phát ngôn tại điểm cầu."),
        ),
    ),
)


def notice(**changes: Any) -> NoticeContent:
    """A whole notice of an invented ministry."""
    values: dict[str, Any] = {
        "issuing_body": "Bộ Mẫu",
        "symbol_suffix": "TB-BM",
        "place": "Hà Nội",
        "subject": "Kết luận của Thứ trưởng Phan Quốc Bảo tại cuộc họp giao ban trực tuyến tuần 15 của Bộ",
        "opening": (
            Paragraph(text="Ngày 08 tháng 4 năm 2026, tại trụ sở Bộ, Thứ trưởng Phan Quốc Bảo đã chủ trì cuộc họp."),
            Paragraph(text="Sau khi nghe báo cáo của các đơn vị, Thứ trưởng Phan Quốc Bảo kết luận như sau:"),
        ),
        "sections": (
            Section(
                heading="Đánh giá chung",
                numbered=False,
                items=(NoticeItem(id="danh-gia", text="Các đơn vị đã chủ động triển khai nhiệm vụ được giao."),),
            ),
            Section(heading="Nhiệm vụ", items=_CONCLUSIONS),
        ),
        "closing": "Trên đây là kết luận của Thứ trưởng Phan Quốc Bảo, Văn phòng Bộ thông báo để các đơn vị biết, "
        "thực hiện.",
        "recipients": ("Bộ trưởng (để báo cáo)", "Các đơn vị thuộc, trực thuộc Bộ", "Lưu: VT, VP (05)"),
        "signer": SignerBlock(authority_lines=("TL. BỘ TRƯỞNG",), title="CHÁNH VĂN PHÒNG", name="Đặng Thị Thùy Linh"),
    }
    return NoticeContent(**(values | changes))


def long_notice(tasks: int) -> NoticeContent:
    """A notice of as many numbered tasks as wanted."""
    items = tuple(
        NoticeItem(id=f"viec-{number}", text=f"Đơn vị thứ {number} rà soát, hoàn thiện hồ sơ và báo cáo kết quả về Bộ.")
        for number in range(1, tasks + 1)
    )
    return notice(sections=(Section(heading="Nhiệm vụ", items=items),))


BOARD = "Ban Chỉ đạo chuyển đổi số và phòng, chống thiên tai của Bộ Mẫu"


def board_notice(**changes: Any) -> NoticeContent:
    """A leading board's notice: parent agency, long names, a place that may not be shortened, both capacities."""
    return notice(
        issuing_parent="Bộ Mẫu",
        issuing_body=BOARD,
        symbol_suffix="TB-BCĐ",
        place="Thành phố Hồ Chí Minh",
        signer=SignerBlock(
            authority_lines=("KT. TRƯỞNG BAN",),
            title="PHÓ TRƯỞNG BAN THƯỜNG TRỰC",
            capacity=("THỨ TRƯỞNG BỘ MẪU",),
            name="Nguyễn Hoàng Thiên Ưng",
        ),
    ).model_copy(update=changes)
