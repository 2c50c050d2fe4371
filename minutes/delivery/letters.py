"""The short message that tells a unit something has arrived. It carries no content: what was said stays in the house.

Pure: an `EmailMessage` from plain values, the same for the same input.
"""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime


def arrival_message(
    *, sender: str, addresses: list[str], symbol: str, unit_name: str, address: str, sent_at: datetime, message_id: str
) -> bytes:
    """An .eml saying that notice `symbol` waits under `address` after signing in."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = ", ".join(addresses)
    message["Subject"] = f"Thông báo kết luận số {symbol}"
    message["Date"] = format_datetime(sent_at)
    message["Message-ID"] = f"<{message_id}@diemcau.invalid>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(
        f"Kính gửi {unit_name},\n\n"
        f"Đơn vị có Thông báo kết luận số {symbol} cần xem và xác nhận đã nhận.\n"
        f"Hãy đăng nhập tại {address} để đọc toàn văn và các nhiệm vụ được giao.\n\n"
        "Thư này do hệ thống gửi tự động và không chứa nội dung thông báo.\n",
        cte="base64",
    )
    return message.as_bytes()
