"""Whisper through CTranslate2 (faster-whisper), int8 on a CPU, beam 5: a piece goes in, timed words come out."""

from pathlib import Path
from typing import Any

from transcription import faults, offline
from transcription.engines import site_models, whisper_text
from transcription.engines.contract import (
    SAMPLE_RATE,
    VIETNAMESE,
    Abilities,
    EngineSettings,
    FloatArray,
    Piece,
    Quality,
    Utterance,
    Vocabulary,
)
from transcription.weights import WHISPER_BASE, verify_folder

NAME = "faster-whisper"
BEAM = 5


class FasterWhisper:
    """A CTranslate2 Whisper of any size. The folder must hold tokenizer.json, else the library would ask a hub."""

    name = NAME
    abilities = Abilities(
        languages=frozenset({VIETNAMESE}),
        word_times=True,
        confidence=True,
        punctuation=True,
        vocabulary=True,
        longest_piece_seconds=28.0,
    )

    def __init__(self, settings: EngineSettings, *, beam: int = BEAM) -> None:
        self._beam = beam
        folder = model_folder(settings)
        offline.seal()
        import ctranslate2
        from faster_whisper import BatchedInferencePipeline, WhisperModel

        device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
        model = WhisperModel(
            str(folder),
            device=device,
            compute_type="int8_float16" if device == "cuda" else "int8",
            cpu_threads=settings.threads,
            local_files_only=True,
        )
        # The batched form decodes each piece exactly once. The plain one goes on after the last word and, in the rest
        # of a second of silence, invents sentences.
        self._model = BatchedInferencePipeline(model)

    def recognize(self, samples: FloatArray, piece: Piece, vocabulary: Vocabulary) -> tuple[Utterance, ...]:
        terms = whisper_text.hint(vocabulary)
        try:
            segments, _info = self._model.transcribe(
                samples,
                language=VIETNAMESE,
                beam_size=self._beam,
                word_timestamps=True,
                # A sentence heard wrongly would colour all that follow.
                condition_on_previous_text=False,
                hotwords=terms or None,
                vad_filter=False,
                clip_timestamps=[{"start": 0.0, "end": len(samples) / SAMPLE_RATE}],
                batch_size=1,
            )
            return tuple(utterance for segment in segments if (utterance := _utterance(segment, piece.start)))
        except RuntimeError as error:
            raise faults.EngineFailed(name=self.name) from error

    def close(self) -> None:
        self._model.model.model.unload_model()


def model_folder(settings: EngineSettings) -> Path:
    """The configured CTranslate2 folder, or the checked offline base. Raises WeightsFault before any work is done."""
    if not settings.whisper_model:
        folder = settings.weights_directory / WHISPER_BASE
        verify_folder(folder)
        return folder
    return site_models.ctranslate2_folder(settings)


def _utterance(segment: Any, offset: float) -> Utterance | None:
    items = ((word.start, word.end, word.word, word.probability) for word in segment.words or ())
    words = whisper_text.words_of(items, offset)
    if not words:
        return None
    quality = Quality(segment.avg_logprob, segment.no_speech_prob, segment.compression_ratio)
    return Utterance(words[0].start, words[-1].end, words, quality)
