"""The workers' application with stand-ins for the engines; everything else is the service's own.

The stand-ins hear the sample briefing's true lines at the times they were said in, so that a whole notice comes of it.
A recording whose name begins with `doc-` kills the worker that looks for speech in it; with `treo-` it never ends.
Two waits are shorter than at a site: the claim on a mail, and the limit of a stage.
"""

import os
import signal
import time
from collections.abc import Callable
from datetime import timedelta

from core.mail import delivery
from core.runtime import current
from tests.chaos.clock import of_this_process
from tests.chaos.people import HANGS, POISON
from tests.transcription.pipeline import stand_in_app
from transcription.document import Word
from transcription.engines.contract import FloatArray, Piece, Quality, Utterance, Vocabulary
from transcription.pipeline import recognition, runner, work
from transcription.pipeline.graph import Stage
from transcription.pipeline.workbench import Shared, StageResult, Workbench
from transcription.recordings.models import Recording
from transcription.tasks import run_stage
from web.demo.gold import load_gold

STAGE_LIMIT_SECONDS = 25
LINES = load_gold().lines


class KnowingRecognizer(stand_in_app.PatientRecognizer):
    """Says what was really said between two moments."""

    def recognize(self, samples: FloatArray, piece: Piece, vocabulary: Vocabulary) -> tuple[Utterance, ...]:
        time.sleep(stand_in_app.PACE * len(samples) / 16_000)
        said = [line for line in LINES if piece.start <= (line.start + line.end) / 2 < piece.end]
        return tuple(_utterance(line.text, max(line.start, piece.start), min(line.end, piece.end)) for line in said)


def _utterance(text: str, start: float, end: float) -> Utterance:
    spoken = text.split()
    step = (end - start) / len(spoken)
    words = tuple(
        Word(start + step * number, start + step * (number + 1), word, 0.95) for number, word in enumerate(spoken)
    )
    return Utterance(start, end, words, Quality(-0.1, 0.01, 1.0))


def _dangerous(look: Callable[[Workbench], StageResult | Shared]) -> Callable[[Workbench], StageResult | Shared]:
    def wrapped(bench: Workbench) -> StageResult | Shared:
        with bench.runtime.database.transaction() as session:
            name = session.get_one(Recording, bench.source().recording_id).original_name
        if name.startswith(POISON):
            os.kill(os.getpid(), signal.SIGKILL)
        if name.startswith(HANGS):
            time.sleep(3600)
        return look(bench)

    return wrapped


_recognizer = KnowingRecognizer()
recognition.recognizer = lambda *_: _recognizer  # type: ignore[attr-defined]
work.check_ready = lambda *_: None  # type: ignore[attr-defined]
runner.WORK = {**work.WORK, Stage.DETECT_SPEECH: _dangerous(work.WORK[Stage.DETECT_SPEECH])}  # type: ignore[attr-defined]
run_stage.time_limit = STAGE_LIMIT_SECONDS
delivery.CLAIM = timedelta(seconds=20)

current().clock = of_this_process()

celery = stand_in_app.celery
