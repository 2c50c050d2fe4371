"""Sentences of the mail room."""

from core.messages import register

register(
    {
        "mail_secret_gone": (
            "Đường dẫn riêng trong thư đã được thay bằng đường dẫn mới nên thư không gửi nữa. Hãy gửi lại giấy mời.",
            "The personal link of this mail was replaced by a newer one. Send the invitation again.",
        ),
        "mail_attachment_gone": (
            "Không đọc được tệp đính kèm. Hãy báo quản trị viên kiểm tra kho tệp, rồi bấm gửi lại.",
            "An attachment cannot be read. Ask the administrator to check the storage, then send again.",
        ),
        "mail_expired": (
            "Thư không còn cần thiết khi đến lượt gửi (đã quá thời điểm).",
            "The mail was no longer of use when its turn came.",
        ),
        "mail_not_writable": (
            "Không lập được thư: {reason}. Hãy sửa rồi bấm gửi lại.",
            "The mail cannot be composed: {reason}. Correct it and send again.",
        ),
        "mail_gave_up": (
            "Đã thử {attempts} lần không được. Lần cuối: {detail}. Hãy kiểm tra máy chủ thư rồi bấm gửi lại.",
            "Given up after {attempts} attempts. The last one: {detail}. Check the mail server, then send again.",
        ),
    }
)
