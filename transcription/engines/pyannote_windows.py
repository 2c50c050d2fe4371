"""A recording goes in stretch by stretch; what the two networks of the pipeline folder hear in it comes out.

The segmentation network looks at windows of ten seconds, each two seconds after the one before, and tells up to three
voices apart in each. The embedding network hears every second of speech once, not once for each of the five windows
over it and each voice in them: its frames are kept for some seconds, and the print of each voice of a window is pooled
from the frames in which it speaks alone. Silence is heard by neither. What stays for the whole recording is small:
three bytes for each frame of a window and one print for each of its voices, 45 MB for six hours.
"""

import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transcription import offline
from transcription.engines.contract import SAMPLE_RATE, FloatArray, Progress, Sound

WINDOW_SECONDS = 10.0
STEP_SECONDS = 2.0
#: Windows that go through the segmentation network together.
BATCH = 16
#: A window softer than this (-60 dB) is not asked for voices.
SILENT_RMS = 1e-3
#: The embedding network hears blocks of this length, and this much around them that is not kept: it needs context.
BLOCK_SECONDS = 8.0
MARGIN_SECONDS = 1.0
#: Frames of the embedding network in a second, and what its last frame sees beyond its own step.
FRAMES = 50
_REACH_SAMPLES = 240
_FRAME_SAMPLES = SAMPLE_RATE // FRAMES
#: A print rests on the frames in which a voice speaks alone if they are so many, else on all of its frames.
LEAST_ALONE_FRAMES = 25
LEAST_FRAMES = 10

Activity = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Heard:
    """What the networks heard.

    Attributes:
        starts: second at which each window begins.
        activity: (windows, frames, voices of a window): who speaks when, by the window's own numbers.
        prints: (windows, voices of a window, dimension).
        known: (windows, voices of a window): who has a print.
    """

    starts: tuple[float, ...]
    activity: Activity
    prints: NDArray[np.float32]
    known: Activity

    @property
    def alone(self) -> NDArray[np.float64]:
        """(windows, voices of a window): share of the window in which each speaks and nobody else does."""
        single = self.activity.sum(axis=2, keepdims=True) == 1
        return np.asarray((self.activity & single).mean(axis=1))


@dataclass(slots=True)
class _Blocks:
    """Frames of the embedding network, by number of their block; the oldest are forgotten."""

    frames: dict[int, Any] = field(default_factory=dict)

    def forget_before(self, block: int) -> None:
        for number in [number for number in self.frames if number < block]:
            del self.frames[number]


