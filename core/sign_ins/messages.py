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
        "too_many_tokens": (
            "Tài khoản đã có {most} mã truy cập đang dùng. Hãy kết thúc mã không còn cần rồi tạo lại.",
            "The account has {most} living access tokens. End those no longer needed, then try again.",
        ),
        "identity_unknown": (
            "Chưa tài khoản nào ở đây được liên kết với danh tính vừa đăng nhập. Hãy đăng nhập bằng mật khẩu rồi "
            "liên kết ở trang “Tài khoản của tôi”, hoặc nhờ quản trị viên tạo tài khoản.",
            "No account here is linked with that identity. Sign in with the password and link it on the page "
            "“My account”, or ask the administrator for an account.",
        ),
        "identity_taken": (
            "Danh tính này đã liên kết với một tài khoản khác. Hãy đăng nhập bằng đúng danh tính của mình, "
            "hoặc gỡ liên kết ở tài khoản kia trước.",
            "That identity is linked with another account. Sign in with your own, or unlink it there first.",
        ),
        "provider_failed": (
            "Hệ thống đăng nhập một lần không trả lời đúng. Hãy thử lại; nếu vẫn lỗi, đăng nhập bằng mật khẩu "
            "và báo quản trị viên.",
            "The single sign-on service did not answer as it should. Try again; if it persists, sign in with the "
            "password and tell the administrator.",
        ),
        "provider_refused": (
            "Việc đăng nhập một lần không hoàn tất hoặc đã quá lâu. Hãy bấm đăng nhập lại.",
            "The single sign-on was not completed or took too long. Start it again.",
        ),
    }
)
