"""What `restore` does about purges: finds the registers that count for an archive, destroys again what they name.

Until that is done the restored place is marked as unfinished, and `migrate` (so `up` too) refuses to open it.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from core.clock import in_vietnam
from core.purging.refusals import RegisterUnreadable
from core.purging.register import NAME_BEGINS, NAME_ENDS, Register, file_name, from_text
from core.settings import Settings
from web.commands.archive import Manifest
from web.commands.border import BadInput
from web.commands.stores import runtime_for

_NONE = (
    "Không thấy sổ tiêu hủy ({name}) cạnh bản sao lưu: nội dung đã tiêu hủy sau ngày sao lưu sẽ sống lại. Hãy đặt sổ "
    "vào cạnh đó hoặc thêm --purges TỆP; chỉ khi chắc chắn chưa từng tiêu hủy gì mới dùng --no-purges."
)


def mark_unfinished(settings: Settings) -> None:
    """From now on this place does not open, until `unmark`."""
    mark = _mark(settings)
    mark.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    mark.touch()


def unmark(settings: Settings) -> None:
    """The place was restored, and what was purged is gone from it."""
    _mark(settings).unlink(missing_ok=True)


def refuse_unfinished(settings: Settings) -> None:
    """Raises BadInput where a restore was cut off: what was purged may lie here."""
    if _mark(settings).exists():
        raise BadInput(
            f"{settings.home}: lần phục hồi trước chưa xong, nội dung đã tiêu hủy có thể còn ở đây. "
            "Hãy xóa nơi này và phục hồi lại vào nơi trống."
        )


def _mark(settings: Settings) -> Path:
    return settings.home / "purges" / "restore-unfinished"


def registers_for(archive: Path, manifest: Manifest, given: Sequence[Path]) -> list[Register]:
    """The registers that were named, or the one beside the archive that was signed with its installation's key.

    Raises:
        BadInput: none, a changed one, one that is older than the archive, or others that nobody has judged.
    """
    if given:
        return [_read(path) for path in given]
    beside = sorted(archive.absolute().parent.glob(f"{NAME_BEGINS}*{NAME_ENDS}"))
    read = [(path, _read(path)) for path in beside]
    own = [known for _, known in read if manifest.register_key and known.key == manifest.register_key]
    if not own:
        name = file_name(manifest.register_key) if manifest.register_key else f"{NAME_BEGINS}….{NAME_ENDS[1:]}"
        raise BadInput(_NONE.format(name=name))
    strange = [path.name for path, known in read if known.key != manifest.register_key and len(known)]
    if strange:
        raise BadInput(
            f"Cạnh bản sao lưu còn sổ tiêu hủy ký bằng khóa khác: {', '.join(strange)}. Nếu của hệ thống này (đã đổi "
            "khóa), hãy nêu mọi sổ bằng --purges; nếu của hệ thống khác, hãy chuyển tệp đó đi."
        )
    if own[0].as_of < datetime.fromisoformat(manifest.created_at):
        raise BadInput("Sổ tiêu hủy cạnh bản sao lưu cũ hơn chính bản sao lưu. Hãy lấy bản sổ mới nhất.")
    return own


def purge_again(settings: Settings, known: Sequence[Register]) -> None:
    """Destroy again what the registers name, in the database that was just filled. Raises RegisterForeign."""
    if not known:
        return
    from web.purging.again import apply_again

    with runtime_for(settings, must_exist=True) as runtime:
        again = apply_again(runtime, known)
    day = f"{in_vietnam(max(register.as_of for register in known)):%d/%m/%Y %H:%M}"
    click.echo(f"Sổ tiêu hủy ghi tới {day}: {again.named} lần tiêu hủy.")
    for code in again.destroyed:
        click.echo(f"Đã tiêu hủy lại nội dung cuộc họp {code}.")
    if again.prints:
        click.echo(f"Đã xóa lại {again.prints} mẫu giọng.")


def _read(path: Path) -> Register:
    try:
        return from_text(path.read_text(errors="replace"))
    except (OSError, RegisterUnreadable) as error:
        raise BadInput(f"{path}: không phải sổ tiêu hủy của Điểm Cầu, hoặc đã bị sửa.") from error
