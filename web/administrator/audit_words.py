"""What the audit trail says in words: one phrase per action, one noun per kind of object.

The trail itself keeps codes, for it must outlive wordings. An action without a phrase of its own is put together from
its noun and verb, so that no row is ever shown empty.
"""

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

#: What a row is about.
OBJECTS: dict[str, LazyString] = {
    "account": _l("Tài khoản"),
    "calendar_year": _l("Lịch năm"),
    "cap_exception": _l("Ngoại lệ vượt mức trần"),
    "cap_policy": _l("Mức trần"),
    "delivery": _l("Lượt gửi thông báo"),
    "draft": _l("Bản dự thảo"),
    "endpoint": _l("Điểm cầu"),
    "endpoints": _l("Danh mục điểm cầu"),
    "holiday": _l("Ngày trong lịch"),
    "incident": _l("Dòng nhật ký sự cố"),
    "invitation": _l("Giấy mời của điểm cầu"),
    "invitation_letter": _l("Giấy mời"),
    "learned_term": _l("Từ đã học"),
    "live_alarm": _l("Cảnh báo"),
    "live_message": _l("Thông điệp"),
    "mail": _l("Thư"),
    "meeting": _l("Cuộc họp"),
    "meeting_endpoint": _l("Điểm cầu của cuộc họp"),
    "message": _l("Thông điệp"),
    "notice": _l("Thông báo kết luận"),
    "participant": _l("Người dự"),
    "people": _l("Danh mục người dự họp"),
    "person": _l("Người"),
    "physical_room": _l("Phòng họp"),
    "recorder_run": _l("Lượt ghi hình"),
    "recording": _l("Bản ghi"),
    "report": _l("Báo cáo nhanh"),
    "report_form": _l("Biểu mẫu báo cáo"),
    "report_period": _l("Kỳ báo cáo"),
    "report_submission": _l("Báo cáo nhanh"),
    "series": _l("Chuỗi họp"),
    "stage_run": _l("Bước gỡ băng"),
    "task": _l("Nhiệm vụ"),
    "template": _l("Mẫu cuộc họp"),
    "transcript": _l("Bản gỡ băng"),
    "transcription_job": _l("Việc gỡ băng"),
    "unit": _l("Đơn vị"),
    "units": _l("Danh mục đơn vị"),
    "voice_consent": _l("Đồng ý dùng mẫu giọng"),
    "voice_print": _l("Mẫu giọng"),
}

#: Verbs that several kinds of object share.
_VERBS: dict[str, LazyString] = {
    "account_linked": _l("gắn tài khoản"),
    "account_unlinked": _l("gỡ tài khoản"),
    "cancelled": _l("hủy"),
    "changed": _l("sửa"),
    "claimed": _l("bắt đầu"),
    "completed": _l("hoàn thành"),
    "created": _l("thêm mới"),
    "deleted": _l("xóa"),
    "ended": _l("kết thúc"),
    "erased": _l("xóa"),
    "failed": _l("không thành"),
    "reopened": _l("chạy lại"),
    "restored": _l("khôi phục"),
    "retired": _l("ngừng sử dụng"),
    "revised": _l("sửa"),
    "withdrawn": _l("rút"),
}

