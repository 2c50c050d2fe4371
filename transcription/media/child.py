"""The decoding process: a file that its parent has opened goes in, messages of `protocol` go out.

Called by `reader` as `main(mode, file descriptor, limits)`. Modes: `probe` (header and the first second), `mono` (one
line, mixed by `channels`), `channels` (every channel by itself). Before the file is looked at, the process gives up
everything it does not need.
"""

import importlib
import json
import pkgutil
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from transcription import faults, offline

offline.seal()

import av  # noqa: E402  (its libraries read the environment when loaded)
import numpy as np  # noqa: E402
from av.error import FFmpegError  # noqa: E402

from transcription.media import protocol, sandbox  # noqa: E402
from transcription.media.bounded import BoundedFile  # noqa: E402
from transcription.media.channels import CLIPPED, ChannelSurvey, FloatArray, Mix, gated_level  # noqa: E402
from transcription.media.clock import drift_of  # noqa: E402
from transcription.media.container import Container, Tally  # noqa: E402
from transcription.media.limits import SAMPLE_RATE, Limits  # noqa: E402

PROBE, MONO, CHANNELS = "probe", "mono", "channels"
_PROBE_SECONDS = 1.0
#: Sound is sent in blocks of about this size, and a sign of life after as much of it was surveyed.
_BLOCK_SECONDS = 4.0
_SHORTEST_SECONDS = 0.1
_OUT = 1


def main(arguments: list[str]) -> int:
    """Exit code 0 when the last message said how it went, whatever that was."""
    mode, descriptor, limits = arguments[0], int(arguments[1]), Limits(**json.loads(arguments[2]))
    _load_everything()
    sandbox.set_limits(limits.memory_bytes)
    sandbox.allow_cpu(limits.cpu_seconds)
    is_closed = sandbox.close_in()
    try:
        _work(mode, BoundedFile(descriptor), limits, is_closed)
    except BrokenPipeError:
        return 1
    except faults.StageFault as fault:
        _tell_fault(fault.kind, fault.params)
    except MemoryError:
        _tell_fault("decoder_stopped", {"reason": "memory"})
    except (FFmpegError, OSError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError) as error:
        # What a crafted file can make of a library; the process ends with this file.
        _tell_fault("decoder_stopped", {"reason": type(error).__name__})
    return 0


