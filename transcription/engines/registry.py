"""A name from the configuration goes in, an engine comes out, with the reason. There is never a silent fall-back."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from transcription import faults
from transcription.engines import viet_asr
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
    if name not in RECOGNIZERS or ("viet-asr" in name and not viet_asr.is_installed()):
        known = [known for known in RECOGNIZERS if "viet-asr" not in known or viet_asr.is_installed()]
        raise faults.EngineUnavailable(name=name, known=", ".join([AUTO, *known]))
    return Choice(name, "theo cấu hình")


def _automatic(settings: EngineSettings) -> Choice:
    model = Path(settings.whisper_model) if settings.whisper_model else None
    if model is not None and model.suffix == ".pt":
        return Choice("openai-whisper", "tự chọn: có tệp Whisper .pt do đơn vị cấu hình")
    if model is not None and _size(model) >= MEDIUM_BYTES:
        return Choice("faster-whisper", "tự chọn: mô hình Whisper do đơn vị cấu hình từ cỡ medium trở lên")
    if viet_asr.is_installed():
        return Choice("viet-asr+whisper", "tự chọn: kết hợp bộ nhận dạng tiếng Việt với Whisper cho ít lỗi nhất")
    return Choice("faster-whisper", "tự chọn: chưa cài bộ nhận dạng tiếng Việt viet-asr")


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
