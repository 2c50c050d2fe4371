"""Sentences about files on their way to us."""

from core.messages import register

register(
    {
        "upload_too_large": (
            "Tệp lớn hơn mức cho phép ({limit}). Hãy cắt thành nhiều phần hoặc nén lại rồi gửi; nhiều phần chọn cùng "
            "một lúc được ghép thành một bản ghi.",
            "The file is larger than allowed ({limit}). Split or compress it; parts chosen together become one "
            "recording.",
        ),
        "uploads_too_many": (
            "Bạn đang có {count} tệp gửi dở, hết mức cho phép ({limit}). Hãy gửi tiếp cho xong hoặc bỏ bớt tệp gửi dở "
            "rồi thử lại.",
            "You have {count} unfinished uploads, all that is allowed ({limit}). Finish or discard some and try again.",
        ),
        "upload_no_room": (
            "Máy chủ không đủ chỗ cho tệp này: cần {needed}, còn {free}. Hãy giữ tệp gốc và báo quản trị viên giải "
            "phóng ổ đĩa, sau đó gửi lại; phần đã gửi không mất.",
            "The server has no room for this file: it needs {needed}, {free} is left. Keep the original, have the disk "
            "cleared and send again; what was sent is not lost.",
        ),
        "upload_offset_wrong": (
            "Phần vừa gửi bắt đầu ở byte {sent}, máy chủ đang chờ byte {wanted}. Trình duyệt sẽ tự hỏi lại và gửi tiếp "
            "đúng chỗ.",
            "What was sent begins at byte {sent}; the server waits for byte {wanted}. Ask again and go on from there.",
        ),
        "upload_damaged": (
            "Phần vừa gửi bị sai lệch trên đường truyền và không được nhận. Trình duyệt sẽ tự gửi lại phần đó.",
            "What was sent was damaged on its way and not taken. It has to be sent again.",
        ),
        "upload_over": (
            "Tệp này đã nhận đủ hoặc không còn được nhận. Hãy tải lại trang để xem bản ghi.",
            "This file is whole already or no longer taken. Reload the page to see the recording.",
        ),
    }
)
