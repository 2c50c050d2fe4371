"""The sentences of the live transcription, Vietnamese first."""

from core.messages import register

register(
    {
        "live_room_unknown": (
            "Không có cuộc họp nào ứng với luồng gỡ băng “{key}”. Hãy kiểm tra tên phòng họp trong cấu hình gỡ băng "
            "của Jitsi, hoặc chờ điểm cầu vào phòng rồi bật lại gỡ băng.",
            "No meeting belongs to the transcription stream “{key}”. Check the room's name in Jitsi's configuration.",
        ),
        "live_meeting_over": (
            "Cuộc họp đã kết thúc hoặc đã hủy nên không nhận luồng gỡ băng nữa. Hãy tắt gỡ băng trong phòng họp.",
            "The meeting is closed or cancelled and takes no transcription stream. Turn transcription off in the room.",
        ),
        "live_token_refused": (
            "Khóa của luồng gỡ băng không đúng. Hãy đặt trong cấu hình Jitsi đúng giá trị jitsi_transcription_secret "
            "của tệp secrets.json.",
            "The key of the transcription stream is wrong. Put jitsi_transcription_secret into Jitsi's configuration.",
        ),
    }
)
