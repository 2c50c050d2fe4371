"""Drafts, edits, conflicts, review and approval: callers who may not first, then the life, then the odd input."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError, InternalError
from sqlalchemy.orm import Session

from core.audit import AuditRow, verify
from core.errors import ClassifiedRefused, Forbidden, NotFound, TransitionRefused, VersionConflict
from core.outbox import OutboxEvent
from core.runtime import Runtime
from minutes.notices import service
from minutes.notices.content import NoticeContent
from minutes.notices.models import Notice, NoticeRevision, RevisionSource
from minutes.notices.refusals import (
    NoticeConflict,
    NoticeIncomplete,
    NoticeNotEditable,
    OutdatedRevision,
    ReasonMissing,
)
from minutes.notices.states import NOTICE
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import Meeting
from papers.refusals import UnprintableText
from papers.signers import SignerBlock
from tests.minutes.conftest import People
from tests.minutes.samples import notice


@pytest.fixture
def draft(session: Session, meeting: Meeting) -> NoticeRevision:
    """The machine's first draft."""
    return service.open_draft(session, meeting.id, notice(machine_made=True))


def test_strangers_learn_nothing_and_colleagues_are_refused(
    session: Session, draft: NoticeRevision, people: People
) -> None:
    for stranger in (people.unit, people.stranger):
        with pytest.raises(NotFound):
            service.get_notice(session, stranger, draft.notice_id)
        with pytest.raises(NotFound):
            service.save_revision(session, stranger, draft.notice_id, 1, notice())
    with pytest.raises(Forbidden):
        service.save_revision(session, people.approver, draft.notice_id, 1, notice())
    with pytest.raises(Forbidden):
        service.approve(session, people.secretary, draft.notice_id, draft.id)
    with pytest.raises(Forbidden):
        service.submit(session, people.registrar, draft.notice_id)
    with pytest.raises(Forbidden):
        service.list_notices(session, people.unit)
    with pytest.raises(NotFound):
        service.get_notice(session, people.secretary, uuid4())


def test_the_first_draft_opens_the_notice(session: Session, draft: NoticeRevision, people: People) -> None:
    found = service.notice_of_meeting(session, people.secretary, draft.notice.meeting_id)
    assert found is not None
    assert (found.state, found.version, draft.number, draft.source) == ("drafting", 1, 1, RevisionSource.MACHINE)
    assert draft.read() == notice(machine_made=True)
    events = session.scalars(select(OutboxEvent)).all()
    assert [event.topic for event in events] == ["notice.drafted"]
    assert set(events[0].payload) == {"notice_id", "meeting_id", "revision_id"}


def test_no_notice_before_the_first_draft(session: Session, meeting: Meeting, people: People) -> None:
    assert service.notice_of_meeting(session, people.secretary, meeting.id) is None


def test_nothing_is_written_about_a_classified_meeting_or_one_that_is_not(session: Session, meeting: Meeting) -> None:
    meeting.classification = Classification.SECRET
    meeting.room_name = None
    session.flush()
    with pytest.raises(ClassifiedRefused):
        service.open_draft(session, meeting.id, notice())
    with pytest.raises(NotFound):
        service.open_draft(session, uuid4(), notice())


def test_the_same_draft_twice_is_one_revision(session: Session, draft: NoticeRevision, meeting: Meeting) -> None:
    assert service.open_draft(session, meeting.id, notice(machine_made=True)).id == draft.id
    assert session.scalar(select(func.count()).select_from(NoticeRevision)) == 1


def test_a_person_saves_on_top_of_what_she_read(session: Session, draft: NoticeRevision, people: People) -> None:
    saved = service.save_revision(session, people.secretary, draft.notice_id, 1, notice(subject="Kết luận mới"))
    assert (saved.number, saved.based_on, saved.source) == (2, 1, RevisionSource.PERSON)
    assert saved.author_name == "Lò Thị Ánh"
    assert not saved.read().machine_made
    assert service.save_revision(session, people.secretary, draft.notice_id, 2, saved.read()).id == saved.id


