"""Any recording goes in, 16 kHz mono float32 comes out in blocks of bounded size.

PyAV reads mp4, m4a, webm, mkv, mp3, ogg, opus, wav, flac and their like by content; names and extensions are never
looked at. Times are kept: sound that starts late or has a hole is padded with silence, so that second 60 of the output
is second 60 of the file. A file that breaks off yields what can be read and says so.
"""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from transcription import faults, offline

offline.seal()

import av  # noqa: E402  (its libraries read the environment when loaded)
from av.audio.frame import AudioFrame  # noqa: E402
from av.audio.stream import AudioStream  # noqa: E402

FloatArray = NDArray[np.float32]

SAMPLE_RATE = 16_000
LONGEST_SECONDS = 12.5 * 3600
#: A jump of the time stamps larger than this is a hole in the sound, smaller ones are rounding.
HOLE_SECONDS = 0.5
#: Sound shorter than the container says by more than this (and by more than 2 %) was cut off.
CUT_OFF_SECONDS = 2.0
_SHORTEST_SECONDS = 0.1

#: Only real recordings. Play-lists (hls, concat, dash) could make the decoder open other files and addresses.
_FORMATS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mp3,ogg,wav,w64,rf64,flac,aac,ac3,eac3,amr,aiff,asf,avi,caf,"
    "mpegts,mpeg,flv,au,wv,tta,ape,gsm,voc"
)


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """What the container says about itself, before anything is decoded."""

    container: str
    codec: str
    sample_rate: int
    channels: int
    has_video: bool
    declared_seconds: float | None

    def to_json(self) -> dict[str, Any]:
        return {
            "container": self.container,
            "codec": self.codec,
            "sample_rate": self.sample_rate,
            "channels": self.channels,
            "has_video": self.has_video,
            "declared_seconds": self.declared_seconds,
        }


@dataclass(slots=True)
class _Tally:
    samples: int = 0
    good_packets: int = 0
    bad_packets: int = 0
    broke_off: bool = False


