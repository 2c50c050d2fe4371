"""The editor's page and its points of the API: what they bring, what they keep, whom they refuse."""

from collections.abc import Callable
from uuid import UUID

import pytest

from core.permissions import Role
from core.runtime import Runtime
from minutes.notices.service import latest_revision, save_revision, submit
from tests.web.builders import build_meeting, build_notice, build_office, system
from tests.web.conftest import Browser, Script
from tests.web.notices.long_notice import long_notice
from web.notices import bundle

Browsers = Callable[..., Browser]
Scripts = Callable[..., Script]


@pytest.fixture
def notice_id(runtime: Runtime) -> UUID:
    meeting_id = build_meeting(runtime, build_office(runtime))
    with runtime.database.transaction() as session:
        return build_notice(session, meeting_id, long_notice())


def rewrite(runtime: Runtime, notice_id: UUID, old: str, new: str) -> None:
    with runtime.database.transaction() as session:
        revision = latest_revision(session, notice_id)
        text = revision.read().model_dump_json().replace(old, new)
        content = type(revision.read()).model_validate_json(text)
        save_revision(session, system(Role.SECRETARY), notice_id, revision.number, content)


def test_without_the_bundle_the_form_does(
    browser_of: Browsers, notice_id: UUID, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, path = browser_of(Role.SECRETARY), f"/thong-bao/{notice_id}"
    monkeypatch.setattr(bundle, "BUNDLE", "built/not-there.js")
    assert browser.get(f"{path}/soan").location == f"{path}/sua"
    assert "Soạn trên trang in" not in browser.get(path).text
    monkeypatch.setattr(bundle, "BUNDLE", "css/app.css")
    assert "data-editor" in browser.get(f"{path}/soan").text
    assert "Soạn trên trang in" in browser.get(path).text
    with runtime.database.transaction() as session:
        submit(session, system(Role.SECRETARY), notice_id)
    # What is in review is read, not edited.
    assert browser.get(f"{path}/soan").location == path


def test_the_editor_is_told_the_text_once_and_then_what_is_beside_it(
    script_of: Scripts, runtime: Runtime, notice_id: UUID
) -> None:
    script = script_of(Role.SECRETARY)
    path = f"/notices/{notice_id}/editing"
    told = script.get(path).get_json()
    assert (told["number"], told["content"]["place"], told["missing"]) == (1, "Hà Nội", [])
    assert "Trung tâm Thông tin" in [unit["name"] for unit in told["units"]]
    again = script.get(f"{path}?since=1").get_json()
    assert (again["content"], again["units"]) == (None, None)
    rewrite(runtime, notice_id, "Hà Nội", "Huế")
    assert script.get(f"{path}?since=1").get_json()["content"]["place"] == "Huế"
    assert script_of(Role.APPROVER).get(path).status_code == 403


def test_a_task_is_confirmed_as_it_stands(script_of: Scripts, runtime: Runtime, notice_id: UUID) -> None:
    script, path = script_of(Role.SECRETARY), f"/notices/{notice_id}/acceptances"
    assert script.post(path, {"item_id": "khong-co", "accepted": True}).status_code == 422
    assert script.post(path, {"item_id": "danh-gia", "accepted": True}).status_code == 422  # assigns nothing
    for _ in range(2):
        (row,) = script.post(path, {"item_id": "viec-1", "accepted": True}).get_json()["items"]
    assert (row["item_id"], row["accepted"], row["stands"]) == ("viec-1", True, True)
    rewrite(runtime, notice_id, "trước ngày 20/4/2026", "trước ngày 25/4/2026")
    told = script.get(f"/notices/{notice_id}/editing").get_json()
    assert [(row["item_id"], row["stands"]) for row in told["accepted"]] == [("viec-1", False)]
    # Another paragraph's text is no matter of this one.
    script.post(path, {"item_id": "viec-1", "accepted": True})
    rewrite(runtime, notice_id, "tổng hợp tình hình", "tổng hợp đầy đủ tình hình")
    assert script.get(f"/notices/{notice_id}/editing").get_json()["accepted"][0]["stands"]
    (row,) = script.post(path, {"item_id": "viec-1", "accepted": False}).get_json()["items"]
    assert not row["accepted"]
    with runtime.database.transaction() as session:
        submit(session, system(Role.SECRETARY), notice_id)
    assert script.post(path, {"item_id": "viec-1", "accepted": True}).status_code == 409


def test_the_notice_says_how_many_are_confirmed_and_folds_many_saves(
    browser_of: Browsers, script_of: Scripts, runtime: Runtime, notice_id: UUID
) -> None:
    script = script_of(Role.SECRETARY)
    script.post(f"/notices/{notice_id}/acceptances", {"item_id": "viec-1", "accepted": True})
    content = script.get(f"/notices/{notice_id}").get_json()["revision"]["content"]
    for number in range(1, 6):
        sent = {"base_number": number, "content": content | {"place": f"Hà Nội {number}"}}
        assert script.post(f"/notices/{notice_id}/revisions", sent).status_code == 201
    page = browser_of(Role.APPROVER).get(f"/thong-bao/{notice_id}").text
    assert "Đã có người xác nhận 1 nhiệm vụ" in page
    assert "5 lần lưu, từ bản 2" in page


def test_a_rewritten_paragraph_is_read_again(script_of: Scripts, notice_id: UUID) -> None:
    path, script = f"/notices/{notice_id}/readings", script_of(Role.SECRETARY)
    text = "Giao Trung tâm Thông tin chủ trì, phối hợp với Cục Văn thư và Lưu trữ rà soát máy chủ trước ngày 20/5/2026."
    (facts,) = script.post(path, {"text": text}).get_json()["items"]
    assert (facts["kind"], facts["lead"], facts["deadline"]["iso"]) == (
        "directive",
        ["Trung tâm Thông tin"],
        "2026-05-20",
    )
    assert facts["coordinating"] == ["Cục Văn thư và Lưu trữ"]
    assert script.post(path, {"text": "Cuộc họp kết thúc lúc 11 giờ."}).get_json()["items"] == []
    assert script.post(path, {"text": "a" * 20_001}).status_code == 422


def test_comments_over_the_api(script_of: Scripts, notice_id: UUID) -> None:
    path = f"/notices/{notice_id}/comments"
    approver, secretary = script_of(Role.APPROVER), script_of(Role.SECRETARY)
    made = approver.post(path, {"item_id": "viec-2", "text": "Nêu thời hạn"})
    assert made.status_code == 201
    (row,) = made.get_json()["items"]
    assert (row["item_id"], row["text"], row["settled_at"]) == ("viec-2", "Nêu thời hạn", None)
    assert approver.post(path, {"item_id": "khong-co", "text": "Sai chỗ"}).status_code == 422
    assert approver.post(f"{path}/{row['id']}/settle").status_code == 403
    (settled,) = secretary.post(f"{path}/{row['id']}/settle").get_json()["items"]
    assert settled["settled_at"] is not None
    assert approver.get(path).get_json()["items"] == [settled]
