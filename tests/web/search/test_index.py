"""The index follows its objects in the transaction of each change, and can be made again."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update

from core.permissions import Role
from core.runtime import Runtime
from core.search import following, index
from core.search.finding import Found, Wanted, find
from core.search.making import make_again
from core.search.models import SearchEntry
from minutes.followups.service import create_tasks, report
from minutes.notices import issuing
from minutes.notices import service as notices
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import AgendaItem, Meeting, MeetingDocument
from tests.web.builders import (
    build_meeting,
    build_notice,
    build_office,
    build_transcript,
    notice_content,
    system,
)
from transcription.transcripts import service as transcripts
from transcription.transcripts.models import Transcript

SECRETARY = system(Role.SECRETARY)


@pytest.fixture
def meeting_id(runtime: Runtime) -> UUID:
    return build_meeting(runtime, build_office(runtime))


def _find(runtime: Runtime, text: str, **wanted: str) -> Found:
    with runtime.database.transaction() as session:
        return find(session, SECRETARY, Wanted(text, **wanted))  # type: ignore[arg-type]


def _kinds(runtime: Runtime, text: str) -> set[str]:
    return {hit.kind for hit in _find(runtime, text).hits}


def test_a_meeting_is_found_from_its_plan_on_and_under_its_new_name(runtime: Runtime, meeting_id: UUID) -> None:
    assert _kinds(runtime, "hop giao ban") == {"meeting"}
    assert _kinds(runtime, "Họp giao ban") == {"meeting"}
    assert not _find(runtime, "phòng chống lụt bão").hits
    with runtime.database.transaction() as session:
        session.get_one(Meeting, meeting_id).title = "Họp phòng, chống lụt bão"
        session.add(AgendaItem(meeting_id=meeting_id, position=9, title="Báo cáo hồ đập"))
        session.add(MeetingDocument(meeting_id=meeting_id, position=1, symbol="12/CĐ-TTg", subject="Ứng phó bão số 3"))
    assert _kinds(runtime, "ho dap") == {"meeting"}
    assert _kinds(runtime, "12/CĐ-TTg") == {"paper"}
    assert _kinds(runtime, "lụt bão") == {"meeting", "paper"}
    assert not _find(runtime, '"giao ban"').hits


def test_what_is_given_up_is_not_in_the_index(runtime: Runtime, meeting_id: UUID) -> None:
    with pytest.raises(RuntimeError), runtime.database.transaction() as session:
        session.get_one(Meeting, meeting_id).title = "Họp kín"
        session.flush()
        raise RuntimeError
    assert not _find(runtime, "kín").hits
    assert _kinds(runtime, "giao ban") == {"meeting"}


def test_a_transcript_is_found_as_corrected_and_leads_to_the_line(runtime: Runtime, meeting_id: UUID) -> None:
    with runtime.database.transaction() as session:
        transcript_id = build_transcript(session, meeting_id)
    (hit,) = _find(runtime, "de nghi don vi").hits
    assert (hit.kind, hit.object_id, hit.part) == ("transcript", transcript_id, "s0001")
    with runtime.database.transaction() as session:
        transcripts.correct_segment(session, SECRETARY, transcript_id, 0, "s0001", text="Tôi đề xuất khơi thông")
    assert _kinds(runtime, "khoi thong") == {"transcript"}
    assert not _find(runtime, "đề nghị các đơn vị").hits


def test_a_transcript_that_is_not_in_use_is_not_found(runtime: Runtime, meeting_id: UUID) -> None:
    with runtime.database.transaction() as session:
        transcript_id = build_transcript(session, meeting_id)
    with runtime.database.transaction() as session:
        session.get_one(Transcript, transcript_id).is_current = False
    assert not _find(runtime, "đề nghị các đơn vị").hits


def test_notice_and_tasks_are_found_by_words_and_by_number(runtime: Runtime, meeting_id: UUID) -> None:
    with runtime.database.transaction() as session:
        notice_id = build_notice(session, meeting_id)
    (hit,) = _find(runtime, "kiem tra duong truyen").hits
    assert (hit.kind, hit.object_id) == ("notice", notice_id)
    with runtime.database.transaction() as session:
        notices.submit(session, SECRETARY, notice_id)
        revision = notices.latest_revision(session, notice_id)
        notices.approve(session, system(Role.APPROVER), notice_id, revision.id)
        symbol = issuing.issue(session, system(Role.REGISTRAR), notice_id).symbol
        create_tasks(session, notice_id)
    assert _kinds(runtime, symbol) == {"notice", "task"}
    assert _kinds(runtime, "kiểm tra đường truyền") == {"notice", "task"}


def test_a_report_on_a_task_is_found(runtime: Runtime) -> None:
    office = build_office(runtime)
    meeting_id = build_meeting(runtime, office)
    with runtime.database.transaction() as session:
        notice_id = build_notice(session, meeting_id)
        notices.submit(session, SECRETARY, notice_id)
        notices.approve(session, system(Role.APPROVER), notice_id, notices.latest_revision(session, notice_id).id)
        issuing.issue(session, system(Role.REGISTRAR), notice_id)
        (task,) = create_tasks(session, notice_id)
        unit = replace(system(Role.UNIT), unit_ids=frozenset({office.centre}))
        report(session, unit, task.id, "Đã thay bộ chuyển mạch")
    assert _kinds(runtime, "chuyen mach") == {"task"}


def test_a_meeting_that_turns_out_secret_takes_all_its_words_along(runtime: Runtime, meeting_id: UUID) -> None:
    with runtime.database.transaction() as session:
        build_transcript(session, meeting_id)
        build_notice(session, meeting_id)
    with runtime.database.transaction() as session:
        meeting = session.get_one(Meeting, meeting_id)
        meeting.room_name, meeting.classification = None, Classification.SECRET
    with runtime.database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(SearchEntry)) == 0
        assert following.renew(session, "meeting", meeting_id) == 0


def test_what_is_purged_is_forgotten_by_meeting_and_by_object(runtime: Runtime, meeting_id: UUID) -> None:
    with runtime.database.transaction() as session:
        notice_id = build_notice(session, meeting_id)
        build_transcript(session, meeting_id)
    with runtime.database.transaction() as session:
        assert index.forget(session, "notice", [notice_id]) > 0
    assert not _find(runtime, "đường truyền", kind="notice").hits
    with runtime.database.transaction() as session:
        assert index.forget_meeting(session, meeting_id) >= 2
        assert session.scalar(select(func.count()).select_from(SearchEntry)) == 0


def test_an_unchanged_object_is_not_written_again(runtime: Runtime, meeting_id: UUID) -> None:
    with runtime.database.transaction() as session:
        build_notice(session, meeting_id, notice_content())
        assert following.renew(session, "meeting", meeting_id) == 0


def test_rows_written_past_the_session_are_told_by_hand(runtime: Runtime, meeting_id: UUID) -> None:
    with runtime.database.transaction() as session:
        session.execute(update(Meeting).where(Meeting.id == meeting_id).values(title="Họp đột xuất"))
        following.touch(session, "meeting", [meeting_id])
    assert _kinds(runtime, "đột xuất") == {"meeting"}


def test_a_schema_without_the_table_refuses_no_save(runtime: Runtime, meeting_id: UUID) -> None:
    following._ready.clear()
    with runtime.database.transaction() as session:
        session.connection().exec_driver_sql("ALTER TABLE search_entry RENAME TO put_away")
        session.get_one(Meeting, meeting_id).title = "Họp khi chưa nâng cấp"
    with runtime.database.transaction() as session:
        session.connection().exec_driver_sql("ALTER TABLE put_away RENAME TO search_entry")
        assert following.renew(session, "meeting", meeting_id) == 1
    assert _kinds(runtime, "chưa nâng cấp") == {"meeting"}


def test_the_whole_index_is_made_again_and_a_second_run_writes_nothing(runtime: Runtime, meeting_id: UUID) -> None:
    with runtime.database.transaction() as session:
        build_transcript(session, meeting_id)
        build_notice(session, meeting_id)
    with runtime.database.transaction() as session:
        before = set(session.execute(select(SearchEntry.kind, SearchEntry.part)))
        index.forget_meeting(session, meeting_id)
        session.add(SearchEntry(**index.row_of("notice", uuid4(), index.Passage("Đã mất", "", runtime.clock()))))
    told: list[tuple[str, int, int]] = []
    assert make_again(runtime.database, lambda *said: told.append(said)) == len(before) + 1
    assert ("meeting", 1, 1) in told
    with runtime.database.transaction() as session:
        assert set(session.execute(select(SearchEntry.kind, SearchEntry.part))) == before
    assert make_again(runtime.database, lambda *_: None) == 0
