"""The bridge's own stream: JSON messages with Opus packets come in, samples of each track go out (CONTRACTS §14).

`{"event": "start", "start": {"tag", "mediaFormat"}}` names a track, `{"event": "media", "media": {"tag", "payload"}}`
carries one packet in base64; other events say nothing about sound. A tag is the endpoint's place in the room, a dash,
and the number of its stream.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.error import FFmpegError

from transcription.live import policy
from transcription.live.frames import SAMPLE_RATE, Frame, FrameInvalid, Samples

_SILENT_EVENTS = frozenset({"start", "ping", "session-end", "sources", "info"})


class _Decoder:
    """One track's Opus decoder, which remembers from packet to packet."""

    def __init__(self) -> None:
        context = av.CodecContext.create("libopus", "r")
        if not isinstance(context, AudioCodecContext):
            raise FrameInvalid("no decoder for Opus")
        context.sample_rate = 48_000
        context.layout = "stereo"
        self._context = context
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)

    def decode(self, packet: bytes) -> Samples:
        """Samples of one packet. Raises FrameInvalid."""
        try:
            decoded = [self._resampler.resample(frame) for frame in self._context.decode(av.Packet(packet))]
        except (FFmpegError, ValueError) as error:
            raise FrameInvalid("not an Opus packet") from error
        parts = [frame.to_ndarray().reshape(-1) for frames in decoded for frame in frames]
        return np.concatenate([*parts, np.zeros(0, dtype=np.int16)]).astype(np.int16)


class BridgeStream:
    """One connection of the bridge: its tracks with their decoders."""

    def __init__(self) -> None:
        self._decoders: dict[str, _Decoder] = {}

    def take(self, message: str | bytes) -> list[Frame]:
        """The sound of one message; none for messages about other things. Raises FrameInvalid."""
        told = _object(message)
        event = told.get("event")
        if event in _SILENT_EVENTS:
            return []
        media = told.get("media")
        if event != "media" or not isinstance(media, Mapping):
            raise FrameInvalid("an event nobody knows")
        tag, payload = media.get("tag"), media.get("payload")
        if not isinstance(tag, str) or not isinstance(payload, str) or not tag.isprintable():
            raise FrameInvalid("media without tag or payload")
        track = tag.partition("-")[0]
        if not track:
            raise FrameInvalid("media without a track")
        return [Frame(track, "", self._decoder(tag).decode(_bytes(payload)))]

    def _decoder(self, tag: str) -> _Decoder:
        if tag not in self._decoders:
            if len(self._decoders) >= policy.MOST_TRACKS:
                raise FrameInvalid("more tracks than a meeting has")
            self._decoders[tag] = _Decoder()
        return self._decoders[tag]


def _object(message: str | bytes) -> Mapping[str, Any]:
    try:
        told = json.loads(message)
    except (ValueError, RecursionError) as error:
        raise FrameInvalid("no JSON") from error
    if not isinstance(told, Mapping):
        raise FrameInvalid("no JSON object")
    return told


def _bytes(payload: str) -> bytes:
    try:
        return base64.b64decode(payload, validate=True)
    except (binascii.Error, ValueError) as error:
        raise FrameInvalid("payload is no base64") from error
