"""The top bar and the row of a meeting's pages: what each person is offered."""

from uuid import uuid4

import pytest
from flask import Flask

from core.permissions import Actor, Role
from core.runtime import Runtime
from orchestrator.meetings.service import cancel_meeting, get_meeting
from tests.web.builders import build_meeting, build_office, system
from web.meeting_links import meeting_links
from web.menu import MOST_FLAT, menu_for


def _actor(*roles: Role) -> Actor:
    return Actor(uuid4(), "Đỗ Thị Thử", frozenset(roles))


def _labels(app: Flask, actor: Actor, path: str = "/") -> list[tuple[str | None, list[str]]]:
    with app.test_request_context():
        return [
            (str(group.label) if group.label else None, [str(item.label) for item in group.items])
            for group in menu_for(actor, path)
        ]


@pytest.mark.parametrize("role", list(Role))
def test_no_role_gets_more_than_fits_on_one_line(app: Flask, role: Role) -> None:
    groups = _labels(app, _actor(role))
    shown = sum(1 if label else len(items) for label, items in groups)
    assert 0 < shown <= MOST_FLAT


def test_a_long_menu_is_folded_under_words_and_loses_nothing(app: Flask) -> None:
    groups = dict(_labels(app, _actor(*Role)))
    assert groups["Sau cuộc họp"] == ["Gỡ băng", "Thông báo kết luận", "Thông báo đến", "Nhiệm vụ"]
    assert groups["Hệ thống"] == ["Thư gửi đi", "Mẫu văn bản", "Quản trị"]


def test_a_short_menu_stays_flat(app: Flask) -> None:
    assert all(label is None for label, _items in _labels(app, _actor(Role.UNIT)))


def test_the_word_over_the_current_page_is_marked(app: Flask) -> None:
    with app.test_request_context():
        groups = menu_for(_actor(Role.SECRETARY), "/nhiem-vu/1")
        assert [str(group.label) for group in groups if group.is_current] == ["Sau cuộc họp"]
        assert [str(item.label) for group in groups for item in group.items if item.is_current] == ["Nhiệm vụ"]


def test_report_forms_belong_to_the_administration_for_those_who_see_no_reports(app: Flask) -> None:
    def current(role: Role) -> list[str]:
        groups = menu_for(_actor(role), "/bao-cao-nhanh/bieu-mau/moi")
        return [str(item.label) for group in groups for item in group.items if item.is_current]

    with app.test_request_context():
        assert current(Role.ADMINISTRATOR) == ["Quản trị"]
        assert current(Role.SECRETARY) == ["Báo cáo nhanh"]


def _row(app: Flask, runtime: Runtime, meeting_id: object, *roles: Role, here: str = "operator.meeting") -> list[str]:
    with app.test_request_context(), runtime.database.transaction() as session:
        meeting = get_meeting(session, system(Role.OPERATOR), meeting_id)  # type: ignore[arg-type]
        return [str(item.label) for item in meeting_links(meeting, _actor(*roles), here)]


def test_each_role_sees_its_own_pages_of_a_meeting(app: Flask, runtime: Runtime) -> None:
    meeting = build_meeting(runtime, build_office(runtime))
    live = ["Điều hành", "Lời nói", "Chưa sẵn sàng", "Nhật ký sự cố"]
    assert _row(app, runtime, meeting, Role.OPERATOR) == ["Tổng quan", "Kế hoạch", "Giấy mời", *live, "Bản ghi"]
    assert _row(app, runtime, meeting, Role.SECRETARY) == ["Tổng quan", "Giấy mời", *live, "Bản ghi"]
    assert _row(app, runtime, meeting, Role.REGISTRAR) == ["Tổng quan", "Giấy mời"]
    assert _row(app, runtime, meeting, Role.UNIT) == []


def test_a_cancelled_meeting_leads_to_no_console_and_no_plan(app: Flask, runtime: Runtime) -> None:
    meeting = build_meeting(runtime, build_office(runtime))
    with runtime.database.transaction() as session:
        cancel_meeting(session, system(Role.OPERATOR), meeting, "Trùng lịch")
    assert _row(app, runtime, meeting, Role.OPERATOR) == ["Tổng quan", "Giấy mời", "Bản ghi"]


def test_the_page_shown_is_marked_in_the_row(app: Flask, runtime: Runtime) -> None:
    meeting = build_meeting(runtime, build_office(runtime))
    with app.test_request_context(), runtime.database.transaction() as session:
        found = get_meeting(session, system(Role.OPERATOR), meeting)
        links = meeting_links(found, _actor(Role.OPERATOR), "console.log")
        assert [str(item.label) for item in links if item.is_current] == ["Nhật ký sự cố"]
