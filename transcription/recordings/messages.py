"""Sentences about recordings as a recorder leaves them."""

from core.messages import register

register(
    {
        "recording_damaged": (
            "Tệp “{name}” không khớp mã SHA-256 mà máy ghi đã tính nên chưa được nhận. Hãy sao lại từ máy ghi; bản gốc "
            "chưa bị xóa.",
            "The file “{name}” differs from the recorder's SHA-256 and was not taken. Copy it again; the original was "
            "not deleted.",
        ),
    }
)
