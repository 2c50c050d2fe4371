"""An open file goes in, clean planar blocks of 16 kHz come out. Runs in the decoding process only.

PyAV reads mp4, m4a, webm, mkv, mp3, ogg, opus, wav, flac and their like by content. Times are kept: sound that starts
late or has a hole is padded with silence, so that second 60 of the output is second 60 of the file.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from transcription import faults
from transcription.media.bounded import BoundedFile, lacks_index
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
_GATHERED_SECONDS = 1.0
_RATES = range(1_000, 768_001)


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


class _Converter:
    """To 16 kHz planar float. Frames are some hundreds of samples; converting them by the second costs a third."""

    def __init__(self, rate: int, drift: float) -> None:
        # What is said to be another rate comes out longer or shorter: that is how drift is taken out.
        self._said_rate = round(rate / (1.0 + drift))
        self._resampler = av.AudioResampler(format="fltp", rate=SAMPLE_RATE)
        self._gathered = av.AudioFifo()
        self._has_worked = False

    @property
    def waiting_seconds(self) -> float:
        return float(self._gathered.samples) / self._said_rate

    def gather(self, frame: AudioFrame) -> None:
        frame.pts = None  # times are kept by the container
        self._gathered.write(frame)

    def convert(self, *, to_the_end: bool) -> list[AudioFrame]:
        """Raises FFmpegError, ValueError."""
        found: list[AudioFrame] = []
        if self._gathered.samples:
            frame = self._gathered.read()
            if frame is not None:
                frame.sample_rate = self._said_rate
                found += self._resampler.resample(frame)
                self._has_worked = True
        if to_the_end and self._has_worked:
            found += self._resampler.resample(None)
        return found


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
    _converter: _Converter = field(default_factory=lambda: _Converter(SAMPLE_RATE, 0.0))

    def open(self) -> dict[str, Any]:
        """What the container says about itself. Raises IndexMissing, NotMedia, NoAudioTrack, TooLong."""
        self.file.seek(0)
        try:
            self._container = av.open(
                self.file, options={"format_whitelist": FORMATS, "protocol_whitelist": ""}, io_open=_refuse_to_open
            )
        except MemoryError:
            raise  # a limit of ours, and no property of the file
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
        shape: tuple[Any, ...] = ()
        for frame in self._frames():
            if shape != _shape(frame):
                # Another rate or layout in the middle of a file: what the old converter still holds comes first.
                yield from self._converted(to_the_end=True)
                self._converter, shape = _Converter(frame.sample_rate, self.drift), _shape(frame)
            missing = self._missing_before(frame)
            if missing:
                yield from self._converted()
                yield from self._silence(round(missing * SAMPLE_RATE))
            self._clean(frame)
            self._converter.gather(frame)
            if self._converter.waiting_seconds >= _GATHERED_SECONDS:
                yield from self._converted()
        yield from self._converted(to_the_end=True)

    def close(self) -> None:
        self._container.close()

    def _frames(self) -> Iterator[AudioFrame]:
        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets, None)
            except MemoryError:
                raise
            except (av.error.FFmpegError, OSError, EOFError):
                self.tally.broke_off = True
                return
            if packet is None:
                return
            try:
                frames = packet.decode()
            except MemoryError:
                raise
            except av.error.FFmpegError:
                self.tally.bad_packets += 1
                continue
            self.tally.good_packets += bool(frames)
            yield from frames

    def _missing_before(self, frame: AudioFrame) -> float:
        """Seconds of silence that the stamp of a frame asks for."""
        if frame.pts is None or frame.time_base is None:
            return 0.0
        origin = (self._container.start_time or 0) / av.time_base
        stamped = float(frame.pts * frame.time_base) - origin - self._ignored_seconds
        present = self.decoded_seconds + self._converter.waiting_seconds
        hole = stamped - present
        if hole > HOLE_SECONDS and not self._is_believable(stamped, hole):
            self._ignored_seconds += hole
            return 0.0
        if hole <= HOLE_SECONDS:
            hole = 0.0
        elif present:
            self.tally.hole_seconds += hole
        else:
            self.tally.late_seconds = hole
        if not self.stamps or present + hole - self.stamps[-1][0] >= 1.0:
            self.stamps.append((present + hole, stamped))
        return hole

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

    def _converted(self, *, to_the_end: bool = False) -> Iterator[FloatArray]:
        """What was gathered, at our rate; `to_the_end` also brings what the converter holds back."""
        try:
            pieces = self._converter.convert(to_the_end=to_the_end)
        except MemoryError:
            raise
        except (av.error.FFmpegError, ValueError):
            # Frames that contradict themselves: damaged, like packets that cannot be decoded.
            self.tally.bad_packets += 1
            return
        for piece in pieces:
            lines = [np.frombuffer(memoryview(plane), dtype=np.float32)[: piece.samples] for plane in piece.planes]
            block = np.nan_to_num(np.stack(lines), posinf=0.0, neginf=0.0)
            if len(block) != self.channel_count:
                block = np.repeat(block.mean(axis=0, keepdims=True), self.channel_count, axis=0)
            yield self._counted(block)

    def _counted(self, block: FloatArray) -> FloatArray:
        self.tally.samples += block.shape[1]
        if self.decoded_seconds > self.limits.longest_seconds:
            raise faults.TooLong(hours=_hours(self.limits))
        return block


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
