"""Sentences of the live hour: Vietnamese first, English beside it."""

from core.messages import register

register(
    {
        "incident_already_corrected": (
            "Dòng nhật ký này đã được đính chính. Hãy đính chính dòng mới nhất thay cho nó.",
            "This line has been corrected. Correct the newest line that stands for it.",
        ),
        "too_many_checks": (
            "Điểm cầu đã gửi {most} kết quả kiểm tra cho cuộc họp này. Hãy gọi bộ phận kỹ thuật để kiểm tra qua điện "
            "thoại.",
            "This endpoint has sent {most} results for this meeting. Call the technical contact instead.",
        ),
        "message_taken": (
            "Thông điệp đã được một bảng điều hành khác gửi vào phòng họp.",
            "Another console has handed this message over.",
        ),
        "operated_meeting_cancelled": (
            "Cuộc họp đã hủy nên không còn gì để điều hành. Hãy mở cuộc họp khác trong danh sách.",
            "The meeting was cancelled; there is nothing to operate. Open another meeting of the list.",
        ),
        "console_room_unavailable": (
            "Chưa vào được phòng họp: {reason}",
            "The room cannot be entered: {reason}",
        ),
        "check_browser_unfit": ("trình duyệt không phù hợp", "the browser is unfit"),
        "check_camera_bad": ("camera không có hình", "no picture from the camera"),
        "check_camera_not_tested": ("chưa thử camera", "camera not tried"),
        "check_microphone_bad": ("micro không có tiếng", "no sound from the microphone"),
        "check_microphone_not_tested": ("chưa thử micro", "microphone not tried"),
        "check_speakers_bad": ("loa không nghe rõ", "speakers not heard well"),
        "check_speakers_not_tested": ("chưa thử loa", "speakers not tried"),
        "check_down_slow": ("đường tải xuống chậm", "slow way down"),
        "check_up_slow": ("đường tải lên chậm", "slow way up"),
        "check_round_trip_long": ("độ trễ cao", "long round trip"),
        "transfer_limit": (
            "Đường dẫn này đã đo đường truyền quá nhiều lần trong một phút. Hãy chờ một phút rồi đo lại.",
            "This link has measured its line too often within a minute. Wait a minute and try again.",
        ),
    }
)
