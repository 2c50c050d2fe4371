"""The acoustic model and its tokens, read out of the installed viet-asr package; no code of the package is run.

The package carries one ONNX graph and one list of tokens inside its library. Both are data at known places, compared
with hashes pinned here; the library itself, native code without source, is never loaded for recordings.
"""

import hashlib
import importlib.util
import mmap
from dataclasses import dataclass
from pathlib import Path

from transcription.faults import WeightsFault, WeightsPackageMissing

PACKAGE = "vietasr"
_LIBRARY = "_native/libvietasr.so"
#: viet-asr 0.1.0.dev11, cp311 x86-64.
_MODEL_AT, _MODEL_BYTES = 533_456, 69_420_285
_TOKENS_AT, _TOKENS_BYTES = 69_953_744, 64_597
MODEL_SHA256 = "b34e699e5557f87741c6fca80246267268922c9d57045602da6fdf77039f0057"
TOKENS_SHA256 = "7b15d985d06e3c942f131f96e39b29a7170a9871f9800e794eb6e002940f9716"
BLANK = 0


@dataclass(frozen=True, slots=True)
class ConformerWeights:
    """The ONNX graph as bytes, and its output tokens in order; "▁" marks a token that begins a syllable."""

    model: bytes
    tokens: tuple[str, ...]


def read_weights() -> ConformerWeights:
    """Both, checked.

    Raises:
        WeightsPackageMissing: the package is not installed.
        WeightsFault: it is another version than the one we know.
    """
    path = library_path()
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as library:
        model = library[_MODEL_AT : _MODEL_AT + _MODEL_BYTES]
        listed = library[_TOKENS_AT : _TOKENS_AT + _TOKENS_BYTES]
    for what, content, expected in (("model", model, MODEL_SHA256), ("tokens", listed, TOKENS_SHA256)):
        if hashlib.sha256(content).hexdigest() != expected:
            raise WeightsFault(what=f"{PACKAGE}/{what}", path=str(path))
    tokens = (line.rpartition(" ")[0] for line in listed.decode().splitlines())
    return ConformerWeights(model, tuple(tokens))


def library_path() -> Path:
    """The package's library, found without importing the package. Raises WeightsPackageMissing."""
    spec = importlib.util.find_spec(PACKAGE)
    for place in (spec.submodule_search_locations or []) if spec else []:
        path = Path(place) / _LIBRARY
        if path.is_file():
            return path
    raise WeightsPackageMissing(package=PACKAGE)
