"""Files of reports, extensions, reminders, the letter of reminder, statistics and the register as a table."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import Forbidden, NotFound, TransitionRefused
from core.mail.models import OutgoingMail
from core.permissions import Actor, Role
from minutes.followups import extensions, service
from minutes.followups.exports import TableKind, register_file
from minutes.followups.models import Task
from minutes.followups.reminder_letter import draft_reminder
from minutes.followups.reminders import reminder_of
from minutes.followups.reminding import remind
from minutes.followups.report_files import ReportFile, read_file
from minutes.followups.statistics import month_of, statistics
from minutes.notices.models import Notice, NoticeKind
from minutes.notices.refusals import ExtensionRefused, FileRefused, NothingLate, ReasonMissing
from minutes.notices.service import latest_revision
from orchestrator.calendar.working_days import WorkingCalendar
from orchestrator.directory.models import Person, Unit
from tests.conftest import FixedClock
from tests.minutes.conftest import People

Make = Callable[..., Notice]
PDF = ReportFile("Báo cáo kết quả.pdf", b"%PDF-1.7 done")
LATE = datetime(2026, 4, 17, 2, 0, tzinfo=UTC)


@pytest.fixture
def task(session: Session, issued: Make) -> Task:
    """Due on 15 April 2026, of the unit TTTT."""
    tasks = service.create_tasks(session, issued().id)
    return next(task for task in tasks if task.item_id == "duong-truyen")


def test_files_come_with_a_report_and_stay_whole(session: Session, task: Task, people: People) -> None:
    row = service.report(session, people.unit, task.id, "Đã làm", files=[PDF])
    session.refresh(row)
    assert [file.name for file in row.files] == ["Báo cáo kết quả.pdf"]
    assert read_file(session, people.secretary, task.id, row.files[0].id).data == PDF.data
    for who, which in ((people.stranger, task.id), (people.secretary, uuid4())):
        with pytest.raises(NotFound):
            read_file(session, who, which, row.files[0].id)


@pytest.mark.parametrize(
    "file",
    [
        ReportFile("chay.exe", b"MZ"),
        ReportFile("trang.html", b"<script>"),
        ReportFile("gia.pdf", b"<html>"),
        ReportFile("to.pdf", b"%PDF-" + b"0" * (3 * 1024 * 1024)),
    ],
    ids=["program", "page", "disguised", "too-large"],
)
def test_files_that_are_not_kept(session: Session, task: Task, people: People, file: ReportFile) -> None:
    with pytest.raises(FileRefused):
        service.report(session, people.unit, task.id, "Đã làm", files=[file])
    with pytest.raises(FileRefused):
        service.report(session, people.unit, task.id, "Đã làm", files=[PDF] * 6)


def test_an_extension_is_asked_for_and_granted(
    session: Session, task: Task, people: People, fixed_clock: FixedClock
) -> None:
    row = extensions.ask(session, people.unit, task.id, date(2026, 4, 20), "Chờ thiết bị")
    with pytest.raises(ExtensionRefused):
        extensions.ask(session, people.unit, task.id, date(2026, 4, 22), "Chờ nữa")
    with pytest.raises(Forbidden):
        extensions.decide(session, people.unit, row.id, granted=True)
    assert [found.id for found, _ in extensions.waiting(session, people.approver)] == [row.id]
    extensions.decide(session, people.approver, row.id, granted=True)
    assert (task.extended_until, task.deadline_iso) == (date(2026, 4, 20), "2026-04-15")
    assert not task.is_overdue(LATE)
    assert task.is_overdue(datetime(2026, 4, 20, 17, 0, tzinfo=UTC))
    with pytest.raises(TransitionRefused):
        extensions.decide(session, people.approver, row.id, granted=False, answer="đổi ý")


def test_an_extension_refused_needs_words_and_moves_nothing(session: Session, task: Task, people: People) -> None:
    before = task.due_at
    row = extensions.ask(session, people.unit, task.id, date(2026, 4, 20), "Chờ thiết bị")
    with pytest.raises(ReasonMissing):
        extensions.decide(session, people.approver, row.id, granted=False)
    extensions.decide(session, people.approver, row.id, granted=False, answer="Đã đủ thời gian")
    assert (row.state, task.due_at) == ("refused", before)


def test_what_cannot_be_extended(
    session: Session, task: Task, people: People, units: dict[str, Unit], fixed_clock: FixedClock
) -> None:
    for until in (date(2026, 4, 15), date(2026, 4, 1)):
        with pytest.raises(ExtensionRefused):
            extensions.ask(session, people.unit, task.id, until, "lý do")
    helper = Actor(uuid4(), "Sùng A Lử", frozenset({Role.UNIT}), frozenset({units["VPB"].id}))
    with pytest.raises(Forbidden):
        extensions.ask(session, helper, task.id, date(2026, 4, 20), "lý do")
    service.report(session, people.unit, task.id, "Xong", done=True)
    with pytest.raises(TransitionRefused):
        extensions.ask(session, people.unit, task.id, date(2026, 4, 20), "lý do")


@pytest.mark.parametrize(
    ("today", "which"),
    [
        (date(2026, 4, 10), "before-3"),
        (date(2026, 4, 11), ""),
        (date(2026, 4, 14), "before-1"),
        (date(2026, 4, 15), ""),
        (date(2026, 4, 16), "after-1"),
        (date(2026, 4, 17), ""),
        (date(2026, 4, 23), "after-6"),
    ],
)
def test_the_days_of_reminding(today: date, which: str) -> None:
    assert reminder_of(date(2026, 4, 15), today, WorkingCalendar()) == which


def test_each_reminder_goes_out_once_and_tells_nothing(session: Session, task: Task, units: dict[str, Unit]) -> None:
    session.add(Person(unit_id=units["TTTT"].id, full_name="Tòng Văn Khải", email="khai@example.vn", protocol_rank=1))
    session.flush()
    morning = datetime(2026, 4, 14, 2, 0, tzinfo=UTC)
    assert remind(session, morning - timedelta(hours=3)) == 0
    for _ in range(2):
        remind(session, morning)
    mails = session.scalars(select(OutgoingMail)).all()
    assert len(mails) == 1
    assert "01/TB-BM" in mails[0].subject
    assert "đường truyền" not in mails[0].body


def test_the_letter_of_reminder_names_what_is_late(
    session: Session, task: Task, people: People, fixed_clock: FixedClock
) -> None:
    with pytest.raises(NothingLate):
        draft_reminder(session, people.secretary, task.notice_id)
    fixed_clock.now = LATE
    row = draft_reminder(session, people.secretary, task.notice_id)
    content = latest_revision(session, row.id).read()
    assert (row.kind, content.addressees) == (NoticeKind.REMINDER, ("Trung tâm Thông tin",))
    assert content.is_letter
    text = content.sections[0].items[0].text
    assert text == ("Trung tâm Thông tin: Khắc phục đường truyền tại các điểm cầu (thời hạn: trước ngày 15/4/2026).")
    assert "đến ngày 17 tháng 4 năm 2026" in content.opening[0].text
    with pytest.raises(Forbidden):
        draft_reminder(session, people.approver, task.notice_id)


def test_statistics_count_in_time_late_and_open(
    session: Session, task: Task, people: People, fixed_clock: FixedClock
) -> None:
    first, last = month_of(date(2026, 4, 8))
    assert (first, last) == (date(2026, 4, 1), date(2026, 4, 30))
    fixed_clock.now = LATE
    found = statistics(session, people.secretary, first, last)
    assert (found.notices, found.every.total, found.every.overdue, found.every.open) == (1, 4, 1, 3)
    assert found.units[0].name == "Trung tâm Thông tin"
    service.report(session, people.unit, task.id, "Xong", done=True)
    after = statistics(session, people.secretary, first, last)
    assert (after.every.done_late, after.every.overdue) == (1, 0)
    assert statistics(session, people.unit, first, last).every.total == 2
    assert statistics(session, people.secretary, date(2026, 5, 1), date(2026, 5, 31)).every.total == 0


def test_the_register_as_a_table_says_the_same_and_starts_no_formula(
    session: Session, task: Task, people: People
) -> None:
    service.report(session, people.unit, task.id, "=HYPERLINK(1)")
    session.refresh(task)
    tasks = service.list_tasks(session, people.secretary)
    text = register_file(tasks, TableKind.CSV, LATE).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    sheet = load_workbook(io.BytesIO(register_file(tasks, TableKind.XLSX, LATE))).active
    assert sheet is not None
    rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert rows == lines
    first = lines[1]
    assert first[3] == "Khắc phục đường truyền tại các điểm cầu"
    assert first[9] == "Quá hạn"
    assert first[11].startswith("'=")
