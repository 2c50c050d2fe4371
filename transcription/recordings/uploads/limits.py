"""How much one person may leave unfinished, and whether there is room: plain values in, a refusal or nothing out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.errors import Invalid
from core.settings import Settings
from transcription.recordings.parts import MOST_PARTS
from transcription.recordings.uploads.errors import UploadNoRoom, UploadsTooMany, UploadTooLarge

#: A whole file is put together from its parts, so that both are there for a moment; and the house goes on beside it.
TIMES_ON_DISK = 2
RESERVE_BYTES = 512 * 1024**2
#: A line that breaks often leaves small parts; a sender who makes nothing else is stopped.
SMALL_PART_BYTES = 1024**2
SPARE_PARTS = 1000


@dataclass(frozen=True)
class Caps:
    """What the installation allows."""

    file_bytes: int
    #: Unfinished files of one person, and their announced sizes together.
    unfinished: int
    unfinished_bytes: int
    keep_for: timedelta


@dataclass(frozen=True)
class Unfinished:
    """What one person has left unfinished, as announced."""

    count: int
    announced_bytes: int


def caps_of(settings: Settings) -> Caps:
    """The caps that the settings say."""
    return Caps(
        settings.upload_limit_bytes,
        settings.uploads_per_person,
        settings.unfinished_upload_limit_bytes,
        timedelta(hours=settings.upload_expiry_hours),
    )


def refuse_size(size_bytes: int, caps: Caps) -> None:
    """Raise Invalid for an empty file, UploadTooLarge for one over the cap."""
    if size_bytes <= 0:
        raise Invalid(field="tệp", reason="không có dữ liệu (0 byte); hãy kiểm tra bản gốc")
    if size_bytes > caps.file_bytes:
        raise UploadTooLarge(limit=in_words(caps.file_bytes))


def refuse_too_many(size_bytes: int, left: Unfinished, caps: Caps) -> None:
    """Raise UploadsTooMany where this file would be one too many, by number or by size."""
    if left.count >= caps.unfinished:
        raise UploadsTooMany(count=left.count, limit=f"{caps.unfinished}")
    if left.count and left.announced_bytes + size_bytes > caps.unfinished_bytes:
        raise UploadsTooMany(count=left.count, limit=in_words(caps.unfinished_bytes))


def refuse_without_room(size_bytes: int, promised_bytes: int, free_bytes: int | None) -> None:
    """Raise UploadNoRoom.

    Args:
        promised_bytes: what all unfinished files may still bring.
        free_bytes: on the storage's disk; None where nobody can say (a storage elsewhere).
    """
    if free_bytes is None:
        return
    needed = (size_bytes + promised_bytes) * TIMES_ON_DISK + RESERVE_BYTES
    if needed > free_bytes:
        raise UploadNoRoom(needed=in_words(needed), free=in_words(free_bytes))


def refuse_crumbs(parts: int, size_bytes: int) -> None:
    """Raise Invalid where a file comes in so many parts that each must be tiny: each is a row and an object."""
    if parts >= SPARE_PARTS + size_bytes // SMALL_PART_BYTES:
        raise Invalid(field="tệp", reason="được gửi thành quá nhiều phần nhỏ; hãy gửi mỗi phần từ 1 MB trở lên")


def refuse_batch(size: int, has_batch: bool) -> None:
    """Raise Invalid for a batch of a size that can be no batch."""
    if not 1 <= size <= MOST_PARTS or (size > 1) != has_batch:
        raise Invalid(field="các phần", reason=f"cần từ 2 đến {MOST_PARTS} tệp và mã của lần gửi")


def expires(now: datetime, caps: Caps) -> datetime:
    """Until when an unfinished file is kept, if nothing more comes from now on."""
    return now + caps.keep_for


def in_words(size_bytes: int) -> str:
    """`8589934592` → `8 GB`, `1610612736` → `1,5 GB`: the same in both languages but for the comma."""
    amount = float(size_bytes)
    for unit in ("byte", "KB", "MB", "GB"):
        if amount < 1024 or unit == "GB":
            break
        amount /= 1024
    figure = f"{amount:.0f}" if amount >= 100 or amount == int(amount) else f"{amount:.1f}"
    return f"{figure.replace('.', ',')} {unit}"
