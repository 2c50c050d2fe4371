"""How a stage is shared: cut into pieces by whoever takes it first, done piece by piece by all workers, gathered.

In: the claim of a run, or nothing but an invitation. Out: rows of pieces, results on the shelf, one artifact; the same
bytes whoever did what, how often workers died and what was found finished. What is done to a piece, the `SharedWork` of
its stage says.
"""

import logging
from collections.abc import Sequence
from typing import Any, Protocol
from uuid import UUID

from core.runtime import Runtime
from core.storage import ObjectMissing
from transcription.faults import ArtifactDamaged, Fault, StageFault, StorageFailed
from transcription.pipeline import pieces, shelf
from transcription.pipeline.claims import Claim
from transcription.pipeline.diarisation import Diarisation
from transcription.pipeline.graph import Stage
from transcription.pipeline.heart import ClaimLost, Heart
from transcription.pipeline.models import StageRun
from transcription.pipeline.piece_counts import open_pieces, pieces_of
from transcription.pipeline.pieces import PieceClaim, PiecePlan
from transcription.pipeline.recognition import Recognising
from transcription.pipeline.telling import telling
from transcription.pipeline.workbench import Shared, StageResult, Workbench
from transcription.stages.sound import SoundFile

log = logging.getLogger(__name__)


class SharedWork(Protocol):
    """What a stage does with its pieces."""

    def cut(self, bench: Workbench) -> PiecePlan | StageResult:
        """The pieces, or the result itself where there is nothing to share."""
        ...

    def hear(self, runtime: Runtime, held: PieceClaim, sound: SoundFile) -> bytes:
        """The result of one piece. Raises EngineFailed, ArtifactDamaged."""
        ...

    def gather(self, bench: Workbench, common: dict[str, Any], contents: Sequence[bytes]) -> StageResult:
        """All results in the order of the recording → the artifact."""
        ...


WORK: dict[Stage, SharedWork] = {Stage.RECOGNISE: Recognising(), Stage.DIARISE: Diarisation()}


def shared_stage(bench: Workbench) -> StageResult | Shared:
    """Cut the recording if nobody has, then share what is open; gather where nothing is.

    The same call serves the first attempt, one after a loss, and the worker that did the last piece.
    """
    runtime, held = bench.runtime, bench.held
    with runtime.database.transaction() as session:
        plan = session.get_one(StageRun, held.run_id).piece_plan
    if plan is None:
        cut = WORK[held.stage].cut(bench)
        if isinstance(cut, StageResult):
            return cut
        kept = shelf.kept(runtime, [item.fingerprint for item in cut.pieces])
        bench.heart.check()
        with runtime.database.transaction() as session:
            pieces.write_pieces(session, held, cut, kept)
    with runtime.database.transaction() as session:
        if open_pieces(session, held.run_id):
            return Shared()
    return _gathered(bench)


def do_next(runtime: Runtime) -> Claim | None:
    """Do the piece whose turn it is. Returns the claim of its run if that was the last one."""
    held = _next_piece(runtime)
    if held is None:
        return None
    with telling(runtime, held, piece=held.planned.piece.index):
        try:
            return _attempt(runtime, held)
        except ClaimLost:
            log.warning("piece %s of run %s (%s): this attempt no longer counts", *_name(held))
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
    log.info("piece %s of run %s (%s) begins, attempt %s", *_name(held), held.attempt)
    try:
        with Heart(runtime, held) as heart:
            mark = held.planned.fingerprint
            # The result is safe before the row says so.
            result = shelf.kept(runtime, [mark]).get(mark) or shelf.store(runtime, _done(runtime, held))
            heart.check()
        with runtime.database.transaction() as session:
            rest = pieces.finish_piece(session, held, result)
    except StageFault as error:
        log.warning("piece %s of run %s (%s): %s", *_name(held), error.kind)
        _set_back(runtime, held, error.fault)
        return None
    except OSError as error:
        log.exception("piece %s of run %s (%s): the storage failed", *_name(held))
        _set_back(runtime, held, StorageFailed(reason=type(error).__name__).fault)
        return None
    log.info("piece %s of run %s (%s) is done", *_name(held))
    return rest


def _set_back(runtime: Runtime, held: PieceClaim, fault: Fault) -> None:
    with runtime.database.transaction() as session:
        pieces.set_back_piece(session, held, fault)


def _done(runtime: Runtime, held: PieceClaim) -> bytes:
    with runtime.database.transaction() as session:
        key = session.get_one(StageRun, UUID(held.inputs[Stage.NORMALISE.value])).artifact_key or ""
    try:
        with runtime.storage.local_copy(key) as path, SoundFile(path) as sound:
            return WORK[held.stage].hear(runtime, held, sound)
    except ObjectMissing as error:
        raise ArtifactDamaged(stage=Stage.NORMALISE.value) from error


def _gathered(bench: Workbench) -> StageResult | Shared:
    """The artifact; pieces whose stored result is gone are done again first."""
    runtime, held = bench.runtime, bench.held
    with runtime.database.transaction() as session:
        common = dict(session.get_one(StageRun, held.run_id).piece_plan or {})
        rows = [
            (row.index, row.artifact_key or "", row.artifact_sha256 or "") for row in pieces_of(session, held.run_id)
        ]
    contents = {index: shelf.content_of(runtime, key, sha256) for index, key, sha256 in rows}
    damaged = [index for index, content in contents.items() if content is None]
    if damaged:
        log.warning("run %s: %s pieces have to be done again", held.run_id, len(damaged))
        with runtime.database.transaction() as session:
            pieces.reopen(session, held, damaged)
        return Shared()
    whole = [content for content in contents.values() if content is not None]
    return WORK[held.stage].gather(bench, common, whole)


def _name(held: PieceClaim) -> tuple[int, UUID, str]:
    return held.planned.piece.index, held.run_id, held.stage.value