def test_confirming_the_machines_words_unchanged_is_a_revision_of_a_person(
    session: Session, draft: NoticeRevision, people: People
) -> None:
    saved = service.save_revision(session, people.secretary, draft.notice_id, 1, draft.read())
    assert (saved.number, saved.source, saved.read().machine_made) == (2, RevisionSource.PERSON, False)


def test_saving_on_an_old_revision_shows_both_texts_and_loses_none(
    session: Session, draft: NoticeRevision, people: People
) -> None:
    service.save_revision(session, people.secretary, draft.notice_id, 1, notice(subject="Của người thứ nhất"))
    with pytest.raises(NoticeConflict) as refused:
        service.save_revision(session, people.secretary, draft.notice_id, 1, notice(subject="Của người thứ hai"))
    params = refused.value.params
    assert (params["base_number"], params["latest_number"]) == (1, 2)
    assert NoticeContent.from_json(params["latest_content"]).subject == "Của người thứ nhất"
    assert NoticeContent.from_json(params["your_content"]).subject == "Của người thứ hai"
    assert "bản 2" in refused.value.sentence()


def test_a_new_machine_draft_leaves_the_secretarys_text_readable_and_says_so(
    session: Session, draft: NoticeRevision, people: People, meeting: Meeting
) -> None:
    service.save_revision(session, people.secretary, draft.notice_id, 1, notice(subject="Thư ký đã sửa"))
    machine = service.open_draft(session, meeting.id, notice(subject="Máy lập lại", machine_made=True))
    assert (machine.number, machine.based_on, machine.sets_edits_aside) == (3, 2, True)
    subjects = [row.read().subject for row in service.list_revisions(session, people.secretary, draft.notice_id)]
    assert subjects[1:] == ["Thư ký đã sửa", "Máy lập lại"]
    restored = service.save_revision(session, people.secretary, draft.notice_id, 3, notice(subject="Thư ký đã sửa"))
    assert restored.number == 4


def test_a_second_machine_draft_over_the_first_sets_nothing_aside(
    session: Session, draft: NoticeRevision, meeting: Meeting
) -> None:
    assert not service.open_draft(session, meeting.id, notice(subject="Lập lại")).sets_edits_aside


def test_the_whole_way_round_with_changes_asked_for_once(
    session: Session, draft: NoticeRevision, people: People
) -> None:
    found = service.submit(session, people.secretary, draft.notice_id)
    assert found.state == "in_review"
    request = service.request_changes(session, people.approver, draft.notice_id, " Bổ sung thời hạn mục 2 ")
    assert (request.reason, request.revision_id, found.state) == (
        "Bổ sung thời hạn mục 2",
        draft.id,
        "changes_requested",
    )
    better = service.save_revision(session, people.secretary, draft.notice_id, 1, notice(subject="Đã bổ sung"))
    service.submit(session, people.secretary, draft.notice_id)
    approval = service.approve(session, people.approver, draft.notice_id, better.id)
    assert (found.state, approval.revision_id, approval.revision_sha256) == ("approved", better.id, better.sha256)
    assert [row.reason for row in service.list_change_requests(session, people.secretary, draft.notice_id)] == [
        "Bổ sung thời hạn mục 2"
    ]
    actions = session.scalars(select(AuditRow.action).order_by(AuditRow.id)).all()
    assert actions == [
        "notice.drafted",
        "notice.submit",
        "notice.request_changes",
        "notice.revised",
        "notice.submit",
        "notice.approve",
    ]
    assert verify(session).is_whole


def test_only_the_newest_revision_is_approved(session: Session, draft: NoticeRevision, people: People) -> None:
    newest = service.save_revision(session, people.secretary, draft.notice_id, 1, notice(subject="Mới"))
    service.submit(session, people.secretary, draft.notice_id)
    for outdated in (draft.id, uuid4()):
        with pytest.raises(OutdatedRevision):
            service.approve(session, people.approver, draft.notice_id, outdated)
    assert service.approve(session, people.approver, draft.notice_id, newest.id).revision_id == newest.id


