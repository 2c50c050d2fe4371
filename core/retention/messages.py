"""Sentences of retention."""

from core.messages import register

register(
    {
        "object_removed": (
            "Tệp này đã được xóa ngày {day} theo thời hạn lưu giữ. Văn bản và bản gỡ băng vẫn còn trong hệ thống.",
            "This file was removed on {day} because its period of retention was over. Papers and transcripts remain.",
        ),
        "hold_standing": (
            "Cuộc họp {meeting} đang được giữ lại. Không cần lệnh giữ thứ hai.",
            "Meeting {meeting} is held already. It needs no second hold.",
        ),
    }
)
