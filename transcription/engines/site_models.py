"""A site's own models: the settings go in, a folder or file that an engine may load comes out. Nothing is loaded.

What is missing, or differs from the hashes laid beside it, is told before any sound is read. Hashes are a file
`SHA256SUMS` in a model's folder, or `NAME.sha256` beside a single file, as `sha256sum` writes them; without one only
the names of the files are looked at.
"""

import hashlib
from functools import lru_cache
from pathlib import Path

from transcription.engines.contract import EngineSettings
from transcription.faults import ModelChanged, ModelMissing

WHISPER_SETTING, PYANNOTE_SETTING = "DIEMCAU_WHISPER_MODEL", "DIEMCAU_PYANNOTE_MODEL"
SUMS, SUM_SUFFIX = "SHA256SUMS", ".sha256"
#: Without the tokenizer in the folder, faster-whisper would ask a hub for it.
CTRANSLATE2_FILES = ("model.bin", "tokenizer.json")
PIPELINE_FILE = "config.yaml"
CHECKPOINT_SUFFIX = ".pt"


def ctranslate2_folder(settings: EngineSettings) -> Path:
    """The site's CTranslate2 Whisper. Raises ModelMissing, ModelChanged."""
    return _folder(settings.whisper_model, WHISPER_SETTING, CTRANSLATE2_FILES)


def whisper_source(settings: EngineSettings) -> Path:
    """What openai-whisper may load: one of OpenAI's `.pt` files, or a folder as above. Raises as above."""
    path = Path(settings.whisper_model)
    if path.is_dir():
        return _folder(settings.whisper_model, WHISPER_SETTING, CTRANSLATE2_FILES[:1])
    if path.suffix != CHECKPOINT_SUFFIX or not path.is_file():
        # The library would take a word like "base" for a download.
        raise ModelMissing(setting=WHISPER_SETTING, what=f"*{CHECKPOINT_SUFFIX}, {CTRANSLATE2_FILES[0]}")
    sums = path.with_name(path.name + SUM_SUFFIX)
    if sums.is_file():
        _compare(path.parent, sums, WHISPER_SETTING, only=path.name)
    return path


def pyannote_source(settings: EngineSettings) -> Path | str:
    """A local pipeline (its folder or its configuration), or the name of one that is fetched with the site's token.

    Raises as above.
    """
    path = Path(settings.pyannote_model)
    if path.is_file():
        return path
    if path.exists():
        return _folder(settings.pyannote_model, PYANNOTE_SETTING, (PIPELINE_FILE,))
    if not settings.pyannote_token:
        raise ModelMissing(setting=PYANNOTE_SETTING, what=PIPELINE_FILE)
    return settings.pyannote_model


def _folder(configured: str, setting: str, names: tuple[str, ...]) -> Path:
    folder = Path(configured)
    for name in names:
        if not (folder / name).is_file():
            raise ModelMissing(setting=setting, what=name)
    if (folder / SUMS).is_file():
        _compare(folder, folder / SUMS, setting)
    return folder


def _compare(folder: Path, sums: Path, setting: str, only: str = "") -> None:
    try:
        lines = sums.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ModelChanged(setting=setting, what=sums.name, sums=sums.name) from error
    for line in filter(None, lines):
        expected, _blank, name = line.partition(" ")
        name = name.lstrip(" *").removeprefix("./") or only
        path = folder / name
        inside = path.resolve().is_relative_to(folder.resolve())
        if not inside or not path.is_file() or _sha256(path) != expected.lower():
            raise ModelChanged(setting=setting, what=name, sums=sums.name)


def _sha256(path: Path) -> str:
    facts = path.stat()
    return _sha256_as_it_was(path, facts.st_size, facts.st_mtime_ns)


@lru_cache(maxsize=64)
def _sha256_as_it_was(path: Path, _size: int, _changed_at: int) -> str:
    """Gigabytes are read once in a process, unless the file changes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