def _load_everything() -> None:
    """Libraries import parts of themselves when first asked; once shut in, nothing can be imported any more."""
    for module in pkgutil.walk_packages(av.__path__, "av."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    survey = ChannelSurvey(2)
    survey.add(np.zeros((2, SAMPLE_RATE), dtype=np.float32))
    survey.mix(["FL", "FR"]).apply(np.zeros((2, 1), dtype=np.float32))
    drift_of([(float(second), float(second)) for second in range(400)])


def _tell_fault(kind: str, params: dict[str, Any]) -> None:
    protocol.write_json(_OUT, protocol.FAULT, {"kind": kind, "params": params})


def _work(mode: str, file: BoundedFile, limits: Limits, is_closed: bool) -> None:
    first = Container(file, limits)
    info = first.open()
    protocol.write_json(_OUT, protocol.INFO, {**info, "sealed": is_closed})
    if mode == PROBE:
        for _block in first.blocks():
            if first.decoded_seconds >= _PROBE_SECONDS:
                break
        else:
            _judge(first, info)
        first.close()
        protocol.write_json(_OUT, protocol.DONE, _told(first.tally, file))
        return
    survey = _survey(first, info, limits)
    first.close()
    _judge(first, info)
    mix = survey.mix(first.channel_names())
    drift = drift_of(first.stamps)
    second = Container(file, limits, drift)
    second.open()
    sender = _Sender(mix if mode == MONO else None, second.channel_count, limits)
    for block in second.blocks():
        sender.add(block, _share(second, info, 0.5))
    sender.flush()
    second.close()
    told = _told(second.tally, file)
    # What was missing was missing in both passes; a file that was cut meanwhile shows in the second.
    told["drift"] = round(drift, 7)
    told["channels"] = _channel_facts(survey, mix, told["not_numbers"])
    protocol.write_json(_OUT, protocol.DONE, told)


def _survey(container: Container, info: dict[str, Any], limits: Limits) -> ChannelSurvey:
    survey = ChannelSurvey(container.channel_count)
    told_at = 0.0
    for block in _gathered(container):
        survey.add(block)
        if container.decoded_seconds - told_at >= _BLOCK_SECONDS:
            told_at = container.decoded_seconds
            sandbox.allow_cpu(limits.cpu_seconds)
            protocol.write_json(_OUT, protocol.PROGRESS, {"share": _share(container, info, 0.0)})
    return survey


def _gathered(container: Container) -> Iterator[FloatArray]:
    """Frames are some hundreds of samples; sums over seconds cost a tenth."""
    held: list[FloatArray] = []
    count = 0
    for block in container.blocks():
        held.append(block)
        count += block.shape[1]
        if count >= SAMPLE_RATE * _BLOCK_SECONDS:
            yield np.concatenate(held, axis=1)
            held, count = [], 0
    if held:
        yield np.concatenate(held, axis=1)


class _Sender:
    """Gathers small frames and writes them as one message of sound."""

    def __init__(self, mix: Mix | None, channel_count: int, limits: Limits) -> None:
        self._mix, self._channels, self._limits = mix, channel_count, limits
        self._held: list[FloatArray] = []
        self._count = 0
        self._bytes_each = 4 * (1 if mix else channel_count)

    def add(self, block: FloatArray, share: float) -> None:
        self._held.append(block)
        self._count += block.shape[1]
        if self._count >= SAMPLE_RATE * _BLOCK_SECONDS:
            self.flush()
            protocol.write_json(_OUT, protocol.PROGRESS, {"share": share})
            sandbox.allow_cpu(self._limits.cpu_seconds)

    def flush(self) -> None:
        if not self._held:
            return
        block = np.concatenate(self._held, axis=1)
        self._held, self._count = [], 0
        line = self._mix.apply(block) if self._mix else block
        bounded = np.clip(line, -1.0, 1.0).astype("<f4")
        # Padding of ten seconds on 64 channels would be larger than a message may be.
        step = max(1, protocol.MOST_BYTES // (2 * self._bytes_each))
        for first in range(0, block.shape[1], step):
            part = np.ascontiguousarray(bounded[..., first : first + step])
            protocol.write(_OUT, protocol.SOUND, part.tobytes())


def _judge(container: Container, info: dict[str, Any]) -> None:
    """Raises NoAudioTrack, NotMedia, DamagedMedia where there is nothing to go on with."""
    tally = container.tally
    if tally.bad_packets > tally.good_packets:
        raise faults.NotMedia() if info["container"] in {"mp3", "aac", "ac3"} else faults.DamagedMedia()
    if not tally.good_packets and not tally.broke_off and info["has_video"]:
        # A track that was declared and never written to: the recorder had no microphone.
        raise faults.NoAudioTrack()
    numbers = tally.samples * container.channel_count
    if container.decoded_seconds < _SHORTEST_SECONDS or tally.not_numbers > 0.5 * numbers:
        raise faults.DamagedMedia()


def _share(container: Container, info: dict[str, Any], base: float) -> float:
    declared = info["declared_seconds"] or 0.0
    return round(base + 0.5 * min(1.0, container.decoded_seconds / declared), 4) if declared else base


def _told(tally: Tally, file: BoundedFile) -> dict[str, Any]:
    return {**asdict(tally), "changed": file.has_changed()}


def _channel_facts(survey: ChannelSurvey, mix: Mix, not_numbers: int) -> dict[str, Any]:
    return {
        "levels_db": [round(gated_level(line), 1) for line in survey.lines()],
        "peaks": [round(float(peak), 5) for peak in survey.peaks],
        "left_out": mix.left_out,
        "turned": mix.turned,
        "not_numbers": not_numbers,
        "clipped_at": CLIPPED,
    }
