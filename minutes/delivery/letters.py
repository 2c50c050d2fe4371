"""The short message that tells a unit something has arrived. It carries no content: what was said stays in the house.

Pure: subject and text from plain values, the same for the same input.
"""

from datetime import datetime
from typing import NamedTuple

from core.clock import in_vietnam


class ArrivalText(NamedTuple):
    """What such a mail says."""

    subject: str
    body: str


def arrival_text(*, symbol: str, unit_name: str, address: str) -> ArrivalText:
    """Words saying that notice `symbol` waits under `address` after signing in."""
    return ArrivalText(
        f"Thông báo kết luận số {symbol}",
        f"Kính gửi {unit_name},\n\n"
        f"Đơn vị có Thông báo kết luận số {symbol} cần xem và xác nhận đã nhận.\n"
        f"Hãy đăng nhập tại {address} để đọc toàn văn và các nhiệm vụ được giao.\n\n"
        "Thư này do hệ thống gửi tự động và không chứa nội dung thông báo.\n",
    )


def reminder_text(*, symbol: str, unit_name: str, address: str, sent_on: datetime) -> ArrivalText:
    """Words saying that notice `symbol`, sent then, still waits for the unit to acknowledge it."""
    return ArrivalText(
        f"Nhắc xác nhận đã nhận Thông báo số {symbol}",
        f"Kính gửi {unit_name},\n\n"
        f"Thông báo số {symbol} đã gửi đến đơn vị lúc {in_vietnam(sent_on):%H:%M ngày %d/%m/%Y} nhưng chưa được xác "
        "nhận.\n"
        f"Hãy đăng nhập tại {address} để đọc và bấm “Xác nhận đã nhận”.\n\n"
        "Thư này do hệ thống gửi tự động và không chứa nội dung thông báo.\n",
    )
