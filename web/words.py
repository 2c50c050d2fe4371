"""Words for the codes of states, roles, kinds: one place, so that a state has one name on all screens."""
# long: a table of words

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

_WEEKDAYS = (_l("Thứ Hai"), _l("Thứ Ba"), _l("Thứ Tư"), _l("Thứ Năm"), _l("Thứ Sáu"), _l("Thứ Bảy"), _l("Chủ nhật"))

#: family → code → (words, tone of the badge)
_WORDS: dict[str, dict[str, tuple[LazyString, str]]] = {
    "role": {
        "operator": (_l("Điều hành kỹ thuật"), ""),
        "secretary": (_l("Thư ký"), ""),
        "approver": (_l("Người duyệt"), ""),
        "registrar": (_l("Văn thư"), ""),
        "unit": (_l("Đơn vị"), ""),
        "administrator": (_l("Quản trị"), ""),
    },
    "token_scope": {
        "read_meetings": (_l("Xem cuộc họp và danh mục"), ""),
        "plan_meetings": (_l("Lập và điều hành cuộc họp"), ""),
        "send_recordings": (_l("Gửi bản ghi, chạy lại công đoạn gỡ băng"), ""),
        "read_transcripts": (_l("Xem bản gỡ băng"), ""),
        "correct_transcripts": (_l("Sửa bản gỡ băng"), ""),
        "read_notices": (_l("Xem thông báo"), ""),
        "edit_notices": (_l("Sửa và trình dự thảo thông báo"), ""),
        "do_tasks": (_l("Xác nhận thông báo, xem và báo cáo nhiệm vụ"), ""),
        "read_reports": (_l("Xem báo cáo nhanh"), ""),
        "send_reports": (_l("Nộp báo cáo nhanh"), ""),
        "keep_directory": (_l("Cập nhật danh mục và lịch nghỉ"), ""),
    },
    "meeting": {
        "planned": (_l("Đã lên kế hoạch"), "info"),
        "open": (_l("Đang họp"), "good"),
        "closed": (_l("Đã kết thúc"), ""),
        "cancelled": (_l("Đã hủy"), "bad"),
    },
    "classification": {
        "unclassified": (_l("Không mật"), ""),
        "confidential": (_l("Mật"), "bad"),
        "secret": (_l("Tối mật"), "bad"),
        "top_secret": (_l("Tuyệt mật"), "bad"),
    },
    "urgency": {
        "normal": (_l("Thường"), ""),
        "urgent": (_l("Khẩn"), "warn"),
        "very_urgent": (_l("Thượng khẩn"), "warn"),
        "express": (_l("Hỏa tốc"), "bad"),
    },
    "meeting_kind": {
        "weekly_briefing": (_l("Giao ban tuần"), ""),
        "monthly_briefing": (_l("Giao ban tháng"), ""),
        "quarterly_briefing": (_l("Giao ban quý"), ""),
        "steering_committee": (_l("Họp Ban Chỉ đạo"), ""),
        "extraordinary": (_l("Họp đột xuất"), ""),
        "thematic": (_l("Họp chuyên đề"), ""),
        "review": (_l("Hội nghị sơ kết, tổng kết"), ""),
    },
    "endpoint_kind": {
        "central": (_l("Trung tâm"), "info"),
        "component": (_l("Thành phần"), ""),
        "personal": (_l("Cá nhân"), ""),
    },
    "purge": {
        "asked": (_l("Chờ người thứ hai"), "warn"),
        "confirmed": (_l("Đang xóa tệp"), "warn"),
        "done": (_l("Đã tiêu hủy"), "good"),
        "withdrawn": (_l("Đã rút"), ""),
    },
    "retention_kind": {
        "meeting_sound": (_l("Ghi âm, ghi hình của cuộc họp đã ban hành thông báo"), ""),
        "live_traces": (_l("Đặc trưng giọng và câu dở của buổi nghe trực tiếp"), ""),
        "mails": (_l("Thư đã gửi"), ""),
        "sign_in_traces": (_l("Vết đăng nhập, phiên đã cũ"), ""),
        "delivered_events": (_l("Tin nội bộ đã chuyển"), ""),
    },
    "purge_reason": {
        "said": (_l("Nội dung mật bị nói ra"), ""),
        "shown": (_l("Tài liệu mật bị chiếu hoặc đọc"), ""),
        "wrong_file": (_l("Tải nhầm tệp mật"), ""),
    },
    "use": {
        "active": (_l("Đang sử dụng"), "good"),
        "retired": (_l("Đã ngừng sử dụng"), ""),
        "all": (_l("Tất cả"), ""),
    },
    "day_kind": {
        "off": (_l("Nghỉ"), "bad"),
        "working": (_l("Làm bù"), "good"),
    },
    "entry_act": {
        "created": (_l("Thêm mới"), "good"),
        "changed": (_l("Sửa"), "info"),
        "retired": (_l("Ngừng sử dụng"), "warn"),
        "restored": (_l("Khôi phục"), "good"),
        "account_linked": (_l("Gắn tài khoản"), "info"),
        "account_unlinked": (_l("Gỡ tài khoản"), "warn"),
    },
    "import_row": {
        "new": (_l("Thêm mới"), "good"),
        "changed": (_l("Thay đổi"), "info"),
        "unchanged": (_l("Giữ nguyên"), ""),
    },
    "attendance": {
        "expected": (_l("Chưa điểm danh"), ""),
        "at_endpoint": (_l("Có mặt tại điểm cầu"), "good"),
        "at_home": (_l("Dự từ xa"), "good"),
        "late": (_l("Đến muộn"), "warn"),
        "absent": (_l("Vắng"), "bad"),
    },
    "place": {
        "in_room": (_l("Trong phòng"), "good"),
        "dropped": (_l("Mất kết nối"), "bad"),
        "ready": (_l("Sẵn sàng"), "info"),
        "problems": (_l("Có vấn đề"), "warn"),
        "not_checked": (_l("Chưa kiểm tra"), ""),
    },
    "incident": {
        "no_sound": (_l("Mất tiếng"), "bad"),
        "no_picture": (_l("Mất hình"), "bad"),
        "line_lost": (_l("Mất kết nối"), "bad"),
        "echo": (_l("Vọng, hú tiếng"), "warn"),
        "power_cut": (_l("Mất điện"), "bad"),
        "recorder_fault": (_l("Lỗi ghi hình"), "bad"),
        "recovered": (_l("Đã khắc phục"), "good"),
        "note": (_l("Ghi chú"), ""),
    },
    "part": {
        "well": (_l("Tốt"), "good"),
        "unwell": (_l("Có lỗi"), "bad"),
        "silent": (_l("Không trả lời"), "bad"),
        "unknown": (_l("Chưa khai báo"), ""),
    },
    "recorder": {
        "off": (_l("Chưa ghi hình"), ""),
        "requested": (_l("Đang gọi máy ghi"), "warn"),
        "starting": (_l("Máy ghi đang vào"), "warn"),
        "recording": (_l("Đang ghi hình"), "good"),
        "stopping": (_l("Đang dừng ghi"), "warn"),
        "failed": (_l("Ghi hình lỗi"), "bad"),
        "in_room": (_l("Đang ghi, mở từ trong phòng"), "good"),
    },
    "check_result": {
        "good": (_l("Tốt"), "good"),
        "bad": (_l("Không đạt"), "bad"),
        "not_tested": (_l("Chưa thử"), "warn"),
    },
    "check_source": {
        "browser": (_l("tự kiểm tra bằng trình duyệt"), ""),
        "telephone": (_l("kiểm tra qua điện thoại"), ""),
    },
    "participant_role": {
        "chair": (_l("Chủ trì"), "info"),
        "secretary": (_l("Thư ký"), ""),
        "reporter": (_l("Báo cáo"), ""),
        "member": (_l("Thành viên"), ""),
    },
    "scope": {
        "room": (_l("Người trong một phòng"), ""),
        "meeting": (_l("Người dự cả cuộc họp"), ""),
        "connections": (_l("Kết nối của phòng họp trực tuyến"), ""),
    },
    "notice": {
        "drafting": (_l("Đang soạn"), "info"),
        "in_review": (_l("Chờ duyệt"), "warn"),
        "changes_requested": (_l("Yêu cầu chỉnh sửa"), "bad"),
        "approved": (_l("Đã duyệt, chờ cấp số"), "good"),
        "issued": (_l("Đã ban hành"), "good"),
    },
    "review": {
        "content": (_l("Kiểm tra nội dung"), ""),
        "form": (_l("Kiểm tra thể thức"), ""),
    },
    "item_change": {
        "changed": (_l("Đã sửa"), "warn"),
        "removed": (_l("Đã bỏ"), "bad"),
        "added": (_l("Thêm mới"), "good"),
    },
    "notice_part": {
        "issuing_body": (_l("Cơ quan ban hành"), ""),
        "symbol_suffix": (_l("Ký hiệu"), ""),
        "place": (_l("Địa danh"), ""),
        "subject": (_l("Trích yếu"), ""),
        "addressees": (_l("Kính gửi"), ""),
        "opening": (_l("Phần mở đầu"), ""),
        "sections": (_l("Tiêu đề các phần"), ""),
        "closing": (_l("Câu kết"), ""),
        "recipients": (_l("Nơi nhận"), ""),
        "signer": (_l("Người ký"), ""),
        "appendices": (_l("Phụ lục"), ""),
    },
    "extension": {
        "asked": (_l("Chờ trả lời"), "warn"),
        "granted": (_l("Đã gia hạn"), "good"),
        "refused": (_l("Không gia hạn"), "bad"),
    },
    "template_kind": {
        "notice": (_l("Thông báo"), ""),
        "letter": (_l("Công văn"), ""),
        "record": (_l("Biên bản"), ""),
    },
    "notice_kind": {
        "notice": (_l("Thông báo kết luận"), ""),
        "correction": (_l("Công văn đính chính"), "warn"),
        "replacement": (_l("Thông báo thay thế"), "warn"),
        "withdrawal": (_l("Thông báo thu hồi"), "bad"),
        "reminder": (_l("Công văn đôn đốc"), "info"),
    },
    "signature_field": {
        "signature": (_l("Người có thẩm quyền"), ""),
        "number": (_l("Số"), ""),
        "day": (_l("Ngày"), ""),
        "month": (_l("Tháng"), ""),
        "year": (_l("Năm"), ""),
        "seal": (_l("Con dấu"), ""),
    },
    "invitation": {
        "not_sent": (_l("Chưa gửi"), ""),
        "no_address": (_l("Chưa có địa chỉ"), "warn"),
        "outdated": (_l("Cần gửi bản mới"), "warn"),
        "waiting": (_l("Chưa trả lời"), "info"),
        "bounced": (_l("Thư không tới"), "bad"),
        "coming": (_l("Dự họp"), "good"),
        "declined": (_l("Không dự"), "bad"),
        "old_answer": (_l("Trả lời theo giờ cũ"), "warn"),
    },
    "mail": {
        "queued": (_l("Chờ gửi"), "info"),
        "sent": (_l("Đã gửi"), "good"),
        "failed": (_l("Không gửi được"), "bad"),
        "bounced": (_l("Bị trả lại"), "bad"),
    },
    "delivery": {
        "delivered": (_l("Chưa mở"), "warn"),
        "opened": (_l("Đã mở"), "info"),
        "acknowledged": (_l("Đã xác nhận"), "good"),
    },
    "task": {
        "assigned": (_l("Mới giao"), "warn"),
        "in_progress": (_l("Đang thực hiện"), "info"),
        "done": (_l("Hoàn thành"), "good"),
        "dropped": (_l("Không còn hiệu lực"), ""),
    },
    "flag": {
        "doubtful": (_l("Nghe không chắc"), "warn"),
        "phantom": (_l("Có thể máy tự thêm"), "bad"),
        "repeated": (_l("Máy lặp lại"), "bad"),
        "overlap": (_l("Nói chồng nhau"), "warn"),
        "corrected": (_l("Đã sửa"), "good"),
    },
    "recording": {
        "received": (_l("Đã nhận"), "info"),
        "verified": (_l("Đã kiểm tra"), "good"),
        "unusable": (_l("Không dùng được"), "bad"),
    },
    "stage": {
        "waiting": (_l("Đang chờ"), ""),
        "running": (_l("Đang chạy"), "info"),
        "done": (_l("Xong"), "good"),
        "failed": (_l("Lỗi"), "bad"),
        "cancelled": (_l("Đã hủy"), ""),
    },
    "live": {
        "hearing": (_l("Đang nghe"), "good"),
        "silent": (_l("Chưa có tiếng"), "warn"),
        "finishing": (_l("Đang hoàn thành"), "info"),
        "published": (_l("Đã hoàn thành"), "good"),
        "nothing": (_l("Không có"), ""),
    },
    "engine": {
        "auto": (_l("tự chọn bộ tốt nhất của máy này"), ""),
        "viet-asr+whisper": (_l("tiếng Việt và Whisper đối chiếu nhau"), ""),
        "viet-asr": (_l("bộ nhận dạng tiếng Việt"), ""),
        "faster-whisper": (_l("Whisper (faster-whisper)"), ""),
        "openai-whisper": (_l("Whisper (openai-whisper)"), ""),
    },
    "job_parameter": {
        "engine": (_l("bộ nhận dạng"), ""),
        "minimum_speakers": (_l("số người nói ít nhất"), ""),
        "maximum_speakers": (_l("số người nói nhiều nhất"), ""),
        "vocabulary": (_l("từ vựng thêm"), ""),
    },
    "item_kind": {
        "directive": (_l("Nhiệm vụ"), "info"),
        "standing_duty": (_l("Nhiệm vụ thường xuyên"), "info"),
        "prohibition": (_l("Không được làm"), "warn"),
        "responsibility": (_l("Trách nhiệm"), "warn"),
        "commendation": (_l("Biểu dương"), "good"),
        "decision": (_l("Quyết định"), "good"),
        "statement": (_l("Nhận định"), ""),
    },
}


def word(code: object, family: str) -> LazyString | str:
    """The words for a code; the code itself where a room has added one that has no words yet."""
    known = _WORDS.get(family, {}).get(str(code))
    return known[0] if known else str(code)


def tone(code: object, family: str) -> str:
    """The tone of the code's badge: good, warn, bad, info or nothing."""
    known = _WORDS.get(family, {}).get(str(code))
    return known[1] if known else ""


def choices(family: str) -> list[tuple[str, LazyString]]:
    """Options of a select, in their order."""
    return [(code, words) for code, (words, _) in _WORDS[family].items()]


def weekday(number: int) -> LazyString:
    """Monday is 0."""
    return _WEEKDAYS[number]
