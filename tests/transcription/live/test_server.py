"""The WebSocket server on a real socket of this machine: keys, addresses, messages that mean nothing."""

import asyncio
import base64
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import av
import jwt
import numpy as np
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from sqlalchemy import select
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from core.runtime import Runtime
from core.settings import load_settings
from orchestrator.meetings.classification import Classification
from tests.transcription.conftest import add_meeting
from tests.transcription.live.stand import Stand, silence, speech
from transcription.live import policy
from transcription.live.bridge import BridgeStream
from transcription.live.frames import END_OF_STREAM, FrameInvalid, write_frame
from transcription.live.models import LiveUtterance
from transcription.live.server import LiveServer, token_is_good

Story = Callable[[str], Awaitable[None]]


@contextlib.asynccontextmanager
async def serving(stand: Stand) -> AsyncIterator[str]:
    """The server with its clocks; its address without a scheme."""
    server = await LiveServer(stand.receiver, stand.runtime.settings).listen("127.0.0.1", 0)
    running = asyncio.create_task(stand.receiver.run())
    port = next(iter(server.sockets)).getsockname()[1]
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.close()
        await server.wait_closed()
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running


def tell(stand: Stand, story: Story) -> None:
    """Run a story against a served stand."""

    async def run() -> None:
        async with serving(stand) as address:
            await story(address)

    asyncio.run(run())


def secret(stand: Stand) -> str:
    return stand.runtime.settings.jitsi_transcription_secret.get_secret_value()


def frames_url(stand: Stand, address: str, *, name: str = "", token: str | None = None) -> str:
    key = secret(stand) if token is None else token
    return f"ws://{address}/streaming-whisper/ws/{name or stand.hour.room}?auth_token={key}"


async def say(line: ClientConnection, nick: str, *sounds: np.ndarray) -> None:
    for sound in sounds:
        for first in range(0, len(sound), 3200):
            await line.send(write_frame(nick, "vi", sound[first : first + 3200]))


async def rows_of(stand: Stand, count: int) -> list[str]:
    """Texts of the rows once there are so many."""
    for _ in range(3000):
        with stand.runtime.database.transaction() as session:
            found = list(session.scalars(select(LiveUtterance.text).order_by(LiveUtterance.number)))
        if len(found) >= count:
            return found
        await asyncio.sleep(0.02)
    pytest.fail("the words never came")


def test_several_participants_at_once_become_rows(stand: Stand) -> None:
    async def story(address: str) -> None:
        async with connect(frames_url(stand, address)) as line:
            await asyncio.gather(*(say(line, nick, speech(2), silence(1)) for nick in stand.nicks))
            assert len(await rows_of(stand, 3)) == 3
            await line.send(END_OF_STREAM)
            await line.wait_closed()
            assert line.close_code == 1000

    tell(stand, story)


@pytest.mark.parametrize("token", ["", "sai", "a.b.c"], ids=["none", "wrong", "no-jwt"])
def test_a_wrong_key_is_refused_before_anything_is_read(stand: Stand, token: str) -> None:
    async def story(address: str) -> None:
        for url in (
            frames_url(stand, address, token=token),
            f"ws://{address}/transcribe?sessionId=x&auth_token={token}",
        ):
            with pytest.raises(InvalidStatus) as refused:
                await connect(url)
            assert refused.value.response.status_code == 401

    tell(stand, story)


def test_the_key_may_come_as_a_header_and_other_addresses_do_not_exist(stand: Stand) -> None:
    async def story(address: str) -> None:
        bearer = {"Authorization": f"Bearer {secret(stand)}"}
        async with connect(frames_url(stand, address, token=""), additional_headers=bearer) as line:
            await line.ping()
        with pytest.raises(InvalidStatus) as refused:
            await connect(f"ws://{address}/khac", additional_headers=bearer)
        assert refused.value.response.status_code == 404

    tell(stand, story)


def test_the_supervisor_may_ask_how_it_is(stand: Stand) -> None:
    async def story(address: str) -> None:
        answer = await asyncio.to_thread(_get, f"http://{address}/healthz")
        told = json.loads(answer)
        assert (told["status"], told["streams"], told["waiting_seconds"]) == ("ok", 0, 0.0)
        assert isinstance(told["ready"], bool)

    tell(stand, story)


def _get(url: str) -> bytes:
    try:
        with urlopen(url, timeout=10) as answer:  # noqa: S310 (our own address)
            return bytes(answer.read())
    except HTTPError as error:
        return error.read()


