"""Why a stage could not do its work, as typed values: kind, source, retryable, and a sentence that says what to do.

"Nothing found" is never a fault (no speech is a result); a fault means that we could not look. Foreign errors are
turned into one of these where a library is called.
"""

from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

from core.messages import say
from transcription import messages as messages  # registers the sentences


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault as it is stored on a stage row and handed to screens."""

    kind: str
    source: str
    code: str
    retryable: bool
    params: dict[str, Any] = field(default_factory=dict)

    def sentence(self, locale: str = "") -> str:
        return say(self.code, locale, **self.params)

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "source": self.source,
            "code": self.code,
            "retryable": self.retryable,
            "params": self.params,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(data["kind"], data["source"], data["code"], bool(data["retryable"]), dict(data.get("params") or {}))


class StageFault(Exception):
    """A stage could not do its work. One subclass for each way of failing."""

    kind: ClassVar[str] = "unknown"
    source: ClassVar[str] = "worker"
    retryable: ClassVar[bool] = False

    def __init__(self, **params: Any) -> None:
        super().__init__(self.kind, params)
        self.params = params

    @property
    def fault(self) -> Fault:
        return Fault(self.kind, self.source, f"fault_{self.kind}", self.retryable, self.params)

    def sentence(self, locale: str = "") -> str:
        return self.fault.sentence(locale)

    def __str__(self) -> str:
        return self.sentence("vi")


class MediaFault(StageFault):
    """The file itself is the reason; trying again with the same file gives the same answer."""

    source = "media"


class EmptyFile(MediaFault):
    """The file has no bytes: an upload or a copy that broke off at once."""

    kind = "empty_file"


class NotMedia(MediaFault):
    """The content is not sound or video, whatever the name says."""

    kind = "not_media"


class ArchiveRefused(MediaFault):
    """An archive or a compressed file; nobody unpacks for a stranger."""

    kind = "archive"


class PlaylistRefused(MediaFault):
    """A list that points to other files or addresses instead of being a recording."""

    kind = "playlist"


class DecoderStopped(MediaFault):
    """The file made its decoder break down or use more than it may; parameter `reason`."""

    kind = "decoder_stopped"


class DecoderLost(MediaFault):
    """The decoder's process was ended from outside (memory of the machine, shut-down): another try may help."""

    kind = "decoder_lost"
    retryable = True


class NoAudioTrack(MediaFault):
    """A video without any sound track."""

    kind = "no_audio_track"


class IndexMissing(MediaFault):
    """An mp4 whose index (moov) was never written: the recorder was stopped hard or the copy broke off."""

    kind = "index_missing"


class DamagedMedia(MediaFault):
    """The container opens but not one piece of sound in it can be decoded."""

    kind = "damaged_media"


class TooLong(MediaFault):
    """Longer than one job may be; parameter `hours`."""

    kind = "too_long"


class MediaUnreadable(MediaFault):
    """The operating system could not read the file (disk, permission)."""

    kind = "media_unreadable"
    retryable = True


class WeightsFault(StageFault):
    """Weights of an engine are missing or not the ones we know; parameters `what`, `path`."""

    kind = "weights_damaged"
    source = "weights"


class WeightsPackageMissing(WeightsFault):
    """The package that carries the weights is not installed; parameter `package`."""

    kind = "weights_package_missing"


class ModelMissing(WeightsFault):
    """A setting points to a model that is not there; parameters `setting`, `what` (the file that was looked for)."""

    kind = "model_missing"


class ModelChanged(WeightsFault):
    """A file of a site's model differs from the hash laid beside it; parameters `setting`, `what`, `sums`."""

    kind = "model_changed"


class EngineUnavailable(StageFault):
    """The configuration names an engine that does not exist or is not installed; parameters `name`, `known`."""

    kind = "engine_unavailable"
    source = "engine"


class EngineFailed(StageFault):
    """A recogniser or diariser broke down while working; parameter `name`. Often memory, so another try may help."""

    kind = "engine_failed"
    source = "engine"
    retryable = True


class ArtifactDamaged(StageFault):
    """What an earlier stage left is missing or has another hash; that stage has to run again."""

    kind = "artifact_damaged"
    source = "storage"


class StorageFailed(StageFault):
    """The object storage did not take or give an object: disk full, share away."""

    kind = "storage_failed"
    source = "storage"
    retryable = True


class WorkerLost(StageFault):
    """The worker of an attempt stopped giving signs of life; parameter `attempts`."""

    kind = "worker_lost"
    retryable = True


class Unexpected(StageFault):
    """A mistake of ours; the log has the trace under `reference`."""

    kind = "unexpected"
