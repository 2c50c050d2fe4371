"""The console over plain requests: who sees which buttons, what each act does, what comes of bad input."""

from collections.abc import Callable

import pytest

from core.permissions import Role
from core.runtime import Runtime
from tests.web.conftest import Browser
from tests.web.console.builders import Hour

Browsers = Callable[..., Browser]


def test_the_two_operators_see_their_own_buttons(browser_of: Browsers, hour: Hour) -> None:
    technical = browser_of(Role.OPERATOR).get(f"/dieu-hanh/{hour.meeting_id}").text
    content = browser_of(Role.SECRETARY).get(f"/dieu-hanh/{hour.meeting_id}").text
    both = ("Cả điểm cầu có mặt", "Nội dung gửi mọi điểm cầu", "Đang họp", "Lưu số người", "Điểm danh")
    for words in both:
        assert words in technical
        assert words in content
    for words in ("Ghi sự cố", "Mở phòng họp", "Mời ra khỏi phòng", "Vào phòng từ bảng điều hành", "qua điện thoại"):
        assert words in technical
        assert words not in content
