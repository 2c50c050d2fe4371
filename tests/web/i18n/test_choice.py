"""In which language a person reads: the account, the cookie, what the browser asks for, Vietnamese."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from core.accounts import Account
from core.audit import AuditRow
from core.messages import phrase, say
from core.permissions import Role
from core.runtime import Runtime
from tests.web.conftest import Browser, Script

ENGLISH = {"Accept-Language": "en-GB,en;q=0.9"}


def language_of(page: str) -> str:
    found = re.search(r'<html lang="(\w+)">', page)
    assert found
    return found[1]


def test_vietnamese_unless_somebody_asks_otherwise(anonymous: Browser) -> None:
    page = anonymous.get("/dang-nhap")
    assert (language_of(page.text), page.headers["Content-Language"]) == ("vi", "vi")
    assert "Đăng nhập" in page.text
    assert {"Accept-Language", "Cookie"} <= set(page.vary)


@pytest.mark.parametrize(
    ("asked", "read"),
    [("en-US,en;q=0.9", "en"), ("vi,en;q=0.8", "vi"), ("en;q=0.5,vi;q=0.9", "vi"), ("fr-FR,fr", "vi"), ("*", "vi")],
)
def test_a_visitor_reads_what_the_browser_asks_for(anonymous: Browser, asked: str, read: str) -> None:
    page = anonymous.get("/dang-nhap", headers={"Accept-Language": asked}).text
    assert language_of(page) == read


def test_the_choice_of_a_visitor_outlasts_the_page(anonymous: Browser) -> None:
    answer = anonymous.post("/ngon-ngu", {"language": "en", "next": "/dang-nhap?next=/thong-bao"})
    assert (answer.status_code, answer.location) == (302, "/dang-nhap?next=/thong-bao")
    assert all(word in answer.headers["Set-Cookie"] for word in ("HttpOnly", "SameSite=Lax", "Max-Age"))
    assert "Sign in" in anonymous.get("/dang-nhap", headers={"Accept-Language": "vi"}).text


def test_the_choice_leads_to_no_other_host(anonymous: Browser) -> None:
    assert anonymous.post("/ngon-ngu", {"language": "en", "next": "https://example.com/"}).location == "/"


@pytest.mark.parametrize("language", ["", "fr", "EN", "en\n"])
def test_a_language_we_do_not_have_is_refused(anonymous: Browser, language: str) -> None:
    assert anonymous.post("/ngon-ngu", {"language": language}).status_code == 422


def test_a_form_from_elsewhere_chooses_nothing(anonymous: Browser) -> None:
    assert anonymous.client.post("/ngon-ngu", data={"language": "en"}).status_code == 400


def test_the_account_remembers_on_every_machine(
    app: Flask, runtime: Runtime, browser_of: Callable[..., Browser]
) -> None:
    here = browser_of(Role.SECRETARY)
    for language in ("en", "en"):
        here.post("/ngon-ngu", {"language": language})
    there = Browser(app.test_client())
    there.sign_in(here.login)
    assert language_of(there.get("/tai-khoan", headers={"Accept-Language": "vi"}).text) == "en"
    with runtime.database.transaction() as session:
        assert session.scalars(select(Account.language)).all() == ["en"]
        acts = session.scalars(select(AuditRow.action)).all()
        assert acts.count("account.language_chosen") == 1  # the second choice changed nothing


def test_the_account_says_more_than_the_cookie(app: Flask, browser_of: Callable[..., Browser]) -> None:
    here = browser_of(Role.SECRETARY)
    here.post("/ngon-ngu", {"language": "vi"})
    here.client.set_cookie("ngon_ngu", "en")
    assert language_of(here.get("/").text) == "vi"


def test_every_page_offers_the_other_language(browser_of: Callable[..., Browser]) -> None:
    here = browser_of(Role.OPERATOR)
    assert re.search(r'<button[^>]*value="en" lang="en">English</button>', here.get("/cuoc-hop").text)
    here.post("/ngon-ngu", {"language": "en"})
    assert re.search(r'<button[^>]*value="vi" lang="vi">Tiếng Việt</button>', here.get("/cuoc-hop").text)


def test_a_refusal_is_said_in_the_readers_language(browser_of: Callable[..., Browser]) -> None:
    here = browser_of(Role.ADMINISTRATOR)
    here.post("/ngon-ngu", {"language": "en"})
    page = here.post("/quan-tri/don-vi", {"code": "VP", "name": ""})
    assert page.status_code == 422
    assert "name of the unit" in page.text
    assert "is empty" in page.text


def test_a_script_is_answered_as_it_asks(script_of: Callable[..., Script]) -> None:
    script = script_of(Role.OPERATOR)
    missing = f"/meetings/{UUID(int=7)}"
    assert "Không tìm thấy" in script.get(missing).get_json()["error"]["message"]
    told = script.call("GET", missing, headers=ENGLISH).get_json()["error"]
    assert (told["code"], told["message"]) == ("not_found", say("not_found", "en"))


def test_the_conference_is_answered_in_vietnamese(anonymous: Browser) -> None:
    """Prosody shows the sentence to everybody in the room."""
    answer = anonymous.client.post("/jitsi/events/room/created", json={}, headers=ENGLISH)
    assert answer.status_code == 401
    assert answer.get_json()["message"] == say("hook_unauthorised", "vi")


def test_what_is_kept_or_mailed_has_no_reader() -> None:
    assert say("sign_in_required") == "Hãy đăng nhập để tiếp tục."
    assert phrase("còn để trống") == "còn để trống"
