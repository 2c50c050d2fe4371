"""An open file goes in, clean planar blocks of 16 kHz come out. Runs in the decoding process only.

PyAV reads mp4, m4a, webm, mkv, mp3, ogg, opus, wav, flac and their like by content. Times are kept: sound that starts
late or has a hole is padded with silence, so that second 60 of the output is second 60 of the file.
"""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from transcription import faults
from transcription.media.channels import FloatArray
from transcription.media.limits import SAMPLE_RATE, Limits

#: Only real recordings. Play-lists (hls, concat, dash) could make the decoder open other files and addresses.
FORMATS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mp3,ogg,wav,w64,rf64,flac,aac,ac3,eac3,amr,aiff,asf,avi,caf,"
    "mpegts,mpeg,flv,au,wv,tta,ape,gsm,voc"
)
#: A jump of the time stamps larger than this is a hole in the sound, smaller ones are rounding.
HOLE_SECONDS = 0.5
#: Where the container does not say how long it is, a longer hole than this is a broken stamp.
MOST_HOLE_SECONDS = 3600.0
#: Stamps may lie this far behind the declared end.
END_MARGIN_SECONDS = 60.0
_PAD_SAMPLES = SAMPLE_RATE * 10
_RATES = range(1_000, 768_001)


class BoundedFile:
    """A file as it was when it was opened: what is written behind that end meanwhile does not exist."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.size = os.fstat(descriptor).st_size
        self._at = 0

    def read(self, count: int) -> bytes:
        part = os.pread(self._descriptor, max(0, min(count, self.size - self._at)), self._at)
        self._at += len(part)
        return part

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def has_changed(self) -> bool:
        """Whether somebody wrote to it, or cut it, since."""
        return os.fstat(self._descriptor).st_size != self.size


@dataclass(slots=True)
class Tally:
    """What happened while decoding; seconds of the file's own clock."""

    samples: int = 0
    good_packets: int = 0
    bad_packets: int = 0
    broke_off: bool = False
    late_seconds: float = 0.0
    hole_seconds: float = 0.0
    not_numbers: int = 0


