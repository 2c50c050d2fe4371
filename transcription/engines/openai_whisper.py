"""OpenAI's own Whisper: a piece of sound goes in, timed words come out.

By default the weights of the offline base folder, rebuilt tensor by tensor (`ct2_checkpoint`); a site may name a
folder of that kind or one of OpenAI's own `.pt` files of any size.
"""

import warnings
from typing import Any

from transcription import faults, offline
from transcription.engines import ct2_checkpoint, site_models, whisper_text
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

NAME = "openai-whisper"
#: Greedy costs a third of beam 5 and differs by less than what such small samples can tell.
TEMPERATURES = (0.0, 0.2, 0.4)
#: Text that compresses better than this repeats itself; below this mean log probability the decoder was lost.
REPETITIVE = 2.4
LOST = -1.0


class OpenAIWhisper:
    """openai-whisper on CPU or GPU; word times by cross-attention."""

    name = NAME
    abilities = Abilities(
        languages=frozenset({VIETNAMESE}),
        word_times=True,
        confidence=True,
        punctuation=True,
        vocabulary=True,
        longest_piece_seconds=28.0,
    )

    def __init__(self, settings: EngineSettings) -> None:
        offline.seal()
        import torch

        # Torch's own default takes every core; a worker must leave some to its neighbours.
        torch.set_num_threads(settings.threads)
        self._cuda = torch.cuda.is_available()
        self._model = _load(settings)
        if self._cuda:
            self._model = self._model.to("cuda")

    def recognize(self, samples: FloatArray, piece: Piece, vocabulary: Vocabulary) -> tuple[Utterance, ...]:
        """One window of at most 30 s, decoded once.

        `whisper.transcribe` would go on after the last word and invent sentences in the rest of a second of silence,
        so its parts are called directly: spectrum, decoding with rising temperature, word times.
        """
        from whisper import audio

        terms = whisper_text.hint(vocabulary)
        prompt = f"{terms}." if terms else None
        mel = audio.log_mel_spectrogram(samples, self._model.dims.n_mels, padding=audio.N_SAMPLES)
        window = audio.pad_or_trim(mel, audio.N_FRAMES).to(self._model.device)
        try:
            result = self._decode(window, prompt)
            segment = self._timed(result, window, len(samples))
        except RuntimeError as error:
            raise faults.EngineFailed(name=self.name) from error
        found = _utterance(segment, result, piece.start)
        return (found,) if found else ()

    def _decode(self, window: Any, prompt: str | None) -> Any:
        """Greedy first; warmer only where the text repeats itself or the decoder was lost."""
        from whisper.decoding import DecodingOptions

        for temperature in TEMPERATURES:
            options = DecodingOptions(
                language=VIETNAMESE,
                temperature=temperature,
                prompt=prompt,
                without_timestamps=True,
                fp16=self._cuda,
            )
            result = self._model.decode(window, options)
            if result.compression_ratio <= REPETITIVE and result.avg_logprob >= LOST:
                break
        return result

    def _timed(self, result: Any, window: Any, sample_count: int) -> dict[str, Any]:
        from whisper import audio
        from whisper.timing import add_word_timestamps
        from whisper.tokenizer import get_tokenizer

        tokenizer = get_tokenizer(
            self._model.is_multilingual, num_languages=self._model.num_languages, language=VIETNAMESE, task="transcribe"
        )
        seconds = sample_count / SAMPLE_RATE
        segment: dict[str, Any] = {"seek": 0, "start": 0.0, "end": seconds, "tokens": result.tokens}
        with warnings.catch_warnings():
            # Word times warn that Triton kernels are missing; the plain ones do the same on a CPU.
            warnings.simplefilter("ignore", UserWarning)
            add_word_timestamps(
                segments=[segment],
                model=self._model,
                tokenizer=tokenizer,
                mel=window,
                num_frames=min(audio.N_FRAMES, sample_count // audio.HOP_LENGTH),
                last_speech_timestamp=0.0,
            )
        return segment

    def close(self) -> None:
        del self._model


def _load(settings: EngineSettings) -> Any:
    if not settings.whisper_model:
        folder = settings.weights_directory / WHISPER_BASE
        verify_folder(folder)
        return ct2_checkpoint.load_model(folder)
    path = site_models.whisper_source(settings)
    if path.is_dir():
        return ct2_checkpoint.load_model(path)
    import whisper

    return whisper.load_model(str(path), device="cpu", in_memory=True).eval()


def _utterance(segment: dict[str, Any], result: Any, offset: float) -> Utterance | None:
    items = ((word["start"], word["end"], word["word"], word["probability"]) for word in segment.get("words", ()))
    words = whisper_text.words_of(items, offset)
    if not words:
        return None
    quality = Quality(result.avg_logprob, result.no_speech_prob, result.compression_ratio)
    return Utterance(words[0].start, words[-1].end, words, quality)
