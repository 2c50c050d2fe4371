"""The real embedding network: one voice is like itself and unlike another."""

from pathlib import Path

import pytest

from tests.transcription import sounds
from transcription.engines.contract import EngineSettings
from transcription.faults import WeightsFault
from transcription.speakers.prints.embedding import VoiceEmbedder
from transcription.speakers.prints.matching import Enrolled, match
from transcription.weights import ensure_weights


@pytest.mark.speech
@pytest.mark.filterwarnings("ignore")
def test_a_voice_is_known_again(tmp_path: Path) -> None:
    ensure_weights(tmp_path)
    embedder = VoiceEmbedder(EngineSettings(tmp_path, threads=1))
    # The sample briefing: the chair opens and concludes, a unit reports in between.
    chair = embedder.embed([sounds.demo_stretch(0.5, 8.2)])
    assert len(chair) == 192
    assert sum(x * x for x in chair) == pytest.approx(1.0, abs=1e-3)
    again, other = embedder.embed([sounds.demo_stretch(0.5, 4.5)]), embedder.embed([sounds.demo_stretch(20, 28)])
    found = match({"again": again, "other": other}, [Enrolled("Phan Quốc Bảo", chair)], {})
    assert set(found) == {"again"}
    assert embedder.embed([sounds.silence(0.4)]) == ()


def test_missing_weights_are_told(tmp_path: Path) -> None:
    with pytest.raises(WeightsFault):
        VoiceEmbedder(EngineSettings(tmp_path))
