"""Sentences of the purges."""

from core.messages import register

register(
    {
        "purge_busy": (
            "Đang có người ghi vào các bảng cần tiêu hủy. Chưa xóa gì; hãy thử lại sau một phút.",
            "Others are writing to the tables concerned. Nothing was deleted; try again in a minute.",
        ),
        "purge_still_running": (
            "Máy còn đang gỡ băng một phần của cuộc họp này. Việc đã được lệnh dừng; chưa xóa gì, hãy thử lại sau vài "
            "phút.",
            "A worker still has a part of this meeting in hand. It was told to stop; nothing was deleted, try again in "
            "a few minutes.",
        ),
        "purge_open_already": (
            "Cuộc họp {meeting} đã có yêu cầu tiêu hủy. Hãy mở yêu cầu đó trong danh sách.",
            "There is a purge of meeting {meeting} already. Open it in the list.",
        ),
        "purge_second_person": (
            "Người yêu cầu không tự xác nhận được. Hãy nhờ quản trị viên khác hoặc người duyệt xác nhận.",
            "Who asked cannot confirm. Ask another administrator or an approver to confirm.",
        ),
        "purge_code_not_repeated": (
            "Mã cuộc họp gõ lại không đúng. Chưa xóa gì; hãy gõ đúng mã hiện trên trang này.",
            "The meeting's code was not repeated correctly. Nothing was deleted; type the code shown on this page.",
        ),
        "purge_closed": (
            "Nội dung cuộc họp này đang bị khóa vì có yêu cầu tiêu hủy nội dung mật. Nếu đánh dấu nhầm, hãy đề nghị "
            "quản trị viên rút yêu cầu tại mục Tiêu hủy nội dung mật; khi đó nội dung mở lại.",
            "The content of this meeting is closed, because its purge was asked for. If that was a mistake, have the "
            "request taken back under Purge of classified content; then it opens again.",
        ),
        "purge_register_unreadable": (
            "Tệp không phải sổ tiêu hủy của Điểm Cầu, hoặc đã bị sửa. Hãy lấy bản cất ở nơi khác.",
            "The file is no register of purges, or was changed. Take the copy that is kept elsewhere.",
        ),
        "purge_register_foreign": (
            "Sổ tiêu hủy ghi cuộc họp {meeting}, nhưng ở đây mã đó là cuộc họp khác: đây là sổ của hệ thống khác. "
            "Chưa xóa gì; hãy chọn đúng sổ.",
            "The register names meeting {meeting}, which is another one here: it belongs to another installation. "
            "Nothing was deleted; choose the right register.",
        ),
    }
)
