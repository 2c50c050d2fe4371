"""The real networks on a few seconds: the fused network is the same one, and silence asks nothing of either."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.transcription import sounds
from transcription import offline
from transcription.engines import pyannote_diarizer
from transcription.engines.contract import EngineSettings, SpeakerBounds
from transcription.engines.pyannote_parts import PartwiseDiarizer
from transcription.engines.pyannote_windows import VoiceNetworks
from transcription.weights import PYANNOTE, ensure_weights

pytestmark = [pytest.mark.speech, pytest.mark.filterwarnings("ignore")]


class Samples:
    """Sound in memory."""

    def __init__(self, samples: NDArray[np.float32]) -> None:
        self._samples = samples
        self.longest_read = 0.0

    @property
    def duration_seconds(self) -> float:
        return len(self._samples) / 16_000

    def read(self, start_seconds: float, end_seconds: float) -> NDArray[np.float32]:
        self.longest_read = max(self.longest_read, end_seconds - start_seconds)
        return self._samples[round(start_seconds * 16_000) : round(end_seconds * 16_000)]

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        yield self._samples


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory: Path = tmp_path_factory.mktemp("weights")
    ensure_weights(directory)
    return directory


@pytest.fixture(scope="module")
def networks(weights: Path) -> VoiceNetworks:
    return VoiceNetworks(weights / PYANNOTE, threads=1)


def test_a_pipeline_of_the_site_is_asked_as_it_is(weights: Path) -> None:
    settings = EngineSettings(weights, pyannote_model=str(weights / PYANNOTE), threads=1)
    diarizer, asked = pyannote_diarizer.make(settings), list[float]()
    assert isinstance(diarizer, PartwiseDiarizer)
    found = diarizer.diarize(Samples(sounds.demo_stretch(12.0, 26.0)), SpeakerBounds(None, 3), asked.append)
    assert 1 <= len(found.embeddings) <= 3
    assert {turn.voice for turn in found.exclusive} <= set(found.embeddings)
    assert (asked == sorted(asked), asked[-1]) == (True, 1.0)


def test_the_fused_network_gives_the_same_frames() -> None:
    offline.prepare_pyannote()
    import torch

    from transcription.engines.campplus import CAMPPlus

    torch.manual_seed(5)
    plain = CAMPPlus().eval()
    for module in plain.modules():
        if isinstance(module, torch.nn.BatchNorm1d | torch.nn.BatchNorm2d):
            module.running_mean.normal_(0.0, 0.1)
            module.running_var.uniform_(0.5, 1.5)
    fused = CAMPPlus()
    fused.load_state_dict(plain.state_dict())
    waveform = torch.from_numpy(sounds.noise(1.5))[None, None]
    with torch.inference_mode():
        expected, found = plain.forward_frames(waveform), fused.fused().forward_frames(waveform)
    assert found.shape == (1, fused.frame_dimension, expected.shape[2])
    assert torch.allclose(expected, found, atol=1e-3)


def test_silence_has_no_voices_and_is_read_in_stretches(networks: VoiceNetworks) -> None:
    sound, asked = Samples(sounds.silence(90.0)), list[float]()
    heard = networks.hear(sound, asked.append)
    assert heard.activity.shape[0] == 41
    assert not heard.activity.any()
    assert not heard.known.any()
    assert asked == sorted(asked)
    assert asked[-1] == 1.0
    assert sound.longest_read <= 40.0


def test_each_voice_of_a_window_has_its_print(networks: VoiceNetworks) -> None:
    heard = networks.hear(Samples(sounds.demo_stretch(12.0, 26.0)))
    assert heard.starts == (0.0, 2.0, 4.0)
    assert heard.activity.shape == (3, 589, 3)
    lengths: Any = np.linalg.norm(heard.prints, axis=-1)
    assert ((lengths > 1.0) == heard.known).all()
    assert heard.known.any(axis=1).all()
    # The same seconds in two windows sound like the same person.
    alone = [(window, int(heard.alone[window].argmax())) for window in (0, 1)]
    one, other = (heard.prints[place] / lengths[place] for place in alone)
    assert float(one @ other) > 0.6
