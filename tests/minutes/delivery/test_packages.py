"""The package for document systems, and comments at paragraphs."""

import base64
from collections.abc import Callable
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from sqlalchemy.orm import Session

from core.errors import Forbidden, Invalid, NotFound
from minutes.delivery import service as delivery
from minutes.delivery.edxml import NAMESPACE
from minutes.delivery.packages import export_package
from minutes.notices import comments, issuing, service
from minutes.notices.models import Notice
from minutes.notices.refusals import MetadataTooLong, NotYetIssued, ReasonMissing
from papers.signers import SignerBlock
from tests.minutes.conftest import People
from tests.minutes.samples import notice

Make = Callable[..., Notice]
PREFIX = f"{{{NAMESPACE}}}"


def test_the_package_says_what_was_issued_and_holds_the_very_files(
    session: Session, issued: Make, people: People
) -> None:
    done = issued()
    delivery.distribute(session, people.registrar, done.id)
    data = export_package(session, people.registrar, done.id)
    assert data.filename == "01-TB-BM-edxml.zip"
    with ZipFile(BytesIO(data.data)) as package:
        assert package.namelist() == ["van-ban.edxml", "sieu-du-lieu.xml", "01-TB-BM.pdf", "01-TB-BM.docx"]
        message = ElementTree.fromstring(package.read("van-ban.edxml"))  # noqa: S314  (made by us)
        record = ElementTree.fromstring(package.read("sieu-du-lieu.xml"))  # noqa: S314
    header = message.find(f"./{PREFIX}edXMLEnvelope/{PREFIX}edXMLHeader/{PREFIX}MessageHeader")
    assert header is not None
    assert header.findtext(f"{PREFIX}Code/{PREFIX}CodeNumber") == "01"
    assert header.findtext(f"{PREFIX}SignerInfo/{PREFIX}Competence") == "TL."
    assert [item.findtext(f"{PREFIX}OrganId") for item in header.findall(f"{PREFIX}To")]
    pdf = issuing.document(session, people.registrar, done.id, "pdf").data
    first = message.find(f"./{PREFIX}AttachmentEncoded/{PREFIX}Attachment")
    assert first is not None
    assert base64.b64decode(first.findtext(f"{PREFIX}ContentTransferEncoded") or "") == pdf
    assert record.findtext("DocumentId") == "BM,2026/04/08,01/TB-BM"
    assert export_package(session, people.registrar, done.id).data == data.data


def test_what_annex_six_does_not_hold_is_said(session: Session, issued: Make, people: People) -> None:
    name = "Nguyễn Phúc Hoàng Thiên Ưng Tôn Nữ Công Tằng Thị Mỹ Duyên"
    done = issued(notice(signer=SignerBlock(title="CHÁNH VĂN PHÒNG", name=name)))
    with pytest.raises(MetadataTooLong) as refused:
        export_package(session, people.registrar, done.id)
    assert "FullName" in refused.value.sentence()


def test_only_the_registrar_takes_the_package_of_what_is_issued(
    session: Session, approved: Make, people: People
) -> None:
    waiting = approved()
    with pytest.raises(NotYetIssued):
        export_package(session, people.registrar, waiting.id)
    with pytest.raises(Forbidden):
        export_package(session, people.secretary, waiting.id)


def test_comments_stay_with_their_paragraph(session: Session, meeting: object, people: People) -> None:
    revision = service.open_draft(session, meeting.id, notice())  # type: ignore[attr-defined]
    notice_id = revision.notice_id
    row = comments.add_comment(session, people.approver, notice_id, "duong-truyen", " Nêu rõ thời hạn ")
    service.save_revision(session, people.secretary, notice_id, 1, notice(subject="Kết luận khác"))
    assert [found.text for found in comments.comments_of(session, people.registrar, notice_id)] == ["Nêu rõ thời hạn"]
    with pytest.raises(Forbidden):
        comments.settle_comment(session, people.approver, notice_id, row.id)
    comments.settle_comment(session, people.secretary, notice_id, row.id)
    comments.settle_comment(session, people.secretary, notice_id, row.id)
    assert row.settled_by_name == people.secretary.name
    with pytest.raises(ReasonMissing):
        comments.add_comment(session, people.approver, notice_id, "", " ")
    with pytest.raises(Invalid):
        comments.add_comment(session, people.approver, notice_id, "không có", "x")
    with pytest.raises(NotFound):
        comments.comments_of(session, people.unit, notice_id)
