"""Sentences of drafting: what is refused and what to do."""

from core.messages import register

register(
    {
        "unreadable_input": (
            "Không đọc được tệp “{name}”: {reason}.",
            "The file “{name}” cannot be read: {reason}.",
        ),
        "nothing_to_draft_from": (
            "Cuộc họp chưa có bản gỡ băng nên chưa soạn được dự thảo. Hãy tải bản ghi lên và chờ gỡ băng xong.",
            "The meeting has no transcript yet. Upload the recording and wait for the transcription.",
        ),
    }
)
