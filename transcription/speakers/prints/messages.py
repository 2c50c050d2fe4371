"""Sentences about voice prints."""

from core.messages import register

register(
    {
        "voice_consent_stands": (
            "{name} đã có văn bản đồng ý lưu mẫu giọng đang còn hiệu lực. Muốn thay văn bản, hãy rút văn bản cũ trước.",
            "{name} has a consent to voice prints that stands. Withdraw it before writing down another.",
        ),
        "voice_consent_missing": (
            "Chưa người nào của cuộc họp này đồng ý lưu mẫu giọng. Hãy ghi nhận văn bản đồng ý trước khi lấy mẫu.",
            "Nobody of this meeting has consented to a voice print. Write down a consent first.",
        ),
    }
)
