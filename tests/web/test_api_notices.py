"""Notices over the API: from the machine's draft to the acknowledged paper and the finished task."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.permissions import Role
from core.runtime import Runtime
from minutes.followups.service import create_tasks
from tests.web.builders import Office, build_meeting, build_notice, build_office, build_transcript, notice_content
from tests.web.conftest import Script


@pytest.fixture
def office(runtime: Runtime) -> Office:
    return build_office(runtime)


@pytest.fixture
def meeting_id(runtime: Runtime, office: Office) -> UUID:
    return build_meeting(runtime, office)


@pytest.fixture
def notice_id(runtime: Runtime, meeting_id: UUID) -> UUID:
    with runtime.database.transaction() as session:
        return build_notice(session, meeting_id)


def approved(script_of: Callable[..., Script], notice_id: UUID) -> None:
    assert script_of(Role.SECRETARY).post(f"/notices/{notice_id}/submit").status_code == 200
    approver = script_of(Role.APPROVER)
    revision_id = approver.get(f"/notices/{notice_id}").get_json()["revision"]["id"]
    assert approver.post(f"/notices/{notice_id}/approve", {"revision_id": revision_id}).status_code == 200


@pytest.mark.parametrize("role", [Role.UNIT, Role.OPERATOR, Role.ADMINISTRATOR])
def test_others_do_not_see_a_draft(script_of: Callable[..., Script], notice_id: UUID, role: Role) -> None:
    script = script_of(role)
    for path in ("", "/directives", "/document.pdf"):
        assert script.get(f"/notices/{notice_id}{path}").status_code in (403, 404)


@pytest.mark.parametrize(
    ("role", "act"),
    [
        (Role.APPROVER, "submit"),
        (Role.REGISTRAR, "submit"),
        (Role.SECRETARY, "issue"),
        (Role.APPROVER, "issue"),
        (Role.SECRETARY, "distribute"),
    ],
)
def test_each_act_belongs_to_one_job(script_of: Callable[..., Script], notice_id: UUID, role: Role, act: str) -> None:
    assert script_of(role).post(f"/notices/{notice_id}/{act}").status_code == 403


def test_there_is_none_before_the_first_draft(script_of: Callable[..., Script], meeting_id: UUID) -> None:
    assert script_of(Role.SECRETARY).get(f"/meetings/{meeting_id}/notice").status_code == 404


def test_drafting_without_a_transcript_says_so(script_of: Callable[..., Script], meeting_id: UUID) -> None:
    answer = script_of(Role.SECRETARY).post(f"/meetings/{meeting_id}/drafts")
    assert answer.status_code == 409
    assert answer.get_json()["error"]["code"] == "nothing_to_draft_from"


def test_drafting_from_the_transcript(script_of: Callable[..., Script], meeting_id: UUID, runtime: Runtime) -> None:
    with runtime.database.transaction() as session:
        build_transcript(session, meeting_id)
    script = script_of(Role.SECRETARY)
    made = script.post(f"/meetings/{meeting_id}/drafts")
    assert made.status_code == 201, made.text
    notice = script.get(f"/meetings/{meeting_id}/notice").get_json()
    assert notice["id"] == made.get_json()["notice_id"]
    assert notice["revision"]["content"]["machine_made"] is True


def test_directives_carry_their_seconds(script_of: Callable[..., Script], notice_id: UUID) -> None:
    items = script_of(Role.SECRETARY).get(f"/notices/{notice_id}/directives").get_json()["items"]
    assert items[0]["lead"] == ["Trung tâm Thông tin"]
    assert items[0]["deadline"]["iso"] == "2026-04-15"
    assert items[0]["evidence"] == [{"start": 12.5, "end": 18.0}]


def test_editing_conflict_carries_both_texts(script_of: Callable[..., Script], notice_id: UUID) -> None:
    script = script_of(Role.SECRETARY)
    content = notice_content("Bản của người khác.").to_json()
    saved = script.post(f"/notices/{notice_id}/revisions", {"base_number": 1, "content": content})
    assert saved.status_code == 201
    assert saved.get_json()["content"]["machine_made"] is False
    mine = notice_content("Bản của tôi.").to_json()
    conflict = script.post(f"/notices/{notice_id}/revisions", {"base_number": 1, "content": mine})
    assert conflict.status_code == 409
    detail = conflict.get_json()["error"]["detail"]
    assert "người khác" in str(detail["latest_content"])
    assert "của tôi" in str(detail["your_content"])


@pytest.mark.parametrize("content", [{}, {"subject": 7}, {"lạ": 1}, {"subject": "x" * 501}])
def test_bad_contents_are_refused(script_of: Callable[..., Script], notice_id: UUID, content: dict[str, Any]) -> None:
    script = script_of(Role.SECRETARY)
    answer = script.post(f"/notices/{notice_id}/revisions", {"base_number": 1, "content": content})
    # An empty content is a content; it is refused when it is submitted.
    assert answer.status_code == (201 if content == {} else 422)


def test_approval_of_another_revision_is_refused(script_of: Callable[..., Script], notice_id: UUID) -> None:
    script_of(Role.SECRETARY).post(f"/notices/{notice_id}/submit")
    answer = script_of(Role.APPROVER).post(f"/notices/{notice_id}/approve", {"revision_id": str(uuid4())})
    assert answer.status_code == 409
    assert answer.get_json()["error"]["code"] == "outdated_revision"


def test_changes_are_requested_with_a_reason(script_of: Callable[..., Script], notice_id: UUID) -> None:
    script_of(Role.SECRETARY).post(f"/notices/{notice_id}/submit")
    approver = script_of(Role.APPROVER)
    assert approver.post(f"/notices/{notice_id}/request-changes", {"reason": " "}).status_code == 422
    sent = approver.post(f"/notices/{notice_id}/request-changes", {"reason": "Ghi rõ thời hạn"})
    assert sent.get_json()["state"] == "changes_requested"


def test_the_whole_way_to_the_finished_task(
    script_of: Callable[..., Script], notice_id: UUID, office: Office, runtime: Runtime
) -> None:
    registrar = script_of(Role.REGISTRAR)
    assert registrar.post(f"/notices/{notice_id}/issue").status_code == 409
    approved(script_of, notice_id)
    issued = registrar.post(f"/notices/{notice_id}/issue")
    assert issued.status_code == 201, issued.text
    assert issued.get_json()["symbol"] == "01/TB-VP"
    for kind, magic in (("pdf", b"%PDF-"), ("docx", b"PK")):
        file = registrar.get(f"/notices/{notice_id}/document.{kind}")
        assert file.data.startswith(magic)
        assert f"01-TB-VP.{kind}" in file.headers["Content-Disposition"]
    with runtime.database.transaction() as session:
        create_tasks(session, notice_id)
    unit = script_of(Role.UNIT, unit_ids=[office.centre])
    assert unit.get(f"/notices/{notice_id}").status_code == 404
    sent = registrar.post(f"/notices/{notice_id}/distribute").get_json()["items"]
    assert {row["unit_name"] for row in sent} == {"Trung tâm Thông tin", "Cục Văn thư và Lưu trữ"}

    mine = unit.get("/deliveries").get_json()["items"]
    assert [row["unit_id"] for row in mine] == [str(office.centre)]
    others = next(row["id"] for row in sent if row["unit_id"] != str(office.centre))
    assert unit.post(f"/deliveries/{others}/acknowledge").status_code == 404
    first = unit.post(f"/deliveries/{mine[0]['id']}/acknowledge").get_json()
    assert first["state"] == "acknowledged"
    assert unit.post(f"/deliveries/{mine[0]['id']}/acknowledge").get_json() == first

    task = unit.get("/tasks").get_json()["items"][0]
    assert task["notice_id"] == str(notice_id)
    assert script_of(Role.UNIT).get("/tasks").get_json()["items"] == []
    assert unit.post(f"/tasks/{task['id']}/reports", {"text": ""}).status_code == 422
    assert unit.post(f"/tasks/{task['id']}/reports", {"text": "Đã xong", "done": True}).status_code == 201
    done = unit.get("/tasks").get_json()["items"][0]
    assert done["state"] == "done"
    assert done["reports"][0]["text"] == "Đã xong"
