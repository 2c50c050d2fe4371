"""Assembling weights: with small stand-ins for the packages; the real ones in the speech tests."""

import hashlib
from pathlib import Path

import pytest

from transcription import weights
from transcription.faults import WeightsFault, WeightsPackageMissing


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two packages whose parts join to `abcd`, and a diarisation folder that is just copied."""
    for package, content in (("part_one", b"ab"), ("part_two", b"cd")):
        folder = tmp_path / "site" / package
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text("raise ImportError('never imported')", encoding="utf-8")
        (folder / "piece").write_bytes(content)
    monkeypatch.syspath_prepend(tmp_path / "site")
    digest = hashlib.sha256(b"abcd").hexdigest()
    parts = (("part_one", "piece"), ("part_two", "piece"))
    monkeypatch.setattr(weights, "WHISPER_FILES", {"model.bin": (parts, digest)})
    monkeypatch.setattr(weights, "_build_pyannote", lambda folder: (folder / "config.yaml").write_bytes(b"{}"))
    return tmp_path / "site"


def test_parts_are_joined_and_checked_without_importing(packages: Path, tmp_path: Path) -> None:
    seen: list[float] = []
    folders = weights.ensure_weights(tmp_path / "w", lambda share, _what: seen.append(share))
    assert (folders.whisper / "model.bin").read_bytes() == b"abcd"
    assert seen[0] == 0.0
    assert seen[-1] == 1.0
    weights.verify_folder(folders.whisper)


def test_twice_is_once(packages: Path, tmp_path: Path) -> None:
    folder = weights.ensure_weights(tmp_path / "w").whisper
    before = (folder / "model.bin").stat().st_mtime_ns
    weights.ensure_weights(tmp_path / "w")
    assert (folder / "model.bin").stat().st_mtime_ns == before


def test_a_changed_file_is_noticed_and_built_again(packages: Path, tmp_path: Path) -> None:
    folder = weights.ensure_weights(tmp_path / "w").whisper
    (folder / "model.bin").write_bytes(b"evil")
    with pytest.raises(WeightsFault) as caught:
        weights.verify_folder(folder)
    assert "model.bin" in caught.value.sentence()
    weights.ensure_weights(tmp_path / "w")
    assert (folder / "model.bin").read_bytes() == b"abcd"


def test_a_package_with_other_content_is_refused_and_leaves_nothing(packages: Path, tmp_path: Path) -> None:
    (packages / "part_two" / "piece").write_bytes(b"xx")
    with pytest.raises(WeightsFault):
        weights.ensure_weights(tmp_path / "w")
    assert [path.name for path in (tmp_path / "w").iterdir()] == [".lock"]


def test_a_missing_package_is_named(packages: Path, tmp_path: Path) -> None:
    (packages / "part_two" / "piece").unlink()
    with pytest.raises(WeightsPackageMissing) as caught:
        weights.ensure_weights(tmp_path / "w")
    assert "part_two" in caught.value.sentence()


def test_the_command_needs_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert weights.main([]) == 2
    assert "usage" in capsys.readouterr().err
