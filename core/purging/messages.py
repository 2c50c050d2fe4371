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
    }
)
