"""Ways in which work on a notice is refused. Sentences are in `minutes/messages.py`."""

import minutes.messages  # noqa: F401  (registers the sentences)
from core.errors import Refusal


class NoticeConflict(Refusal):
    """A revision was saved on top of one that is no longer the newest. Parameters carry both texts, so nothing typed is
    lost: `base_number`, `latest_number`, `latest_id`, `latest_content` and `your_content` (JSON of NoticeContent)."""

    code = "notice_conflict"
    http_status = 409


class NoticeNotEditable(Refusal):
    """A revision was saved, or drafted by machine, while the notice is in review, approved or issued."""

    code = "notice_not_editable"
    http_status = 409


class NoticeIncomplete(Refusal):
    """Something the form demands is missing, parameter `missing` names it in Vietnamese."""

    code = "notice_incomplete"
    http_status = 422


class OutdatedRevision(Refusal):
    """Approval of a revision that is not the newest, or whose stored text no longer has its hash."""

    code = "outdated_revision"
    http_status = 409


class ReasonMissing(Refusal):
    """Changes were requested without saying which."""

    code = "reason_missing"
    http_status = 422


class NotInReview(Refusal):
    """A look at a notice that was not submitted yet, or is decided already."""

    code = "not_in_review"
    http_status = 409


class OwnReview(Refusal):
    """Somebody looks at a text they wrote themselves."""

    code = "own_review"
    http_status = 403


class ReviewsMissing(Refusal):
    """Approval before the looks that this house asks for; parameter `missing` names them in Vietnamese."""

    code = "reviews_missing"
    http_status = 409


class NotYetIssued(Refusal):
    """Distribution of a notice that has no number yet."""

    code = "not_yet_issued"
    http_status = 409


class PassageNotFound(Refusal):
    """A passage to correct does not stand in the issued text; parameter `passage`."""

    code = "passage_not_found"
    http_status = 422


class SuccessorExists(Refusal):
    """A correction, replacement or withdrawal of this notice is at work already."""

    code = "successor_exists"
    http_status = 409


class NoticeWithdrawn(Refusal):
    """The notice was called back: units no longer get its file; parameter `symbol`."""

    code = "notice_withdrawn"
    http_status = 410


class MetadataTooLong(Refusal):
    """A field of annex VI is longer than the annex allows; parameters `field`, `length`, `limit`."""

    code = "metadata_too_long"
    http_status = 422


class NoRecipients(Refusal):
    """Distribution of a notice that names no unit of the directory."""

    code = "no_recipients"
    http_status = 409


class BulletinRefused(Refusal):
    """A notice of which nothing may be made public; parameter `reason`."""

    code = "bulletin_refused"
    http_status = 409


class EverybodyAcknowledged(Refusal):
    """A reminder of a notice that no unit has left unacknowledged."""

    code = "everybody_acknowledged"
    http_status = 409


class ExtensionRefused(Refusal):
    """An extension that cannot be asked for; parameter `reason`."""

    code = "extension_refused"
    http_status = 422


class FileRefused(Refusal):
    """A file of a report that is not kept; parameters `name`, `reason`."""

    code = "file_refused"
    http_status = 422


class NothingLate(Refusal):
    """A letter of reminder about a notice whose tasks are all done or not yet due."""

    code = "nothing_late"
    http_status = 409


class ReportMissing(Refusal):
    """A report on a task without any text."""

    code = "report_missing"
    http_status = 422