_ACTIONS: dict[str, LazyString] = {
    "account.closed": _l("Khóa tài khoản"),
    "account.created": _l("Tạo tài khoản"),
    "account.joined_unit": _l("Cho tài khoản thuộc đơn vị"),
    "account.opened": _l("Mở khóa tài khoản"),
    "account.password_changed": _l("Tự đổi mật khẩu"),
    "account.password_reset": _l("Cấp mật khẩu mới"),
    "agenda.reached": _l("Họp đến nội dung"),
    "alarm.resolved": _l("Xử lý cảnh báo"),
    "calendar.day_added": _l("Thêm ngày vào lịch làm việc"),
    "calendar.day_changed": _l("Sửa ngày trong lịch làm việc"),
    "calendar.day_removed": _l("Xóa ngày khỏi lịch làm việc"),
    "calendar.year_accepted": _l("Chấp nhận lịch làm việc của năm"),
    "cap_exception.granted": _l("Cho cuộc họp vượt mức trần"),
    "cap_exception.revoked": _l("Thu hồi việc cho vượt mức trần"),
    "cap_policy.created": _l("Thêm mức trần"),
    "cap_policy.ended": _l("Chấm dứt mức trần"),
    "delivery.acknowledge": _l("Xác nhận đã nhận thông báo"),
    "delivery.open": _l("Mở thông báo"),
    "directory.imported": _l("Nhập danh mục từ tệp"),
    "draft.made": _l("Máy soạn dự thảo thông báo"),
    "endpoint.checked": _l("Kiểm tra kỹ thuật điểm cầu"),
    "endpoint.heads_counted": _l("Ghi số người có mặt"),
    "endpoint.room": _l("Chọn phòng họp cho điểm cầu"),
    "incident.logged": _l("Ghi nhật ký sự cố"),
    "invitation.addresses": _l("Đặt địa chỉ nhận giấy mời"),
    "invitation.answered": _l("Trả lời giấy mời"),
    "invitation_letter.frozen": _l("Chốt nội dung giấy mời"),
    "invitation_letter.numbered": _l("Ghi số, ngày của giấy mời"),
    "invitation_letter.words": _l("Soạn giấy mời"),
    "invitations.sent": _l("Gửi giấy mời"),
    "mail.bounce_noted": _l("Ghi nhận thư bị trả lại"),
    "mail.bounced": _l("Thư bị trả lại"),
    "mail.failed": _l("Thư không gửi được"),
    "mail.requeued": _l("Gửi lại thư"),
    "mail.sent": _l("Gửi thư"),
    "meeting.cancelled": _l("Hủy cuộc họp"),
    "meeting.classified": _l("Chuyển cuộc họp thành mật"),
    "meeting.classified_refused": _l("Từ chối cuộc họp có bí mật nhà nước"),
    "meeting.closed": _l("Kết thúc cuộc họp"),
    "meeting.edited": _l("Sửa kế hoạch cuộc họp"),
    "meeting.extended": _l("Kéo dài cuộc họp"),
    "meeting.head_count": _l("Đăng ký số người dự"),
    "meeting.links_created": _l("Tạo đường dẫn dự họp"),
    "meeting.opened": _l("Mở phòng họp"),
    "meeting.planned": _l("Lập kế hoạch cuộc họp"),
    "meeting.rescheduled": _l("Đổi giờ cuộc họp"),
    "message.returned": _l("Thông điệp chưa gửi được vào phòng"),
    "message.sent": _l("Gửi thông điệp vào phòng"),
    "message.written": _l("Soạn thông điệp"),
    "notice.approve": _l("Duyệt thông báo kết luận"),
    "notice.distributed": _l("Gửi thông báo tới nơi nhận"),
    "notice.drafted": _l("Lập dự thảo thông báo kết luận"),
    "notice.issue": _l("Cấp số, ban hành thông báo"),
    "notice.request_changes": _l("Yêu cầu chỉnh sửa thông báo"),
    "notice.revised": _l("Sửa thông báo kết luận"),
    "notice.submit": _l("Trình duyệt thông báo"),
    "occupant.removed": _l("Đưa kết nối ra khỏi phòng họp"),
    "participant.attendance": _l("Điểm danh"),
    "recorder_run.began": _l("Máy ghi bắt đầu ghi hình"),
    "recorder_run.ended": _l("Máy ghi kết thúc ghi hình"),
    "recorder_run.failed": _l("Ghi hình lỗi"),
    "recorder_run.requested": _l("Yêu cầu ghi hình"),
    "recorder_run.stop_asked": _l("Yêu cầu dừng ghi hình"),
    "recorder_run.taken": _l("Máy ghi nhận việc"),
    "recording.found_unusable": _l("Bản ghi không dùng được"),
    "recording.received": _l("Nhận bản ghi"),
    "recording.verified": _l("Kiểm tra xong bản ghi"),
    "report.corrected": _l("Đính chính báo cáo nhanh"),
    "report.submitted": _l("Nộp báo cáo nhanh"),
    "report_form.changed": _l("Sửa biểu mẫu báo cáo"),
    "report_form.created": _l("Tạo biểu mẫu báo cáo"),
    "report_form.revised": _l("Ra phiên bản mới của biểu mẫu"),
    "report_period.cancelled": _l("Hủy kỳ báo cáo"),
    "report_period.compiled": _l("Tổng hợp kỳ báo cáo"),
    "report_period.planned": _l("Lập kỳ báo cáo"),
    "report_period.reminded": _l("Nhắc báo cáo"),
    "room.end": _l("Giải tán phòng họp từ cửa sổ họp"),
    "room.ended": _l("Giải tán phòng họp"),
    "room.entered_by_console": _l("Bàn điều hành vào phòng"),
    "room.mute_all": _l("Tắt tiếng tất cả"),
    "room.recording_started": _l("Bắt đầu ghi hình từ cửa sổ họp"),
    "room.recording_stopped": _l("Dừng ghi hình từ cửa sổ họp"),
    "room.remove": _l("Mời điểm cầu ra khỏi phòng"),
    "series.continued": _l("Lập tiếp chuỗi họp"),
    "series.edited": _l("Sửa các phiên của chuỗi họp"),
    "series.ended": _l("Kết thúc chuỗi họp"),
    "series.planned": _l("Lập chuỗi họp"),
    "stage_run.claimed": _l("Máy nhận một bước gỡ băng"),
    "stage_run.completed": _l("Xong một bước gỡ băng"),
    "stage_run.failed": _l("Một bước gỡ băng không thành"),
    "stage_run.lost": _l("Mất liên lạc với máy đang gỡ băng"),
    "stage_run.rerun": _l("Chạy lại một bước gỡ băng"),
    "stage_run.set_back": _l("Chờ làm lại một bước gỡ băng"),
    "task.created": _l("Giao nhiệm vụ từ thông báo"),
    "task.finish": _l("Báo hoàn thành nhiệm vụ"),
    "task.report": _l("Báo cáo tiến độ nhiệm vụ"),
    "template.changed": _l("Sửa mẫu cuộc họp"),
    "template.created": _l("Lưu mẫu cuộc họp"),
    "template.retired": _l("Ngừng dùng mẫu cuộc họp"),
    "transcript.adopted": _l("Dùng bản gỡ băng này cho cuộc họp"),
    "transcript.corrected": _l("Sửa bản gỡ băng"),
    "transcript.published": _l("Máy gỡ băng xong"),
    "transcription_job.completed": _l("Gỡ băng xong"),
    "transcription_job.failed": _l("Gỡ băng không thành"),
    "transcription_job.reopened": _l("Gỡ băng lại"),
    "voice_consent.given": _l("Ghi nhận đồng ý dùng mẫu giọng"),
    "voice_consent.withdrawn": _l("Rút đồng ý dùng mẫu giọng"),
    "voice_print.enrolled": _l("Lưu mẫu giọng"),
    "voice_print.erased": _l("Xóa mẫu giọng"),
    "voice_print.requested": _l("Yêu cầu lấy mẫu giọng"),
}


def action_words(action: str) -> str:
    """What was done. The code itself only where neither phrase nor noun and verb are known."""
    if action in _ACTIONS:
        return str(_ACTIONS[action])
    noun, _dot, verb = action.partition(".")
    if noun in OBJECTS and verb in _VERBS:
        return _("%(noun)s: %(verb)s", noun=str(OBJECTS[noun]), verb=str(_VERBS[verb]))
    return action


def object_words(object_type: str) -> str:
    """What it was done to."""
    return str(OBJECTS.get(object_type, object_type))


def is_worded(action: str) -> bool:
    """Whether the screen has words for an action; a test asks for every action of the house."""
    noun, _dot, verb = action.partition(".")
    return action in _ACTIONS or (noun in OBJECTS and verb in _VERBS)
