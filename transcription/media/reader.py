"""A path goes in, sound at 16 kHz comes out, decoded by a process of its own (`child`) that can do nothing else.

A crafted or broken file can at worst end that process: time, memory and amount of sound are bounded, and whatever goes
wrong comes back as one of `transcription.faults`.
"""

import contextlib
import json
import logging
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, cast

import numpy as np

from transcription import faults
from transcription.media import protocol, signatures
from transcription.media.channels import FloatArray
from transcription.media.limits import SAMPLE_RATE, Limits

log = logging.getLogger(__name__)

#: Sound shorter than the container says by more than this (and by more than 2 %) was cut off.
CUT_OFF_SECONDS = 2.0
_HOUSE = Path(__file__).resolve().parents[2]
_START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    "from transcription.media.child import main; sys.exit(main(sys.argv[1:]))"
)
#: What the child can say by name; anything else is a mistake of ours.
_KINDS: dict[str, type[faults.StageFault]] = {
    fault.kind: fault
    for fault in (
        faults.NotMedia,
        faults.NoAudioTrack,
        faults.IndexMissing,
        faults.DamagedMedia,
        faults.TooLong,
        faults.DecoderStopped,
    )
}


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """What the container says about itself, before anything is decoded.

    Attributes:
        audio_tracks: how many there are; the default one is used.
        sealed: whether the kernel's filter was there to shut the decoder in.
    """

    container: str
    codec: str
    sample_rate: int
    channels: int
    has_video: bool
    declared_seconds: float | None
    audio_tracks: int = 1
    sealed: bool = True

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(slots=True)
class SoundReader:
    """An opened recording. Use as a context manager; iterate `blocks()` once, then look at `truncated`.

    Raises (on opening): EmptyFile, ArchiveRefused, PlaylistRefused, IndexMissing, NotMedia, NoAudioTrack, TooLong,
    DecoderStopped, MediaUnreadable.
    """

    path: Path
    mode: str = "mono"
    limits: Limits = field(default_factory=Limits)
    info: MediaInfo = field(init=False)
    #: The share of the work that is done, 0..1; stays 0 where the container does not say how long it is.
    share: float = field(default=0.0, init=False)
    #: What the child said at its end; empty before.
    told: dict[str, Any] = field(default_factory=dict, init=False)
    _samples: int = field(default=0, init=False)
    _process: subprocess.Popen[bytes] = field(init=False)
    _messages: protocol.Messages = field(init=False)

    def __enter__(self) -> Self:
        descriptor = _open(self.path)
        try:
            self._process = _start(self.mode, descriptor, self.limits)
        finally:
            os.close(descriptor)
        stream = cast(IO[bytes], self._process.stdout)
        self._messages = protocol.Messages(stream.fileno(), self.limits.stall_seconds)
        try:
            kind, content = self._next()
            if kind != protocol.INFO:
                raise faults.DecoderStopped(reason="protocol")
            self.info = MediaInfo(**json.loads(content))
        except faults.StageFault:
            self._stop()
            raise
        if not self.info.sealed:
            log.warning("this kernel has no seccomp filter: media are decoded under resource limits alone")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    @property
    def decoded_seconds(self) -> float:
        return self._samples / SAMPLE_RATE

    @property
    def truncated(self) -> bool:
        """True where sound is missing: the file broke off, or parts of it could not be decoded."""
        declared = self.info.declared_seconds or 0.0
        missing = declared - self.decoded_seconds
        cut_off = missing > CUT_OFF_SECONDS and missing > 0.02 * declared
        bad, good = self.told.get("bad_packets", 0), self.told.get("good_packets", 0)
        damaged = bad > 2 and bad > 0.01 * good
        return bool(self.told.get("broke_off") or cut_off or damaged or self.told.get("changed"))

    def blocks(self) -> Iterator[FloatArray]:
        """Mono float32 at 16 kHz within -1..1, in blocks of some seconds.

        Raises:
            DamagedMedia: nothing could be decoded.
            NotMedia: most of the "packets" are not sound, so the container was guessed from noise.
            TooLong: more sound came than one job takes.
            DecoderStopped: the decoder broke down, or used more than it may.
        """
        for block in self.channel_blocks():
            yield block[0]

    def channel_blocks(self) -> Iterator[FloatArray]:
        """Blocks of shape (channels, samples); one channel in the mode "mono". Raises as `blocks`."""
        channels = self.info.channels if self.mode == "channels" else 1
        while True:
            kind, content = self._next()
            if kind == protocol.DONE:
                self.told, self.share = json.loads(content), 1.0
                return
            if kind == protocol.PROGRESS:
                self.share = float(json.loads(content)["share"])
                continue
            block = np.frombuffer(content, dtype="<f4").reshape(channels, -1)
            self._samples += block.shape[1]
            if self.decoded_seconds > self.limits.longest_seconds + 1.0:
                raise faults.TooLong(hours=int(self.limits.longest_seconds // 3600))
            yield block

    def finish(self) -> dict[str, Any]:
        """Read to the end without keeping anything; what the child found."""
        for _block in self.channel_blocks():
            pass
        return self.told

    def _next(self) -> tuple[bytes, bytes]:
        try:
            kind, content = self._messages.next()
        except protocol.ChildSilent as error:
            raise faults.DecoderStopped(reason="stalled") from error
        except protocol.ChildGone as error:
            raise _reason(self._process.wait()) from error
        if kind == protocol.FAULT:
            told = json.loads(content)
            raise _KINDS.get(told["kind"], faults.DecoderStopped)(**told["params"])
        return kind, content

    def _stop(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


def _start(mode: str, descriptor: int, limits: Limits) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-I", "-c", _START, str(_HOUSE), mode, str(descriptor), json.dumps(asdict(limits))],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=(descriptor,),
        cwd="/",
        # One thread is all it needs, and all the kernel's filter lets it have.
        env={"LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"},
        bufsize=0,
    )


def _open(path: Path) -> int:
    """A descriptor of a regular file with content that is neither an archive nor a play-list."""
    try:
        # A pipe would never open, and a device is no recording.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise faults.MediaUnreadable() from error
    try:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            raise faults.NotMedia()
        if facts.st_size == 0:
            raise faults.EmptyFile()
        kind = signatures.kind_of(os.pread(descriptor, signatures.HEAD_BYTES, 0))
    except OSError as error:
        os.close(descriptor)
        raise faults.MediaUnreadable() from error
    except faults.StageFault:
        os.close(descriptor)
        raise
    if kind is not None:
        os.close(descriptor)
        raise faults.ArchiveRefused() if kind is signatures.Kind.ARCHIVE else faults.PlaylistRefused()
    return descriptor


def _reason(exit_code: int) -> faults.StageFault:
    """Why the child ended without a last word."""
    if exit_code == -signal.SIGXCPU:
        return faults.DecoderStopped(reason="time")
    if exit_code in {-signal.SIGKILL, -signal.SIGTERM}:
        # Not by the file: the machine was short of memory, or is going down.
        return faults.DecoderLost()
    if exit_code < 0:
        return faults.DecoderStopped(reason=signal.Signals(-exit_code).name)
    return faults.DecoderStopped(reason="protocol")
