"""Invitations by mail: the letter, the links, the calendar entry; once, again, moved, called off, withdrawn."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.audit import verify
from core.errors import ClassifiedRefused, Forbidden, Invalid, NotFound
from core.mail.service import record_bounce
from core.outbox import OutboxEvent
from core.permissions import Actor, Role
from core.runtime import Runtime
from orchestrator.invitations.board import Standing, board_of, link_to_copy
from orchestrator.invitations.links import create_links, find_link
from orchestrator.invitations.models import Invitation, InvitationLetterRevision, JoinLink
from orchestrator.invitations.refusals import NoInvitationAddress
from orchestrator.invitations.sending import send_invitations, set_addresses
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.editing import edit_meeting
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.plan import PlannedEndpoint
from orchestrator.meetings.service import cancel_meeting, close_meeting, declare_classified, reschedule_meeting
from orchestrator.refusals import MeetingOver
from papers.checks import check_file
from tests.conftest import FixedClock
from tests.orchestrator.conftest import ENDS, STARTS, Ministry, plan_of, shifted
from tests.orchestrator.invitations.conftest import Arrived

Post = Callable[[], list[Arrived]]


def token_in(text: str, path: str) -> str:
    line = next(line for line in text.splitlines() if f"/{path}/" in line)
    return line.rpartition("/")[2]


def test_each_endpoint_with_an_address_gets_its_own_invitation(
    session: Session, operator: Actor, meeting: Meeting, post: Post
) -> None:
    report = send_invitations(session, operator, meeting.id)
    assert (len(report.sent), report.without_address) == (3, ["Giảng đường A"])
    arrived = post()
    assert [item.to for item in arrived] == ["an@bo.example", "binh@bo.example", "chi@bo.example"]
    assert {item.subject for item in arrived} == {f"Giấy mời: {meeting.title}"}
    tokens = [token_in(item.text, "tra-loi") for item in arrived]
    assert len(set(tokens)) == 3
    for item, token in zip(arrived, tokens, strict=True):
        assert token_in(item.text, "join") == token
        link = find_link(session, token)
        assert link is not None
        assert link.meeting_endpoint.endpoint.name in item.text
        names = [part.get_filename() for part in item.message.iter_attachments()]
        assert [name and name.rpartition(".")[2] for name in names] == ["ics", "docx", "pdf"]


def test_no_link_lies_in_the_database(session: Session, operator: Actor, meeting: Meeting, post: Post) -> None:
    send_invitations(session, operator, meeting.id)
    for item in post():
        token = token_in(item.text, "tra-loi")
        assert token not in item.row.body + str(item.row.secrets) + str(item.row.calendar)
        assert token not in session.scalars(select(JoinLink.token_hash)).all()


def test_the_calendar_entry_says_when_and_where_and_nothing_else(
    session: Session, operator: Actor, meeting: Meeting, post: Post
) -> None:
    send_invitations(session, operator, meeting.id)
    first = post()[0]
    calendar, event = first.calendar, first.event
    assert calendar["METHOD"] == "REQUEST"
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Asia/Ho_Chi_Minh"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (STARTS, ENDS)
    assert event["DTSTART"].params["TZID"] == "Asia/Ho_Chi_Minh"
    assert (event["SEQUENCE"], event["STATUS"]) == (0, "CONFIRMED")
    assert str(event["SUMMARY"]) == meeting.title
    assert event["ORGANIZER"] == "mailto:diemcau@localhost"
    assert event["ATTENDEE"] == "mailto:an@bo.example"
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert event["ATTENDEE"].params["RSVP"] == "TRUE"
    text = calendar.to_ical().decode()
    assert "tra-loi" not in text
    assert "/join/" not in text


def test_the_letter_keeps_the_form(runtime: Runtime, session: Session, operator: Actor, meeting: Meeting) -> None:
    send_invitations(session, operator, meeting.id)
    (revision,) = session.scalars(select(InvitationLetterRevision)).all()
    runtime.storage.verify(revision.docx_key, revision.docx_sha256)
    for key in (revision.pdf_key, revision.docx_key):
        with runtime.storage.local_copy(key) as path:
            assert [item for item in check_file(path) if item.ok is False] == []


def test_pressed_twice_it_is_one_mail(session: Session, operator: Actor, meeting: Meeting, post: Post) -> None:
    send_invitations(session, operator, meeting.id)
    assert len(post()) == 3
    report = send_invitations(session, operator, meeting.id)
    assert (report.sent, len(report.unchanged)) == ([], 3)
    assert post() == []


def test_one_that_was_lost_is_sent_again(session: Session, operator: Actor, meeting: Meeting, post: Post) -> None:
    send_invitations(session, operator, meeting.id)
    first = post()[1]
    place = meeting.endpoints[1]
    send_invitations(session, operator, meeting.id, only=[place.id], again=True)
    (again,) = post()
    assert (again.to, again.subject) == (first.to, first.subject)
    assert again.event["UID"] == first.event["UID"]
    assert again.event["SEQUENCE"] == 0
    assert token_in(again.text, "join") == token_in(first.text, "join")
    assert again.message["Message-ID"] != first.message["Message-ID"]


def test_a_moved_meeting_tells_everybody_by_itself(
    session: Session, operator: Actor, meeting: Meeting, post: Post
) -> None:
    send_invitations(session, operator, meeting.id)
    before = {item.to: item.event["UID"] for item in post()}
    starts, ends = shifted(24)
    reschedule_meeting(session, operator, meeting.id, starts, ends)
    arrived = post()
    assert {item.to: item.event["UID"] for item in arrived} == before
    assert {item.event["SEQUENCE"] for item in arrived} == {1}
    assert {item.event["DTSTART"].dt for item in arrived} == {starts}
    assert all(item.subject.startswith("Thay đổi thời gian: ") for item in arrived)
    assert "Giấy mời" not in arrived[0].subject
    assert [row.revision for row in session.scalars(select(InvitationLetterRevision))] == [1, 2]
    assert post() == []


def test_a_meeting_nobody_was_invited_to_moves_silently(
    session: Session, operator: Actor, meeting: Meeting, post: Post
) -> None:
    reschedule_meeting(session, operator, meeting.id, *shifted(24))
    cancel_meeting(session, operator, meeting.id, "Trùng lịch")
    assert post() == []


def test_a_meeting_called_off_is_called_off_in_every_calendar(
    session: Session, operator: Actor, meeting: Meeting, post: Post
) -> None:
    send_invitations(session, operator, meeting.id)
    before = {item.to: item.event["UID"] for item in post()}
    cancel_meeting(session, operator, meeting.id, "Chuyển sang họp trực tiếp")
    arrived = post()
    assert {item.to: item.event["UID"] for item in arrived} == before
    assert {str(item.calendar["METHOD"]) for item in arrived} == {"CANCEL"}
    assert {(item.event["SEQUENCE"], str(item.event["STATUS"])) for item in arrived} == {(1, "CANCELLED")}
    assert all("Lý do: Chuyển sang họp trực tiếp" in item.text for item in arrived)
    assert all("tra-loi" not in item.text for item in arrived)


def test_a_meeting_that_turned_out_classified_is_called_off_without_a_word_about_it(
    session: Session, operator: Actor, meeting: Meeting, post: Post
) -> None:
    send_invitations(session, operator, meeting.id)
    post()
    declare_classified(session, operator, meeting.id, Classification.SECRET)
    for item in post():
        assert meeting.title not in item.text + item.subject + item.calendar.to_ical().decode()
    with pytest.raises(ClassifiedRefused):
        send_invitations(session, operator, meeting.id)


def test_an_endpoint_taken_out_of_the_plan_is_told_and_may_come_back(
    session: Session, operator: Actor, meeting: Meeting, ministry: Ministry, post: Post
) -> None:
    send_invitations(session, operator, meeting.id)
    first = {item.to: item for item in post()}
    kept = [PlannedEndpoint(item.id, 5, is_central=n == 0) for n, item in enumerate(ministry.endpoints[:2])]
    edit_meeting(session, operator, meeting.id, plan_of(ministry, endpoints=kept))
    (gone,) = post()
    assert (gone.to, str(gone.calendar["METHOD"])) == ("chi@bo.example", "CANCEL")
    assert gone.subject.startswith("Rút giấy mời")
    back = [*kept, PlannedEndpoint(ministry.endpoints[2].id, 5)]
    edit_meeting(session, operator, meeting.id, plan_of(ministry, endpoints=back))
    assert post() == []
    send_invitations(session, operator, meeting.id, only=[session.get_one(Meeting, meeting.id).endpoints[2].id])
    (again,) = post()
    assert again.event["UID"] == first["chi@bo.example"].event["UID"]
    assert (str(again.calendar["METHOD"]), again.event["SEQUENCE"]) == ("REQUEST", 2)
    assert token_in(again.text, "join") != token_in(first["chi@bo.example"].text, "join")


def test_new_links_make_the_sent_ones_worthless_and_the_board_says_so(
    session: Session, operator: Actor, meeting: Meeting, post: Post, fixed_clock: FixedClock
) -> None:
    send_invitations(session, operator, meeting.id)
    create_links(session, operator, meeting)
    fixed_clock.now += timedelta(minutes=1)
    assert {row.standing for row in board_of(session, operator, meeting.id).rows[:3]} == {Standing.OUTDATED}
    report = send_invitations(session, operator, meeting.id)
    assert len(report.sent) == 3
    assert len(post()) == 3, "those with the dead links are not sent at all"
    assert {row.mail.state for row in board_of(session, operator, meeting.id).rows if row.mail} == {"sent"}


def test_the_operators_own_addresses_win(session: Session, operator: Actor, meeting: Meeting, post: Post) -> None:
    place = meeting.endpoints[3]
    set_addresses(session, operator, meeting.id, place.id, ["Van.Thu@hoc-vien.example", "van.thu@hoc-vien.example "])
    send_invitations(session, operator, meeting.id, only=[place.id])
    (item,) = post()
    assert item.to == "Van.Thu@hoc-vien.example"
    for wrong in (["sai"], ["a@b.example\r\nBcc: c@d.example"]):
        with pytest.raises(Invalid):
            set_addresses(session, operator, meeting.id, place.id, wrong)
    with pytest.raises(NotFound):
        set_addresses(session, operator, meeting.id, uuid4(), [])


def test_without_any_address_nothing_is_written(session: Session, operator: Actor, meeting: Meeting) -> None:
    with pytest.raises(NoInvitationAddress) as refused:
        send_invitations(session, operator, meeting.id, only=[meeting.endpoints[3].id])
    assert "Giảng đường A" in refused.value.sentence()
    assert session.scalars(select(InvitationLetterRevision)).all() == []


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.APPROVER, Role.REGISTRAR, Role.UNIT])
def test_only_who_plans_sends(
    session: Session, meeting: Meeting, actor_factory: Callable[..., Actor], role: Role
) -> None:
    with pytest.raises((Forbidden, NotFound)):
        send_invitations(session, actor_factory(role), meeting.id)
    with pytest.raises((Forbidden, NotFound)):
        link_to_copy(session, actor_factory(role), meeting.id, meeting.endpoints[0].id)


def test_what_is_over_or_not_ours_is_not_invited_to(session: Session, operator: Actor, meeting: Meeting) -> None:
    with pytest.raises(NotFound):
        send_invitations(session, operator, uuid4())
    with pytest.raises(NotFound):
        send_invitations(session, operator, meeting.id, only=[meeting.id])
    close_meeting(session, operator, meeting.id)
    with pytest.raises(MeetingOver):
        send_invitations(session, operator, meeting.id)
    with pytest.raises(MeetingOver):
        link_to_copy(session, operator, meeting.id, meeting.endpoints[0].id)


def test_the_link_to_copy_is_the_link_of_the_mail(
    session: Session, operator: Actor, meeting: Meeting, post: Post
) -> None:
    send_invitations(session, operator, meeting.id)
    item = post()[0]
    address = link_to_copy(session, operator, meeting.id, meeting.endpoints[0].id)
    assert address in item.text


def test_the_board_tells_how_far_each_endpoint_is(
    session: Session, operator: Actor, meeting: Meeting, post: Post, fixed_clock: FixedClock
) -> None:
    def standings() -> list[Standing]:
        return [row.standing for row in board_of(session, operator, meeting.id).rows]

    assert standings() == [Standing.NOT_SENT] * 3 + [Standing.NO_ADDRESS]
    send_invitations(session, operator, meeting.id)
    first = post()[0]
    assert standings() == [Standing.WAITING] * 3 + [Standing.NO_ADDRESS]
    record_bounce(session, first.row.message_id, "5.1.1 không có hộp thư")
    board = board_of(session, operator, meeting.id)
    assert board.rows[0].standing is Standing.BOUNCED
    assert board.rows[0].mail is not None
    assert "không có hộp thư" in board.rows[0].mail.last_error
    fixed_clock.now += timedelta(minutes=1)
    reschedule_meeting(session, operator, meeting.id, *shifted(1))
    assert set(standings()[1:3]) == {Standing.OUTDATED}


def test_everything_is_in_the_trail_and_nothing_is_left_over(
    session: Session, operator: Actor, meeting: Meeting, post: Post
) -> None:
    send_invitations(session, operator, meeting.id)
    post()
    reschedule_meeting(session, operator, meeting.id, *shifted(2))
    post()
    cancel_meeting(session, operator, meeting.id, "Hoãn")
    post()
    assert verify(session).is_whole
    faults = session.scalars(select(OutboxEvent.last_fault).where(OutboxEvent.last_fault.is_not(None))).all()
    assert faults == []
    assert {item.sequence for item in session.scalars(select(Invitation)) if item.sent_at} == {2}
