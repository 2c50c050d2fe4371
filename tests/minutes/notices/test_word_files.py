"""The way to a word processor and back: the same file changes nothing, edits become the next revision."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from sqlalchemy.orm import Session

from core.errors import Forbidden
from minutes.notices import issuing, service
from minutes.notices.models import NoticeRevision
from minutes.notices.refusals import NoticeConflict
from minutes.notices.word_files import take_back
from orchestrator.meetings.models import Meeting
from papers.refusals import UnreadableDocument
from tests.minutes.conftest import People
from tests.minutes.samples import board_notice, notice


@pytest.fixture
def revision(session: Session, meeting: Meeting) -> NoticeRevision:
    return service.open_draft(session, meeting.id, notice())


def downloaded(session: Session, people: People, revision: NoticeRevision) -> bytes:
    return issuing.document(session, people.secretary, revision.notice_id, "docx").data


def edited(data: bytes, changes: dict[str, str]) -> bytes:
    """As a person would type over it: whole paragraphs by their beginning; empty text takes one out."""
    document = Document(BytesIO(data))
    for paragraph in document.paragraphs:
        for start, text in changes.items():
            if paragraph.text.startswith(start):
                if text:
                    paragraph.runs[0].text = text
                else:
                    paragraph._p.getparent().remove(paragraph._p)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_an_untouched_file_keeps_every_word_and_every_sound(
    session: Session, people: People, revision: NoticeRevision
) -> None:
    data = downloaded(session, people, revision)
    _, found = take_back(session, people.secretary, revision.notice_id, 1, data, "a.docx")
    before = revision.read()
    assert (found.changed, found.added, found.lost) == ((), (), ())
    assert found.content.subject == before.subject
    assert found.content.recipients == before.recipients
    assert found.content.signer == before.signer
    assert [item.text for item in found.content.items()] == [item.text for item in before.items()]
    assert [item.evidence for item in found.content.items()] == [item.evidence for item in before.items()]
    assert [section.numbered for section in found.content.sections] == [False, True]


def test_edits_are_read_again_and_losses_shown(session: Session, people: People, revision: NoticeRevision) -> None:
    data = edited(
        downloaded(session, people, revision),
        {
            "1. Trung tâm": "1. Trung tâm Thông tin chủ trì, phối hợp với Văn phòng Bộ khắc phục đường truyền tại các "
            "điểm cầu, hoàn thành trước ngày 20/4/2026.",
            "2. Các đơn vị": "",
        },
    )
    saved, found = take_back(session, people.secretary, revision.notice_id, 1, data, "a.docx")
    assert saved.number == 2
    changed = next(item for item in found.changed if item.id == "duong-truyen")
    assert changed.deadline is not None
    assert changed.deadline.iso == "2026-04-20"
    assert changed.lead == ("Trung tâm Thông tin",)
    assert changed.evidence == revision.read().sections[1].items[0].evidence
    assert [item.id for item in found.lost] == ["bao-cao-nhanh"]
    assert not saved.read().machine_made


def test_a_board_keeps_both_capacities(session: Session, people: People, meeting: Meeting) -> None:
    row = service.open_draft(session, meeting.id, board_notice())
    _, found = take_back(session, people.secretary, row.notice_id, 1, downloaded(session, people, row), "a.docx")
    assert found.content.signer == board_notice().signer


def test_an_old_base_is_a_conflict_and_strangers_may_not(
    session: Session, people: People, revision: NoticeRevision
) -> None:
    data = downloaded(session, people, revision)
    service.save_revision(session, people.secretary, revision.notice_id, 1, notice(subject="Kết luận khác"))
    with pytest.raises(NoticeConflict):
        take_back(session, people.secretary, revision.notice_id, 1, data, "a.docx")
    with pytest.raises(Forbidden):
        take_back(session, people.approver, revision.notice_id, 2, data, "a.docx")


def _bomb() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as package:
        package.writestr("word/document.xml", b"<x/>")
    return out.getvalue()


def _long() -> bytes:
    document = Document()
    for _ in range(3200):
        document.add_paragraph("dòng")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("make", [lambda: b"", lambda: b"%PDF-1.7", _bomb, _long], ids=["empty", "pdf", "zip", "long"])
def test_files_that_are_no_notice(session: Session, people: People, revision: NoticeRevision, make: object) -> None:
    with pytest.raises(UnreadableDocument):
        take_back(session, people.secretary, revision.notice_id, 1, make(), "a.docx")  # type: ignore[operator]
