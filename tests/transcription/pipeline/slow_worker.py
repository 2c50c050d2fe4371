"""A worker in a process of its own, to be killed; takes the address of the database and the data folder.

It works on whatever waits, with a recogniser that takes half a second for each piece.
"""

import sys
import time
from pathlib import Path

from sqlalchemy import select

from core.database import Database
from core.queue import make_celery
from core.runtime import Runtime, install
from core.settings import load_settings
from core.storage import FolderStorage
from tests.transcription.fakes import FakeDiarizer, FakeRecognizer
from transcription.engines.contract import FloatArray, Piece, Utterance, Vocabulary
from transcription.engines.registry import Choice
from transcription.pipeline import diarisation, recognition, runner, states
from transcription.pipeline.models import StageRun


class SlowRecognizer(FakeRecognizer):
    """Takes its time, so that there is a moment in which to kill."""

    def recognize(self, samples: FloatArray, piece: Piece, vocabulary: Vocabulary) -> tuple[Utterance, ...]:
        time.sleep(0.5)
        return super().recognize(samples, piece, vocabulary)


def main(database_url: str, home: str) -> None:
    """Work until killed."""
    settings = load_settings(home=home, database_url=database_url, broker_url="memory://")
    storage = FolderStorage(Path(home) / "objects")
    runtime = Runtime(settings, Database(database_url), storage, make_celery("memory://"))
    install(runtime)
    slow, diarizer = SlowRecognizer(), FakeDiarizer()
    recognition.recognizer = lambda *_: slow  # type: ignore[assignment]
    diarisation.diarizer = lambda *_: diarizer  # type: ignore[assignment]
    recognition.prepare_engines = diarisation.prepare_engines = lambda *_: None  # type: ignore[assignment]
    recognition.registry.choose = lambda *_: Choice("fake", "thử nghiệm")
    while True:
        with runtime.database.transaction() as session:
            waiting = list(session.scalars(select(StageRun.id).where(StageRun.state == states.WAITING)))
        for run_id in waiting:
            runner.run_stage(runtime, run_id)
        runner.run_piece(runtime)


if __name__ == "__main__":
    main(*sys.argv[1:])
