"""Nothing leaves the house: environment variables and library switches that keep speech libraries off the network.

`seal()` must run before torch, onnxruntime, huggingface_hub or pyannote are imported in a process, since each of them
reads its variables at import. Every module here that imports one of them lazily calls it first; calling it twice is
harmless.
"""

import importlib
import os
import sys
import types
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

_VARIABLES = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "DO_NOT_TRACK": "1",
    "ORT_DISABLE_TELEMETRY": "1",  # onnxruntime 1.31 writes a device id below the home folder without it
    "PYANNOTE_METRICS_ENABLED": "0",  # pyannote.audio 4 reports to otel.pyannote.ai by default
    "OTEL_SDK_DISABLED": "true",
    "LIGHTNING_DISABLE_VERSION_CHECK": "1",
}
_HUB_VARIABLES = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")


def seal() -> None:
    """Set every variable that keeps the engines offline and silent."""
    os.environ.update(_VARIABLES)
    # An override would make the recogniser load a library nobody has checked.
    os.environ.pop("VIETASR_LIBRARY_PATH", None)


@contextmanager
def hub_open() -> Iterator[None]:
    """The one exception: a site that configured a pyannote token fetches that one pipeline. Telemetry stays off.

    The library reads its variable when it is imported, which may have been long ago: its own switch is turned as well.
    """
    from huggingface_hub import constants

    was_offline = constants.HF_HUB_OFFLINE
    for name in _HUB_VARIABLES:
        os.environ.pop(name, None)
    constants.HF_HUB_OFFLINE = False
    try:
        yield
    finally:
        constants.HF_HUB_OFFLINE = was_offline
        seal()


def limit_threads(count: int) -> None:
    """Bound the threads of numeric libraries; two unbounded torch jobs on two cores slow each other several times."""
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, str(count))


def prepare_pyannote() -> str:
    """Make `import pyannote.audio` work with a CPU build of torch. Returns "native" or "python-only".

    torchaudio from the package index links its one C++ extension to CUDA libraries and fails to import beside a CPU
    torch. pyannote uses only torchaudio's Python parts, so a stand-in for the extension is enough; with a working
    torchaudio this does nothing.
    """
    seal()
    warnings.filterwarnings("ignore", message=r"\s*torchcodec is not installed correctly")
    try:
        importlib.import_module("torchaudio")
    except (OSError, ImportError):
        _import_torchaudio_without_extension()
        return "python-only"
    return "native"


def _import_torchaudio_without_extension() -> None:
    for name in [name for name in sys.modules if name == "torchaudio" or name.startswith("torchaudio.")]:
        del sys.modules[name]
    stand_in = types.ModuleType("torchaudio._extension")

    def unavailable(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("torchaudio's C++ extension is not available in this process")

    stand_in.__dict__.update(
        _IS_TORCHAUDIO_EXT_AVAILABLE=False,
        _IS_ALIGN_AVAILABLE=False,
        _check_cuda_version=lambda: None,
        fail_if_no_align=lambda _function: unavailable,
    )
    sys.modules["torchaudio._extension"] = stand_in
    importlib.import_module("torchaudio")
