"""Which stage needs which, on which queue it works, and what it is called: a table, no behaviour.

`recognise` and `diarise` need the same inputs and are cut into pieces that all workers share.
"""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """The steps from a received file to a published transcript, in the order in which they are shown."""

    INGEST = "ingest"
    VERIFY = "verify"
    NORMALISE = "normalise"
    DETECT_SPEECH = "detect_speech"
    RECOGNISE = "recognise"
    DIARISE = "diarise"
    MERGE = "merge"
    NAME_SPEAKERS = "name_speakers"
    PUBLISH = "publish"


@dataclass(frozen=True, slots=True)
class StagePlan:
    """What the pipeline knows of one stage.

    Attributes:
        needs: stages whose artifacts it reads.
        queue: the Celery queue it works on; of a short recording see `queue_of`.
        share: its part of the whole time, for one rising line over all stages.
        label: Vietnamese name on screens.
    """

    needs: tuple[Stage, ...]
    queue: str
    share: float
    label: str


PLAN: dict[Stage, StagePlan] = {
    Stage.INGEST: StagePlan((), "media", 0.01, "Tiếp nhận tệp"),
    Stage.VERIFY: StagePlan((Stage.INGEST,), "media", 0.01, "Kiểm tra tệp"),
    Stage.NORMALISE: StagePlan((Stage.VERIFY,), "media", 0.03, "Chuẩn hóa âm thanh"),
    Stage.DETECT_SPEECH: StagePlan((Stage.NORMALISE,), "speech", 0.03, "Tìm đoạn có tiếng nói"),
    Stage.RECOGNISE: StagePlan((Stage.NORMALISE, Stage.DETECT_SPEECH), "short", 0.52, "Nhận dạng lời nói"),
    Stage.DIARISE: StagePlan((Stage.NORMALISE, Stage.DETECT_SPEECH), "speech", 0.34, "Phân biệt người nói"),
    Stage.MERGE: StagePlan((Stage.RECOGNISE, Stage.DIARISE), "default", 0.02, "Ghép lời với người nói"),
    Stage.NAME_SPEAKERS: StagePlan((Stage.MERGE, Stage.DIARISE), "default", 0.02, "Xác định tên người nói"),
    Stage.PUBLISH: StagePlan((Stage.NAME_SPEAKERS, Stage.NORMALISE), "default", 0.02, "Hoàn thành bản gỡ băng"),
}


#: A worker that takes pieces also takes whole stages of recordings up to this length, so that a long recording's
#: speakers never stand before a short one.
SHORT_SECONDS = 30 * 60


def queue_of(stage: Stage, sound_seconds: float | None) -> str:
    """Where a stage of a recording of this length works; None: not known yet.

    `speech` takes long stages of long recordings; `short` those of short ones, and the cutting of any recording into
    the pieces of the queue `pieces`.
    """
    queue = PLAN[stage].queue
    is_short = sound_seconds is not None and sound_seconds <= SHORT_SECONDS
    return "short" if queue == "speech" and is_short else queue


def followers(stage: Stage) -> tuple[Stage, ...]:
    """Stages that read this one's artifact."""
    return tuple(other for other, plan in PLAN.items() if stage in plan.needs)
