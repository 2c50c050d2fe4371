"""The log of this process for the length of a block, as the lines that a service would write."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from core.logs.setup import configure


class Lines:
    """What was written so far."""

    def __init__(self, stream: io.StringIO) -> None:
        self.stream = stream

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    def all(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]

    def having(self, **fields: Any) -> list[dict[str, Any]]:
        return [line for line in self.all() if all(line.get(key) == value for key, value in fields.items())]


@contextmanager
def logged(form: Any = "json") -> Iterator[Lines]:
    """Configure as a service does, and put everything back afterwards."""
    root = logging.getLogger()
    loggers = [root, *(logging.getLogger(name) for name in list(root.manager.loggerDict))]
    before = [(logger, logger.level, list(logger.handlers), logger.propagate) for logger in loggers]
    raising = logging.raiseExceptions
    stream = io.StringIO()
    try:
        configure(form, stream)
        yield Lines(stream)
    finally:
        logging.captureWarnings(capture=False)
        logging.raiseExceptions = raising
        for logger, level, handlers, propagate in before:
            logger.setLevel(level)
            logger.handlers[:] = handlers
            logger.propagate = propagate
