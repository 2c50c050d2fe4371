"""What makes a plan sensible before the database is asked; names of rooms; the degree of secrecy."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import ClassifiedRefused, Invalid
from orchestrator.meetings.classification import Classification, parse_classification, refuse_classified
from orchestrator.meetings.models import ParticipantRole
from orchestrator.meetings.naming import meeting_code, random_part, room_name
from orchestrator.meetings.plan import (
    MeetingPlan,
    PlannedDocument,
    PlannedEndpoint,
    PlannedItem,
    PlannedParticipant,
    check_period,
    checked_plan,
)

NOW = datetime(2026, 4, 8, 7, 0, tzinfo=UTC)
START = NOW + timedelta(hours=2)
A, B = uuid4(), uuid4()


def plan(**changes: object) -> MeetingPlan:
    values: dict[str, object] = {
        "classification": Classification.UNCLASSIFIED,
        "title": "Họp giao ban",
        "starts_at": START,
        "ends_at": START + timedelta(hours=1),
        "endpoints": [PlannedEndpoint(A), PlannedEndpoint(B)],
    }
    return MeetingPlan(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"title": " \t"}, "tên cuộc họp"),
        ({"title": "Họp " * 80}, "tối đa 250"),
        ({"ends_at": START}, "phải sau giờ bắt đầu"),
        ({"ends_at": START - timedelta(hours=1)}, "phải sau giờ bắt đầu"),
        ({"ends_at": START + timedelta(minutes=4)}, "ít nhất 5 phút"),
        ({"ends_at": START + timedelta(days=1)}, "quá 12 giờ"),
        ({"starts_at": START.replace(year=2036), "ends_at": START.replace(year=2036, hour=10)}, "ba năm"),
        ({"starts_at": START.replace(tzinfo=None)}, "múi giờ"),
        ({"endpoints": []}, "ít nhất một điểm cầu"),
        ({"endpoints": [PlannedEndpoint(A), PlannedEndpoint(A)]}, "hai lần"),
        ({"endpoints": [PlannedEndpoint(A, 1, True), PlannedEndpoint(B, 1, True)]}, "chỉ được chọn một"),
        ({"endpoints": [PlannedEndpoint(A, -1)]}, "số nguyên"),
        ({"endpoints": [PlannedEndpoint(A, 10**9)]}, "bất thường"),
        ({"endpoints": [PlannedEndpoint(uuid4()) for _ in range(501)]}, "500"),
        ({"participants": [PlannedParticipant(B), PlannedParticipant(B)]}, "hai lần"),
        ({"participants": [PlannedParticipant(B, endpoint_id=uuid4())]}, "không thuộc cuộc họp"),
        ({"chair_id": A, "secretary_id": A}, "đồng thời"),
        ({"agenda": [PlannedItem("")]}, "nội dung chương trình"),
        ({"agenda": [PlannedItem("x")] * 201}, "200"),
        ({"documents": [PlannedDocument(" ")]}, "số, ký hiệu"),
    ],
)
def test_a_wrong_value_is_refused_by_name(changes: dict[str, object], word: str) -> None:
    with pytest.raises(Invalid) as caught:
        checked_plan(plan(**changes), NOW)
    assert word in caught.value.sentence()


def test_a_meeting_already_held_may_be_planned() -> None:
    check_period(NOW - timedelta(days=2), NOW - timedelta(days=2) + timedelta(hours=1), NOW)


def test_without_a_central_endpoint_the_first_becomes_it() -> None:
    assert [item.is_central for item in checked_plan(plan(), NOW).endpoints] == [True, False]
    chosen = checked_plan(plan(endpoints=[PlannedEndpoint(A), PlannedEndpoint(B, 1, True)]), NOW)
    assert [item.is_central for item in chosen.endpoints] == [False, True]


def test_chair_and_secretary_take_part_and_nobody_else_has_their_roles() -> None:
    chair, secretary, other = uuid4(), uuid4(), uuid4()
    given_roles = [PlannedParticipant(secretary, B), PlannedParticipant(other, B, ParticipantRole.CHAIR)]
    checked = checked_plan(plan(chair_id=chair, secretary_id=secretary, participants=given_roles), NOW)
    roles = {item.person_id: (item.role, item.endpoint_id) for item in checked.participants}
    assert roles == {
        chair: (ParticipantRole.CHAIR, A),
        secretary: (ParticipantRole.SECRETARY, B),
        other: (ParticipantRole.MEMBER, B),
    }


@pytest.mark.parametrize(
    ("text", "degree"),
    [
        ("Không mật", Classification.UNCLASSIFIED),
        (" mật ", Classification.CONFIDENTIAL),
        ("TỐI MẬT", Classification.SECRET),
        ("Tuyệt mật", Classification.TOP_SECRET),
        ("unclassified", Classification.UNCLASSIFIED),
    ],
)
def test_degrees_are_read_by_label_or_code(text: str, degree: Classification) -> None:
    assert parse_classification(text) is degree


@pytest.mark.parametrize("text", ["", "khong", "nội bộ", "0"])
def test_an_unknown_degree_is_never_taken_for_unclassified(text: str) -> None:
    with pytest.raises(Invalid, match="Tuyệt mật"):
        parse_classification(text)
    with pytest.raises(ClassifiedRefused):
        refuse_classified(text)


@pytest.mark.parametrize("degree", [degree for degree in Classification if degree != "unclassified"])
def test_every_degree_is_refused_with_the_law_and_the_way_that_remains(degree: Classification) -> None:
    with pytest.raises(ClassifiedRefused) as caught:
        refuse_classified(degree)
    assert "26/2020/NĐ-CP, Điều 6" in caught.value.sentence()
    assert "trực tiếp trong phòng họp" in caught.value.sentence()
    refuse_classified(Classification.UNCLASSIFIED)


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("Họp giao ban trực tuyến tuần 15", "hop-giao-ban-truc-tuyen-tuan-15"),
        ("ĐẶNG/Đức: 50%", "dang-duc-50"),
        ("会议", "hop"),
        ("…", "hop"),
    ],
)
def test_room_names_are_plain_letters(title: str, stem: str) -> None:
    assert room_name(title, "k3v") == f"{stem}-k3v"


@given(st.text())
def test_a_room_name_is_acceptable_to_jitsi_whatever_the_title(title: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", room_name(title, random_part(10)))


def test_random_parts_differ_and_codes_carry_the_day_in_viet_nam() -> None:
    assert len({random_part(10) for _ in range(200)}) == 200
    assert meeting_code(datetime(2026, 4, 7, 18, 0, tzinfo=UTC), "k3v9") == "HOP-20260408-K3V9"
