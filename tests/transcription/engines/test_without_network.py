"""Nothing leaves the house: the engines at work where opening a socket of the internet ends the process at once."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.transcription import sounds
from transcription.weights import ensure_weights

pytestmark = pytest.mark.speech

ROOT = Path(__file__).resolve().parents[3]
WEIGHTS = Path(os.environ.get("DIEMCAU_WEIGHTS_PATH", ROOT / "var" / "weights"))


def run(*words: object) -> "subprocess.CompletedProcess[str]":
    """A program of `tests.transcription.without_network`, with none of the switches that these tests themselves set."""
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    command = [sys.executable, "-W", "ignore", "-m", "tests.transcription.without_network", *map(str, words)]
    found = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600, check=False)
    if "no filter on this machine" in found.stderr:
        pytest.skip("this kernel has no seccomp filter")
    return found


@pytest.mark.parametrize("kind", ["address", "telemetry"])
def test_whoever_reaches_out_is_ended(kind: str) -> None:
    """That the proof below proves something: as the library comes, pyannote.audio reports each pipeline."""
    assert run(kind).returncode == -signal.SIGSYS


def test_a_recording_is_transcribed_without_any_socket(tmp_path: Path) -> None:
    ensure_weights(WEIGHTS)
    clip = sounds.write_wav(tmp_path / "clip.wav", sounds.demo_stretch(0.5, 8.2))
    found = run("transcribe", clip, tmp_path / "out", WEIGHTS)
    assert found.returncode == 0, found.stderr[-2000:]
    assert "đồng chí" in (tmp_path / "out" / "transcript.vtt").read_text(encoding="utf-8")
