"""The configured engines go in; the choice comes out when everything they will load is there. Nothing is loaded.

Asked before the first second of sound is decoded: a model that is missing is no news for the middle of a job.
"""

from transcription.engines import registry, site_models
from transcription.engines.contract import EngineSettings
from transcription.engines.registry import Choice

_USES_CTRANSLATE2 = frozenset({"viet-asr+whisper", "faster-whisper"})


def check_ready(engine: str, settings: EngineSettings) -> Choice:
    """The recogniser that will be taken.

    The offline weights are not looked at here: `transcription.weights` assembles them.

    Raises:
        EngineUnavailable: no such engine, or its package is not installed.
        ModelMissing, ModelChanged: what the site configured is not there, or not what its hashes say.
        WeightsFault: the site's measured profiles cannot be read.
    """
    choice = registry.choose(engine, settings)
    if settings.whisper_model and choice.name in _USES_CTRANSLATE2:
        site_models.ctranslate2_folder(settings)
    if settings.whisper_model and choice.name == "openai-whisper":
        site_models.whisper_source(settings)
    if settings.pyannote_model:
        site_models.pyannote_source(settings)
    return choice
