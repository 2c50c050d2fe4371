"""The catalogue of sentences that people read when something is refused: code → Vietnamese and English.

Each room registers its own sentences from its `messages.py`; `{name}` marks a parameter. Screens, the API, the
command line and the join page all take their words from here.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Sentence(NamedTuple):
    """One message in both languages, with `{parameters}`."""

    vi: str
    en: str


_CATALOGUE: dict[str, Sentence] = {}


def register(sentences: Mapping[str, tuple[str, str]]) -> None:
    """Add a room's sentences. Raises ValueError where a code is already taken by other words."""
    for code, (vi, en) in sentences.items():
        sentence = Sentence(vi, en)
        if _CATALOGUE.setdefault(code, sentence) != sentence:
            raise ValueError(f"message code {code!r} registered twice with different words")


def say(code: str, locale: str = "vi", /, **params: object) -> str:
    """The sentence for a code; a missing parameter stays visible as `{name}` instead of breaking the page."""
    sentence = _CATALOGUE.get(code)
    if sentence is None:
        return code
    text = sentence.en if locale == "en" else sentence.vi
    return text.format_map(_Visible(params))


def is_known(code: str) -> bool:
    """Whether some room has registered this code."""
    return code in _CATALOGUE


def codes() -> frozenset[str]:
    """All registered codes."""
    return frozenset(_CATALOGUE)


class _Visible(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


register(
    {
        "refused": ("Yêu cầu không được chấp nhận.", "The request was refused."),
        "not_found": (
            "Không tìm thấy nội dung này, hoặc bạn không có quyền xem. Hãy kiểm tra lại đường dẫn.",
            "Not found, or not yours to see. Check the address.",
        ),
        "forbidden": (
            "Tài khoản của bạn không có quyền thực hiện việc này. Hãy liên hệ quản trị viên nếu cần được cấp quyền.",
            "Your account may not do this. Ask the administrator if you need the right.",
        ),
        "sign_in_required": ("Hãy đăng nhập để tiếp tục.", "Sign in to continue."),
        "sign_in_refused": (
            "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra và thử lại.",
            "Wrong login or password. Check and try again.",
        ),
        "login_taken": (
            "Tên đăng nhập “{login}” đã có người dùng. Hãy chọn tên khác.",
            "The login “{login}” is taken. Choose another.",
        ),
        "password_too_short": (
            "Mật khẩu phải có ít nhất {minimum} ký tự. Hãy đặt mật khẩu dài hơn.",
            "The password needs at least {minimum} characters.",
        ),
        "invalid": (
            "Giá trị của “{field}” không hợp lệ: {reason}. Hãy sửa và gửi lại.",
            "The value of “{field}” is not valid: {reason}. Correct it and send again.",
        ),
        "version_conflict": (
            "Nội dung vừa được người khác thay đổi. Hãy tải lại trang, so sánh và thực hiện lại.",
            "Someone else has just changed this. Reload, compare and try again.",
        ),
        "transition_refused": (
            "Không thể thực hiện “{event}” khi đang ở trạng thái “{state}”. "
            "Hãy tải lại trang để xem trạng thái hiện tại.",
            "“{event}” is not possible in the state “{state}”. Reload to see the present state.",
        ),
        "classified_refused": (
            "Cuộc họp có nội dung bí mật nhà nước không được mở phòng, ghi hình, tải tệp hay gỡ băng trên hệ thống này "
            "(Nghị định số 26/2020/NĐ-CP, Điều 6). Hãy tổ chức trực tiếp trong phòng họp bảo đảm an toàn, hoặc qua "
            "hệ thống cơ yếu được cấp phép.",
            "A meeting with state secrets gets no room, recording, upload or transcript here (Decree 26/2020/NĐ-CP, "
            "article 6). Hold it in a secured room or over the licensed cipher system.",
        ),
        "object_damaged": (
            "Tệp lưu trữ {key} không còn nguyên vẹn (sai mã SHA-256). Hãy báo quản trị viên khôi phục từ bản sao lưu.",
            "The stored object {key} is damaged (SHA-256 differs). Ask the administrator to restore it from a backup.",
        ),
        "object_missing": (
            "Không tìm thấy tệp lưu trữ {key}. Hãy báo quản trị viên khôi phục từ bản sao lưu.",
            "The stored object {key} is missing. Ask the administrator to restore it from the backup.",
        ),
    }
)
