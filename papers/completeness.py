"""What a paper must have before it is signed or sent (Decree 30/2020, art. 8; forms 1.4 and 1.7). Pure."""

from collections.abc import Mapping

from papers.content import PaperContent
from papers.invitation import InvitationContent
from papers.report import ReportContent


def missing_of_paper(content: PaperContent, own: Mapping[str, bool]) -> list[str]:
    """Vietnamese names of the parts that are empty, in the order of the page; `own` are those of the kind's body."""
    present = {
        "tên cơ quan ban hành": bool(content.issuing_body),
        "ký hiệu": bool(content.symbol_suffix),
        "địa danh": bool(content.place),
        "trích yếu": bool(content.subject),
        **own,
        "nơi nhận": bool(content.recipients),
        "chức vụ người ký": bool(content.signer.title),
        "họ tên người ký": bool(content.signer.name),
    }
    return [name for name, there in present.items() if not there]


def missing_of_invitation(content: InvitationContent) -> list[str]:
    """What an invitation lacks; Decision 45/2018/QĐ-TTg also asks for the matter of the meeting."""
    own = {
        "người được mời": any(content.invitees),
        "tên cuộc họp": bool(content.occasion),
        "nội dung họp": bool(content.substance) or any(content.agenda),
        "người chủ trì": bool(content.chair),
        "thời gian": content.starts_at is not None,
        "địa điểm": any(content.places),
    }
    return missing_of_paper(content, own)


def missing_of_report(content: ReportContent) -> list[str]:
    """What a report lacks."""
    said = any(content.opening) or any(section.paragraphs or section.tables for section in content.sections)
    return missing_of_paper(content, {"tên loại": bool(content.title_type), "nội dung báo cáo": said})
