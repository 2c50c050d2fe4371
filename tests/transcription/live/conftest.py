"""A briefing that is on, and a process that listens to it with stand-ins for its engines."""

from collections.abc import Iterator

import pytest

from core.runtime import Runtime
from tests.conftest import MOMENT
from tests.transcription.live.stand import Stand, build_stand, hold_briefing


@pytest.fixture
def stand(runtime: Runtime) -> Iterator[Stand]:
    hour, nicks = hold_briefing(runtime, MOMENT)
    stand = build_stand(runtime, hour, nicks)
    stand.refiner.start()
    yield stand
    stand.refiner.stop()
    stand.listener.close()
