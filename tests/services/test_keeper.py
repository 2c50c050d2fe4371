"""Pauses between restarts."""

import pytest

from core.services.keeper import BACK_OFF_SECONDS, back_off_seconds


@pytest.mark.parametrize(("starts", "pause"), [(0, 0.2), (1, 1), (5, 30), (6, 30), (1000, 30)])
def test_pauses_grow_to_half_a_minute(starts: int, pause: float) -> None:
    assert back_off_seconds(starts) == pause


def test_pauses_never_shrink() -> None:
    assert list(BACK_OFF_SECONDS) == sorted(BACK_OFF_SECONDS)