@dataclass(slots=True)
class Container:
    """One pass over a recording. `drift` (from `clock.drift_of`) stretches the sound onto its own time stamps."""

    file: BoundedFile
    limits: Limits
    drift: float = 0.0
    tally: Tally = field(default_factory=Tally)
    #: (time by samples, time by stamps), a second apart.
    stamps: list[tuple[float, float]] = field(default_factory=list)
    _container: Any = field(init=False)
    _stream: AudioStream = field(init=False)
    _ignored_seconds: float = 0.0

    def open(self) -> dict[str, Any]:
        """What the container says about itself. Raises IndexMissing, NotMedia, NoAudioTrack, TooLong."""
        self.file.seek(0)
        try:
            self._container = av.open(
                self.file, options={"format_whitelist": FORMATS, "protocol_whitelist": ""}, io_open=_refuse_to_open
            )
        except (av.error.FFmpegError, OSError, ValueError) as error:
            raise (faults.IndexMissing() if lacks_index(self.file) else faults.NotMedia()) from error
        self._stream = _audio_stream(self._container)
        described = _describe(self._container, self._stream)
        if (described["declared_seconds"] or 0.0) > self.limits.longest_seconds:
            raise faults.TooLong(hours=_hours(self.limits))
        if not 1 <= described["channels"] <= self.limits.most_channels or described["sample_rate"] not in _RATES:
            raise faults.DamagedMedia()
        return described

    @property
    def channel_count(self) -> int:
        return int(self._stream.codec_context.channels)

    @property
    def decoded_seconds(self) -> float:
        return self.tally.samples / SAMPLE_RATE

    def channel_names(self) -> list[str]:
        return [channel.name for channel in self._stream.codec_context.layout.channels]

    def blocks(self) -> Iterator[FloatArray]:
        """(channels, samples) float32, finite, not yet bounded to -1..1. Raises TooLong."""
        resampler: Any = None
        shape: tuple[Any, ...] = ()
        for frame in self._frames():
            yield from self._padding_before(frame)
            if shape != _shape(frame):
                # Another rate or layout in the middle of a file: what the old converter still holds comes first.
                if resampler is not None:
                    yield from self._resampled(resampler, None)
                resampler, shape = av.AudioResampler(format="fltp", rate=SAMPLE_RATE), _shape(frame)
            self._clean(frame)
            frame.sample_rate = round(frame.sample_rate / (1.0 + self.drift))
            yield from self._resampled(resampler, frame)
        if resampler is not None:
            yield from self._resampled(resampler, None)

    def close(self) -> None:
        self._container.close()

    def _frames(self) -> Iterator[AudioFrame]:
        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets, None)
            except (av.error.FFmpegError, OSError, EOFError):
                self.tally.broke_off = True
                return
            if packet is None:
                return
            try:
                frames = packet.decode()
            except av.error.FFmpegError:
                self.tally.bad_packets += 1
                continue
            self.tally.good_packets += bool(frames)
            yield from frames

    def _padding_before(self, frame: AudioFrame) -> Iterator[FloatArray]:
        if frame.pts is None or frame.time_base is None:
            return
        origin = (self._container.start_time or 0) / av.time_base
        stamped = float(frame.pts * frame.time_base) - origin - self._ignored_seconds
        hole = stamped - self.decoded_seconds
        if hole > HOLE_SECONDS:
            if self._is_believable(stamped, hole):
                if self.tally.samples:
                    self.tally.hole_seconds += hole
                else:
                    self.tally.late_seconds = hole
                yield from self._silence(round(hole * SAMPLE_RATE))
            else:
                self._ignored_seconds += hole
                return
        if not self.stamps or self.decoded_seconds - self.stamps[-1][0] >= 1.0:
            self.stamps.append((self.decoded_seconds, stamped))

    def _is_believable(self, stamped: float, hole: float) -> bool:
        """A broken stamp must not make hours of silence."""
        declared = self._container.duration
        if declared is None:
            return hole <= MOST_HOLE_SECONDS
        return bool(stamped <= declared / av.time_base + END_MARGIN_SECONDS)

    def _silence(self, missing: int) -> Iterator[FloatArray]:
        while missing > 0:
            count = min(missing, _PAD_SAMPLES)
            missing -= count
            yield self._counted(np.zeros((self.channel_count, count), dtype=np.float32))

    def _clean(self, frame: AudioFrame) -> None:
        """A sample that is no number would spoil all its neighbours in the converter."""
        if frame.format.name not in {"flt", "fltp", "dbl", "dblp"}:
            return
        for plane in frame.planes:
            values = np.frombuffer(memoryview(plane), dtype="f4" if frame.format.name.startswith("flt") else "f8")
            finite = np.isfinite(values)
            if not finite.all():
                self.tally.not_numbers += int((~finite).sum())
                plane.update(np.where(finite, values, 0).astype(values.dtype).tobytes())

    def _resampled(self, resampler: Any, frame: AudioFrame | None) -> Iterator[FloatArray]:
        try:
            pieces = resampler.resample(frame)
        except (av.error.FFmpegError, ValueError):
            # A frame that contradicts itself: damaged, like a packet that cannot be decoded.
            self.tally.bad_packets += 1
            return
        for piece in pieces:
            lines = [np.frombuffer(plane, dtype=np.float32)[: piece.samples] for plane in piece.planes]
            block = np.nan_to_num(np.stack(lines), posinf=0.0, neginf=0.0)
            if len(block) != self.channel_count:
                block = np.repeat(block.mean(axis=0, keepdims=True), self.channel_count, axis=0)
            yield self._counted(block)

    def _counted(self, block: FloatArray) -> FloatArray:
        self.tally.samples += block.shape[1]
        if self.decoded_seconds > self.limits.longest_seconds:
            raise faults.TooLong(hours=_hours(self.limits))
        return block


def lacks_index(file: BoundedFile) -> bool:
    """Walk the top-level boxes of an ISO file (ISO/IEC 14496-12 §4.2): `ftyp` or `mdat`, but no `moov`."""
    seen: set[bytes] = set()
    position = 0
    while position + 8 <= file.size and len(seen) < 64:
        file.seek(position)
        header = file.read(16)
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


def _refuse_to_open(url: str, _flags: int, _options: dict[str, Any]) -> NoReturn:
    """A recording is one file; what it points to outside itself is nobody's business."""
    raise PermissionError(url)


def _hours(limits: Limits) -> int:
    return int(limits.longest_seconds // 3600)


def _shape(frame: AudioFrame) -> tuple[Any, ...]:
    return frame.sample_rate, frame.layout.name, frame.format.name


def _audio_stream(container: Any) -> AudioStream:
    usable = [s for s in container.streams.audio if s.codec_context is not None and s.codec_context.sample_rate]
    if usable:
        return next((s for s in usable if s.disposition & av.stream.Disposition.default), usable[0])
    # A picture or a subtitle file opens as a "video" too; without any duration it is no recording at all.
    raise faults.NoAudioTrack() if container.streams.video else faults.NotMedia()


def _describe(container: Any, stream: AudioStream) -> dict[str, Any]:
    context = stream.codec_context
    seconds = None
    if stream.duration is not None and stream.time_base is not None:
        seconds = float(stream.duration * stream.time_base)
    elif container.duration is not None:
        seconds = container.duration / av.time_base
    return {
        "container": container.format.name,
        "codec": context.name,
        "sample_rate": int(context.sample_rate),
        "channels": int(context.channels),
        "has_video": bool(container.streams.video),
        "declared_seconds": seconds if seconds and seconds > 0 else None,
        "audio_tracks": len(container.streams.audio),
    }