class VoiceNetworks:
    """Segmentation and embedding of an assembled pipeline folder, loaded once."""

    def __init__(self, folder: Path, *, threads: int) -> None:
        offline.prepare_pyannote()
        import torch

        torch.set_num_threads(threads)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pyannote.audio import Model
            from pyannote.audio.utils.powerset import Powerset

            self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
            segmentation: Any = Model.from_pretrained(str(folder / "segmentation"))
            embedding: Any = Model.from_pretrained(str(folder / "embedding"))
        self._segmentation = segmentation.eval().to(self._device)
        self._embedding = embedding.eval().fused().to(self._device)
        facts = self._segmentation.specifications
        powerset = Powerset(len(facts.classes), facts.powerset_max_classes)
        self._classes = powerset.mapping.numpy().astype(bool)

    def hear(self, sound: Sound, progress: Progress | None = None) -> Heard:
        """Both networks over the whole recording, one stretch of windows after the other."""
        starts = window_starts(sound.duration_seconds)
        activity, prints, known = [], [], []
        blocks = _Blocks()
        for first in range(0, len(starts), BATCH):
            batch = starts[first : first + BATCH]
            samples = sound.read(batch[0], batch[-1] + WINDOW_SECONDS)
            heard = self._segment(samples, [start - batch[0] for start in batch])
            blocks.forget_before(int(batch[0] // BLOCK_SECONDS))
            self._listen(sound, batch, heard, blocks)
            for start, window in zip(batch, heard, strict=True):
                vectors, has = self._prints(start, window, blocks)
                prints.append(vectors)
                known.append(has)
            activity.append(heard)
            if progress:
                progress(min(1.0, (batch[-1] + WINDOW_SECONDS) / max(sound.duration_seconds, WINDOW_SECONDS)))
        return Heard(tuple(starts), np.concatenate(activity), np.stack(prints), np.stack(known))

    def _segment(self, samples: FloatArray, offsets: list[float]) -> Activity:
        """Who speaks when in each window that begins at one of these seconds of the samples."""
        import torch

        windows = [_cut(samples, offset) for offset in offsets]
        loud = [index for index, window in enumerate(windows) if _rms(window) >= SILENT_RMS]
        frames = self._segmentation.num_frames(round(WINDOW_SECONDS * SAMPLE_RATE))
        found = np.zeros((len(windows), frames, self._classes.shape[1]), dtype=bool)
        if loud:
            stacked = torch.from_numpy(np.stack([windows[index] for index in loud])[:, None])
            with torch.inference_mode():
                scores = self._segmentation(stacked.to(self._device))
            found[loud] = self._classes[scores.argmax(dim=-1).cpu().numpy()]
        return found

    def _listen(self, sound: Sound, starts: list[float], activity: Activity, blocks: _Blocks) -> None:
        """Frames of the embedding network for each block in which one of these windows hears somebody."""
        speech = np.zeros(round((starts[-1] - starts[0] + WINDOW_SECONDS) * FRAMES), dtype=bool)
        for start, window in zip(starts, activity, strict=True):
            begin = round((start - starts[0]) * FRAMES)
            speech[begin : begin + round(WINDOW_SECONDS * FRAMES)] |= stretched(window).any(axis=1)
        wanted = {int((frame / FRAMES + starts[0]) // BLOCK_SECONDS) for frame in np.flatnonzero(speech)}
        for block in sorted(wanted - blocks.frames.keys()):
            start = block * BLOCK_SECONDS
            if start < sound.duration_seconds:
                blocks.frames[block] = self._block(sound, start)

    def _block(self, sound: Sound, start: float) -> Any:
        """(dimension, frames) of one block; what the sound does not fill is left at zero."""
        import torch

        begin = max(0.0, start - MARGIN_SECONDS)
        end = min(sound.duration_seconds, start + BLOCK_SECONDS + MARGIN_SECONDS)
        samples = sound.read(begin, end + _REACH_SAMPLES / SAMPLE_RATE)
        block = torch.zeros(self._embedding.frame_dimension, round(BLOCK_SECONDS * FRAMES))
        if len(samples) < 2 * _FRAME_SAMPLES:
            return block
        with torch.inference_mode():
            waveform = torch.from_numpy(np.ascontiguousarray(samples))[None, None].to(self._device)
            heard = self._embedding.forward_frames(waveform)[0].float().cpu()
        heard = heard[:, round((start - begin) * FRAMES) :][:, : block.shape[1]]
        block[:, : heard.shape[1]] = heard
        return block

    def _prints(self, start: float, window: Activity, blocks: _Blocks) -> tuple[NDArray[np.float32], Activity]:
        """A print for each voice of one window that speaks long enough."""
        import torch

        masks = _masks(window)
        known = masks.sum(axis=1) >= LEAST_FRAMES
        prints = np.zeros((len(masks), self._embedding.dimension), dtype=np.float32)
        if known.any():
            frames = self._frames(start, blocks)
            weights = torch.from_numpy(masks[known].astype(np.float32))
            with torch.inference_mode():
                pooled = self._embedding.forward_embedding(
                    frames.expand(len(weights), -1, -1).to(self._device), weights.to(self._device)
                )
            prints[known] = pooled.float().cpu().numpy()
        return prints, known

    def _frames(self, start: float, blocks: _Blocks) -> Any:
        """(1, dimension, frames) of one window, put together from its blocks."""
        import torch

        length = round(BLOCK_SECONDS * FRAMES)
        first, last = int(start // BLOCK_SECONDS), int((start + WINDOW_SECONDS) // BLOCK_SECONDS)
        empty = torch.zeros(self._embedding.frame_dimension, length)
        joined = torch.cat([blocks.frames.get(block, empty) for block in range(first, last + 1)], dim=1)
        begin = round((start - first * BLOCK_SECONDS) * FRAMES)
        return joined[None, :, begin : begin + round(WINDOW_SECONDS * FRAMES)]


def window_starts(duration_seconds: float) -> list[float]:
    """Where windows begin so that they cover the whole recording; the last one may run past its end."""
    count = 1 + max(0, int(np.ceil((duration_seconds - WINDOW_SECONDS) / STEP_SECONDS - 1e-9)))
    return [index * STEP_SECONDS for index in range(count)]


def stretched(activity: Activity) -> Activity:
    """Frames of the segmentation network as frames of the embedding network: (frames, voices) of one window."""
    count = round(WINDOW_SECONDS * FRAMES)
    return np.asarray(activity[np.arange(count) * len(activity) // count])


def _masks(window: Activity) -> Activity:
    """(voices, frames): where each voice of a window is heard alone, or at all where that is too little."""
    spoken = stretched(window)
    alone = spoken & (spoken.sum(axis=1, keepdims=True) == 1)
    enough = alone.sum(axis=0) >= LEAST_ALONE_FRAMES
    return np.asarray(np.where(enough, alone, spoken).T)


def _cut(samples: FloatArray, offset: float) -> FloatArray:
    first, count = round(offset * SAMPLE_RATE), round(WINDOW_SECONDS * SAMPLE_RATE)
    part = samples[first : first + count]
    return np.pad(part, (0, count - len(part)))


def _rms(samples: FloatArray) -> float:
    return float(np.sqrt(np.mean(np.square(samples)))) if len(samples) else 0.0
