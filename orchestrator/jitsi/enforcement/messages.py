"""Sentences about acting on a running room."""

from core.messages import register

register(
    {
        "room_admin_not_configured": (
            "Chưa cấu hình tài khoản quản trị phòng họp trên Prosody. Hãy đặt DIEMCAU_JITSI_ADMIN_JID và "
            "DIEMCAU_JITSI_ADMIN_PASSWORD (xem docs/operations/jitsi.md).",
            "No administrator's account on Prosody is configured. Set DIEMCAU_JITSI_ADMIN_JID and _PASSWORD.",
        ),
        "room_admin_unavailable": (
            "Chưa thực hiện được trên phòng họp: {reason}. Hãy thử lại, hoặc thao tác trong cửa sổ họp.",
            "Could not act on the room: {reason}. Try again, or act in the meeting's own window.",
        ),
        "room_admin_unreachable": ("không kết nối được tới Prosody", "Prosody cannot be reached"),
        "room_admin_certificate": (
            "chứng thư của Prosody không được tin cậy (DIEMCAU_JITSI_XMPP_CA_FILE)",
            "Prosody's certificate is not trusted (DIEMCAU_JITSI_XMPP_CA_FILE)",
        ),
        "room_admin_sign_in": (
            "Prosody không chấp nhận tài khoản quản trị",
            "Prosody refuses the administrator's account",
        ),
        "room_admin_closed": ("Prosody đã ngắt kết nối", "Prosody shut the line"),
        "room_admin_timeout": ("Prosody không trả lời kịp", "Prosody did not answer in time"),
        "room_admin_refused": (
            "Prosody không cho phép thao tác này ({reason}). Hãy kiểm tra quyền của tài khoản quản trị "
            "(docs/operations/jitsi.md).",
            "Prosody refuses this act ({reason}). Check the rights of the administrator's account.",
        ),
        "room_not_running": (
            "Phòng họp “{room}” hiện không mở. Hãy tải lại trang để xem tình trạng mới nhất.",
            "The room “{room}” is not running. Reload to see the present state.",
        ),
        "room_occupant_gone": (
            "Kết nối này không còn trong phòng họp. Hãy tải lại trang để xem tình trạng mới nhất.",
            "This connection is no longer in the room. Reload to see the present state.",
        ),
        "room_occupant_protected": (
            "Không đưa được kết nối này ra khỏi phòng họp vì đó là thành phần của hệ thống họp.",
            "This connection belongs to the conference system and cannot be removed.",
        ),
        "alarm_seat_uninvited": (
            "Có kết nối trong phòng không theo giấy mời nào của cuộc họp. Hãy xác minh và mời ra khỏi phòng.",
            "A connection in the room follows no invitation of this meeting. Find out who it is, and remove it.",
        ),
        "alarm_seat_duplicate": (
            "Một điểm cầu đang có nhiều kết nối trong phòng. Hãy đề nghị điểm cầu đóng cửa sổ họp thừa.",
            "One endpoint has several connections in the room. Ask it to close the spare ones.",
        ),
        "alarm_seat_over": (
            "Phòng họp vượt số kết nối được phép. Hãy mời bớt kết nối vào sau cùng ra khỏi phòng.",
            "The room holds more connections than it may. Remove those that came last.",
        ),
        "room_ended_reason": (
            "Bộ phận điều hành đã kết thúc phiên họp.",
            "The operator has ended the meeting.",
        ),
        "room_removed_reason": (
            "Bộ phận điều hành đã đưa kết nối này ra khỏi phòng họp. Hãy liên hệ bộ phận kỹ thuật nếu cần vào lại.",
            "The operator has removed this connection. Ask the technical contact if you need to come back.",
        ),
        "room_surplus_reason": (
            "Phòng họp đã đủ kết nối theo quy định. Hãy liên hệ bộ phận kỹ thuật nếu điểm cầu của bạn cần vào họp.",
            "The room holds all its connections. Ask the technical contact if your endpoint must join.",
        ),
        "room_duplicate_reason": (
            "Điểm cầu này đã có một kết nối khác trong phòng họp.",
            "This endpoint has another connection in the room.",
        ),
        "room_unknown_reason": (
            "Kết nối này không theo giấy mời nào. Hãy vào họp bằng đường dẫn riêng trong giấy mời.",
            "This connection follows no invitation. Join by the personal link of your invitation.",
        ),
    }
)
