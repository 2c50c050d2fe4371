"""Sentences about recordings as a recorder leaves them."""

from core.messages import register

register(
    {
        "recording_growing": (
            "Máy ghi vẫn đang ghi vào tệp “{name}”. Hệ thống sẽ tự nhận lại khi tệp đã hoàn chỉnh; bạn không cần làm "
            "gì.",
            "The recorder still writes to “{name}”. It will be taken when it is whole; nothing needs to be done.",
        ),
        "sound_late_start": (
            "Tiếng bắt đầu muộn so với hình; phần đầu không có tiếng được giữ đúng mốc thời gian.",
            "The sound starts later than the picture; the times are kept.",
        ),
        "sound_holes": (
            "Bản ghi có đoạn mất tiếng; các đoạn đó được để trống đúng chỗ.",
            "Sound is missing in between; the gaps are kept where they are.",
        ),
        "sound_clipped": (
            "Tiếng bị vỡ do mức thu quá to, chữ có thể sai nhiều hơn. Lần sau hãy giảm mức thu của micrô.",
            "The sound is clipped, so more words may be wrong. Turn the microphone down next time.",
        ),
        "sound_quiet": (
            "Tiếng thu quá nhỏ nên đã được nâng lên; bản gốc giữ nguyên. Lần sau hãy tăng mức thu của micrô.",
            "The sound was very soft and has been raised; the original is kept. Turn the microphone up next time.",
        ),
        "sound_channel_left_out": (
            "Một kênh tiếng không có lời nói (mất tín hiệu hoặc chỉ có tiếng ù) nên không được dùng. Hãy kiểm tra dây "
            "nối.",
            "A channel holds no voice and was left out. Check its cable.",
        ),
        "sound_channel_turned": (
            "Hai kênh tiếng ngược pha nên một kênh đã được đảo lại. Hãy kiểm tra dây nối của micrô.",
            "Two channels have opposite polarity; one was turned round. Check the wiring.",
        ),
        "sound_telephone": (
            "Tiếng ở chất lượng điện thoại (8 kHz), chữ có thể sai nhiều hơn.",
            "The sound has telephone quality (8 kHz), so more words may be wrong.",
        ),
        "sound_not_numbers": (
            "Một số mẫu âm thanh bị hỏng đã được thay bằng im lặng.",
            "Some samples were damaged and replaced by silence.",
        ),
        "sound_changed_while_read": (
            "Tệp thay đổi trong lúc đang đọc; chỉ phần có lúc bắt đầu đọc được dùng.",
            "The file changed while it was read; only what was there at the beginning was used.",
        ),
        "sound_drift": (
            "Đồng hồ của máy ghi chạy lệch; tiếng đã được chỉnh lại theo mốc thời gian của tệp.",
            "The recorder's clock drifted; the sound was set onto the file's time stamps.",
        ),
        "recording_damaged": (
            "Tệp “{name}” không khớp mã SHA-256 mà máy ghi đã tính nên chưa được nhận. Hãy sao lại từ máy ghi; bản gốc "
            "chưa bị xóa.",
            "The file “{name}” differs from the recorder's SHA-256 and was not taken. Copy it again; the original was "
            "not deleted.",
        ),
    }
)
