"""One attempt at a stage or a piece: claim, work with a beating heart, hand on. Faults become rows, never lost traces.

In: the id of a stage run, or an invitation to take a piece. Out: a row moved on, or nothing at all where somebody else
has it.
"""

import logging
import tempfile
from pathlib import Path
from uuid import UUID

from core import lifecycles
from core.errors import ClassifiedRefused
from core.runtime import Runtime
from core.storage import StoredObject
from transcription.faults import Fault, MediaFault, StageFault, StorageFailed, Unexpected
from transcription.pipeline.claims import (
    Claim,
    ClaimLost,
    Heart,
    claim,
    complete,
    present_claim,
    runs_held_here,
    set_back,
)
from transcription.pipeline.models import TranscriptionJob
from transcription.pipeline.pieces import piece_held_here, set_back_piece, share
from transcription.pipeline.sharing import do_next
from transcription.pipeline.telling import telling
from transcription.pipeline.work import WORK
from transcription.pipeline.workbench import Shared, StageResult, Workbench
from transcription.recordings import states as recording_states
from transcription.recordings.models import Recording

log = logging.getLogger(__name__)

PREFIX = "artifacts"


def run_stage(runtime: Runtime, run_id: UUID) -> None:
    """Work on a stage run if it is still waiting. A duplicate message finds nothing to do."""
    with runtime.database.transaction() as session:
        held = claim(session, run_id)
    if held is not None:
        with telling(runtime, held):
            log.info("stage run %s (%s) begins, token %s", held.run_id, held.stage.value, held.fencing_token)
            work_on(runtime, held)


def run_piece(runtime: Runtime) -> None:
    """Do the piece whose turn it is; after the last one of a run, finish the run."""
    held = do_next(runtime)
    if held is not None:
        with telling(runtime, held):
            log.info("stage run %s (%s): its pieces are done", held.run_id, held.stage.value)
            work_on(runtime, held)


def work_on(runtime: Runtime, held: Claim) -> None:
    """Do what a claim is for; stop without a word where it no longer counts."""
    try:
        _attempt(runtime, held)
    except ClaimLost:
        log.warning("stage run %s: this attempt no longer counts", held.run_id)


def _attempt(runtime: Runtime, held: Claim) -> None:
    fault: Fault | None = None
    try:
        with tempfile.TemporaryDirectory(prefix="diemcau-stage-") as scratch, Heart(runtime, held) as heart:
            result = WORK[held.stage](Workbench(runtime, held, heart, Path(scratch)))
            heart.check()
            if isinstance(result, Shared):
                with runtime.database.transaction() as session:
                    share(session, held)
                return
            # The artifact is safe before the row says so.
            stored = _store(runtime, result)
        with runtime.database.transaction() as session:
            complete(session, held, stored, result.summary)
            if result.effect is not None:
                result.effect(session)
        log.info("stage run %s (%s) is done", held.run_id, held.stage.value)
    except StageFault as error:
        log.warning("stage run %s: %s", held.run_id, error.kind)
        fault = error.fault
    except OSError as error:
        log.exception("stage run %s: the storage failed", held.run_id)
        fault = StorageFailed(reason=type(error).__name__).fault
    except ClassifiedRefused as error:
        fault = Fault("classified", "policy", error.code, retryable=False)
    if fault is not None:
        note_fault(runtime, held, fault)


def note_fault(runtime: Runtime, held: Claim, fault: Fault) -> None:
    """Write a fault on the run; a file that cannot be read is marked so as well. Raises ClaimLost."""
    with runtime.database.transaction() as session:
        set_back(session, held, fault)
        if fault.source == MediaFault.source and not fault.retryable:
            job = session.get_one(TranscriptionJob, held.job_id)
            row = session.get_one(Recording, job.recording_id)
            lifecycles.apply(session, recording_states.RECORDING, row, "found_unusable", actor=None, fault=fault.kind)


def note_unexpected(runtime: Runtime, run_id: UUID, reference: str) -> None:
    """A mistake of ours broke an attempt: say so on the row, with the reference under which the log has the trace."""
    with runtime.database.transaction() as session:
        held = present_claim(session, run_id)
    if held is not None:
        note_fault(runtime, held, Unexpected(reference=reference).fault)


def note_unexpected_in_piece(runtime: Runtime, reference: str) -> None:
    """The same for whatever this worker holds after an invitation: a piece, or the run whose last piece it did."""
    fault = Unexpected(reference=reference).fault
    with runtime.database.transaction() as session:
        run_ids, piece = runs_held_here(session), piece_held_here(session)
    if piece is not None:
        with runtime.database.transaction() as session:
            set_back_piece(session, piece, fault)
    for run_id in run_ids:
        note_unexpected(runtime, run_id, reference)


def _store(runtime: Runtime, result: StageResult) -> StoredObject:
    if isinstance(result.artifact, bytes):
        return runtime.storage.put_bytes(result.artifact, prefix=PREFIX, suffix=result.suffix)
    with result.artifact.open("rb") as stream:
        return runtime.storage.put(stream, prefix=PREFIX, suffix=result.suffix)
