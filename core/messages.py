"""The catalogue of sentences that people read when something is refused: code → Vietnamese and English.

Each room registers its own sentences from its `messages.py`; `{name}` marks a parameter. Screens, the API, the
command line and the join page all take their words from here. Where nobody says in which language, the reader's is
taken: the screens know who reads (`read_by`); everywhere else, in letters and in rows that are kept, it is Vietnamese.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple


class Sentence(NamedTuple):
    """One message in both languages, with `{parameters}`."""

    vi: str
    en: str


class Reader(NamedTuple):
    """Who reads: in which language, and how a Vietnamese phrase inside a sentence is said in English."""

    language: Callable[[], str]
    in_english: Callable[[str], str]


_CATALOGUE: dict[str, Sentence] = {}
_reader = Reader(lambda: "vi", lambda phrase: phrase)


def read_by(reader: Reader) -> None:
    """Let `reader` say for whom sentences are, from now on; the screens do this once, when they are put together."""
    global _reader  # noqa: PLW0603 (one reader per process, as there is one catalogue)
    _reader = reader


def register(sentences: Mapping[str, tuple[str, str]]) -> None:
    """Add a room's sentences. Raises ValueError where a code is already taken by other words."""
    for code, (vi, en) in sentences.items():
        sentence = Sentence(vi, en)
        if _CATALOGUE.setdefault(code, sentence) != sentence:
            raise ValueError(f"message code {code!r} registered twice with different words")


def say(code: str, locale: str = "", /, **params: object) -> str:
    """The sentence for a code, in `locale` or the reader's language; a missing parameter stays visible as `{name}`."""
    sentence = _CATALOGUE.get(code)
    if sentence is None:
        return code
    if (locale or _reader.language()) != "en":
        return sentence.vi.format_map(_Visible(params))
    # A refusal says which field and why in Vietnamese phrases; an English sentence wants them in English.
    told = {name: phrase(value, "en") if isinstance(value, str) else value for name, value in params.items()}
    return sentence.en.format_map(_Visible(told))


def phrase(text: str, locale: str = "") -> str:
    """A Vietnamese phrase of ours in `locale` or the reader's language; other people's words stay as they are."""
    return _reader.in_english(text) if text and (locale or _reader.language()) == "en" else text


def sentences() -> Iterator[Sentence]:
    """All registered sentences."""
    return iter(_CATALOGUE.values())


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
        "password_easily_guessed": (
            "Mật khẩu này dễ đoán: nằm trong danh sách mật khẩu phổ biến, theo thứ tự bàn phím, hoặc chứa tên của bạn. "
            "Hãy ghép vài từ không liên quan với nhau.",
            "This password is easily guessed: it is on the lists of common ones, follows the keyboard, or holds your "
            "name. Join a few unrelated words.",
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
