"""An application that knows whom it is answering, so that a test can end with the last answer."""

import threading
from collections.abc import Iterable, Iterator
from typing import Any


class Answering:
    """Counts the requests under way and closes their bodies.

    A page that was closed may have asked for something that takes long, and whoever answers holds a connection to the
    database. The server of the tests forgets a body when a browser hangs up in the middle of it, as players do; a
    generator closes what it reads as soon as nobody holds it. gunicorn does both by itself.
    """

    def __init__(self, application: Any) -> None:
        self._application = application
        self._under_way = 0
        self._changed = threading.Condition()

    def __call__(self, environ: Any, start_response: Any) -> Iterator[bytes]:
        with self._changed:
            self._under_way += 1
        try:
            body: Iterable[bytes] = self._application(environ, start_response)
            try:
                yield from body
            finally:
                getattr(body, "close", lambda: None)()
        finally:
            with self._changed:
                self._under_way -= 1
                self._changed.notify_all()

    def wait_for_silence(self) -> None:
        """Until nobody is answered any more, half a minute at most."""
        with self._changed:
            assert self._changed.wait_for(lambda: not self._under_way, timeout=30), "a request does not end"
