"""Correction, replacement, withdrawal: new issues that name the old one, which stays as it was."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from core.errors import Forbidden, NotFound
from minutes.delivery import service as delivery
from minutes.followups import service as followups
from minutes.notices import issuing, service, successors
from minutes.notices.models import Notice, NoticeKind
from minutes.notices.refusals import NoticeWithdrawn, NotYetIssued, PassageNotFound, ReasonMissing, SuccessorExists
from minutes.notices.sheet import lay_out
from minutes.notices.successor_texts import IssuedText, Passage, correction
from papers.checks import check_file
from papers.docx import render_docx
from papers.pdf import render_pdf
from tests.minutes.conftest import People
from tests.minutes.samples import notice

Make = Callable[..., Notice]
WRONG = Passage("tại khoản 1 Mục II", "trước ngày 15/4/2026", "trước ngày 25/4/2026")


def issue_successor(session: Session, people: People, row: Notice) -> None:
    revision = service.latest_revision(session, row.id)
    service.submit(session, people.secretary, row.id)
    service.approve(session, people.approver, row.id, revision.id)
    issuing.issue(session, people.registrar, row.id)


def test_a_correction_is_a_letter_that_names_the_issued_notice(session: Session, issued: Make, people: People) -> None:
    old = issued()
    row = successors.correct(session, people.secretary, old.id, [WRONG], "Sơ suất trong kỹ thuật trình bày.")
    content = service.latest_revision(session, row.id).read()
    assert (row.kind, row.predecessor_id, content.title_type) == (NoticeKind.CORRECTION, old.id, "")
    assert content.symbol_suffix == "BM-VP"
    assert content.addressees == ("Các đơn vị thuộc, trực thuộc Bộ",)
    assert content.recipients == ("Như trên", "Bộ trưởng (để báo cáo)", "Lưu: VT, VP (05)")
    assert "Thông báo số 01/TB-BM ngày 08 tháng 4 năm 2026 của Bộ Mẫu" in content.opening[0].text
    assert "nay sửa lại là “trước ngày 25/4/2026”" in content.sections[0].items[0].text
    issue_successor(session, people, row)
    assert service.issue_of(session, row.id).symbol == "01/BM-VP"  # type: ignore[union-attr]
    assert followups.create_tasks(session, row.id) == []
    assert service.notice_of_meeting(session, people.secretary, old.meeting_id).id == old.id  # type: ignore[union-attr]


def test_every_form_check_passes_on_a_letter(tmp_path: object) -> None:
    text = IssuedText(notice(), "01/TB-BM", date(2026, 4, 8))
    sheet = lay_out(correction(text, [WRONG], ""), 2, date(2026, 4, 9))
    assert (sheet.title, sheet.subject) == ("", "")
    assert sheet.reference.startswith("V/v đính chính Thông báo số\n01/TB-BM")
    for name, data in (("cv.pdf", render_pdf(sheet)), ("cv.docx", render_docx(sheet))):
        file = tmp_path / name  # type: ignore[operator]
        file.write_bytes(data)
        assert [result.line() for result in check_file(file) if result.ok is False] == []


def test_only_what_stands_there_is_corrected(session: Session, issued: Make, people: People) -> None:
    old = issued()
    with pytest.raises(PassageNotFound):
        successors.correct(session, people.secretary, old.id, [Passage("", "không có câu này", "x")])
    with pytest.raises(ReasonMissing):
        successors.correct(session, people.secretary, old.id, [Passage("tại đâu đó", "", "")])


def test_a_replacement_takes_over_the_tasks_that_are_not_done(session: Session, issued: Make, people: People) -> None:
    old = issued()
    first = {task.item_id: task for task in followups.create_tasks(session, old.id)}
    followups.report(session, people.unit, first["duong-truyen"].id, "Xong", done=True)
    row = successors.replace(session, people.secretary, old.id, "Sai tên đơn vị")
    assert "Thông báo này thay thế Thông báo số 01/TB-BM" in service.latest_revision(session, row.id).read().closing
    issue_successor(session, people, row)
    created = followups.create_tasks(session, row.id)
    assert "duong-truyen" not in {task.item_id for task in created}
    session.expire_all()
    assert {task.state for task in followups.list_tasks(session, people.secretary, notice_id=old.id)} == {
        "done",
        "dropped",
    }
    assert service.notice_of_meeting(session, people.secretary, old.meeting_id).id == row.id  # type: ignore[union-attr]


def test_a_withdrawal_reaches_everybody_who_has_the_old_one(session: Session, issued: Make, people: People) -> None:
    old = issued()
    sent = delivery.distribute(session, people.registrar, old.id)
    followups.create_tasks(session, old.id)
    row = successors.withdraw(session, people.secretary, old.id, "Ban hành nhầm bản chưa hoàn thiện.")
    assert issuing.document(session, people.unit, old.id, "pdf").data
    issue_successor(session, people, row)
    followups.create_tasks(session, row.id)
    told = delivery.distribute(session, people.registrar, row.id)
    assert {item.unit_id for item in told} == {item.unit_id for item in sent}
    with pytest.raises(NoticeWithdrawn):
        issuing.document(session, people.unit, old.id, "pdf")
    assert issuing.document(session, people.secretary, old.id, "pdf").data
    session.expire_all()
    assert followups.list_tasks(session, people.secretary, open_only=True) == []
    own = next(item for item in told if item.unit_id in people.unit.unit_ids)
    delivery.acknowledge(session, people.unit, own.id)
    assert own.acknowledged_by_name


def test_who_may_and_when(session: Session, issued: Make, approved: Make, people: People) -> None:
    waiting = approved()
    with pytest.raises(NotYetIssued):
        successors.withdraw(session, people.secretary, waiting.id, "lý do")
    issuing.issue(session, people.registrar, waiting.id)
    with pytest.raises(Forbidden):
        successors.withdraw(session, people.registrar, waiting.id, "lý do")
    with pytest.raises(ReasonMissing):
        successors.replace(session, people.secretary, waiting.id, " ")
    row = successors.withdraw(session, people.secretary, waiting.id, "lý do")
    with pytest.raises(SuccessorExists):
        successors.withdraw(session, people.secretary, waiting.id, "lý do")
    issue_successor(session, people, row)
    with pytest.raises(NotFound):
        successors.withdraw(session, people.secretary, row.id, "lý do")
