"""One way of asking over HTTP: `requests` with timeouts, urllib3 retries for questions that change nothing, no proxies.

In: a base address, a path. Out: status and body, or `JitsiUnavailable` with the reason in a few words.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.exceptions import TimeoutError as NoAnswerInTime
from urllib3.util.retry import Retry

from orchestrator.jitsi.errors import JitsiAnswerUnreadable, JitsiUnavailable

CONNECT_SECONDS = 2.0
READ_SECONDS = 5.0
#: No answer of Jitsi comes near; more is a fault, or somebody else answering.
MOST_BYTES = 4 * 1024 * 1024
#: Twice more for what changes nothing; a read that timed out is not asked again, or the caller waits thrice as long.
_RETRY = Retry(
    total=2, connect=2, read=False, status=2, other=0, backoff_factor=0.1, status_forcelist=(502, 503, 504),
    allowed_methods=frozenset({"GET"}), raise_on_status=False, respect_retry_after_header=False,
)  # fmt: skip


@dataclass(frozen=True)
class Reply:
    """An answer as it came."""

    part: str
    status: int
    body: bytes
    content_type: str

    def json(self) -> Any:
        """The decoded body. Raises JitsiAnswerUnreadable."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise JitsiAnswerUnreadable(part=self.part, reason="không phải JSON") from error

    def mapping(self) -> Mapping[str, Any]:
        """The decoded body as an object. Raises JitsiAnswerUnreadable."""
        value = self.json()
        if not isinstance(value, Mapping):
            raise JitsiAnswerUnreadable(part=self.part, reason="không phải đối tượng JSON")
        return value


class HttpPart:
    """One part of Jitsi at one address. `part` is its name for people."""

    def __init__(
        self, part: str, base: str, *, headers: Mapping[str, str] | None = None, read_seconds: float = READ_SECONDS
    ) -> None:
        self.part = part
        self.base = base.rstrip("/")
        self._read_seconds = read_seconds
        self._headers = dict(headers or {})

    def get(self, path: str, params: Mapping[str, str] | None = None) -> Reply:
        """Ask. Raises JitsiUnavailable where there is no answer at all; every status is an answer."""
        return self._call("GET", path, params=params)

    def post(self, path: str, body: Any, *, read_seconds: float | None = None) -> Reply:
        """Tell, once: a call that changes something is never repeated behind the caller's back."""
        return self._call("POST", path, content=body, read_seconds=read_seconds)

    def _call(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        content: Any = None,
        read_seconds: float | None = None,
    ) -> Reply:
        with requests.Session() as session:
            # A proxy meant for the outside has no business between our own machines.
            session.trust_env = False
            for scheme in ("http://", "https://"):
                session.mount(scheme, HTTPAdapter(max_retries=_RETRY))
            try:
                with session.request(
                    method,
                    self.base + path,
                    params=params,
                    json=content,
                    headers=self._headers,
                    timeout=(CONNECT_SECONDS, read_seconds or self._read_seconds),
                    allow_redirects=False,
                    stream=True,
                ) as answer:
                    body = answer.raw.read(MOST_BYTES + 1, decode_content=True) or b""
                    status, content_type = answer.status_code, answer.headers.get("Content-Type", "")
            except (requests.Timeout, NoAnswerInTime) as error:
                raise JitsiUnavailable(part=self.part, reason="quá thời gian chờ") from error
            except (requests.RequestException, HTTPError, OSError) as error:
                raise JitsiUnavailable(part=self.part, reason="không kết nối được") from error
        if len(body) > MOST_BYTES:
            raise JitsiAnswerUnreadable(part=self.part, reason="quá dài")
        return Reply(self.part, status, body, content_type)
