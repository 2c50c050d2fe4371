"""Sentences of the caps: what was refused and what to do next. Vietnamese first, English beside it."""

from core.messages import register

register(
    {
        "cap_in_force": (
            "Quy định “{name}” ({basis}) đang có hiệu lực với cùng số trần. Hãy đặt ngày hết hiệu lực cho quy định cũ "
            "trước khi thêm lại.",
            "The policy “{name}” ({basis}) is in force with the same number. End it before adding it again.",
        ),
        "exception_not_allowed": (
            "Tài khoản của bạn không được cho vượt quy định “{policy}” ({basis}). {who} Hãy giảm số người, hoặc "
            "chuyển cho người có thẩm quyền.",
            "Your account may not let a meeting exceed “{policy}” ({basis}). {who} Lower the number, or pass it on.",
        ),
        "exception_not_needed": (
            "Quy định “{policy}” không áp dụng cho cuộc họp này (khác ngày, khác loại họp hoặc khác đơn vị) nên không "
            "cần cho vượt. Hãy chọn quy định khác.",
            "The policy “{policy}” does not bind this meeting, so no exception is needed. Choose another policy.",
        ),
    }
)
