"""Recognition as shared work: pieces of a recording go to whichever worker is free, words come back."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.runtime import Runtime
from transcription.engines import registry
from transcription.engines.contract import EngineSettings, Vocabulary
from transcription.pipeline.graph import Stage
from transcription.pipeline.pieces import PieceClaim, PiecePlan
from transcription.pipeline.workbench import (
    StageResult,
    Workbench,
    engine_settings,
    prepare_engines,
    recognizer,
)
from transcription.speakers.from_meeting import vocabulary
from transcription.stages.detect_speech import SpeechMap
from transcription.stages.recognise import Recognition, gather, hear, plan_pieces, usable_terms
from transcription.stages.sound import SoundFile
from transcription.vocabulary.learned.service import terms_for


class Recognising:
    """The `SharedWork` of RECOGNISE."""

    def cut(self, bench: Workbench) -> PiecePlan | StageResult:
        """Pieces at pauses, sized for the engine; engine and vocabulary are decided here for all of them.

        Raises:
            EngineUnavailable, WeightsFault: before any sound is heard.
        """
        settings = bench.runtime.settings
        choice = registry.choose(bench.parameters.get("engine") or settings.recognizer, engine_settings(settings))
        speech = SpeechMap.from_json(bench.json_of(Stage.DETECT_SPEECH))
        if not speech.regions:
            return _result(Recognition(choice.name, choice.reason, ()))
        engines = _engines(bench.runtime)
        engine = recognizer(choice.name, engines)
        terms = _terms(bench)
        with bench.file_of(Stage.NORMALISE) as path, SoundFile(path) as sound:
            planned = list(plan_pieces(sound, speech, _identity(choice.name, engines), engine.abilities, terms))
        common = {
            "engine": choice.name,
            "reason": choice.reason,
            "terms": list(terms.terms),
            "told_terms": list(usable_terms(engine.abilities, terms).terms),
        }
        return PiecePlan(common, planned)

    def hear(self, runtime: Runtime, held: PieceClaim, sound: SoundFile) -> bytes:
        """Words of one piece."""
        engine = recognizer(held.common["engine"], _engines(runtime))
        return hear(sound, held.planned, engine, Vocabulary(tuple(held.common["told_terms"])))

    def gather(self, bench: Workbench, common: dict[str, Any], contents: Sequence[bytes]) -> StageResult:
        """All words in order, with the whole vocabulary applied."""
        del bench
        terms = Vocabulary(tuple(common["terms"]))
        return _result(gather(common["engine"], common["reason"], contents, terms))


def _engines(runtime: Runtime) -> EngineSettings:
    """What the engines read, once they may be loaded."""
    settings = runtime.settings
    prepare_engines(settings.weights_directory, settings.speech_threads)
    return engine_settings(settings)


def _identity(engine: str, engines: EngineSettings) -> str:
    """The engine and the model behind it: another model of the site makes other pieces."""
    if not engines.whisper_model:
        return engine
    model = Path(engines.whisper_model)
    file = model / "model.bin" if model.is_dir() else model
    return f"{engine} {model} {file.stat().st_size if file.is_file() else 0}"


def _terms(bench: Workbench) -> Vocabulary:
    """What the job was given, then what the plan of the meeting says, then what corrections of its units taught."""
    meeting = bench.meeting()
    planned = vocabulary(meeting).terms if meeting else ()
    with bench.runtime.database.transaction() as session:
        learned = terms_for(session, bench.source().meeting_id)
    return Vocabulary(tuple(dict.fromkeys([*bench.parameters.get("vocabulary", ()), *planned, *learned])))


def _result(recognition: Recognition) -> StageResult:
    content = json.dumps(recognition.to_json(), ensure_ascii=False, indent=1).encode()
    return StageResult(content, summary={"engine": recognition.engine, "reason": recognition.reason})
