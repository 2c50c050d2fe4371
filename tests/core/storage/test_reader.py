"""A stream over the network: cut lines are taken up again at the byte where they broke, until they stay cut."""

import io

import pytest

from core.storage.contract import StorageAway
from core.storage.s3_reader import MOST_CUTS, NEAR_BYTES, RangedReader

DATA = bytes(range(251)) * 8000


class Line:
    """A storage whose answers end or break after so many bytes."""

    def __init__(self, *, ends_after: int = len(DATA), breaks_after: int = len(DATA)) -> None:
        self.ends_after, self.breaks_after = ends_after, breaks_after
        self.asked: list[int] = []
        self.closed = 0

    def ask(self, offset: int) -> "Answer":
        self.asked.append(offset)
        return Answer(self, offset)


class Answer:
    """One answer of it."""

    def __init__(self, line: Line, offset: int) -> None:
        self.line, self.stream, self.given = line, io.BytesIO(DATA[offset:]), 0

    def read(self, amount: int) -> bytes:
        if self.given >= self.line.breaks_after:
            raise ConnectionResetError
        data = self.stream.read(min(amount, 70_000, self.line.ends_after - self.given))
        self.given += len(data)
        return data

    def close(self) -> None:
        self.line.closed += 1


def reader(line: Line) -> io.BufferedReader:
    return io.BufferedReader(RangedReader(len(DATA), line.ask), 4096)


def test_read_to_the_end_it_asks_once_and_hangs_up() -> None:
    line = Line()
    with reader(line) as stream:
        assert stream.read() == DATA
    assert (line.asked, line.closed) == ([0], 1)


def test_an_unread_stream_asks_nothing() -> None:
    line = Line()
    with reader(line) as stream:
        assert stream.seek(0, io.SEEK_END) == len(DATA)
    assert line.asked == []


@pytest.mark.parametrize("line", [Line(ends_after=300_000), Line(breaks_after=300_000)], ids=["ends", "breaks"])
def test_a_cut_line_is_taken_up_where_it_broke(line: Line) -> None:
    with reader(line) as stream:
        assert stream.read() == DATA
    assert len(line.asked) > 5
    assert line.asked == sorted(set(line.asked))


@pytest.mark.parametrize("line", [Line(ends_after=0), Line(breaks_after=0)], ids=["ends", "breaks"])
def test_a_line_that_stays_cut_is_told(line: Line) -> None:
    with reader(line) as stream, pytest.raises((StorageAway, ConnectionResetError)):
        stream.read(10)
    assert len(line.asked) == MOST_CUTS
    assert line.closed == MOST_CUTS


def test_a_short_jump_is_read_over_and_a_long_one_asked_for() -> None:
    line = Line()
    raw = RangedReader(len(DATA), line.ask)
    raw.read(10)
    raw.seek(10 + NEAR_BYTES)
    assert raw.read(1) == DATA[10 + NEAR_BYTES : 11 + NEAR_BYTES]
    raw.seek(5)
    assert raw.read(3) == DATA[5:8]
    assert line.asked == [0, 5]
    with pytest.raises(ValueError, match="negative"):
        raw.seek(-1)
