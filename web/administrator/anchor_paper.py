"""The anchor of a day as a paper: to print, to sign by hand or digitally, and to keep where the house cannot reach it.

In: an anchor and the names of the house. Out: a sheet with the same lines as the text, which `core.anchors` reads again
from the PDF or as they are typed; a place for a signature (`papers.places`).
"""

from core.anchors import Anchor
from core.settings import Settings
from papers.report import ReportContent, lay_out_report
from papers.sheet import Sheet
from papers.signers import SignerBlock

#: The hash is printed in groups, for whoever types it again.
GROUP = 8


def anchor_sheet(anchor: Anchor, settings: Settings) -> Sheet:
    """How it stands on the page; number and date stay open, as on every paper that is not issued."""
    content = ReportContent(
        issuing_parent=settings.parent_name,
        issuing_body=settings.organisation_name,
        symbol_suffix=f"BC-{settings.organisation_code}" if settings.organisation_code else "BC",
        place=settings.place_name,
        subject=f"Mốc nhật ký hệ thống Điểm Cầu ngày {anchor.day:%d/%m/%Y}",
        opening=(
            "Nhật ký của hệ thống là một chuỗi; mỗi dòng mang mã băm SHA-256 của mình và của dòng trước. Đến hết ngày "
            f"{anchor.day:%d/%m/%Y}, chuỗi kết thúc như sau:",
            f"day: {anchor.day.isoformat()}",
            f"rows: {anchor.rows}",
            f"head: {' '.join(anchor.head[at : at + GROUP] for at in range(0, len(anchor.head), GROUP))}",
        ),
        closing=(
            "Ai sửa, xóa hay lập lại nhật ký về sau thì các dòng trên không còn khớp. Kiểm tra tại mục Nhật ký, hoặc "
            "bằng lệnh diemcau verify-audit"
        ),
        recipients=("Lưu: VT",),
        signer=SignerBlock(title="Người lập mốc"),
    )
    return lay_out_report(content, year=anchor.day.year)
