"""Words of the page of operations: services, queues, the timetable, and what to do about each finding."""
# long: a table of words

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from web.operations.findings import Finding

#: By the supervisor's name; numbered ones by what stands before the number.
_SERVICES: dict[str, LazyString] = {
    "database": _l("Cơ sở dữ liệu"),
    "broker": _l("Hàng đợi"),
    "storage": _l("Kho tệp"),
    "web": _l("Máy chủ web"),
    "live": _l("Gỡ băng trực tiếp"),
    "worker-speech": _l("Tiến trình gỡ băng"),
    "worker-pieces": _l("Tiến trình nhận dạng"),
    "worker-general": _l("Tiến trình xử lý chung"),
    "beat": _l("Bộ hẹn giờ"),
}
_STATES: dict[str, tuple[LazyString, str]] = {
    "running": (_l("hoạt động"), "good"),
    "starting": (_l("đang khởi động"), "info"),
    "silent": (_l("không trả lời"), "bad"),
    "stopped": (_l("đã dừng"), "bad"),
    "waiting": (_l("chờ khởi động lại"), "bad"),
}
_QUEUES: dict[str, LazyString] = {
    "default": _l("Xử lý chung và tin nội bộ"),
    "media": _l("Đọc tệp ghi"),
    "speech": _l("Gỡ băng, bản ghi dài"),
    "short": _l("Gỡ băng, bản ghi ngắn"),
    "pieces": _l("Nhận dạng từng đoạn"),
    "mail": _l("Thư gửi đi"),
}
_TASKS: dict[str, LazyString] = {
    "core.deliver_outbox": _l("Chuyển tin nội bộ"),
    "core.mail.sweep": _l("Gửi thư còn chờ"),
    "core.clear_unfinished_objects": _l("Dọn tệp nhận dở"),
    "core.keep_anchor": _l("Lưu mốc nhật ký mỗi ngày"),
    "orchestrator.remind_invited": _l("Nhắc trả lời giấy mời"),
    "orchestrator.enforce_seats": _l("Đối chiếu phòng họp với số chỗ"),
    "orchestrator.poll_rooms": _l("Hỏi các phòng họp đang mở"),
    "orchestrator.drive_recorders": _l("Điều khiển máy ghi"),
    "orchestrator.end_rooms": _l("Đóng phòng của cuộc họp đã xong"),
    "orchestrator.keep_report_periods": _l("Mở kỳ báo cáo nhanh"),
    "orchestrator.remind_reports": _l("Nhắc nộp báo cáo nhanh"),
    "transcription.publish_live": _l("Hoàn thành bản gỡ băng trực tiếp"),
    "transcription.sweep_recordings": _l("Nhận tệp của máy ghi"),
    "transcription.sweep_uploads": _l("Dọn tệp tải lên dở"),
    "transcription.reconcile": _l("Đối soát các bước gỡ băng"),
    "minutes.remind_acknowledgements": _l("Nhắc xác nhận đã nhận thông báo"),
    "minutes.remind_tasks": _l("Nhắc nhiệm vụ đến hạn"),
    "web.finish_purges": _l("Hoàn tất tiêu hủy"),
    "web.keep_purge_register": _l("Lưu sổ tiêu hủy"),
    "web.enforce_retention": _l("Xóa dữ liệu hết thời hạn giữ"),
}
#: code → what is so, what to do.
_FINDINGS: dict[str, tuple[LazyString, LazyString]] = {
    "part_away": (
        _l("%(part)s không trả lời."),
        _l("Kiểm tra phần này; việc đang chờ tự chạy tiếp khi nó trở lại, không mất gì."),
    ),
    "service_down": (
        _l("%(service)s không hoạt động trên máy này."),
        _l("Xem tệp nhật ký của dịch vụ trong thư mục logs; hệ thống tự khởi động lại."),
    ),
    "no_worker": (
        _l("Không có tiến trình xử lý nào báo còn sống."),
        _l("Chạy ./diemcau status trên từng máy và khởi động lại máy không trả lời."),
    ),
    "worker_away": (
        _l("%(worker)s trên máy %(host)s không báo còn sống."),
        _l("Việc của nó đã được chuyển cho tiến trình khác; xem máy đó có bị tắt không."),
    ),
    "disk_full": (
        _l("Ổ đĩa dữ liệu chỉ còn trống %(percent)d %%."),
        _l("Thêm chỗ, hoặc rút ngắn thời hạn giữ bản ghi; đầy hẳn thì không nhận được bản ghi mới."),
    ),
    "stage_waits": (
        _l("Có bước gỡ băng chờ đã hơn %(hours)d giờ."),
        _l("Xem các tiến trình bên dưới; nếu đều chạy, hãy thêm tiến trình nhận dạng."),
    ),
    "set_apart": (
        _l("%(count)d bản ghi bị để riêng vì làm chết tiến trình nhiều lần liền."),
        _l("Đọc lý do ở bảng dưới, sửa nguyên nhân rồi bấm “Chạy lại”."),
    ),
    "stopped": (
        _l("%(count)d bản ghi chưa gỡ băng được."),
        _l("Đọc lý do ở bảng dưới, sửa nguyên nhân rồi bấm “Chạy lại”."),
    ),
    "news_waits": (
        _l("Tin nội bộ chờ chuyển đã %(minutes)d phút."),
        _l("Kiểm tra tiến trình xử lý chung và bộ hẹn giờ."),
    ),
    "news_given_up": (
        _l("%(count)d tin nội bộ bị từ chối đến mức thôi không chuyển nữa."),
        _l("Giữ lại nhật ký và gọi hỗ trợ: đây là lỗi của phần mềm."),
    ),
    "mail_waits": (
        _l("Có thư chờ gửi đã hơn %(hours)d giờ."),
        _l("Xem lý do ở “Thư gửi đi”; máy chủ thư có thể đang từ chối hoặc không trả lời."),
    ),
    "mails_lost": (
        _l("%(count)d người nhận không nhận được thư trong 7 ngày qua."),
        _l("Mở “Thư gửi đi”, sửa địa chỉ rồi gửi lại."),
    ),
    "draft_waits": (
        _l("Có dự thảo thông báo chưa ban hành đã %(days)d ngày."),
        _l("Nhắc thư ký hoặc người duyệt: thời hạn theo Quyết định 45/2018/QĐ-TTg sắp hết."),
    ),
    "no_backup": (
        _l("Chưa có bản sao lưu nào."),
        _l("Đặt ./diemcau backup chạy mỗi đêm, lưu vào ổ đĩa khác."),
    ),
    "old_backup": (
        _l("Bản sao lưu gần nhất đã cũ %(days)d ngày."),
        _l("Xem lịch chạy ./diemcau backup và chỗ trống của ổ đĩa sao lưu."),
    ),
    "old_anchor": (
        _l("Mốc nhật ký của %(days)d ngày gần đây chưa được lưu."),
        _l("Kiểm tra bộ hẹn giờ; có thể in mốc của từng ngày ở màn hình “Nhật ký”."),
    ),
    "timetable_late": (
        _l("%(count)d việc định kỳ trễ lịch."),
        _l("Kiểm tra tiến trình xử lý chung và bộ hẹn giờ."),
    ),
}


def service_name(name: str) -> str:
    """`worker-pieces-2` → `Tiến trình nhận dạng 2`."""
    known = _SERVICES.get(name)
    if known is not None:
        return str(known)
    stem, _, number = name.rpartition("-")
    return f"{_SERVICES[stem]} {number}" if stem in _SERVICES and number.isdigit() else name


def state_word(state: str) -> tuple[str, str]:
    """Words and tone of a process's state."""
    words, tone = _STATES.get(state, (state, ""))
    return str(words), tone


def queue_name(queue: str) -> str:
    """What waits there."""
    return str(_QUEUES.get(queue, queue))


def task_name(name: str) -> str:
    """What a task of the timetable is for; its own name where nobody has said."""
    return str(_TASKS.get(name, name))


def sentences(finding: Finding) -> tuple[str, str]:
    """What is so, and what to do."""
    so, then = _FINDINGS[finding.code]
    params = dict(finding.params)
    for key in ("part", "service"):
        if key in params:
            params[key] = service_name(params[key])
    if "worker" in params:
        params["worker"] = service_name(f"worker-{params['worker']}")
    return str(so) % params, str(then)
