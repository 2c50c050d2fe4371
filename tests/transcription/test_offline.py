"""Nothing leaves the house."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from transcription import offline

ROOT = Path(__file__).parents[2]


def test_sealing_sets_every_switch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYANNOTE_METRICS_ENABLED", "1")
    monkeypatch.setenv("VIETASR_LIBRARY_PATH", "libevil.so")
    monkeypatch.delenv("ORT_DISABLE_TELEMETRY", raising=False)
    offline.seal()
    assert os.environ["PYANNOTE_METRICS_ENABLED"] == "0"
    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"
    assert os.environ["HF_HUB_OFFLINE"] == "1"
    assert "VIETASR_LIBRARY_PATH" not in os.environ


def test_the_hub_is_open_only_while_a_pipeline_is_fetched() -> None:
    from huggingface_hub import constants, is_offline_mode

    offline.seal()
    was_offline = constants.HF_HUB_OFFLINE
    with offline.hub_open():
        assert not is_offline_mode()
        assert "HF_HUB_OFFLINE" not in os.environ
        assert os.environ["PYANNOTE_METRICS_ENABLED"] == "0"
    assert was_offline == constants.HF_HUB_OFFLINE
    assert os.environ["HF_HUB_OFFLINE"] == "1"


@pytest.mark.slow
def test_importing_the_composition_loads_no_engine() -> None:
    """A web process must start quickly: heavy libraries are loaded by the stages that need them."""
    code = (
        "import sys, transcription.tasks, transcription.oneshot;"
        "heavy = {'torch', 'pyannote', 'faster_whisper', 'whisper', 'ctranslate2', 'vietasr'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


@pytest.mark.speech
def test_pyannotes_telemetry_is_off() -> None:
    code = (
        "from transcription import offline; offline.prepare_pyannote();"
        "from pyannote.audio.telemetry.metrics import is_metrics_enabled; assert not is_metrics_enabled()"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, check=True, env={**os.environ, "HOME": "/"})