def test_nothing_is_edited_or_drafted_anew_while_it_is_read_or_approved(
    session: Session, draft: NoticeRevision, people: People, meeting: Meeting
) -> None:
    service.submit(session, people.secretary, draft.notice_id)
    for _ in range(2):
        with pytest.raises(NoticeNotEditable):
            service.save_revision(session, people.secretary, draft.notice_id, 1, notice(subject="Chen vào"))
        with pytest.raises(NoticeNotEditable):
            service.open_draft(session, meeting.id, notice(subject="Máy chen vào"))
        if session.get_one(Notice, draft.notice_id).state == "in_review":
            service.approve(session, people.approver, draft.notice_id, draft.id)
    with pytest.raises(TransitionRefused):
        service.submit(session, people.secretary, draft.notice_id)
    with pytest.raises(TransitionRefused):
        service.request_changes(session, people.approver, draft.notice_id, "Muộn rồi")


def test_an_old_version_of_the_page_moves_nothing(session: Session, draft: NoticeRevision, people: People) -> None:
    with pytest.raises(VersionConflict):
        service.submit(session, people.secretary, draft.notice_id, expected_version=7)


def test_a_request_for_changes_needs_words(session: Session, draft: NoticeRevision, people: People) -> None:
    service.submit(session, people.secretary, draft.notice_id)
    with pytest.raises(ReasonMissing):
        service.request_changes(session, people.approver, draft.notice_id, " \n ")


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"signer": SignerBlock()}, "họ tên người ký"),
        ({"subject": ""}, "trích yếu"),
        ({"opening": (), "sections": ()}, "nội dung kết luận"),
        ({"recipients": ()}, "nơi nhận"),
    ],
)
def test_an_incomplete_notice_is_not_submitted(
    session: Session, meeting: Meeting, people: People, changes: dict[str, object], missing: str
) -> None:
    draft = service.open_draft(session, meeting.id, notice(**changes))
    with pytest.raises(NoticeIncomplete) as refused:
        service.submit(session, people.secretary, draft.notice_id)
    assert missing in refused.value.sentence()


def test_letters_that_cannot_be_printed_stop_the_submission(session: Session, meeting: Meeting, people: People) -> None:
    draft = service.open_draft(session, meeting.id, notice(closing="Hoàn thành 👍"))
    with pytest.raises(UnprintableText, match="👍"):
        service.submit(session, people.secretary, draft.notice_id)


def test_two_notices_at_work_for_one_meeting_are_impossible(
    session: Session, draft: NoticeRevision, meeting: Meeting
) -> None:
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(Notice(meeting_id=meeting.id, state=NOTICE.initial))
        session.flush()


def test_a_revision_is_never_changed(session: Session, draft: NoticeRevision) -> None:
    with pytest.raises((InternalError, IntegrityError)), session.begin_nested():
        draft.author_name = "Người khác"
        session.flush()


def test_two_who_save_at_once_are_told_apart(
    runtime: Runtime, session: Session, draft: NoticeRevision, people: People
) -> None:
    notice_id = draft.notice_id
    session.commit()
    with runtime.database.transaction() as first:
        service.save_revision(first, people.secretary, notice_id, 1, notice(subject="Trước"))
    with pytest.raises(NoticeConflict), runtime.database.transaction() as second:
        service.save_revision(second, people.secretary, notice_id, 1, notice(subject="Sau"))


def test_the_table_of_moves_has_no_way_back_from_the_issue() -> None:
    assert NOTICE.is_final("issued")
    assert NOTICE.allowed("approved") == {"issue"}
    assert NOTICE.states == {"drafting", "in_review", "changes_requested", "approved", "issued"}
