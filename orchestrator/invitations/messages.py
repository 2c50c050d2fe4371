"""Sentences of the invitations."""

from core.messages import register

register(
    {
        "answer_closed": (
            "Cuộc họp đã mở hoặc đã kết thúc nên không đổi câu trả lời được nữa. Việc gấp, hãy gọi bộ phận kỹ thuật.",
            "The meeting is open or over; the answer can no longer change. Call the technical contact if it is urgent.",
        ),
        "no_invitation_address": (
            "Chưa có địa chỉ thư nào cho các điểm cầu này: {places}. Hãy nhập địa chỉ ở trang giấy mời, hoặc lấy đường "
            "dẫn và gửi bằng cách khác.",
            "There is no address for these endpoints: {places}. Enter one, or copy the link and send it another way.",
        ),
        "letter_unwritable": (
            "Không lập được giấy mời: {reason}. Hãy sửa kế hoạch hoặc phần soạn giấy mời rồi thử lại.",
            "The invitation letter cannot be written: {reason}. Correct the plan or the letter and try again.",
        ),
    }
)
