"""The stage that is shared: cut into pieces by whoever takes it first, heard piece by piece by all workers, gathered.

In: the claim of a run, or nothing but an invitation. Out: rows of pieces, results on the shelf, one artifact; the same
bytes whoever heard what, how often workers died and what was found finished.
"""

import json
import logging
from pathlib import Path
from uuid import UUID

from core.runtime import Runtime
from core.storage import ObjectMissing
from transcription.engines import registry
from transcription.engines.contract import EngineSettings, Vocabulary
from transcription.faults import ArtifactDamaged, Fault, StageFault, StorageFailed
from transcription.pipeline import pieces, shelf
from transcription.pipeline.claims import Claim
from transcription.pipeline.graph import Stage
from transcription.pipeline.heart import ClaimLost, Heart
from transcription.pipeline.models import StageRun
from transcription.pipeline.piece_counts import open_pieces, pieces_of
from transcription.pipeline.pieces import PieceClaim, PiecePlan
from transcription.pipeline.workbench import (
    Shared,
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

log = logging.getLogger(__name__)


def recognise_speech(bench: Workbench) -> StageResult | Shared:
    """Cut the recording if nobody has, then share what is open; gather where nothing is.

    The same call serves the first attempt, one after a loss, and the worker that did the last piece.
    """
    runtime, held = bench.runtime, bench.held
    with runtime.database.transaction() as session:
        plan = session.get_one(StageRun, held.run_id).piece_plan
    if plan is None:
        speech = SpeechMap.from_json(bench.json_of(Stage.DETECT_SPEECH))
        if not speech.regions:
            choice = _choice(bench)
            return _result(Recognition(choice.name, choice.reason, ()))
        _cut(bench, speech)
    with runtime.database.transaction() as session:
        if open_pieces(session, held.run_id):
            return Shared()
    return _gathered(bench)


def hear_next(runtime: Runtime) -> Claim | None:
    """Hear the piece whose turn it is. Returns the claim of its run if that was the last one."""
    held = _next_piece(runtime)
    if held is None:
        return None
    try:
        return _attempt(runtime, held)
    except ClaimLost:
        log.warning("piece %s of run %s: this attempt no longer counts", held.planned.piece.index, held.run_id)
        return None


def _next_piece(runtime: Runtime) -> PieceClaim | None:
    with runtime.database.transaction() as session:
        turn = pieces.runs_in_turn(session)
    for run_id in turn:
        with runtime.database.transaction() as session:
            held = pieces.claim_piece(session, run_id)
        if held is not None:
            return held
    return None


def _attempt(runtime: Runtime, held: PieceClaim) -> Claim | None:
    index = held.planned.piece.index
    log.info("piece %s of run %s begins, attempt %s", index, held.run_id, held.attempt)
    try:
        with Heart(runtime, held) as heart:
            found = shelf.kept(runtime, [held.planned.fingerprint]).get(held.planned.fingerprint)
            # The result is safe before the row says so.
            result = found or runtime.storage.put_bytes(_heard(runtime, held), prefix=shelf.PREFIX, suffix=".json")
            heart.check()
        with runtime.database.transaction() as session:
            rest = pieces.finish_piece(session, held, result)
    except StageFault as error:
        log.warning("piece %s of run %s: %s", index, held.run_id, error.kind)
        _set_back(runtime, held, error.fault)
        return None
    except OSError as error:
        log.exception("piece %s of run %s: the storage failed", index, held.run_id)
        _set_back(runtime, held, StorageFailed(reason=type(error).__name__).fault)
        return None
    log.info("piece %s of run %s is done", index, held.run_id)
    return rest


def _set_back(runtime: Runtime, held: PieceClaim, fault: Fault) -> None:
    with runtime.database.transaction() as session:
        pieces.set_back_piece(session, held, fault)


def _heard(runtime: Runtime, held: PieceClaim) -> bytes:
    engine = recognizer(held.engine, _engines(runtime))
    with runtime.database.transaction() as session:
        key = session.get_one(StageRun, UUID(held.inputs[Stage.NORMALISE.value])).artifact_key or ""
    try:
        with runtime.storage.local_copy(key) as path, SoundFile(path) as sound:
            return hear(sound, held.planned, engine, Vocabulary(held.terms))
    except ObjectMissing as error:
        raise ArtifactDamaged(stage=Stage.NORMALISE.value) from error


def _cut(bench: Workbench, speech: SpeechMap) -> None:
    runtime, choice = bench.runtime, _choice(bench)
    engines = _engines(runtime)
    engine = recognizer(choice.name, engines)
    terms = _terms(bench)
    with bench.file_of(Stage.NORMALISE) as path, SoundFile(path) as sound:
        planned = list(plan_pieces(sound, speech, _identity(choice.name, engines), engine.abilities, terms))
    told = usable_terms(engine.abilities, terms)
    plan = PiecePlan(choice.name, choice.reason, terms.terms, told.terms, planned)
    kept = shelf.kept(runtime, [item.fingerprint for item in planned])
    bench.heart.check()
    with runtime.database.transaction() as session:
        pieces.write_pieces(session, bench.held, plan, kept)


def _gathered(bench: Workbench) -> StageResult | Shared:
    """All pieces in order as one artifact; those whose stored result is gone are heard again first."""
    runtime, held = bench.runtime, bench.held
    with runtime.database.transaction() as session:
        plan = dict(session.get_one(StageRun, held.run_id).piece_plan or {})
        rows = [
            (row.index, row.artifact_key or "", row.artifact_sha256 or "") for row in pieces_of(session, held.run_id)
        ]
    contents = {index: shelf.content_of(runtime, key, sha256) for index, key, sha256 in rows}
    damaged = [index for index, content in contents.items() if content is None]
    if damaged:
        log.warning("run %s: %s pieces have to be heard again", held.run_id, len(damaged))
        with runtime.database.transaction() as session:
            pieces.reopen(session, held, damaged)
        return Shared()
    whole = [content for content in contents.values() if content is not None]
    return _result(gather(plan["engine"], plan["reason"], whole, Vocabulary(tuple(plan["terms"]))))


def _choice(bench: Workbench) -> registry.Choice:
    wanted = bench.parameters.get("engine") or bench.runtime.settings.recognizer
    return registry.choose(wanted, engine_settings(bench.runtime.settings))


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
    """What the job was given, then what the plan of the meeting says."""
    meeting = bench.meeting()
    planned = vocabulary(meeting).terms if meeting else ()
    return Vocabulary(tuple(dict.fromkeys([*bench.parameters.get("vocabulary", ()), *planned])))


def _result(recognition: Recognition) -> StageResult:
    content = json.dumps(recognition.to_json(), ensure_ascii=False, indent=1).encode()
    return StageResult(content, summary={"engine": recognition.engine, "reason": recognition.reason})
