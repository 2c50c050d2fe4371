"""Sentences of the orchestrator: what was refused and what to do next. Vietnamese first, English beside it."""

from core.messages import register

register(
    {
        "duplicate_code": (
            "Mã “{taken}” đã được dùng cho {what} khác. Hãy chọn mã khác.",
            "The code “{taken}” is already used by another {what}. Choose another code.",
        ),
        "cap_exceeded": (
            "Số lượng {counted} vượt trần {maximum} ({policy}; căn cứ: {basis}). Hãy bớt {surplus}.",
            "{counted} is over the cap of {maximum} ({policy}; {basis}). Take {surplus} out.",
        ),
        "cap_exceeded_room": (
            "Điểm cầu “{place}” đăng ký {counted} người, vượt trần {maximum} người một phòng ({policy}; căn cứ: "
            "{basis}). Hãy bớt {surplus} người, hoặc chuyển sang điểm cầu khác hay dự họp cá nhân.",
            "Endpoint “{place}” registers {counted} people, over the cap of {maximum} per room ({policy}; {basis}). "
            "Take {surplus} out, or move them to another endpoint or to personal attendance.",
        ),
        "cap_exceeded_meeting": (
            "Cuộc họp đăng ký tổng cộng {counted} người dự trực tiếp, vượt trần {maximum} người ({policy}; căn cứ: "
            "{basis}). Hãy bớt {surplus} người.",
            "The meeting registers {counted} people in person, over the cap of {maximum} ({policy}; {basis}). Take "
            "{surplus} out.",
        ),
        "cap_exceeded_connections": (
            "Cuộc họp có {counted} điểm cầu, vượt trần {maximum} kết nối của phòng họp trực tuyến ({policy}; căn cứ: "
            "{basis}). Hãy bớt {surplus} điểm cầu.",
            "The meeting has {counted} endpoints, over the cap of {maximum} connections ({policy}; {basis}). Take "
            "{surplus} out.",
        ),
        "overlap": (
            "Trùng với cuộc họp “{title}” ({number}) từ {starts} đến {ends}. Hãy đổi giờ họp.",
            "Overlaps the meeting “{title}” ({number}) from {starts} to {ends}. Change the time.",
        ),
        "endpoint_taken": (
            "Điểm cầu “{endpoint}” đã có trong cuộc họp “{title}” ({number}) từ {starts} đến {ends}. Hãy đổi giờ họp "
            "hoặc bỏ điểm cầu này.",
            "Endpoint “{endpoint}” is in the meeting “{title}” ({number}) from {starts} to {ends}. Change the time or "
            "leave the endpoint out.",
        ),
        "chair_taken": (
            "{chair} đã chủ trì cuộc họp “{title}” ({number}) từ {starts} đến {ends}. Hãy đổi giờ họp hoặc người chủ "
            "trì.",
            "{chair} already chairs the meeting “{title}” ({number}) from {starts} to {ends}. Change the time or the "
            "chair.",
        ),
        "unknown_reference": (
            "Không có {what} nào mang mã định danh {id}. Hãy chọn lại từ danh mục.",
            "There is no {what} with the identity {id}. Choose again from the directory.",
        ),
        "meeting_over": (
            "Cuộc họp đã kết thúc hoặc đã hủy nên không thay đổi kế hoạch được nữa. Hãy lập cuộc họp mới nếu cần.",
            "The meeting is over or cancelled; its plan can no longer change. Plan a new meeting if needed.",
        ),
        "door_unknown": (
            "Đường dẫn dự họp không đúng hoặc đã được thay bằng đường dẫn mới. Hãy kiểm tra lại giấy mời hoặc liên hệ "
            "bộ phận kỹ thuật.",
            "This link is wrong or was replaced by a newer one. Check the invitation or ask the technical contact.",
        ),
        "door_room_unknown": (
            "Phòng họp “{room}” không có trong kế hoạch. Hãy vào họp bằng đường dẫn riêng trong giấy mời.",
            "The room “{room}” is not planned. Join by the personal link of your invitation.",
        ),
        "door_room_elsewhere": (
            "Phòng họp “{title}” đang mở theo một địa chỉ khác. Hãy vào họp bằng đường dẫn riêng trong giấy mời.",
            "The room of “{title}” is open under another address. Join by the personal link of your invitation.",
        ),
        "door_not_yet": (
            "Phiên họp “{title}” chưa mở. Phòng họp mở lúc {opens}; hãy quay lại đúng giờ, trang này tự tải lại.",
            "The meeting “{title}” is not open yet. The room opens at {opens}; come back then.",
        ),
        "door_full": (
            "Phòng họp “{title}” đã đủ {seats} kết nối. Hãy đóng các kết nối thừa của điểm cầu hoặc liên hệ bộ phận "
            "kỹ thuật.",
            "The room of “{title}” holds all its {seats} connections. Close spare ones or ask the technical contact.",
        ),
        "door_cancelled": (
            "Cuộc họp “{title}” đã hủy. {reason}",
            "The meeting “{title}” was cancelled. {reason}",
        ),
        "door_ended": (
            "Cuộc họp “{title}” đã kết thúc. Kết luận sẽ được gửi bằng văn bản.",
            "The meeting “{title}” is over. Its conclusions will follow in writing.",
        ),
        "door_classified": (
            "Cuộc họp có nội dung bí mật nhà nước không tổ chức trên hệ thống này (Nghị định số 26/2020/NĐ-CP, Điều "
            "6). Hãy liên hệ đơn vị chủ trì để biết địa điểm họp.",
            "A meeting with state secrets is not held on this system (Decree 26/2020/NĐ-CP, article 6). Ask the host.",
        ),
        "door_open": (
            "Mời vào phòng họp “{title}”.",
            "Enter the room of “{title}”.",
        ),
        "service_unavailable": (
            "Hệ thống điều hành họp tạm thời không trả lời được. Hãy thử lại sau ít phút hoặc báo bộ phận kỹ thuật.",
            "The meeting service cannot answer at present. Try again in a few minutes or tell the technical contact.",
        ),
        "hook_unreadable": (
            "Nội dung gửi tới không đọc được: {reason}.",
            "What was sent cannot be read: {reason}.",
        ),
        "hook_unauthorised": (
            "Lời gọi không có khóa hợp lệ.",
            "The call carries no valid key.",
        ),
    }
)
