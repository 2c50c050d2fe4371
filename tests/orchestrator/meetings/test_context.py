"""The facts of a meeting: from an attendance file as people write it, and from the database."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from core.errors import ClassifiedRefused, Invalid, NotFound
from core.permissions import Actor
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.context import AbsenceFacts, AgendaFacts, DocumentFacts, MeetingContext, meeting_context
from orchestrator.meetings.models import Attendance
from orchestrator.meetings.plan import PlannedDocument, PlannedItem, PlannedParticipant
from orchestrator.meetings.registration import record_attendance
from orchestrator.meetings.service import declare_classified, plan_meeting
from tests.orchestrator.conftest import Ministry, plan_of

FILE: dict[str, Any] = {
    "meeting": {"id": "m", "title": "Họp giao ban", "date": "2026-04-08", "time": "14:00"},
    "chair": "Phan Quốc Bảo",
    "secretary": "Đặng Thị Thùy Linh",
    "present": [
        {"name": "Phan Quốc Bảo", "title": "Thứ trưởng", "endpoint": "Trụ sở Bộ", "role": "chủ trì"},
        {"name": "Đặng Thị Thùy Linh", "title": "Chánh Văn phòng Bộ"},
        {"name": "Hồ Văn Tiến", "note": "họ tên không được nói ra"},
    ],
    "units_present": ["Văn phòng Bộ", "Trung tâm Thông tin"],
    "absent": [{"unit": "Tạp chí Tổ chức nhà nước", "reason": "đi công tác"}],
}


def test_a_full_file() -> None:
    context = MeetingContext.from_json(FILE)
    assert (context.title, context.date.isoformat(), context.meeting_id) == ("Họp giao ban", "2026-04-08", None)
    assert context.starts_at is not None
    assert context.starts_at.isoformat() == "2026-04-08T14:00:00+07:00"
    assert context.chair is not None
    assert (context.chair.title, context.chair.role) == ("Thứ trưởng", "chair")
    assert context.secretary is not None
    assert context.secretary.title == "Chánh Văn phòng Bộ"
    assert [person.role for person in context.present] == ["chair", "secretary", ""]
    assert [unit.name for unit in context.units] == ["Văn phòng Bộ", "Trung tâm Thông tin", "Tạp chí Tổ chức nhà nước"]
    assert context.units_present == ("Văn phòng Bộ", "Trung tâm Thông tin")
    assert context.absent == (AbsenceFacts("Tạp chí Tổ chức nhà nước", "đi công tác"),)


def test_only_title_and_date_are_needed_and_nothing_is_made_up() -> None:
    context = MeetingContext.from_json({"meeting": {"title": "Họp", "date": "2026-04-08"}})
    assert (context.chair, context.secretary, context.starts_at) == (None, None, None)
    assert (context.present, context.units, context.absent, context.place) == ((), (), (), "")


def test_null_and_strange_values_are_as_good_as_missing() -> None:
    data = FILE | {"secretary": None, "present": None, "absent": None, "chair": {"name": "Vũ Thị Lan Anh"}}
    context = MeetingContext.from_json(data)
    assert context.secretary is None
    assert context.chair is not None
    assert (context.chair.name, context.chair.role) == ("Vũ Thị Lan Anh", "chair")
    nameless = MeetingContext.from_json(FILE | {"present": [{"title": "Vụ trưởng"}, "Lý Hải Đăng"]})
    assert [person.name for person in nameless.present] == ["Lý Hải Đăng"]


def test_the_chair_is_found_by_role_where_the_file_does_not_name_one() -> None:
    context = MeetingContext.from_json({key: value for key, value in FILE.items() if key != "chair"})
    assert context.chair is not None
    assert context.chair.name == "Phan Quốc Bảo"


def test_units_with_all_their_names_agenda_and_documents() -> None:
    data = FILE | {
        "units": [{"name": "Văn phòng Bộ", "abbreviations": ["VPB"], "aliases": ["Văn phòng"]}],
        "agenda": ["Báo cáo tuần", {"title": "Kế hoạch", "unit": "Văn phòng Bộ"}],
        "documents": ["12/KH-BM", {"symbol": "5/CT-BM", "issued_on": "2026-03-01", "subject": "Chỉ thị"}],
    }
    context = MeetingContext.from_json(data)
    assert (context.units[0].abbreviations, context.units[0].aliases) == (("VPB",), ("Văn phòng",))
    assert len(context.units) == 3
    assert context.agenda == (AgendaFacts("Báo cáo tuần"), AgendaFacts("Kế hoạch", "Văn phòng Bộ"))
    assert context.documents[0] == DocumentFacts("12/KH-BM")
    assert context.documents[1].issued_on is not None


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ([], "tệp cuộc họp"),
        ({}, "meeting"),
        ({"meeting": {"date": "2026-04-08"}}, "meeting.title"),
        ({"meeting": {"title": "Họp"}}, "meeting.date"),
        ({"meeting": {"title": "Họp", "date": "8/4/2026"}}, "meeting.date"),
        ({"meeting": {"title": "Họp", "date": "2026-04-08", "time": "2 giờ"}}, "meeting.time"),
        (FILE | {"present": "Phan Quốc Bảo"}, "present"),
        (FILE | {"present": [7]}, "present"),
        (FILE | {"units": [{"name": "A", "aliases": "B"}]}, "aliases"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(data: Any, word: str) -> None:
    with pytest.raises(Invalid) as caught:
        MeetingContext.from_json(data)
    assert caught.value.params["field"] == word


def test_a_classified_file_is_refused() -> None:
    with pytest.raises(ClassifiedRefused):
        MeetingContext.from_json({"meeting": {"title": "Họp", "date": "2026-04-08", "classification": "secret"}})


@pytest.mark.parametrize(
    "sample", sorted((Path(__file__).parents[2] / "data").rglob("*.attendance.json")), ids=lambda path: path.stem
)
def test_the_attendance_file_of_a_sample_is_read(sample: Path) -> None:
    context = MeetingContext.from_json(json.loads(sample.read_text(encoding="utf-8")))
    assert context.chair in context.present
    assert context.units


def test_a_stored_meeting_before_and_after_the_roll_call(session: Session, operator: Actor, ministry: Ministry) -> None:
    plan = plan_of(
        ministry,
        participants=[PlannedParticipant(ministry.member.id, ministry.endpoints[2].id)],
        agenda=[PlannedItem("Báo cáo", ministry.units[1].id)],
        documents=[PlannedDocument("12/KH-BM")],
        body_name="Ban Chỉ đạo",
    )
    meeting = plan_meeting(session, operator, plan)
    session.expire_all()
    before = meeting_context(session, meeting.id)
    assert before.roll_called is False
    assert [person.name for person in before.present] == ["Phan Quốc Bảo", "Đặng Thị Thùy Linh", "Ỷ Thị Ngữ"]
    assert before.place == "Tầng 2, Văn phòng Bộ"
    assert (before.date.isoformat(), before.kind, before.body_name) == ("2026-04-08", "weekly_briefing", "Ban Chỉ đạo")
    assert before.chair is not None
    assert (before.chair.unit_name, before.chair.endpoint_name) == ("Văn phòng Bộ", "Trụ sở Bộ")
    assert [unit.name for unit in before.units] == sorted((unit.name for unit in ministry.units), key=_code(ministry))
    assert before.agenda == (AgendaFacts("Báo cáo", "Trung tâm Thông tin"),)

    chair, secretary, member = meeting.participants
    record_attendance(session, operator, meeting.id, chair.id, Attendance.AT_ENDPOINT)
    record_attendance(session, operator, meeting.id, secretary.id, Attendance.ABSENT, reason="đi công tác")
    after = meeting_context(session, meeting.id)
    assert after.roll_called is True
    assert [person.name for person in after.present] == ["Phan Quốc Bảo"]
    assert after.absent == (AbsenceFacts("Đặng Thị Thùy Linh", "đi công tác"),)
    record_attendance(session, operator, meeting.id, member.id, Attendance.AT_HOME)
    assert len(meeting_context(session, meeting.id).present) == 2


def test_roll_call_asks_for_people_of_this_meeting(session: Session, operator: Actor, ministry: Ministry) -> None:
    meeting = plan_meeting(session, operator, plan_of(ministry))
    for meeting_id, participant_id in ((meeting.id, uuid4()), (uuid4(), meeting.participants[0].id)):
        with pytest.raises(NotFound):
            record_attendance(session, operator, meeting_id, participant_id, Attendance.LATE)


def test_nothing_is_told_of_a_classified_or_unknown_meeting(
    session: Session, operator: Actor, ministry: Ministry
) -> None:
    with pytest.raises(NotFound):
        meeting_context(session, uuid4())
    meeting = plan_meeting(session, operator, plan_of(ministry))
    declare_classified(session, operator, meeting.id, Classification.SECRET)
    with pytest.raises(ClassifiedRefused):
        meeting_context(session, meeting.id)


def _code(ministry: Ministry) -> Any:
    codes = {unit.name: unit.code for unit in ministry.units}
    return codes.__getitem__


@pytest.mark.parametrize(
    ("title", "offices"),
    [
        ("Giám đốc Sở", ("Văn phòng Sở", "Thanh tra Sở")),
        ("Phó Giám đốc Sở Nội vụ", ("Văn phòng Sở", "Thanh tra Sở")),
        ("Cục trưởng", ("Văn phòng Cục",)),
        ("Thứ trưởng, Trưởng ban Ban Chỉ đạo", ("Văn phòng Bộ", "Thanh tra Bộ")),
        ("Giám đốc Trung tâm Thông tin", ()),
    ],
)
def test_the_chairs_house_has_its_own_offices(title: str, offices: tuple[str, ...]) -> None:
    told = {
        "meeting": {"title": "Họp giao ban", "date": "2026-05-04"},
        "chair": "Vũ Thị Lan Anh",
        "present": [{"name": "Vũ Thị Lan Anh", "title": title, "role": "chủ trì"}],
    }
    assert MeetingContext.from_json(told).own_offices == offices
