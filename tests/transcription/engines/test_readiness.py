"""What the engines will load is looked at before any sound is decoded: models of a site, with and without hashes."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from transcription import faults
from transcription.engines import site_models
from transcription.engines.contract import EngineSettings
from transcription.engines.readiness import check_ready

HERE = EngineSettings(Path("weights"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site's CTranslate2 model, with the hashes of its files."""
    made = tmp_path / "mô hình"
    made.mkdir()
    for name in site_models.CTRANSLATE2_FILES:
        (made / name).write_bytes(name.encode())
    write_sums(made)
    return made


def write_sums(folder: Path) -> None:
    files = [path for path in sorted(folder.iterdir()) if path.name != site_models.SUMS]
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in files]
    (folder / site_models.SUMS).write_text("\n".join(lines) + "\n", encoding="utf-8")


def with_whisper(path: Path) -> EngineSettings:
    return replace(HERE, whisper_model=str(path))


@pytest.mark.parametrize("engine", ["faster-whisper", "openai-whisper"])
def test_a_whole_model_is_ready(folder: Path, engine: str) -> None:
    assert check_ready(engine, with_whisper(folder)).name == engine


@pytest.mark.parametrize("engine", ["faster-whisper", "openai-whisper"])
def test_a_model_that_is_not_there_is_named_by_its_setting(tmp_path: Path, engine: str) -> None:
    with pytest.raises(faults.ModelMissing) as caught:
        check_ready(engine, with_whisper(tmp_path / "không có"))
    assert "DIEMCAU_WHISPER_MODEL" in caught.value.sentence()
    assert "model.bin" in caught.value.sentence()
    assert not caught.value.fault.retryable


def test_a_folder_without_its_tokenizer_would_make_the_library_ask_a_hub(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()
    with pytest.raises(faults.ModelMissing, match=r"tokenizer\.json"):
        check_ready("faster-whisper", with_whisper(folder))


def test_a_file_with_another_hash_is_refused_and_found_again_when_it_is_put_right(folder: Path) -> None:
    (folder / "model.bin").write_bytes(b"other")
    with pytest.raises(faults.ModelChanged) as caught:
        check_ready("faster-whisper", with_whisper(folder))
    assert "model.bin" in caught.value.sentence()
    write_sums(folder)
    check_ready("faster-whisper", with_whisper(folder))


@pytest.mark.parametrize("line", ["0" * 64 + "  ../../etc/passwd", "0" * 64 + "  gone.bin", "rubbish"])
def test_hashes_that_make_no_sense_are_no_hashes_that_fit(folder: Path, line: str) -> None:
    (folder / site_models.SUMS).write_text(line, encoding="utf-8")
    with pytest.raises(faults.ModelChanged):
        check_ready("faster-whisper", with_whisper(folder))


def test_a_checkpoint_is_compared_with_the_hash_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "large.pt"
    path.write_bytes(b"checkpoint")
    assert check_ready("openai-whisper", with_whisper(path)).name == "openai-whisper"
    sums = tmp_path / "large.pt.sha256"
    sums.write_text(f"{hashlib.sha256(b'checkpoint').hexdigest()} *large.pt\n", encoding="utf-8")
    check_ready("openai-whisper", with_whisper(path))
    sums.write_text("0" * 64, encoding="utf-8")
    with pytest.raises(faults.ModelChanged):
        check_ready("openai-whisper", with_whisper(path))


def test_a_pipeline_is_a_folder_a_file_or_a_name_with_a_token(tmp_path: Path) -> None:
    settings = replace(HERE, pyannote_model="nhà/khác")
    with pytest.raises(faults.ModelMissing, match="DIEMCAU_PYANNOTE_MODEL"):
        check_ready("faster-whisper", settings)
    check_ready("faster-whisper", replace(settings, pyannote_token="hf"))
    with pytest.raises(faults.ModelMissing, match=r"config\.yaml"):
        check_ready("faster-whisper", replace(settings, pyannote_model=str(tmp_path)))
    (tmp_path / "config.yaml").write_text("{}", encoding="utf-8")
    check_ready("faster-whisper", replace(settings, pyannote_model=str(tmp_path)))
    check_ready("faster-whisper", replace(settings, pyannote_model=str(tmp_path / "config.yaml")))


def test_what_an_engine_does_not_use_need_not_be_there(tmp_path: Path) -> None:
    pytest.importorskip("vietasr")
    assert check_ready("viet-asr", with_whisper(tmp_path / "x")).name == "viet-asr"
