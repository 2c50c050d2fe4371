"""Captions of another system (WebVTT or SRT: Zoom, Teams, Meet) go in, who said what when comes out. Pure.

Zoom writes the speaker before the text ("Nguyễn Văn An: xin chào"), Teams in a voice tag (`<v Nguyễn Văn An>`). What
is read is another machine's hearing: it is treated as such.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.errors import Invalid
from transcription.document import Segment, TranscriptDocument, segment_id

MOST_BYTES = 8 * 1024 * 1024
MOST_CUES = 100_000
MOST_SECONDS = 24 * 3600.0
ENGINE = "phụ đề nhập vào"
_TIMING = re.compile(r"^\s*((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})\s*-->\s*((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})(?:\s.*)?$")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"<[^>]{0,200}>")
#: A name before a colon: short, beginning with a letter, without the marks of a sentence.
_SPEAKER = re.compile(r"^([^\W\d_][^:.!?…\n]{0,60}):\s+(?=\S)")
_MOST_NAME_WORDS = 10
#: Two cues of one speaker this close are one stretch.
JOIN_SECONDS = 1.5
LONGEST_SEGMENT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Caption:
    """One cue; `speaker` is empty where it names none."""

    start: float
    end: float
    speaker: str
    text: str


def read_captions(content: bytes) -> tuple[Caption, ...]:
    """Cues by time, empty ones left out.

    Raises:
        Invalid: too large, not UTF-8, no text, neither WebVTT nor SRT, or a cue that ends before it begins.
    """
    if len(content) > MOST_BYTES:
        raise Invalid(field="tệp phụ đề", reason=f"lớn hơn {MOST_BYTES // 2**20} MB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(field="tệp phụ đề", reason="không phải văn bản UTF-8") from error
    if "\0" in text:
        raise Invalid(field="tệp phụ đề", reason="có ký tự rỗng: tệp đã hỏng hoặc không phải văn bản")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not any(_TIMING.match(line) for line in lines):
        raise Invalid(field="tệp phụ đề", reason="không có mốc thời gian nào của WebVTT hay SRT")
    found = tuple(sorted(_cues(lines), key=lambda cue: (cue.start, cue.end)))
    return _without_echoes(found)


def document_of(captions: Sequence[Caption], unnamed: str = "Người nói") -> TranscriptDocument:
    """A transcript: neighbours of one speaker joined to readable stretches."""
    joined: list[Caption] = []
    for cue in captions:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.speaker == cue.speaker
            and cue.start - last.end <= JOIN_SECONDS
            and cue.end - last.start <= LONGEST_SEGMENT_SECONDS
        ):
            joined[-1] = replace(last, end=max(last.end, cue.end), text=f"{last.text} {cue.text}")
        else:
            joined.append(cue)
    segments = tuple(
        Segment(segment_id(index), cue.start, cue.end, cue.speaker or unnamed, cue.text)
        for index, cue in enumerate(joined)
    )
    return TranscriptDocument(ENGINE, max((cue.end for cue in captions), default=0.0), segments)


def _cues(lines: Sequence[str]) -> Iterator[Caption]:
    count = 0
    speaker = ""
    for number, line in enumerate(lines):
        timing = _TIMING.match(line)
        if timing is None:
            continue
        count += 1
        if count > MOST_CUES:
            raise Invalid(field="tệp phụ đề", reason=f"nhiều hơn {MOST_CUES} đoạn")
        start, end = _seconds(timing[1]), _seconds(timing[2])
        if end < start or end > MOST_SECONDS:
            raise Invalid(field="tệp phụ đề", reason=f"mốc thời gian ở dòng {number + 1} không hợp lệ")
        body: list[str] = []
        for position in range(number + 1, len(lines)):
            following = lines[position]
            if not following.strip():
                break
            if _TIMING.match(following):
                # SRT without blank lines: the line before the next timing is its number.
                body = body[:-1] if body and body[-1].strip().isdigit() else body
                break
            body.append(following)
        for said_by, text in _said(body):
            speaker = said_by or speaker
            if text:
                yield Caption(start, end, said_by or (speaker if _goes_on(body) else ""), text)


def _goes_on(body: Sequence[str]) -> bool:
    """Zoom names the speaker in the first cue of a turn and not in the ones that go on; a dash begins a new one."""
    return not body[0].lstrip().startswith(("-", "–"))


def _said(body: Sequence[str]) -> Iterator[tuple[str, str]]:
    text = "\n".join(body)
    tagged = _VOICE.split(text)
    if len(tagged) > 1:
        # Before the first tag, then name and words in turn.
        for name, words in zip(tagged[1::2], tagged[2::2], strict=True):
            yield _one_line(name), _one_line(words)
        return
    plain = _one_line(text)
    named = _SPEAKER.match(plain)
    if named and len(named[1].split()) <= _MOST_NAME_WORDS:
        yield named[1].strip(), plain[named.end() :].strip()
    else:
        yield "", plain


def _one_line(text: str) -> str:
    line = " ".join(html.unescape(_TAG.sub(" ", text)).split())
    # Control letters say nothing, and no paper can be made of them.
    return "".join(letter for letter in line if letter.isprintable())


def _seconds(text: str) -> float:
    parts = text.replace(",", ".").split(":")
    return round(sum(float(part) * 60**power for power, part in enumerate(reversed(parts))), 3)


def _without_echoes(captions: Sequence[Caption]) -> tuple[Caption, ...]:
    """Rolling captions show a line twice, as it is said and as it moves up: the second showing is dropped."""
    kept: list[Caption] = []
    for cue in captions:
        if kept and kept[-1].text == cue.text and kept[-1].speaker == cue.speaker and cue.start <= kept[-1].end + 0.5:
            kept[-1] = replace(kept[-1], end=max(kept[-1].end, cue.end))
        else:
            kept.append(cue)
    return tuple(kept)
