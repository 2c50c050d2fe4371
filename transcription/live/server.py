"""The WebSocket server: a connection of the conference in, its frames to the receiver. Knows HTTP and nothing of words.

Two addresses, as conferences send (CONTRACTS §14): `/streaming-whisper/ws/NAME?auth_token=KEY` for Jigasi's frames, and
`/transcribe?sessionId=NAME` with `Authorization: Bearer KEY` for the bridge's own stream of Opus packets.
"""

import asyncio
import hmac
import http
import json
import logging
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import jwt
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from core.settings import Settings
from transcription.live import policy
from transcription.live.bridge import BridgeStream
from transcription.live.errors import StreamRefused
from transcription.live.frames import END_OF_STREAM, Frame, FrameInvalid, read_frame
from transcription.live.receiver import Receiver
from transcription.live.streams import Stream

log = logging.getLogger(__name__)

FRAMES_PATH = "/streaming-whisper/ws/"
BRIDGE_PATH = "/transcribe"
HEALTH_PATH = "/healthz"
#: Closed with this where one message after the other means nothing.
BAD_MESSAGES_CODE = 4400


class LiveServer:
    """Accepts, authenticates, reads."""

    def __init__(self, receiver: Receiver, settings: Settings) -> None:
        self._receiver = receiver
        self._secret = settings.jitsi_transcription_secret.get_secret_value()
        self._public_key = _read_key(settings.jitsi_transcription_key)
        self._open = 0

    async def listen(self, host: str, port: int) -> Server:
        """Begin to accept. Raises OSError where the port is taken."""
        return await serve(
            self._serve,
            host,
            port,
            process_request=self._admit,
            max_size=policy.MOST_MESSAGE_BYTES,
            # Sound does not get smaller, and a reader that is slow is told so by the line itself.
            compression=None,
            ping_interval=20,
            ping_timeout=30,
            server_header=None,
        )

    def _admit(self, connection: ServerConnection, request: Request) -> Response | None:
        path = urlsplit(request.path).path
        if path == HEALTH_PATH:
            return connection.respond(http.HTTPStatus.OK, json.dumps({"status": "ok", **self._receiver.standing}))
        if not path.startswith(FRAMES_PATH) and path != BRIDGE_PATH:
            return connection.respond(http.HTTPStatus.NOT_FOUND, "")
        if not self._is_ours(request):
            log.warning("a stream with a wrong key was refused")
            return connection.respond(http.HTTPStatus.UNAUTHORIZED, "")
        if self._open >= policy.MOST_CONNECTIONS:
            return connection.respond(http.HTTPStatus.SERVICE_UNAVAILABLE, "")
        return None

    def _is_ours(self, request: Request) -> bool:
        given = _query(request).get("auth_token", "")
        scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
        token = bearer.strip() if scheme.lower() == "bearer" else given
        return token_is_good(token, self._secret, self._public_key)

    async def _serve(self, connection: ServerConnection) -> None:
        async def close(refusal: StreamRefused) -> None:
            await connection.close(refusal.close_code, refusal.code)

        self._open += 1
        stream: Stream | None = None
        try:
            stream = await self._receiver.come(_names(connection), close)
            await self._read(connection, stream)
        except StreamRefused as refusal:
            log.warning("stream refused: %s", refusal.code)
            await close(refusal)
        except ConnectionClosed:
            log.info("stream %s broke off", stream.number if stream else "-")
        finally:
            self._open -= 1
            if stream is not None:
                await self._receiver.go(stream)

    async def _read(self, connection: ServerConnection, stream: Stream) -> None:
        take = _reader(connection)
        bad = 0
        async for message in connection:
            if message == END_OF_STREAM:
                return
            try:
                frames = take(message)
            except FrameInvalid as error:
                bad += 1
                if bad == 1:
                    log.warning("stream %s sent a message that means nothing: %s", stream.number, error)
                if bad > policy.MOST_BAD_MESSAGES:
                    await connection.close(BAD_MESSAGES_CODE, "bad messages")
                    return
                continue
            bad = 0
            for frame in frames:
                await self._receiver.hear(stream, frame)
            # A sender that sends faster than spoken shall not keep everybody else waiting.
            await asyncio.sleep(0)


def token_is_good(token: str, secret: str, public_key: str) -> bool:
    """The site's secret, compared in constant time, or a token signed with Jigasi's key where its half is known."""
    if secret and hmac.compare_digest(token.encode("utf-8", "surrogateescape"), secret.encode()):
        return True
    if not public_key or token.count(".") != 2:
        return False
    try:
        # Jigasi names an audience of its own choice; its signature and its end are what counts.
        jwt.decode(token, public_key, algorithms=["RS256"], options={"require": ["exp"], "verify_aud": False})
    except jwt.PyJWTError:
        return False
    return True


def _reader(connection: ServerConnection) -> Callable[[str | bytes], list[Frame]]:
    if connection.request is not None and urlsplit(connection.request.path).path == BRIDGE_PATH:
        return BridgeStream().take
    return _binary


def _binary(message: str | bytes) -> list[Frame]:
    if isinstance(message, str):
        raise FrameInvalid("text where sound was expected")
    return [read_frame(message)]


def _names(connection: ServerConnection) -> list[str]:
    """What the stream may be called after, the surest first."""
    if connection.request is None:
        return []
    query = _query(connection.request)
    path = urlsplit(connection.request.path).path
    last = unquote(path.removeprefix(FRAMES_PATH)).strip("/") if path.startswith(FRAMES_PATH) else ""
    return [name for name in (query.get("room", ""), last, query.get("sessionId", "")) if name]


def _query(request: Request) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(urlsplit(request.path).query).items()}


def _read_key(path: Path | None) -> str:
    return path.read_text() if path is not None else ""
