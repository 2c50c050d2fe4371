"""What is named as missing before a paper is signed or sent."""

from papers.completeness import missing_of_invitation, missing_of_report
from papers.invitation import InvitationContent
from papers.report import ReportContent
from tests.papers.samples import invitation, long_invitation, report


def test_whole_papers_lack_nothing() -> None:
    assert missing_of_invitation(invitation()) == missing_of_invitation(long_invitation()) == []
    assert missing_of_report(report()) == []


def test_what_is_empty_is_named_in_the_order_of_the_page() -> None:
    assert missing_of_invitation(invitation(chair="", places=(" ",), agenda=(), substance="", recipients=())) == [
        "nội dung họp",
        "người chủ trì",
        "địa điểm",
        "nơi nhận",
    ]


def test_empty_papers_lack_nearly_everything() -> None:
    assert len(missing_of_invitation(InvitationContent())) == 12
    assert missing_of_report(ReportContent())[3] == "nội dung báo cáo"