def test_messages_that_mean_nothing_are_passed_over_until_they_are_too_many(stand: Stand) -> None:
    async def story(address: str) -> None:
        async with connect(frames_url(stand, address)) as line:
            for bad in (b"ngan", "van ban", b"\xff" * 80, b"", b"x" * 60 + b"\x00"):
                await line.send(bad)
            await say(line, stand.nicks[0], speech(2), silence(1))
            assert len(await rows_of(stand, 1)) == 1
            with contextlib.suppress(ConnectionClosed):
                for _ in range(policy.MOST_BAD_MESSAGES + 2):
                    await line.send(b"ngan")
            await line.wait_closed()
            assert line.close_code == 4400

    tell(stand, story)


def test_a_message_beyond_all_measure_ends_the_line(stand: Stand) -> None:
    async def story(address: str) -> None:
        async with connect(frames_url(stand, address)) as line:
            with contextlib.suppress(ConnectionClosed):
                await line.send(b"\x00" * (policy.MOST_MESSAGE_BYTES + 1))
            await line.wait_closed()
            assert line.close_code == 1009

    tell(stand, story)


def test_a_classified_meeting_is_not_heard(stand: Stand) -> None:
    meeting_id = add_meeting(stand.runtime, None, Classification.SECRET)

    async def story(address: str) -> None:
        async with connect(frames_url(stand, address, name=str(meeting_id))) as line:
            await line.wait_closed()
            assert line.close_code == 4403

    tell(stand, story)


def test_the_bridge_sends_opus(stand: Stand) -> None:
    async def story(address: str) -> None:
        bearer = {"Authorization": f"Bearer {secret(stand)}"}
        url = f"ws://{address}/transcribe?sessionId=0f0f&room={stand.hour.room}"
        async with connect(url, additional_headers=bearer) as line:
            tag = f"{stand.nicks[1]}-123456"
            await line.send(json.dumps({"event": "start", "start": {"tag": tag, "mediaFormat": {"encoding": "opus"}}}))
            for packet in opus(np.concatenate([speech(2), silence(1.5)])):
                payload = base64.b64encode(packet).decode()
                await line.send(json.dumps({"event": "media", "media": {"tag": tag, "payload": payload}}))
            assert len(await rows_of(stand, 1)) == 1
        with stand.runtime.database.transaction() as session:
            assert session.scalars(select(LiveUtterance)).one().track == stand.nicks[1]

    tell(stand, story)


def opus(samples: np.ndarray) -> list[bytes]:
    """Packets of 20 ms, as a browser sends them."""
    encoder = av.CodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format = 48_000, "mono", "s16"
    loud = np.repeat(samples, 3)
    packets = []
    for first in range(0, len(loud) // 960 * 960, 960):
        frame = av.AudioFrame.from_ndarray(loud[None, first : first + 960], format="s16", layout="mono")
        frame.sample_rate, frame.pts = 48_000, first
        packets += [bytes(packet) for packet in encoder.encode(frame)]
    return packets


@pytest.mark.parametrize(
    "message",
    [
        pytest.param("khong phai JSON", id="no-json"),
        pytest.param("[]", id="list"),
        pytest.param('{"event": "khac"}', id="unknown-event"),
        pytest.param('{"event": "media"}', id="no-media"),
        pytest.param('{"event": "media", "media": {"tag": "a-1", "payload": "@@@"}}', id="no-base64"),
        pytest.param('{"event": "media", "media": {"tag": "-1", "payload": "AAAA"}}', id="no-track"),
        pytest.param("[" * 100_000, id="deep"),
    ],
)
def test_what_the_bridge_never_sends_is_refused(message: str) -> None:
    with pytest.raises(FrameInvalid):
        BridgeStream().take(message)


def test_jigasis_own_token_opens_where_its_key_is_known(tmp_path: Path) -> None:
    key, other = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
    public = (
        key.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )
    soon = {"iss": "jigasi", "aud": "jitsi", "exp": datetime.now(UTC) + timedelta(minutes=5)}
    late = {**soon, "exp": datetime.now(UTC) - timedelta(minutes=5)}
    assert token_is_good(jwt.encode(soon, key, algorithm="RS256"), "s" * 40, public)
    assert not token_is_good(jwt.encode(late, key, algorithm="RS256"), "s" * 40, public)
    assert not token_is_good(jwt.encode(soon, other, algorithm="RS256"), "s" * 40, public)
    assert not token_is_good(jwt.encode({"iss": "jigasi"}, key, algorithm="RS256"), "s" * 40, public)
    assert not token_is_good(jwt.encode(soon, "s" * 40, algorithm="HS256"), "s" * 40, public)
    assert not token_is_good("", "", "")


def test_each_installation_has_a_secret_of_its_own(runtime: Runtime, tmp_path: Path) -> None:
    first = load_settings(home=tmp_path / "mot").jitsi_transcription_secret.get_secret_value()
    second = load_settings(home=tmp_path / "hai").jitsi_transcription_secret.get_secret_value()
    assert first != second
    assert len(first) >= 32
