"""Facts of a room as JSON: seconds or moments; what cannot be read is named."""

from typing import Any

import pytest

from core.errors import Invalid
from transcription.speakers.room import RoomEvidence, RoomInterval, Seat, Stretches, endpoint_key, read_room


def test_seconds_and_moments_are_both_read() -> None:
    room = read_room(
        {
            "began_at": "2026-04-08T14:00:00+07:00",
            "present": [
                {"endpoint": "Sở Nội vụ", "start": "2026-04-08T06:59:00+00:00", "end": "2026-04-08T14:01:00+07:00"}
            ],
            "dominant": [{"endpoint": "Trụ sở  Bộ", "start": 3, "end": 5.5}],
            "seats": [{"endpoint": "Sở Nội vụ", "head_count": 12}, {"endpoint": "Trụ sở Bộ"}],
        }
    )
    assert room.present == (RoomInterval("Sở Nội vụ", 0.0, 60.0),)
    assert room.dominant == (RoomInterval("Trụ sở Bộ", 3.0, 5.5),)
    assert room.head_count("Điểm cầu Sở Nội Vụ") == 12
    assert room.head_count("Trụ sở Bộ") is None
    assert room.endpoints_seen == {"so noi vu", "tru so bo"}


def test_a_bare_list_is_who_was_loudest() -> None:
    assert read_room([{"endpoint": "A", "start": 0, "end": 1}]).dominant == (RoomInterval("A", 0.0, 1.0),)


def test_who_left_before_the_recording_began_says_nothing() -> None:
    assert read_room([{"endpoint": "A", "start": -9, "end": -1}]).dominant == ()


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ("x", "tệp hiện diện"),
        ({"dominant": {}}, "dominant"),
        ({"dominant": ["x"]}, "dominant"),
        ({"dominant": [{"endpoint": "", "start": 0, "end": 1}]}, "dominant.endpoint"),
        ({"dominant": [{"endpoint": "a\u0007b", "start": 0, "end": 1}]}, "dominant.endpoint"),
        ({"dominant": [{"endpoint": "A", "start": 2, "end": 1}]}, "dominant.end"),
        ({"dominant": [{"endpoint": "A", "start": float("nan"), "end": 1}]}, "dominant.start"),
        ({"dominant": [{"endpoint": "A", "start": "2026-04-08T14:00:00+07:00", "end": 1}]}, "dominant.start"),
        ({"began_at": "2026-04-08T14:00:00", "dominant": []}, "began_at"),
        ({"began_at": 5}, "began_at"),
        ({"seats": [{"endpoint": "A", "head_count": -1}]}, "seats.head_count"),
        ({"seats": [{"endpoint": "A", "head_count": True}]}, "seats.head_count"),
        ({"margin_seconds": "x"}, "margin_seconds"),
    ],
)
def test_bad_facts_are_named(data: Any, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_room(data)
    assert refused.value.params["field"] == field


def test_stretches_answer_how_much_is_covered() -> None:
    stretches = Stretches.of([RoomInterval("A", 5, 8), RoomInterval("A", 0, 2), RoomInterval("A", 1, 3)])
    assert stretches.within(2, 6) == pytest.approx(2.0)
    assert stretches.within(9, 12) == 0.0


def test_names_of_endpoints_are_compared_without_marks() -> None:
    assert endpoint_key("Điểm cầu SỞ NỘI VỤ") == endpoint_key("sở nội vụ") == "so noi vu"


def test_tracks_take_the_place_of_told_intervals() -> None:
    room = RoomEvidence(dominant=(RoomInterval("A", 0, 9),), seats=(Seat("A", 1),))
    measured = room.with_tracks([RoomInterval("B", 4, 5), RoomInterval("A", 0, 2)])
    assert [item.endpoint for item in measured.dominant] == ["A", "B"]
    assert measured.is_tracks
    assert measured.seats == room.seats
