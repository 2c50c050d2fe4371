"""The letter: what it says, what stays blank, its revisions, who may write in it; hostile titles in letter and ICS."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from core.errors import Forbidden, Invalid, NotFound, VersionConflict
from core.mail.addresses import Mailbox
from core.permissions import Actor, Role
from orchestrator.invitations import calendar_file
from orchestrator.invitations.calendar_file import CalendarFacts
from orchestrator.invitations.letters import (
    LetterWords,
    frozen_revision,
    letter_of,
    preview_sheet,
    set_number,
    set_words,
)
from orchestrator.invitations.models import InvitationLetterRevision
from orchestrator.meetings.models import Meeting, Urgency
from orchestrator.meetings.plan import PlannedItem
from orchestrator.meetings.service import plan_meeting, reschedule_meeting
from papers.values import clean_text
from tests.orchestrator.conftest import ENDS, STARTS, Ministry, plan_of, shifted

WORDS = LetterWords(
    inviter="Bộ trưởng Bộ Mẫu",
    signer_authority=["TL. BỘ TRƯỞNG"],
    signer_title="CHÁNH VĂN PHÒNG",
    signer_name="Đặng Thị Thùy Linh",
    notes=["Mang theo báo cáo."],
    contact="Hoàng Văn Dự, 024 3976 1234",
    recipients=["- Như thành phần mời;", "- Lưu: VT, VP."],
)


def test_the_letter_says_what_the_plan_says_and_leaves_the_rest_blank(
    session: Session, operator: Actor, ministry: Ministry
) -> None:
    agenda = [PlannedItem("Báo cáo tuần", ministry.units[1].id), PlannedItem("Kết luận")]
    meeting = plan_meeting(session, operator, plan_of(ministry, agenda=agenda, urgency=Urgency.URGENT))
    view = letter_of(session, operator, meeting.id)
    content = view.content
    assert content.subject == meeting.title
    assert content.occasion == "cuộc họp giao ban trực tuyến tuần 15"
    assert content.invitees == tuple(unit.name for unit in ministry.units)
    assert content.agenda == ("Báo cáo tuần (Trung tâm Thông tin)", "Kết luận")
    assert content.chair == "Thứ trưởng Phan Quốc Bảo"
    assert content.places[0] == "Điểm cầu trung tâm: Trụ sở Bộ (Tầng 2, Văn phòng Bộ)"
    assert content.places[1].startswith("Điểm cầu Phòng họp Trung tâm Thông tin")
    assert (content.symbol_suffix, content.urgency, content.link) == ("GM-BM", "KHẨN", "")
    assert (content.signer.name, view.newest) == ("", None)
    sheet = preview_sheet(view)
    assert sheet.number.replace("\u00a0", " ").startswith("Số:  ")
    assert "tháng" in sheet.place_and_date


def test_the_year_is_the_one_in_ha_noi(session: Session, operator: Actor, ministry: Ministry) -> None:
    """Half past six of New Year's morning is still the old year in Greenwich."""
    starts = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    plan = plan_of(ministry, starts_at=starts, ends_at=starts + timedelta(hours=2))
    view = letter_of(session, operator, plan_meeting(session, operator, plan).id)
    assert preview_sheet(view).place_and_date.endswith("năm 2027")


def test_a_board_numbers_its_own_letters(session: Session, operator: Actor, ministry: Ministry) -> None:
    body = "Ban Chỉ đạo chuyển đổi số"
    meeting = plan_meeting(session, operator, plan_of(ministry, body_name=body))
    content = letter_of(session, operator, meeting.id).content
    assert (content.issuing_parent, content.issuing_body, content.symbol_suffix) == ("Bộ Mẫu", body, "GM-BCĐ")


def test_the_office_adds_its_words_and_the_registrar_the_number(
    session: Session, operator: Actor, meeting: Meeting, actor_factory: Callable[..., Actor]
) -> None:
    letter = set_words(session, operator, meeting.id, WORDS, 1)
    set_number(session, actor_factory(Role.REGISTRAR), meeting.id, 5, date(2026, 4, 6), letter.version)
    view = letter_of(session, operator, meeting.id)
    sheet = preview_sheet(view)
    assert sheet.number == "Số: 05/GM-BM"
    assert sheet.place_and_date == "Hà Nội, ngày 06 tháng 4 năm 2026"
    assert sheet.signer_name == "Đặng Thị Thùy Linh"
    assert view.content.recipients == ("Như thành phần mời", "Lưu: VT, VP")
    with pytest.raises(VersionConflict):
        set_words(session, operator, meeting.id, WORDS, 1)


