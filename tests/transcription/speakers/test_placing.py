"""Voices are told apart inside an endpoint, two people taken for one are parted, errors are not taken for people."""

from transcription.engines.contract import Diarization, Turn
from transcription.speakers.placing import Place, place_voices
from transcription.speakers.room import RoomEvidence, RoomInterval


def diarized(*turns: tuple[float, float, str]) -> Diarization:
    found = tuple(Turn(*turn) for turn in turns)
    return Diarization(found, found, {turn.voice: (1.0, 0.0) for turn in found}, "m")


def room(*dominant: tuple[str, float, float], present: tuple[tuple[str, float, float], ...] = ()) -> RoomEvidence:
    loudest = tuple(RoomInterval(*item) for item in dominant)
    return RoomEvidence(tuple(RoomInterval(*item) for item in present), loudest)


def test_a_voice_heard_only_while_an_endpoint_is_loudest_belongs_to_it() -> None:
    heard = diarized((0, 10, "V1"), (11, 20, "V2"), (21, 30, "V1"))
    placed, places = place_voices(heard, room(("Bộ", 0, 10.5), ("Sở", 10.5, 20.5), ("Bộ", 20.5, 31)))
    assert (places["V1"].endpoint, places["V2"].endpoint) == ("Bộ", "Sở")
    assert places["V1"].share == 1.0
    assert placed.exclusive == heard.exclusive


def test_two_people_taken_for_one_voice_are_parted() -> None:
    heard = diarized((0, 10, "V1"), (12, 22, "V1"))
    placed, places = place_voices(heard, room(("Bộ", 0, 11), ("Sở", 11, 23)))
    assert [turn.voice for turn in placed.exclusive] == ["V1@bo", "V1@so"]
    assert places["V1@so"].endpoint == "Sở"
    assert [turn.voice for turn in placed.turns] == ["V1@bo", "V1@so"]
    assert set(placed.embeddings) == {"V1@bo", "V1@so"}


def test_a_change_inside_a_turn_parts_it_there() -> None:
    placed, _places = place_voices(diarized((0, 40, "V1")), room(("Bộ", 0, 20), ("Sở", 20, 41)))
    assert [(turn.start, turn.end, turn.voice) for turn in placed.exclusive] == [
        (0, 20, "V1@bo"),
        (20, 40, "V1@so"),
    ]


def test_some_seconds_of_another_endpoint_are_an_error_and_not_a_person() -> None:
    heard = diarized((0, 30, "V1"), (31, 40, "V2"))
    told = room(("Bộ", 0, 10), ("Sở", 10, 14), ("Bộ", 14, 30.5), ("Sở", 30.5, 41))
    placed, places = place_voices(heard, told)
    assert [turn.voice for turn in placed.exclusive] == ["V1", "V2"]
    assert places["V1"].endpoint == "Bộ"
    assert 0.8 < places["V1"].share < 0.9


def test_who_is_on_no_track_is_not_taken_for_one_who_is() -> None:
    heard = diarized((0, 10, "V1"), (12, 15, "V1"), (16, 17, "V1"))
    tracks = RoomEvidence().with_tracks([RoomInterval("Bộ", 0, 10.5)])
    _placed, places = place_voices(heard, tracks)
    assert (places["V1@bo"].endpoint, places["V1@bo"].kind) == ("Bộ", "track")
    assert places["V1@?"].endpoint == ""
    # Told by a conference, the same gap says nothing.
    assert set(place_voices(heard, room(("Bộ", 0, 10.5)))[1]) == {"V1"}


def test_absent_endpoints_cannot_have_spoken() -> None:
    told = room(present=(("Bộ", 0, 100), ("Sở", 50, 100)))
    _placed, places = place_voices(diarized((0, 10, "V1"), (60, 70, "V2")), told)
    assert places["V1"].possible == {"bo"}
    assert (places["V1"].endpoint, places["V1"].kind) == ("Bộ", "presence")
    assert places["V2"].possible == {"bo", "so"}
    assert places["V2"].endpoint == ""


def test_without_a_room_nothing_is_known_and_nothing_changes() -> None:
    heard = diarized((0, 10, "V1"))
    placed, places = place_voices(heard, RoomEvidence())
    assert placed == heard
    assert places["V1"].possible is None
    assert place_voices(diarized(), RoomEvidence())[1] == {}


def test_places_survive_json() -> None:
    place = Place("Sở", 0.91, 12.3, "dominant", frozenset({"so"}), 1.5)
    assert Place.from_json(place.to_json()) == place
    assert Place.from_json(Place().to_json()) == Place()
