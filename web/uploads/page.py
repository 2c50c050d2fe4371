"""What a meeting's page needs to send recordings in parts: address and words of the script; what was left half-way."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.permissions import Action, Actor, can
from orchestrator.meetings.models import Meeting
from transcription.recordings.uploads import service
from transcription.recordings.uploads.models import RecordingUpload

#: Built by npm where there is one (`web/frontend`); without them the form sends itself in one piece.
BUNDLES = ("built/tus.js", "built/sha256.js")


@dataclass(frozen=True)
class Uploading:
    """The script's address and words; one's own files that are not a recording yet."""

    bundle: str
    words: dict[str, str]
    left: Sequence[RecordingUpload]


def uploading_of(session: Session, actor: Actor, meeting: Meeting) -> Uploading | None:
    """For those who may send a recording to this meeting; None for all others."""
    if not can(actor, Action.UPLOAD_RECORDING, meeting):
        return None
    folder = Path(current_app.static_folder or "")
    is_built = all((folder / bundle).is_file() for bundle in BUNDLES)
    left = service.unfinished_uploads(session, actor, meeting.id)
    return Uploading(BUNDLES[0] if is_built else "", _words(), left)


def _words() -> dict[str, str]:
    """What the scripts say; they hold no sentences themselves."""
    return {**_about_figures(), **_about_states()}


def _about_figures() -> dict[str, str]:
    return {
        "bar": _("Tiến độ gửi tệp %(name)s"),
        "waiting": _("%(size)s · chờ tới lượt"),
        "of": _("%(sent)s trong %(total)s"),
        "speed": _("%(amount)s/giây"),
        "left": _("còn %(time)s"),
        "measuring": _("đang đo tốc độ"),
        "still": _("đường truyền đang chậm, chưa tính được thời gian còn lại"),
        "seconds": _("dưới 1 phút"),
        "minutes": _("khoảng %(minutes)s phút"),
        "hours": _("khoảng %(hours)s giờ"),
        "hours_minutes": _("khoảng %(hours)s giờ %(minutes)s phút"),
        "comparing": _("Đang so với bản ghi đã có của cuộc họp: %(share)s"),
        "proving": _("Đang so với phần đã gửi lần trước: %(share)s"),
    }


def _about_states() -> dict[str, str]:
    return {
        "taken_up": _("Gửi tiếp từ chỗ dừng lần trước."),
        "paused": _("Đã tạm dừng. Phần đã gửi được giữ trên máy chủ."),
        "offline": _("Mất kết nối tới máy chủ. Tệp sẽ tự gửi tiếp khi có mạng; xin đừng đóng trang này."),
        "signed_out": _("Phiên làm việc đã hết. Hãy đăng nhập lại ở một thẻ khác rồi quay về đây; tệp sẽ gửi tiếp."),
        "other_account": _("Người khác đang đăng nhập trên máy này. Hãy đăng nhập đúng tài khoản rồi bấm Gửi tiếp."),
        "stopped": _("Chưa gửi được. Hãy kiểm tra kết nối rồi bấm Gửi tiếp; phần đã gửi không mất."),
        "dropped": _("Đã bỏ tệp này."),
        "finishing": _("Máy chủ đã nhận đủ, đang kiểm tra và lưu…"),
        "kept": _("Đã lưu thành bản ghi. Máy đang gỡ băng."),
        "was_known": _("Tệp này đã có trong cuộc họp từ trước; không tạo bản ghi mới."),
        "known": _("Tệp này đã có trong cuộc họp (“%(name)s”) nên không gửi lại."),
        "sure": _("Bỏ tệp “%(name)s”? Phần đã gửi sẽ bị xóa."),
    }
