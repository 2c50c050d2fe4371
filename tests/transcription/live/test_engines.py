"""The real streaming recogniser on a few seconds of the sample meeting: two at once, and killed on the way."""

import asyncio
import os
import signal
from pathlib import Path
from uuid import UUID, uuid4

import numpy as np
import pytest

from transcription.live.frames import Samples
from transcription.live.hearing import HeardWord, StreamingEars
from transcription.media import SoundReader

pytestmark = pytest.mark.speech
SAMPLE = Path(__file__).parents[2] / "data" / "demo" / "hop-giao-ban.flac"


@pytest.fixture(scope="module")
def sound() -> Samples:
    """Five seconds of speech."""
    with SoundReader(SAMPLE) as reader:
        samples = np.concatenate([block for _, block in zip(range(1), reader.blocks(), strict=False)])
    return np.clip(np.rint(samples[16_000 : 6 * 16_000] * 32767), -32768, 32767).astype(np.int16)


def hear(sound: Samples, *, kill_at: int | None = None) -> dict[UUID, tuple[HeardWord, ...]]:
    """Two tracks say the same at once; the recogniser's process may be killed on the way."""
    told: dict[UUID, tuple[HeardWord, ...]] = {}
    grew: dict[UUID, int] = {}

    async def run() -> None:
        def on_words(key: UUID, words: tuple[HeardWord, ...] | None, _seconds: float, is_last: bool) -> None:
            grew[key] = grew.get(key, 0) + 1
            if is_last:
                told[key] = words or ()

        ears = StreamingEars(on_words)
        working = asyncio.create_task(ears.run())
        keys = [uuid4(), uuid4()]
        for key in keys:
            ears.begin(key)
        for number, first in enumerate(range(0, len(sound), 8000)):
            for key in keys:
                ears.add(key, sound[first : first + 8000])
            while ears.is_ready is False or min(grew.get(key, 0) for key in keys) < min(number, 2):
                await asyncio.sleep(0.02)
            if number == kill_at and ears._child is not None:  # noqa: SLF001 (the process we mean to kill)
                os.kill(ears._child.pid, signal.SIGKILL)  # noqa: SLF001
        for key in keys:
            ears.finish(key)
        while len(told) < 2:
            await asyncio.sleep(0.02)
        working.cancel()
        await ears.close()

    asyncio.run(asyncio.wait_for(run(), 120))
    return told


def test_two_at_once_hear_the_same_and_a_killed_process_loses_nothing(sound: Samples) -> None:
    one, other = hear(sound, kill_at=4).values()
    assert [word.text for word in one] == [word.text for word in other]
    assert len(one) >= 5
    assert [word.moment for word in one] == sorted(word.moment for word in one)
