"""Our side of the process that writes utterances out: what it answers, and what becomes of one that dies or lies."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from tests.conftest import MOMENT
from transcription.engines.contract import EngineSettings
from transcription.faults import EngineFailed
from transcription.live.journal import Beginning
from transcription.live.refining import FIRST_WORDS, Finished, HeardWord, Refiner, Understood
from transcription.live.writing import Writer

#: A child that speaks the frames: says what it was asked, dies or refuses where the first term says so.
CHILD = """
import json, sys
from transcription.engines.viet_asr_process import READY, read_frame, write_frame
out, pipe = sys.stdout.buffer, sys.stdin.buffer
told = json.loads(read_frame(pipe))
if told["recognizer"] == "hỏng":
    write_frame(out, b'{"fault": "engine_unavailable"}')
    raise SystemExit
write_frame(out, READY)
while (request := read_frame(pipe)) is not None:
    samples, asked = read_frame(pipe), json.loads(request)
    if "chết" in asked["terms"]:
        raise SystemExit
    if "sai" in asked["terms"]:
        write_frame(out, b'{"fault": "engine_failed"}')
        continue
    word = {"start": 0.0, "end": 1.0, "text": f"{len(samples)} {asked['print']}", "probability": 0.9}
    heard = [{"start": 0.0, "end": 1.0, "words": [word], "quality": {}}]
    answer = {"engine": told["recognizer"], "heard": heard, "model": "m", "vector": [0.5]}
    write_frame(out, json.dumps(answer).encode())
"""

Make = Callable[..., Writer]


@pytest.fixture
def terms() -> list[str]:
    return []


@pytest.fixture
def writer_of(tmp_path: Path, terms: list[str]) -> Iterator[Make]:
    """`writer_of("tên")` → a writer whose process is the child above."""
    script = tmp_path / "child.py"
    script.write_text(CHILD)
    made: list[Writer] = []

    def make(name: str = "thử") -> Writer:
        settings = EngineSettings(tmp_path)
        made.append(Writer(name, settings, lambda _meeting: tuple(terms), command=[sys.executable, str(script)]))
        return made[-1]

    yield make
    for writer in made:
        writer.close()


def finished(words: tuple[HeardWord, ...] | None = None) -> Finished:
    beginning = Beginning(uuid4(), uuid4(), "a1b2c3d4", None, MOMENT)
    return Finished(beginning, 1.0, 0.1, np.zeros(8, dtype=np.int16), words, is_shared=True)


def test_it_answers_with_words_and_print(writer_of: Make) -> None:
    writer = writer_of()
    assert not writer.is_ready
    writer.warm()
    assert writer.is_ready
    understood = writer.hear(finished())
    assert understood.heard[0].text == "16 True"
    assert (understood.engine, understood.model, understood.vector) == ("thử", "m", (0.5,))


def test_one_that_dies_is_started_again_for_the_next(writer_of: Make, terms: list[str]) -> None:
    writer = writer_of()
    terms.append("chết")
    with pytest.raises(EngineFailed):
        writer.hear(finished())
    terms.clear()
    assert writer.hear(finished()).heard


def test_one_that_refuses_lives_on(writer_of: Make, terms: list[str]) -> None:
    writer = writer_of()
    terms.append("sai")
    with pytest.raises(EngineFailed):
        writer.hear(finished())
    assert writer.is_ready


def test_an_engine_that_is_not_here_is_a_fault(writer_of: Make) -> None:
    with pytest.raises(EngineFailed):
        writer_of("hỏng").warm()


def test_what_nobody_could_write_keeps_its_first_words(writer_of: Make, terms: list[str]) -> None:
    terms.append("sai")
    done: list[Understood] = []
    refiner = Refiner(writer_of(), done.append)
    refiner.start()
    refiner.put(finished((HeardWord("kính", 1.0), HeardWord("thưa", 1.0))))
    refiner.put(finished(()))  # the stream has listened and heard nothing: a cough
    for _ in range(1000):
        if len(done) == 2:
            break
        time.sleep(0.01)
    refiner.stop()
    assert [item.engine for item in done] == [FIRST_WORDS] * 2
    assert [word.text for word in done[0].heard[0].words] == ["kính", "thưa"]
    assert done[1].heard == ()
