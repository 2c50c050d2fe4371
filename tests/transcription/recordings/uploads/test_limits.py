"""What may be announced: rules on plain values."""

from datetime import UTC, datetime, timedelta

import pytest

from core.errors import Invalid
from transcription.recordings.uploads import limits
from transcription.recordings.uploads.errors import UploadNoRoom, UploadsTooMany, UploadTooLarge

CAPS = limits.Caps(1000, 3, 2500, timedelta(hours=2))
GIB = 1024**3


@pytest.mark.parametrize(("size", "refusal"), [(0, Invalid), (1, None), (1000, None), (1001, UploadTooLarge)])
def test_a_file_has_a_size(size: int, refusal: type[Exception] | None) -> None:
    if refusal is None:
        limits.refuse_size(size, CAPS)
    else:
        with pytest.raises(refusal):
            limits.refuse_size(size, CAPS)


@pytest.mark.parametrize(
    ("count", "announced", "allowed"),
    [(0, 0, True), (2, 1500, True), (2, 1501, False), (3, 3, False), (0, 9999, True)],
    ids=["first", "just", "too much", "too many", "the first always"],
)
def test_one_person_leaves_so_much_unfinished(count: int, announced: int, allowed: bool) -> None:
    left = limits.Unfinished(count, announced)
    if allowed:
        limits.refuse_too_many(1000, left, CAPS)
    else:
        with pytest.raises(UploadsTooMany):
            limits.refuse_too_many(1000, left, CAPS)


def test_a_disk_without_room_says_how_much_is_missing() -> None:
    limits.refuse_without_room(GIB, GIB, None)
    limits.refuse_without_room(GIB, GIB, 4 * GIB + limits.RESERVE_BYTES)
    with pytest.raises(UploadNoRoom) as refused:
        limits.refuse_without_room(GIB, GIB, 4 * GIB)
    assert "cần 4,5 GB, còn 4 GB" in refused.value.sentence("vi")


@pytest.mark.parametrize(("size", "has_batch"), [(1, True), (2, False), (0, False), (51, True)])
def test_a_batch_has_several_files_and_a_name(size: int, has_batch: bool) -> None:
    with pytest.raises(Invalid):
        limits.refuse_batch(size, has_batch)


def test_crumbs_are_refused_but_broken_lines_are_not() -> None:
    limits.refuse_crumbs(limits.SPARE_PARTS - 1, 10)
    limits.refuse_crumbs(limits.SPARE_PARTS + 2000, 8 * GIB)
    with pytest.raises(Invalid):
        limits.refuse_crumbs(limits.SPARE_PARTS, 10)


def test_the_time_runs_from_the_last_byte() -> None:
    now = datetime(2026, 4, 8, tzinfo=UTC)
    assert limits.expires(now, CAPS) == now + timedelta(hours=2)


@pytest.mark.parametrize(
    ("size", "words"), [(1, "1 byte"), (1536, "1,5 KB"), (8 * GIB, "8 GB"), (5000 * GIB, "5000 GB")]
)
def test_sizes_in_words(size: int, words: str) -> None:
    assert limits.in_words(size) == words
