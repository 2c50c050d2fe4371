"""Names by room, print, roll call and who leads; what the room rules out stays out."""

import pytest

from transcription.document import Segment, TranscriptDocument
from transcription.speakers.closed_room import seated
from transcription.speakers.conducting import conductor
from transcription.speakers.context import KnownPerson, SpeakerContext
from transcription.speakers.evidence import Evidence, unnamed
from transcription.speakers.naming import Known, name_speakers
from transcription.speakers.placing import Place
from transcription.speakers.room import RoomEvidence, Seat

BO, SO = "Trụ sở Bộ", "Điểm cầu Sở Nội vụ"
CHAIR = KnownPerson("Phan Quốc Bảo", "Thứ trưởng", "Bộ", BO, is_chair=True)
THUY = KnownPerson("Đặng Thị Thùy Linh", "Chánh Văn phòng Bộ", "Văn phòng Bộ", BO)
TIEN = KnownPerson("Hồ Văn Tiến", "Giám đốc Sở", "Sở Nội vụ", SO)
CONTEXT = SpeakerContext((CHAIR, THUY, TIEN))


def document(*lines: tuple[str, str]) -> TranscriptDocument:
    segments = (Segment(f"s{i:04d}", 5.0 * i, 5.0 * i + 4.0, voice, text) for i, (voice, text) in enumerate(lines, 1))
    return TranscriptDocument("x", 100.0, tuple(segments))


def at(endpoint: str, share: float = 1.0, kind: str = "dominant") -> Place:
    return Place(endpoint, share, 20.0, kind, frozenset({"tru so bo", "so noi vu"}), 5.0)


def test_the_only_person_of_an_endpoint_is_named_by_it() -> None:
    named, voices = name_speakers(document(("V", "Vâng ạ.")), CONTEXT, Known({"V": at(SO)}))
    assert named.segments[0].speaker == TIEN.name
    assert (voices[0].endpoint, voices[0].evidence[0].kind) == (SO, "endpoint")
    assert voices[0].certainty > 0.9
    assert voices[0].to_json()["evidence"][0]["detail"] == SO


def test_below_the_certainty_the_label_says_where() -> None:
    named, voices = name_speakers(document(("V", "Vâng ạ.")), CONTEXT, Known({"V": at(BO)}))
    assert named.segments[0].speaker == "Người nói 1 (điểm cầu Trụ sở Bộ)"
    assert not voices[0].is_named
    assert unnamed(3, SO) == "Người nói 3 (điểm cầu Sở Nội vụ)"
    assert unnamed(2, "kênh 1") == "Người nói 2 (kênh 1)"
    assert unnamed(2, "") == "Người nói 2"


@pytest.mark.parametrize(("heads", "voices", "is_named"), [(1, 2, True), (None, 2, True), (9, 1, True), (9, 2, False)])
def test_a_crowded_room_may_hold_somebody_nobody_listed(heads: int | None, voices: int, is_named: bool) -> None:
    places = {f"V{number}": at(SO) for number in range(voices)}
    known = Known(places, RoomEvidence(seats=(Seat(SO, heads),)))
    _named, found = name_speakers(document(*((voice, "Vâng.") for voice in places)), CONTEXT, known)
    assert {voice.is_named for voice in found} == {is_named}


def test_who_sits_elsewhere_did_not_speak_whatever_was_said() -> None:
    lines = document(("V", "Sở Nội vụ xin báo cáo."))
    assert name_speakers(lines, CONTEXT)[1][0].name == TIEN.name
    assert not name_speakers(lines, CONTEXT, Known({"V": at(BO)}))[1][0].is_named


def test_who_was_not_connected_did_not_speak() -> None:
    absent = Place("", 0.0, 20.0, "", frozenset({"tru so bo"}), 5.0)
    _named, voices = name_speakers(document(("V", "Sở Nội vụ xin báo cáo.")), CONTEXT, Known({"V": absent}))
    assert not voices[0].is_named


def test_an_endpoint_that_is_half_sure_is_not_believed() -> None:
    _named, voices = name_speakers(document(("V", "Vâng.")), CONTEXT, Known({"V": at(SO, share=0.5)}))
    assert (voices[0].is_named, voices[0].endpoint) == (False, "")


def test_a_print_names_within_the_endpoint_only() -> None:
    def likes(name: str) -> Known:
        return Known({"V": at(BO)}, prints={"V": ((name, Evidence("voice_print", "", 5.0, 0.9, "0.88")),)})

    assert name_speakers(document(("V", "Vâng.")), CONTEXT, likes(THUY.name))[1][0].name == THUY.name
    assert not name_speakers(document(("V", "Vâng.")), CONTEXT, likes(TIEN.name))[1][0].is_named


def test_everybody_known_in_a_room_the_last_one_is_known_too() -> None:
    lines = document(
        ("A", "Mời các đồng chí. Tôi kết luận như sau."), ("B", "Vâng ạ."), ("A", "Cảm ơn đồng chí. Tôi kết luận.")
    )
    places = {"A": at(BO), "B": at(BO)}
    closed = Known(places, RoomEvidence(seats=(Seat(BO, 2),)))
    by_voice = {voice.voice: voice for voice in name_speakers(lines, CONTEXT, closed)[1]}
    assert by_voice["B"].name == THUY.name
    assert by_voice["B"].evidence[0].kind == "roll_call"
    assert by_voice["B"].certainty < by_voice["A"].certainty
    crowded = Known(places, RoomEvidence(seats=(Seat(BO, 7),)))
    assert [voice.is_named for voice in name_speakers(lines, CONTEXT, crowded)[1]] == [True, False]
    assert not all(voice.is_named for voice in name_speakers(lines, CONTEXT, Known(places))[1])


def test_seating_is_as_sure_as_what_it_rests_on() -> None:
    none = seated(["a", "b"], ["X", "Y"], {})
    assert none["a", "X"] == pytest.approx(0.45)
    sure = seated(["a", "b", "c"], ["X", "Y", "Z"], {("a", "X"): 0.9, ("b", "Y"): 0.9})
    assert 0.6 < sure["c", "Z"] < 0.9
    assert sum(sure["c", name] for name in "XYZ") == pytest.approx(0.9)
    assert seated(["a", "b", "c"], ["X", "Y"], {}) == {}
    assert seated([], ["X", "Y"], {}) == {}
    assert len(seated(list("abcdefghij"), list("ABCDEFGHIJ"), {("a", "A"): 1.0})) == 100


def test_who_opens_closes_and_speaks_between_the_others_leads() -> None:
    def order(text: str) -> tuple[Segment, ...]:
        return document(*((voice, "Lời.") for voice in text)).segments

    assert conductor(order("ABACABA")) == "A"
    assert conductor(order("SABACABA")) == ""
    assert conductor(order("ABCBCBA")) == ""
    assert conductor(order("ABABABA")) == ""
    assert conductor(order("ABA")) == ""
    assert conductor(()) == ""


@pytest.mark.parametrize(
    "text", ["Đề nghị Sở Nội vụ có ý kiến.", "Nếu Sở Nội vụ nhất trí thì làm.", "Giao Sở Nội vụ thống nhất biểu mẫu."]
)
def test_to_ask_a_unit_is_not_to_speak_for_it(text: str) -> None:
    assert not name_speakers(document(("V", text)), CONTEXT)[1][0].is_named


def test_a_unit_that_agrees_speaks_for_itself() -> None:
    assert name_speakers(document(("V", "Sở Nội vụ nhất trí.")), CONTEXT)[1][0].name == TIEN.name