@dataclass(slots=True)
class SoundReader:
    """An opened recording. Use as a context manager; iterate `blocks()` once, then look at `truncated`.

    Raises (on opening): EmptyFile, IndexMissing, NotMedia, NoAudioTrack, TooLong, MediaUnreadable.
    """

    path: Path
    info: MediaInfo = field(init=False)
    _container: Any = field(init=False)
    _stream: AudioStream = field(init=False)
    _tally: _Tally = field(default_factory=_Tally, init=False)

    def __enter__(self) -> Self:
        self._container = _open(self.path)
        try:
            self._stream = _audio_stream(self._container)
            self.info = _describe(self._container, self._stream)
            if (self.info.declared_seconds or 0) > LONGEST_SECONDS:
                raise faults.TooLong(hours=int(LONGEST_SECONDS // 3600))
        except faults.StageFault:
            self._container.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._container.close()

    @property
    def decoded_seconds(self) -> float:
        return self._tally.samples / SAMPLE_RATE

    @property
    def truncated(self) -> bool:
        """True where sound is missing: the file broke off, or parts of it could not be decoded."""
        declared = self.info.declared_seconds or 0.0
        missing = declared - self.decoded_seconds
        cut_off = missing > CUT_OFF_SECONDS and missing > 0.02 * declared
        damaged = self._tally.bad_packets > 2 and self._tally.bad_packets > 0.01 * self._tally.good_packets
        return self._tally.broke_off or cut_off or damaged

    def blocks(self) -> Iterator[FloatArray]:
        """Mono float32 at 16 kHz within -1..1, in blocks of at most some seconds.

        Raises:
            DamagedMedia: nothing could be decoded.
            NotMedia: most of the "packets" are not sound, so the container was guessed from noise.
            TooLong: more sound came than one job takes.
        """
        resampler = av.AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE)
        for frame in self._frames():
            yield from self._padding_before(frame)
            yield from self._resampled(resampler, frame)
        if self._tally.samples:
            yield from self._resampled(resampler, None)
        self._judge()

    def _frames(self) -> Iterator[AudioFrame]:
        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets, None)
            except (av.error.FFmpegError, OSError):
                self._tally.broke_off = True
                return
            if packet is None:
                return
            try:
                frames = packet.decode()
            except av.error.FFmpegError:
                self._tally.bad_packets += 1
                continue
            self._tally.good_packets += bool(frames)
            yield from frames

    def _padding_before(self, frame: AudioFrame) -> Iterator[FloatArray]:
        if frame.pts is None or frame.time_base is None:
            return
        origin = (self._container.start_time or 0) / av.time_base
        hole = float(frame.pts * frame.time_base) - origin - self.decoded_seconds
        if HOLE_SECONDS < hole < LONGEST_SECONDS:
            missing = round(hole * SAMPLE_RATE)
            while missing > 0:
                count = min(missing, SAMPLE_RATE * 10)
                missing -= count
                yield self._counted(np.zeros(count, dtype=np.float32))

    def _resampled(self, resampler: Any, frame: AudioFrame | None) -> Iterator[FloatArray]:
        try:
            pieces = resampler.resample(frame)
        except (av.error.FFmpegError, ValueError):
            # A frame whose layout contradicts the stream: damaged, like a packet that cannot be decoded.
            self._tally.bad_packets += 1
            return
        for piece in pieces:
            samples = np.frombuffer(bytes(piece.planes[0]), dtype=np.float32)[: piece.samples]
            yield self._counted(np.clip(np.nan_to_num(samples, posinf=0.0, neginf=0.0), -1.0, 1.0))

    def _counted(self, samples: FloatArray) -> FloatArray:
        self._tally.samples += len(samples)
        if self.decoded_seconds > LONGEST_SECONDS:
            raise faults.TooLong(hours=int(LONGEST_SECONDS // 3600))
        return samples

    def _judge(self) -> None:
        tally = self._tally
        if tally.bad_packets > tally.good_packets:
            raise faults.NotMedia() if self.info.container in {"mp3", "aac", "ac3"} else faults.DamagedMedia()
        if self.decoded_seconds < _SHORTEST_SECONDS:
            raise faults.DamagedMedia()


def probe(path: Path) -> MediaInfo:
    """Open a recording, look at its header and decode its first sound. Raises the faults of SoundReader."""
    with SoundReader(path) as reader:
        for _block in reader.blocks():
            if reader.decoded_seconds >= 1.0:
                break
        return reader.info


def decode(path: Path) -> tuple[FloatArray, bool]:
    """A whole short recording at once: (samples, truncated). For long ones use SoundReader."""
    with SoundReader(path) as reader:
        blocks = list(reader.blocks())
        return np.concatenate(blocks), reader.truncated


def _open(path: Path) -> Any:
    try:
        if path.stat().st_size == 0:
            raise faults.EmptyFile()
        return av.open(os.fspath(path.absolute()), options={"format_whitelist": _FORMATS, "protocol_whitelist": "file"})
    except av.error.FFmpegError as error:
        if isinstance(error, PermissionError | FileNotFoundError):
            raise faults.MediaUnreadable() from error
        if _lacks_index(path):
            raise faults.IndexMissing() from error
        raise faults.NotMedia() from error
    except OSError as error:
        raise faults.MediaUnreadable() from error


def _audio_stream(container: Any) -> AudioStream:
    for stream in container.streams.audio:
        if stream.codec_context is not None and stream.codec_context.sample_rate:
            return stream
    # A picture or a subtitle file opens as a "video" too; without any duration it is no recording at all.
    raise faults.NoAudioTrack() if container.streams.video else faults.NotMedia()


def _describe(container: Any, stream: AudioStream) -> MediaInfo:
    context = stream.codec_context
    seconds = None
    if stream.duration is not None and stream.time_base is not None:
        seconds = float(stream.duration * stream.time_base)
    elif container.duration is not None:
        seconds = container.duration / av.time_base
    return MediaInfo(
        container=container.format.name,
        codec=context.name,
        sample_rate=int(context.sample_rate),
        channels=int(context.channels),
        has_video=bool(container.streams.video),
        declared_seconds=seconds if seconds and seconds > 0 else None,
    )


def _lacks_index(path: Path) -> bool:
    """Walk the top-level boxes of an ISO file (ISO/IEC 14496-12 §4.2): `ftyp` or `mdat`, but no `moov`."""
    seen: set[bytes] = set()
    size = path.stat().st_size
    with path.open("rb") as stream:
        position = 0
        while position + 8 <= size and len(seen) < 64:
            stream.seek(position)
            header = stream.read(16)
            length, name = struct.unpack(">I4s", header[:8])
            if length == 1 and len(header) == 16:
                length = struct.unpack(">Q", header[8:])[0]
            if not name.isalnum() and name != b"free":
                break
            seen.add(name)
            if length < 8:
                break
            position += length
    return bool(seen & {b"ftyp", b"mdat"}) and b"moov" not in seen