def test_a_revision_is_written_when_something_changed_and_never_changed_itself(
    session: Session, operator: Actor, meeting: Meeting
) -> None:
    first = frozen_revision(session, operator, meeting)
    assert frozen_revision(session, operator, meeting) is first
    set_number(session, operator, meeting.id, 5, None, 1)
    second = frozen_revision(session, operator, meeting)
    reschedule_meeting(session, operator, meeting.id, *shifted(24))
    third = frozen_revision(session, operator, meeting)
    assert [item.revision for item in (first, second, third)] == [1, 2, 3]
    assert first.content_sha256 == second.content_sha256 != third.content_sha256
    session.commit()
    third.number = 9
    with pytest.raises(DBAPIError, match="append-only"):
        session.flush()
    session.rollback()


@pytest.mark.parametrize(
    "words",
    [
        replace(WORDS, inviter="x" * 251),
        replace(WORDS, notes=["x" * 2001]),
        replace(WORDS, notes=["dòng"] * 21),
        replace(WORDS, signer_name="a\x00b"),
    ],
)
def test_endless_words_are_refused(session: Session, operator: Actor, meeting: Meeting, words: LetterWords) -> None:
    with pytest.raises(Invalid):
        set_words(session, operator, meeting.id, words, 1)


@pytest.mark.parametrize("number", [0, -1, 100_000])
def test_a_number_is_a_number(session: Session, operator: Actor, meeting: Meeting, number: int) -> None:
    with pytest.raises(Invalid):
        set_number(session, operator, meeting.id, number, None, 1)


def test_others_do_not_write_in_it(session: Session, meeting: Meeting, actor_factory: Callable[..., Actor]) -> None:
    for role in (Role.SECRETARY, Role.APPROVER):
        with pytest.raises(Forbidden):
            set_number(session, actor_factory(role), meeting.id, 5, None, 1)
    with pytest.raises(Forbidden):
        set_words(session, actor_factory(Role.REGISTRAR), meeting.id, WORDS, 1)
    with pytest.raises(NotFound):
        letter_of(session, actor_factory(Role.UNIT), meeting.id)


def test_a_hostile_title_stays_a_title(session: Session, operator: Actor, ministry: Ministry) -> None:
    title = "Họp {{ 7*7 }} <script>alert(1)</script> ${x} #set \\input{a} *đậm* @label $1$"
    meeting = plan_meeting(session, operator, plan_of(ministry, title=title))
    view = letter_of(session, operator, meeting.id)
    assert preview_sheet(view).subject.replace("\n", " ") == title
    revision = frozen_revision(session, operator, meeting)
    assert isinstance(revision, InvitationLetterRevision)
    assert revision.content["subject"] == title


HOSTILE = st.text(max_size=300) | st.sampled_from(
    [
        "a\r\nATTENDEE:mailto:x@evil.example",
        "a\nEND:VEVENT\nBEGIN:VEVENT\nUID:x",
        'a"; CN="b":mailto:x@evil.example',
        "a;b,c\\n\\;d:e^'",
        "ộ" * 300,
        "\u2028METHOD:CANCEL",
        "a\x00b\x07c",
    ]
)


@given(HOSTILE, HOSTILE, HOSTILE)
def test_whatever_a_title_holds_the_entry_stays_one_entry(title: str, place: str, name: str) -> None:
    facts = CalendarFacts(
        uid="a@diemcau",
        sequence=3,
        title=title,
        location=place,
        starts_at=STARTS,
        ends_at=ENDS,
        written_at=datetime(2026, 4, 1, tzinfo=UTC),
        organizer=Mailbox("diemcau@localhost", name),
        attendees=(Mailbox("lan@bo.example", name), Mailbox("minh@bo.example")),
    )
    text = calendar_file.request(facts)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    calendar = Calendar.from_ical(text)
    (entry,) = calendar.walk("VEVENT")
    assert (str(calendar["METHOD"]), str(entry["UID"]), entry["SEQUENCE"]) == ("REQUEST", "a@diemcau", 3)
    assert [str(item) for item in entry["ATTENDEE"]] == ["mailto:lan@bo.example", "mailto:minh@bo.example"]
    assert str(entry["ORGANIZER"]) == "mailto:diemcau@localhost"
    assert str(entry["SUMMARY"]) == clean_text(title)
    assert str(entry["LOCATION"]) == clean_text(place)
    cancelled = Calendar.from_ical(calendar_file.cancellation(facts))
    (entry,) = cancelled.walk("VEVENT")
    assert (str(cancelled["METHOD"]), str(entry["STATUS"])) == ("CANCEL", "CANCELLED")
