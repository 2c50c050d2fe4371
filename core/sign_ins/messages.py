"""Sentences of this room."""

from core.messages import register

register(
    {
        "second_factor_refused": (
            "Mã xác thực không đúng hoặc đã dùng. Hãy nhập mã đang hiện trong ứng dụng, "
            "hoặc một mã dự phòng chưa dùng.",
            "The code is wrong or was used already. Enter the code that the app shows now, or an unused recovery code.",
        ),
        "second_factor_needed": (
            "Tài khoản này có xác thực hai bước. Hãy gửi kèm mã của ứng dụng xác thực.",
            "This account has a second factor. Send the code of the authenticator app as well.",
        ),
    }
)
