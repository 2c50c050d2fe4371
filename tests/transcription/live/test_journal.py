"""What was heard outlives the process that heard it."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import numpy as np

from tests.conftest import MOMENT
from transcription.live.journal import SUFFIX, Beginning, Journal


def beginning(meeting_id: UUID | None = None, seconds: float = 0.0) -> Beginning:
    at = MOMENT + timedelta(seconds=seconds)
    return Beginning(uuid4(), meeting_id or uuid4(), "a1b2c3d4", uuid4(), at)


def test_an_utterance_is_found_again_without_being_closed(tmp_path: Path) -> None:
    told = beginning()
    page = Journal(tmp_path / "live").open(told)
    page.add(np.arange(5, dtype=np.int16))
    page.add(np.arange(3, dtype=np.int16))
    # Another process, after a kill -9: nothing was closed.
    (left,) = Journal(tmp_path / "live").leftovers()
    assert left.beginning == told
    assert left.samples.tolist() == [0, 1, 2, 3, 4, 0, 1, 2]
    page.close()


def test_what_was_written_is_dropped_and_the_oldest_comes_first(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    late, early, done = beginning(seconds=5), beginning(), beginning()
    for told in (late, early, done):
        page = journal.open(told)
        page.add(np.ones(1, dtype=np.int16))
        page.close()
    journal.drop(done.utterance_id)
    journal.drop(done.utterance_id)
    assert [item.beginning for item in journal.leftovers()] == [early, late]


def test_a_file_torn_in_the_middle_costs_its_last_sample_only(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    page = journal.open(beginning())
    page.add(np.arange(4, dtype=np.int16))
    page.close()
    page.path.write_bytes(page.path.read_bytes()[:-1])
    (left,) = journal.leftovers()
    assert left.samples.tolist() == [0, 1, 2]


def test_files_that_hold_nothing_are_removed(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.open(beginning()).close()
    (tmp_path / f"rac{SUFFIX}").write_bytes(b"\xff\x00 khong phai JSON\n1234")
    (tmp_path / f"cut{SUFFIX}").write_bytes(b'{"utterance_id": "')
    assert list(journal.leftovers()) == []
    assert list(tmp_path.iterdir()) == []


def test_the_sound_of_a_classified_meeting_goes_and_no_other(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    kept, gone = beginning(), beginning()
    for told in (kept, gone):
        page = journal.open(told)
        page.add(np.ones(2, dtype=np.int16))
        page.close()
    journal.drop_of_meeting(gone.meeting_id)
    assert [item.beginning for item in journal.leftovers()] == [kept]
