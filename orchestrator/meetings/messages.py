"""Sentences of the planning: what was refused and what to do next. Vietnamese first, English beside it."""

from core.messages import register

register(
    {
        "room_taken": (
            "Phòng “{room}” (điểm cầu “{endpoint}”) đã có cuộc họp “{title}” ({number}) từ {starts} đến {ends}. Hãy "
            "đổi giờ họp hoặc chọn điểm cầu ở phòng khác.",
            "Room “{room}” (endpoint “{endpoint}”) holds the meeting “{title}” ({number}) from {starts} to {ends}. "
            "Change the time or choose an endpoint elsewhere.",
        ),
        "meeting_not_planned": (
            "Chỉ sửa được kế hoạch khi cuộc họp chưa mở. Cuộc họp này đang họp: hãy điều chỉnh trong bảng điều hành, "
            "hoặc kéo dài thời gian họp.",
            "A plan can be edited only before the meeting opens. Use the console, or extend the meeting.",
        ),
        "not_extendable": (
            "Chỉ kéo dài được cuộc họp đang mở. Nếu cuộc họp chưa mở, hãy đổi giờ họp; nếu đã kết thúc, hãy lập cuộc "
            "họp mới.",
            "Only an open meeting can be extended. Change the time of one not yet open; plan a new one after the end.",
        ),
        "extension_blocked": (
            "Không thể kéo dài {minutes} phút: {what} đã có cuộc họp “{title}” ({number}) từ {starts}. {advice}",
            "It cannot be extended by {minutes} minutes: {what} is needed by “{title}” ({number}) from {starts}. "
            "{advice}",
        ),
        "series_rule_invalid": (
            "Không đọc được quy tắc lặp “{rule}”: {reason}. Hãy sửa theo mẫu FREQ=WEEKLY;BYDAY=MO.",
            "The recurrence rule “{rule}” cannot be read: {reason}. Write it like FREQ=WEEKLY;BYDAY=MO.",
        ),
        "series_too_long": (
            "Chuỗi họp có hơn {most} phiên. Hãy rút ngắn ngày cuối, hoặc giảm số phiên còn nhiều nhất {most}; hết đợt "
            "thì kéo dài tiếp.",
            "The series has more than {most} meetings. Bring its end forward; it can be continued later.",
        ),
        "series_endless": (
            "Quy tắc lặp không có ngày cuối. Hãy nhập ngày cuối của đợt lập lịch này, không quá {days} ngày kể từ "
            "phiên đầu; hết đợt thì kéo dài tiếp.",
            "The rule has no end. Give the last day to plan for, at most {days} days after the first meeting.",
        ),
        "series_empty": (
            "Quy tắc lặp không cho phiên họp nào từ {first} đến {last}. Hãy kiểm tra ngày đầu, ngày cuối và các ngày "
            "lặp.",
            "The rule gives no meeting from {first} to {last}. Check the days.",
        ),
        "series_over": (
            "Chuỗi họp này đã được kết thúc nên không lập thêm phiên. Hãy lập chuỗi mới.",
            "This series has been ended; nothing more is planned from it. Plan a new series.",
        ),
        "series_occurrence": (
            "Phiên ngày {day}: {sentence} Hãy bỏ hoặc dời phiên này trong danh sách ngày, rồi lưu lại.",
            "The meeting of {day}: {sentence} Leave it out or move it in the list of days, then save again.",
        ),
        "template_name_taken": (
            "Đã có mẫu cuộc họp tên “{name}”. Hãy đặt tên khác.",
            "There is a template called “{name}”. Choose another name.",
        ),
        "template_retired": (
            "Mẫu cuộc họp này không còn dùng. Hãy chọn mẫu khác.",
            "This template is retired. Choose another.",
        ),
        "room_name_taken": (
            "Đã có phòng họp tên “{name}”. Hãy đặt tên khác, ví dụ thêm tầng hoặc tòa nhà.",
            "There is a room called “{name}”. Choose another name.",
        ),
        "time_invitation_late": (
            "Giấy mời phải gửi trước ngày họp ít nhất 03 ngày làm việc (chậm nhất ngày {latest}); hiện chỉ còn {left} "
            "ngày làm việc. Hãy gửi giấy mời ngay, chuyển ngày họp từ {earliest} trở đi, hoặc chọn độ khẩn nếu họp "
            "đột xuất.",
            "Invitations go out at least 3 working days before (by {latest}); {left} are left. Send at once, meet from "
            "{earliest} on, or mark the meeting urgent.",
        ),
        "time_papers_late": (
            "Tài liệu họp phải gửi trước ngày họp ít nhất 03 ngày làm việc (chậm nhất ngày {latest}); hiện chỉ còn "
            "{left} ngày làm việc. Hãy gửi tài liệu ngay hoặc chuyển ngày họp từ {earliest} trở đi.",
            "Papers go out at least 3 working days before (by {latest}); {left} are left. Send at once or meet from "
            "{earliest} on.",
        ),
        "time_day_off": (
            "Ngày {day} không phải ngày làm việc. Ngày làm việc tiếp theo là {proposed}; hãy chuyển ngày họp nếu được.",
            "{day} is not a working day. The next one is {proposed}; move the meeting if possible.",
        ),
        "room_in_use": (
            "Không thể xếp điểm cầu vào phòng “{room}”: có hai cuộc họp đã lập cùng giờ cần phòng này. Hãy dời một "
            "cuộc họp rồi làm lại.",
            "The endpoint cannot be put into room “{room}”: two meetings would need it at once. Move one first.",
        ),
    }
)
