"""The rule of the log: corrections replace, withdrawals remove, recoveries end what stood at their place."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from orchestrator.live.incident_rules import Line, history, open_incidents, standing
from orchestrator.live.models import IncidentKind

BASE = datetime(2026, 4, 8, 9, 0, tzinfo=UTC)
HALL, ROOM = uuid4(), uuid4()
K = IncidentKind


def line(kind: IncidentKind, minute: int, place: UUID | None = HALL, **more: Any) -> Line:
    return Line(uuid4(), kind, BASE + timedelta(minutes=minute), place, **more)


def test_a_correction_stands_for_the_line_and_its_time() -> None:
    wrong, later = line(K.NO_SOUND, 5), line(K.NOTE, 6)
    right = line(K.NO_PICTURE, 7, ROOM, corrects=wrong.id)
    assert standing([wrong, later, right]) == (later, right)
    assert [item.kind for item in open_incidents([wrong, later, right])] == [K.NO_PICTURE]
    assert history([wrong, later, right], right.id) == (right, wrong)


def test_a_withdrawn_line_never_happened() -> None:
    wrong = line(K.LINE_LOST, 1)
    withdrawal = line(K.LINE_LOST, 1, corrects=wrong.id, is_withdrawal=True)
    assert standing([wrong, withdrawal]) == ()
    assert open_incidents([wrong, withdrawal]) == ()


def test_a_recovery_ends_what_stood_at_its_place_and_nothing_else() -> None:
    log = [line(K.NO_SOUND, 1), line(K.ECHO, 2), line(K.NO_PICTURE, 3, ROOM), line(K.RECORDER_FAULT, 4, None)]
    assert [item.kind for item in open_incidents([*log, line(K.RECOVERED, 5)])] == [K.NO_PICTURE, K.RECORDER_FAULT]
    assert [item.kind for item in open_incidents([*log, line(K.RECOVERED, 5, None)])] == [
        *(K.NO_SOUND, K.ECHO, K.NO_PICTURE)
    ]


def test_a_recovery_written_late_counts_by_its_time() -> None:
    assert open_incidents([line(K.NO_SOUND, 10), line(K.RECOVERED, 5)])[0].kind is K.NO_SOUND


def test_the_same_trouble_twice_is_one_incident_from_its_beginning() -> None:
    first = line(K.NO_SOUND, 1)
    assert open_incidents([first, line(K.NO_SOUND, 4), line(K.NOTE, 5, note="gọi lại")]) == (first,)


@given(
    st.lists(st.tuples(st.sampled_from(list(K)), st.integers(0, 60), st.sampled_from([HALL, ROOM, None])), max_size=20)
)
def test_what_is_open_was_written_and_is_no_note(log: list[tuple[IncidentKind, int, UUID | None]]) -> None:
    lines = [line(*item) for item in log]
    opened = open_incidents(lines)
    assert set(opened) <= set(lines)
    assert all(item.kind not in (K.NOTE, K.RECOVERED) for item in opened)
    assert len({(item.place, item.kind) for item in opened}) == len(opened)
