"""What is refused to somebody who sends a file, a class for each way of failing; the sentences are in `messages.py`."""

from core.errors import Refusal
from transcription.recordings.uploads import messages as messages  # registers the sentences


class UploadTooLarge(Refusal):
    """The file is larger than this house takes, or more came than was announced; parameter `limit`."""

    code = "upload_too_large"
    http_status = 413


class UploadsTooMany(Refusal):
    """The sender has left too much unfinished; parameters `count`, `limit`."""

    code = "uploads_too_many"
    http_status = 409


class UploadNoRoom(Refusal):
    """The disk has no room for it; parameters `needed`, `free`."""

    code = "upload_no_room"
    http_status = 507


class UploadOffsetWrong(Refusal):
    """The bytes do not begin where ours end; parameters `wanted`, `sent`."""

    code = "upload_offset_wrong"
    http_status = 409


class UploadDamaged(Refusal):
    """What arrived is not what its sender summed up. The status is the protocol's own (tus 1.0, checksum)."""

    code = "upload_damaged"
    http_status = 460


class UploadOver(Refusal):
    """Nothing more can be sent to it: it is whole already, or was refused."""

    code = "upload_over"
    http_status = 409
