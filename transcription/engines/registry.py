"""A name from the configuration goes in, an engine comes out, with the reason. There is never a silent fall-back."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from transcription import faults
from transcription.engines import profiles, viet_asr
from transcription.engines.contract import Diarizer, EngineSettings, Recognizer

AUTO = "auto"
#: A CTranslate2 model.bin of Whisper medium and larger; from there Whisper alone hears better than the pair.
MEDIUM_BYTES = 700_000_000


@dataclass(frozen=True, slots=True)
class Choice:
    """Which recogniser is used, and why, in a Vietnamese sentence."""

    name: str
    reason: str


def _faster_whisper(settings: EngineSettings) -> Recognizer:
    from transcription.engines.faster_whisper import FasterWhisper

    return FasterWhisper(settings)


def _openai_whisper(settings: EngineSettings) -> Recognizer:
    from transcription.engines.openai_whisper import OpenAIWhisper

    return OpenAIWhisper(settings)


def _viet_asr(settings: EngineSettings) -> Recognizer:
    return viet_asr.VietASR(settings)


def _fused(settings: EngineSettings) -> Recognizer:
    from transcription.engines.fused import Fused

    return Fused(settings)


RECOGNIZERS: dict[str, Callable[[EngineSettings], Recognizer]] = {
    "viet-asr+whisper": _fused,
    "faster-whisper": _faster_whisper,
    "openai-whisper": _openai_whisper,
    "viet-asr": _viet_asr,
}


def choose(name: str, settings: EngineSettings) -> Choice:
    """Resolve the configured name; only `auto` may decide by itself, and it says why.

    Raises:
        EngineUnavailable: nobody here has that name, or its package is not installed.
    """
    if name == AUTO:
        return _automatic(settings)
    if name not in RECOGNIZERS or not _is_available(name):
        known = [known for known in RECOGNIZERS if _is_available(known)]
        raise faults.EngineUnavailable(name=name, known=", ".join([AUTO, *known]))
    return Choice(name, "theo cấu hình")


def _automatic(settings: EngineSettings) -> Choice:
    """The measured profile decides; a large Whisper that nobody has measured here is trusted for its size."""
    model = settings.whisper_model or profiles.BASE
    available = [name for name in RECOGNIZERS if _is_available(name)]
    measured = profiles.best(profiles.known_profiles(settings.weights_directory), available, model)
    if measured is not None:
        absent = "" if viet_asr.is_installed() else "; chưa cài bộ nhận dạng tiếng Việt viet-asr"
        return Choice(measured.engine, f"tự chọn theo số đo: {profiles.told(measured)}{absent}")
    path = Path(model)
    if path.suffix == ".pt":
        return Choice("openai-whisper", "tự chọn: có tệp Whisper .pt do đơn vị cấu hình, chưa đo tại đây")
    if _size(path) >= MEDIUM_BYTES:
        return Choice("faster-whisper", "tự chọn: mô hình Whisper do đơn vị cấu hình từ cỡ medium trở lên, chưa đo")
    if viet_asr.is_installed():
        return Choice("viet-asr+whisper", "tự chọn: bộ nhận dạng tiếng Việt cùng Whisper do đơn vị cấu hình, chưa đo")
    return Choice("faster-whisper", "tự chọn: chưa cài bộ nhận dạng tiếng Việt viet-asr")


def _is_available(name: str) -> bool:
    return "viet-asr" not in name or viet_asr.is_installed()


def _size(folder: Path) -> int:
    model = folder / "model.bin"
    return model.stat().st_size if model.is_file() else 0


def make_recognizer(choice: Choice, settings: EngineSettings) -> Recognizer:
    """Load the chosen engine; WeightsFault or EngineUnavailable are raised before any sound is read."""
    return RECOGNIZERS[choice.name](settings)


def make_diarizer(name: str, settings: EngineSettings) -> Diarizer:
    """The diariser of that name. Raises EngineUnavailable or WeightsFault."""
    if name != "pyannote":
        raise faults.EngineUnavailable(name=name, known="pyannote")
    from transcription.engines import pyannote_diarizer

    return pyannote_diarizer.make(settings)
