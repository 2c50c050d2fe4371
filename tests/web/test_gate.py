"""The gate: every door is closed unless it is on one of the short lists or names the right it needs."""

from collections.abc import Callable

import pytest
from flask import Flask

from core.permissions import Action, Role
from tests.web.conftest import Browser
from web.open_endpoints import CSRF_EXEMPT, HOOK_ENDPOINTS, OPEN_ENDPOINTS, UPLOAD_ENDPOINTS
from web.security.gate import declared_rights, requires


def endpoints(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules()}


def test_every_route_is_open_by_name_or_declares_its_right(app: Flask) -> None:
    undeclared = {
        endpoint
        for endpoint in endpoints(app)
        if endpoint not in OPEN_ENDPOINTS | set(HOOK_ENDPOINTS)
        and declared_rights(app.view_functions[endpoint]) is None
    }
    assert not undeclared


def test_the_lists_name_only_routes_that_exist(app: Flask) -> None:
    listed = OPEN_ENDPOINTS | set(HOOK_ENDPOINTS) | CSRF_EXEMPT | UPLOAD_ENDPOINTS
    assert listed <= endpoints(app)


def test_a_view_that_declares_nothing_stays_closed(
    app: Flask, browser_of: Callable[..., Browser], caplog: pytest.LogCaptureFixture
) -> None:
    app.add_url_rule("/quen-khai-bao", "forgotten", lambda: "lộ")
    browser = browser_of(*Role)
    answer = browser.get("/quen-khai-bao")
    assert answer.status_code == 404
    assert "forgotten" in caplog.text


def test_strangers_are_led_to_the_sign_in_and_back(anonymous: Browser) -> None:
    answer = anonymous.get("/cuoc-hop?trang=2")
    assert answer.status_code == 302
    assert answer.location.startswith("/dang-nhap?next=/cuoc-hop")


def test_strangers_of_the_api_get_401_with_words(anonymous: Browser) -> None:
    answer = anonymous.get("/api/v1/meetings")
    assert answer.status_code == 401
    assert answer.get_json()["error"]["code"] == "sign_in_required"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("role", "path"),
    [
        (Role.OPERATOR, "/quan-tri/"),
        (Role.OPERATOR, "/quan-tri/tai-khoan"),
        (Role.OPERATOR, "/go-bang"),
        (Role.UNIT, "/cuoc-hop/moi"),
        (Role.UNIT, "/thong-bao"),
        (Role.REGISTRAR, "/cuoc-hop/moi"),
        (Role.ADMINISTRATOR, "/thong-bao"),
        (Role.APPROVER, "/quan-tri/nhat-ky"),
    ],
)
def test_screens_of_other_jobs_are_refused(browser_of: Callable[..., Browser], role: Role, path: str) -> None:
    answer = browser_of(role).get(path)
    assert answer.status_code == 403
    assert "không có quyền" in answer.text


def test_unknown_addresses_say_what_to_do(anonymous: Browser) -> None:
    answer = anonymous.get("/khong-co-trang-nay")
    assert answer.status_code == 404
    assert "Không tìm thấy" in answer.text


def test_requires_without_an_action_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="signed_in"):
        requires()


def test_requires_is_kept_on_the_view() -> None:
    assert declared_rights(requires(Action.LISTEN)(lambda: "")) == (Action.LISTEN,)


@pytest.mark.parametrize("path", ["/dang-nhap", "/api/v1/meetings", "/khong-co", "/static/css/app.css"])
def test_every_answer_carries_the_security_headers(anonymous: Browser, path: str) -> None:
    answer = anonymous.get(path)
    answer.close()
    headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert len(headers["X-Request-Id"]) == 32


def test_pages_hold_no_inline_script_style_or_foreign_address(browser_of: Callable[..., Browser]) -> None:
    browser = browser_of(Role.OPERATOR, Role.SECRETARY, Role.ADMINISTRATOR)
    for path in ("/", "/cuoc-hop", "/cuoc-hop/moi", "/quan-tri/", "/quan-tri/tai-khoan", "/thong-bao"):
        page = browser.get(path).text
        assert "<script>" not in page
        assert " style=" not in page
        assert " onclick=" not in page
        assert "http://" not in page.replace("http://www.w3.org", "")
        assert "https://" not in page


def test_pages_are_not_kept_by_proxies_but_static_files_are(anonymous: Browser) -> None:
    assert anonymous.get("/dang-nhap").headers["Cache-Control"] == "no-store"
    static = anonymous.get("/static/css/app.css")
    static.close()
    assert "no-store" not in static.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/join/%00", "/dang-nhap?next=%00", "/jitsi/keys/login/%00.pem"])
def test_nul_in_an_address_is_a_bad_request(anonymous: Browser, path: str) -> None:
    assert anonymous.get(path).status_code in (400, 404)


def test_a_breakdown_shows_an_id_and_no_trace(
    app: Flask, browser_of: Callable[..., Browser], caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> str:
        raise ZeroDivisionError("nội dung không được lộ")

    app.add_url_rule("/api/v1/hong", "broken", requires(Action.VIEW_MEETING)(broken))
    answer = browser_of(Role.OPERATOR).get("/api/v1/hong")
    assert answer.status_code == 500
    error = answer.get_json()["error"]
    assert error["detail"]["request_id"] == answer.headers["X-Request-Id"]
    assert "lộ" not in answer.text
    assert error["detail"]["request_id"] in caplog.text
