"""Before the approval on the screens: looks at content and form, the form checks, two revisions compared."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from flask import Flask

from core.permissions import Role
from core.runtime import Runtime, install
from minutes.notices import service
from tests.web.builders import build_meeting, build_notice, build_office, notice_content, system
from tests.web.conftest import Browser

Browsers = Callable[..., Browser]


@pytest.fixture
def notice_id(runtime: Runtime) -> UUID:
    """A notice the machine drafted, a person changed, and the secretary submitted."""
    meeting_id = build_meeting(runtime, build_office(runtime))
    with runtime.database.transaction() as session:
        made = build_notice(session, meeting_id)
        author = system(Role.SECRETARY)
        changed = notice_content("Trung tâm Thông tin kiểm tra đường truyền, báo cáo trước ngày 20/4/2026.")
        service.save_revision(session, author, made, 1, changed.model_copy(update={"subject": "Kết luận đã sửa"}))
        service.submit(session, author, made)
    return made


@pytest.fixture
def strict(app: Flask, runtime: Runtime) -> None:
    """A house that asks for both looks."""
    install(replace(runtime, settings=runtime.settings.model_copy(update={"notice_reviews": ("content", "form")})))


def newest(runtime: Runtime, notice_id: UUID) -> str:
    with runtime.database.transaction() as session:
        return str(service.latest_revision(session, notice_id).id)


@pytest.mark.usefixtures("strict")
def test_two_looks_and_then_the_approval(browser_of: Browsers, runtime: Runtime, notice_id: UUID) -> None:
    page, form = f"/thong-bao/{notice_id}", {"revision_id": newest(runtime, notice_id), "verdict": "pass"}
    head, registrar, approver = browser_of(Role.SECRETARY), browser_of(Role.REGISTRAR), browser_of(Role.APPROVER)
    assert "Thông báo chờ kiểm tra" in registrar.get("/").text
    assert "Chưa có, bắt buộc" in approver.get(page).text
    refused = approver.post(f"{page}/duyet", {"revision_id": form["revision_id"]})
    assert refused.status_code == 409
    assert "còn thiếu: kiểm tra nội dung, kiểm tra thể thức" in refused.text
    assert registrar.post(f"{page}/kiem-tra", {**form, "aspect": "content"}).status_code == 403
    assert head.post(f"{page}/kiem-tra", {**form, "aspect": "lạ"}).status_code == 422
    assert head.post(f"{page}/kiem-tra", {**form, "aspect": "content", "note": "Khớp bản ghi"}).status_code == 302
    assert registrar.post(f"{page}/kiem-tra", {**form, "aspect": "form"}).status_code == 302
    shown = approver.get(page).text
    assert "Khớp bản ghi" in shown
    assert "Chưa có, bắt buộc" not in shown
    assert approver.post(f"{page}/duyet", {"revision_id": form["revision_id"]}).status_code == 302


def test_sent_back_by_the_one_who_looked(browser_of: Browsers, runtime: Runtime, notice_id: UUID) -> None:
    page, registrar = f"/thong-bao/{notice_id}", browser_of(Role.REGISTRAR)
    form = {"revision_id": newest(runtime, notice_id), "aspect": "form", "verdict": "back"}
    refused = registrar.post(f"{page}/kiem-tra", form)
    assert refused.status_code == 422
    assert "Hãy ghi rõ nội dung cần chỉnh sửa" in refused.text
    assert registrar.post(f"{page}/kiem-tra", {**form, "note": "Sai địa danh"}).status_code == 302
    shown = browser_of(Role.SECRETARY).get(page).text
    assert "yêu cầu chỉnh sửa:" in shown
    assert "Sai địa danh" in shown


def test_the_form_checks_are_on_a_page(browser_of: Browsers, notice_id: UUID) -> None:
    page = browser_of(Role.REGISTRAR).get(f"/thong-bao/{notice_id}/the-thuc")
    assert page.status_code == 200
    assert all(f"<strong>F{number:02d}</strong>" in page.text for number in range(1, 16))
    assert browser_of(Role.UNIT).get(f"/thong-bao/{notice_id}/the-thuc").status_code == 403


def test_the_machines_text_beside_the_secretarys(browser_of: Browsers, runtime: Runtime, notice_id: UUID) -> None:
    path = f"/thong-bao/{notice_id}/so-sanh"
    page = browser_of(Role.APPROVER).get(path).text
    assert "<ins>truyền, báo cáo</ins>" in page
    assert "<del>truyền</del>" in page
    assert "<del>15/4/2026.</del> <ins>20/4/2026.</ins>" in page
    assert "Trích yếu" in page
    assert "1 sửa" in page
    browser = browser_of(Role.REGISTRAR)
    same = browser.get(f"{path}?truoc=2&sau=2").text
    assert "Không có mục nào khác nhau" in same
    assert browser.get(f"{path}?truoc=9").status_code == 404
    assert browser.get(f"{path}?truoc=<b>").status_code == 404
    with runtime.database.transaction() as session:
        revision = service.latest_revision(session, notice_id)
        service.approve(session, system(Role.APPROVER), notice_id, revision.id)
    assert browser.get(f"/thong-bao/{notice_id}").status_code == 200
