"""Captions as Zoom, Teams and others write them, and what is none."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Invalid
from transcription.exports.vtt import to_vtt
from transcription.recordings.captions import Caption, document_of, read_captions

ZOOM = """WEBVTT

1
00:00:01.000 --> 00:00:04.500
Trần Quang Hải: Kính thưa các đồng chí,

2
00:00:04.600 --> 00:00:06.000
hôm nay họp lúc 14:00.

3
00:01:00.000 --> 00:01:02.000
Điểm cầu Sở Nội vụ: Dạ, rõ ạ.
"""


def test_zoom_names_the_speaker_before_the_text_and_not_again_while_he_goes_on() -> None:
    cues = read_captions(ZOOM.encode())
    assert [cue.speaker for cue in cues] == ["Trần Quang Hải", "Trần Quang Hải", "Điểm cầu Sở Nội vụ"]
    assert cues[1] == Caption(4.6, 6.0, "Trần Quang Hải", "hôm nay họp lúc 14:00.")
    document = document_of(cues)
    assert [segment.text for segment in document.segments] == [
        "Kính thưa các đồng chí, hôm nay họp lúc 14:00.",
        "Dạ, rõ ạ.",
    ]
    assert document.duration_seconds == 62.0


def test_teams_names_speakers_in_tags_and_srt_has_commas_and_no_head() -> None:
    teams = "WEBVTT\r\n\r\n00:01.000 --> 00:02.000 align:start\r\n<v Ngọc>một &amp; hai</v>\r\n"
    assert read_captions(teams.encode("utf-8-sig")) == (Caption(1.0, 2.0, "Ngọc", "một & hai"),)
    srt = "1\n00:00:01,000 --> 00:00:02,250\n<i>xin chào</i>\n2\n01:00:00,000 --> 01:00:01,000\nhết\n"
    assert [(cue.start, cue.end, cue.text) for cue in read_captions(srt.encode())] == [
        (1.0, 2.25, "xin chào"),
        (3600.0, 3601.0, "hết"),
    ]


def test_a_sentence_with_a_colon_is_no_name() -> None:
    text = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nTôi xin nói với các đồng chí là có ba việc phải làm ngay: một\n"
    (cue,) = read_captions(text.encode())
    assert cue.speaker == ""
    assert cue.text.startswith("Tôi xin nói")


def test_rolling_captions_are_not_heard_twice() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nmột\n\n00:02.000 --> 00:03.000\nmột\n\n00:09.000 --> 00:10.000\nmột\n"
    assert [(cue.start, cue.end) for cue in read_captions(text.encode())] == [(1.0, 3.0), (9.0, 10.0)]


def test_our_own_captions_are_read_back() -> None:
    document = document_of(read_captions(ZOOM.encode()))
    again = document_of(read_captions(to_vtt(document).encode()))
    assert [(s.start, s.speaker, s.text) for s in again.segments] == [
        (s.start, s.speaker, s.text) for s in document.segments
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "UTF-8"),
        ("Biên bản họp".encode(), "mốc thời gian"),
        (b"WEBVTT\n\n00:05.000 --> 00:01.000\nx\n", "dòng 3"),
        (b"WEBVTT\n\n99:00:00.000 --> 99:00:01.000\nx\n", "dòng 3"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nXin\0 ch\n", "ký tự rỗng"),
        (b" " * (8 * 1024 * 1024 + 1), "lớn hơn"),
    ],
    ids=["not-utf8", "no-times", "backwards", "too-late", "no-text", "too-large"],
)
def test_what_is_no_caption_file_is_refused_with_the_reason(content: bytes, said: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_captions(content)
    assert said in caught.value.sentence()


def test_a_day_of_captions_is_read_in_seconds() -> None:
    """Each cue once looked at all lines after it: twice as long a meeting took four times as long."""
    few, many = (
        "\n\n".join(
            f"{number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}.000 --> 24:00:00.000\nXin {number}"
            for number in range(count)
        ).encode()
        for count in (5_000, 40_000)
    )
    # The best of three: what else the machine does only ever adds. Eight times as much by squares would be 64 times.
    short, long = (min(_seconds_of(content) for _ in range(3)) for content in (few, many))
    assert long < 8 * 4 * short


def _seconds_of(content: bytes) -> float:
    began = time.process_time()
    read_captions(content)
    return time.process_time() - began


def test_letters_that_no_paper_can_hold_are_left_out() -> None:
    (cue,) = read_captions("WEBVTT\n\n00:01.000 --> 00:02.000\nXin\x01 ch&#8203;ào\x1b\n".encode())
    assert cue.text == "Xin chào"


@settings(deadline=None)
@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        cues = read_captions(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{text}\n".encode())
    except Invalid:
        return
    assert all(cue.start <= cue.end for cue in cues)
