"""A finished utterance goes in, its words by the site's recogniser come out: our side of `refining_process`."""

import contextlib
import json
import logging
import os
import selectors
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from transcription.engines.contract import EngineSettings, Utterance
from transcription.engines.viet_asr_process import READY, read_frame, write_frame
from transcription.faults import EngineFailed
from transcription.live.frames import SAMPLE_RATE
from transcription.live.refining import Finished, Understood

log = logging.getLogger(__name__)

Terms = Callable[[UUID], tuple[str, ...]]

#: Loading takes seconds, minutes where everything else wants the processor too.
START_SECONDS = 600.0
ANSWER_SECONDS = 120.0


class Writer:
    """One child process, started at first use and again after a crash."""

    def __init__(self, recognizer: str, settings: EngineSettings, terms: Terms, *, command: Sequence[str] = ()) -> None:
        self._command = list(command) or [sys.executable, "-m", "transcription.live.refining_process"]
        self._recognizer = recognizer
        self._settings = settings
        self._terms = terms
        self._child: subprocess.Popen[bytes] | None = None
        self._is_started = False

    @property
    def is_ready(self) -> bool:
        return self._is_started

    def warm(self) -> None:
        """Start it now, so that the first utterance need not wait. Raises EngineFailed."""
        if self._child is None:
            self._start()

    def hear(self, finished: Finished) -> Understood:
        """Its words, and the print of its voice where several people share the microphone. Raises EngineFailed."""
        request = {"terms": self._terms(finished.beginning.meeting_id), "print": finished.is_shared}
        child = self._child or self._start()
        try:
            write_frame(_pipe(child.stdin), json.dumps(request, ensure_ascii=False).encode())
            write_frame(_pipe(child.stdin), finished.samples.astype("<i2").tobytes())
            told = json.loads(self._answer(child, ANSWER_SECONDS + 10 * len(finished.samples) / SAMPLE_RATE))
        except (OSError, ValueError) as error:
            self.close()
            raise EngineFailed(name=self._recognizer) from error
        return self._understood(finished, told)

    def close(self) -> None:
        """End the process."""
        child, self._child = self._child, None
        self._is_started = False
        if child is None:
            return
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def _understood(self, finished: Finished, told: dict[str, Any]) -> Understood:
        if "fault" in told:
            log.warning("the recogniser could not: %s", told["fault"])
            raise EngineFailed(name=self._recognizer)
        heard = tuple(Utterance.from_json(item) for item in told["heard"])
        return Understood(finished, heard, told["engine"], tuple(told["vector"]), told["model"])

    def _start(self) -> "subprocess.Popen[bytes]":
        self._child = child = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
            close_fds=True,
        )
        engine = {**asdict(self._settings), "weights_directory": str(self._settings.weights_directory)}
        try:
            write_frame(_pipe(child.stdin), json.dumps({"recognizer": self._recognizer, "engine": engine}).encode())
            ready = self._answer(child, START_SECONDS)
        except OSError as error:
            self.close()
            raise EngineFailed(name=self._recognizer) from error
        if ready != READY:
            self.close()
            log.warning("the recogniser did not start: %s", ready.decode(errors="replace"))
            raise EngineFailed(name=self._recognizer)
        self._is_started = True
        return child

    def _answer(self, child: "subprocess.Popen[bytes]", seconds: float) -> bytes:
        """The next frame; a child that says nothing for too long is taken for dead. Raises OSError."""
        stdout = _pipe(child.stdout)
        with selectors.DefaultSelector() as selector:
            selector.register(stdout, selectors.EVENT_READ)
            if not selector.select(seconds):
                raise TimeoutError
        frame = read_frame(stdout)
        if frame is None:
            raise BrokenPipeError
        return frame


def _pipe(stream: Any) -> Any:
    if stream is None:
        raise BrokenPipeError
    return stream
