"""Issue: who may not, the number, the files, fifty at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from docx import Document
from pypdf import PdfReader
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, InternalError
from sqlalchemy.orm import Session

from core.audit import verify
from core.errors import Forbidden, Invalid, NotFound, TransitionRefused
from core.outbox import OutboxEvent
from core.runtime import Runtime
from core.storage import ObjectDamaged
from minutes.notices import issuing, service
from minutes.notices.deadline_clock import ClockLevel
from minutes.notices.models import Issue, Notice, NumberSeries, NumberSeriesRule
from minutes.notices.refusals import NoticeNotEditable, OutdatedRevision
from minutes.notices.series import continue_series_at
from minutes.notices.sheet import lay_out
from orchestrator.directory.models import Unit
from orchestrator.meetings.models import Meeting
from papers.docx import render_docx
from tests.conftest import FixedClock
from tests.minutes.conftest import People, approve_draft, make_meeting
from tests.minutes.samples import board_notice, notice

Make = Callable[..., Notice]


def test_only_the_registrar_issues(session: Session, approved: Make, people: People) -> None:
    waiting = approved()
    for actor in (people.secretary, people.approver):
        with pytest.raises(Forbidden):
            issuing.issue(session, actor, waiting.id)
    with pytest.raises(NotFound):
        issuing.issue(session, people.stranger, waiting.id)
    with pytest.raises(NotFound):
        issuing.issue(session, people.registrar, uuid4())


def test_nothing_is_issued_before_its_approval(session: Session, meeting: Meeting, people: People) -> None:
    revision = service.open_draft(session, meeting.id, notice())
    with pytest.raises(TransitionRefused):
        issuing.issue(session, people.registrar, revision.notice_id)
    assert session.scalar(select(func.count()).select_from(NumberSeries)) == 0


def test_the_first_number_of_the_year_has_a_nought(session: Session, approved: Make, people: People) -> None:
    row = issuing.issue(session, people.registrar, approved().id)
    assert (row.symbol, row.number, row.year, row.issued_on) == ("01/TB-BM", 1, 2026, date(2026, 4, 8))
    assert session.get_one(Notice, row.notice_id).state == "issued"


def test_an_issue_just_before_midnight_in_hanoi_has_that_day(
    session: Session, approved: Make, people: People, fixed_clock: FixedClock
) -> None:
    waiting = approved()
    fixed_clock.now = datetime(2026, 12, 31, 16, 59, tzinfo=UTC)
    row = issuing.issue(session, people.registrar, waiting.id)
    assert (row.issued_on, row.year) == (date(2026, 12, 31), 2026)


def test_the_count_starts_again_in_the_new_year(
    session: Session, approved: Make, people: People, units: dict[str, Unit], fixed_clock: FixedClock
) -> None:
    first = issuing.issue(session, people.registrar, approved().id)
    fixed_clock.now = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)
    other = approved(of=make_meeting(session, [units["VPB"]], hours_later=5))
    second = issuing.issue(session, people.registrar, other.id)
    assert (first.number, second.number, second.year) == (1, 1, 2027)


def test_files_are_stored_and_verified_and_carry_number_and_date(
    session: Session, issued: Make, people: People, runtime: Runtime
) -> None:
    done = issued()
    row = service.issue_of(session, done.id)
    assert row is not None
    pdf = issuing.document(session, people.secretary, done.id, "pdf")
    assert pdf.filename == "01-TB-BM.pdf"
    page = PdfReader(BytesIO(pdf.data)).pages[0].extract_text()
    assert "Số: 01/TB-BM" in page
    assert "Hà Nội, ngày 08 tháng 4 năm 2026" in page
    docx = issuing.document(session, people.secretary, done.id, "docx")
    assert docx.data == runtime.storage.read_bytes(row.docx_key)
    cells = [cell.text for table in Document(BytesIO(docx.data)).tables for cell in table.rows[0].cells]
    assert "Số: 01/TB-BM" in cells


def test_a_damaged_file_is_told_from_the_issued_one(
    session: Session, issued: Make, people: People, runtime: Runtime
) -> None:
    done = issued()
    row = service.issue_of(session, done.id)
    assert row is not None
    with runtime.storage.local_copy(row.pdf_key) as path:
        path.write_bytes(b"%PDF-1.7 something else")
    with pytest.raises(ObjectDamaged):
        issuing.document(session, people.secretary, done.id, "pdf")


def test_before_the_issue_the_file_is_a_marked_draft_without_number(
    session: Session, meeting: Meeting, people: People
) -> None:
    content = notice(machine_made=True, to_check=("Chưa rõ họ tên người ký",))
    revision = service.open_draft(session, meeting.id, content)
    draft = issuing.document(session, people.secretary, revision.notice_id, "pdf")
    words = "\n".join(page.extract_text() for page in PdfReader(BytesIO(draft.data)).pages)
    assert draft.filename == "du-thao-ban-1.pdf"
    assert "DỰ THẢO DO MÁY LẬP" in words
    assert "Chưa rõ họ tên người ký" in words
    assert "năm 2026" in words


def test_what_a_person_sent_on_is_no_longer_the_machines_alone(
    session: Session, approved: Make, people: People
) -> None:
    notice_id = approved(notice(machine_made=True)).id
    draft = issuing.document(session, people.secretary, notice_id, "pdf")
    words = "\n".join(page.extract_text() for page in PdfReader(BytesIO(draft.data)).pages)
    assert "DỰ THẢO" in words
    assert "CHƯA CÓ NGƯỜI XÁC NHẬN" not in words


def test_an_issued_paper_shows_neither_mark_nor_list(session: Session, issued: Make, people: People) -> None:
    done = issued(notice(machine_made=True, to_check=("Chưa rõ họ tên người ký",)))
    data = issuing.document(session, people.secretary, done.id, "docx").data
    assert data == render_docx(lay_out(notice(), 1, date(2026, 4, 8)))


def test_issued_twice_is_refused_and_takes_no_number(session: Session, issued: Make, people: People) -> None:
    done = issued()
    with pytest.raises(TransitionRefused):
        issuing.issue(session, people.registrar, done.id)
    assert session.scalars(select(NumberSeries.last_number)).all() == [1]


def test_what_is_issued_cannot_be_changed_in_the_database(session: Session, issued: Make) -> None:
    done = issued()
    for table in ("notice_issue", "notice_revision", "notice_approval"):
        with pytest.raises((InternalError, IntegrityError)), session.begin_nested():
            session.execute(text(f"UPDATE {table} SET created_at = now()"))  # noqa: S608  (fixed names)
    assert service.issue_of(session, done.id) is not None


def test_a_draft_after_the_issue_is_refused(session: Session, issued: Make, meeting: Meeting) -> None:
    issued()
    with pytest.raises(NoticeNotEditable) as refused:
        service.open_draft(session, meeting.id, notice(subject="Kết luận khác"))
    assert "issued" in refused.value.sentence()


def test_a_text_changed_behind_our_back_is_not_issued(session: Session, approved: Make, people: People) -> None:
    waiting = approved()
    session.execute(text("ALTER TABLE notice_revision DISABLE TRIGGER notice_revision_append_only"))
    session.execute(text("UPDATE notice_revision SET content = jsonb_set(content, '{subject}', '\"Khác\"')"))
    session.expire_all()
    with pytest.raises(OutdatedRevision):
        issuing.issue(session, people.registrar, waiting.id)


def test_boards_count_by_themselves_unless_the_register_is_shared(
    session: Session, approved: Make, people: People, units: dict[str, Unit]
) -> None:
    ministry = issuing.issue(session, people.registrar, approved().id)
    board = approved(board_notice(), make_meeting(session, [units["VPB"]], hours_later=5))
    assert issuing.issue(session, people.registrar, board.id).symbol == "01/TB-BCĐ"
    session.add(NumberSeriesRule(body="*", document_type="*", series_key="chung"))
    continue_series_at(session, people.registrar, key="chung", year=2026, last_number=2046)
    shared = approved(board_notice(), make_meeting(session, [units["VPB"]], hours_later=10))
    assert issuing.issue(session, people.registrar, shared.id).symbol == "2047/TB-BCĐ"
    assert ministry.number == 1


def test_a_series_never_goes_back(session: Session, issued: Make, people: People) -> None:
    issued()
    key = session.scalars(select(NumberSeries.series_key)).one()
    with pytest.raises(Invalid):
        continue_series_at(session, people.registrar, key=key, year=2026, last_number=0)


def test_the_clock_stops_at_the_issue(session: Session, issued: Make, people: People, fixed_clock: FixedClock) -> None:
    done = issued()
    fixed_clock.now = datetime(2026, 6, 1, tzinfo=UTC)
    clock = issuing.clock_of(session, people.secretary, done.id)
    assert (clock.elapsed_working_days, clock.level) == (0, ClockLevel.ON_TIME)


def test_a_unit_sees_no_issue_that_was_not_sent_to_it(session: Session, issued: Make, people: People) -> None:
    done = issued()
    with pytest.raises(NotFound):
        issuing.document(session, people.unit, done.id, "pdf")
    assert issuing.list_issues(session, people.unit) == []
    assert [row.notice_id for row in issuing.list_issues(session, people.registrar)] == [done.id]


def test_the_issue_is_announced_and_audited(session: Session, issued: Make) -> None:
    done = issued()
    topics = session.scalars(select(OutboxEvent.topic)).all()
    assert topics == ["notice.drafted", "notice.submit", "notice.approve", "notice.issue"]
    assert verify(session).is_whole
    assert done.version == 4


@pytest.mark.slow
def test_fifty_issues_at_once_get_fifty_consecutive_numbers(
    runtime: Runtime, people: People, units: dict[str, Unit], session: Session
) -> None:
    waiting = [
        approve_draft(session, make_meeting(session, [units["VPB"]], hours_later=3 * turn), people, notice()).id
        for turn in range(50)
    ]
    session.commit()

    def issue(notice_id: UUID) -> int:
        with runtime.database.transaction() as own:
            return issuing.issue(own, people.registrar, notice_id).number

    with ThreadPoolExecutor(max_workers=25) as pool:
        numbers = list(pool.map(issue, waiting))
    assert sorted(numbers) == list(range(1, 51))
    with runtime.database.transaction() as fresh:
        assert fresh.scalar(select(func.count(func.distinct(Issue.symbol)))) == 50
        assert verify(fresh).is_whole


def test_a_failed_issue_gives_its_number_back(
    runtime: Runtime, approved: Make, people: People, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = approved().id
    session.commit()
    with monkeypatch.context() as broken:
        broken.setattr(issuing, "render_pdf", _no_space)
        with pytest.raises(OSError, match="full"), runtime.database.transaction() as own:
            issuing.issue(own, people.registrar, waiting)
    with runtime.database.transaction() as own:
        assert issuing.issue(own, people.registrar, waiting).number == 1


def _no_space(*_: object, **__: object) -> bytes:
    raise OSError("disk full")
