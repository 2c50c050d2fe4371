"""Looks, signatures, successors, extensions, reminders and bulletins over the API."""

from collections.abc import Callable
from uuid import UUID

import pytest

from core.accounts import Account
from core.permissions import Actor, Role
from core.runtime import Runtime
from minutes.delivery.service import distribute
from minutes.followups.service import create_tasks, list_tasks
from minutes.notices import issuing, service
from minutes.signing import keyring
from minutes.signing.models import KeyKind
from orchestrator.directory.models import Person
from tests.minutes.authority import ORGANISATION, PASSPHRASE, person
from tests.web.builders import Office, build_meeting, build_notice, build_office, system
from tests.web.conftest import Script

Scripts = Callable[..., Script]


@pytest.fixture
def office(runtime: Runtime) -> Office:
    return build_office(runtime)


@pytest.fixture
def submitted_id(runtime: Runtime, office: Office) -> UUID:
    meeting_id = build_meeting(runtime, office)
    with runtime.database.transaction() as session:
        notice_id = build_notice(session, meeting_id)
        service.submit(session, system(Role.SECRETARY), notice_id)
    return notice_id


@pytest.fixture
def issued_id(runtime: Runtime, submitted_id: UUID) -> UUID:
    with runtime.database.transaction() as session:
        revision = service.latest_revision(session, submitted_id)
        service.approve(session, system(Role.APPROVER), submitted_id, revision.id)
        issuing.issue(session, system(Role.REGISTRAR), submitted_id)
        distribute(session, system(Role.REGISTRAR), submitted_id)
        create_tasks(session, submitted_id)
    return submitted_id


def revision_of(script: Script, notice_id: UUID) -> str:
    return str(script.get(f"/notices/{notice_id}").get_json()["revision"]["id"])


def test_looks_and_form_checks(script_of: Scripts, submitted_id: UUID) -> None:
    registrar, path = script_of(Role.REGISTRAR), f"/notices/{submitted_id}"
    look = {"revision_id": revision_of(registrar, submitted_id), "aspect": "form", "passed": True}
    assert registrar.post(f"{path}/reviews", {**look, "aspect": "content"}).status_code == 403
    assert registrar.post(f"{path}/reviews", {**look, "aspect": "lạ"}).status_code == 422
    made = registrar.post(f"{path}/reviews", look)
    assert made.status_code == 201, made.text
    assert [row["aspect"] for row in registrar.get(f"{path}/reviews").get_json()["items"]] == ["form"]
    checks = registrar.get(f"{path}/form-checks").get_json()["items"]
    assert [row["code"] for row in checks] == [f"F{number:02d}" for number in range(1, 16)]
    assert script_of(Role.UNIT).get(f"{path}/reviews").status_code in (403, 404)


def test_signed_and_sealed(script_of: Scripts, runtime: Runtime, submitted_id: UUID) -> None:
    approver, registrar, path = script_of(Role.APPROVER), script_of(Role.REGISTRAR), f"/notices/{submitted_id}"
    with runtime.database.transaction() as session:
        signer = service.latest_revision(session, submitted_id).read().signer.name
        row = session.query(Account).filter(Account.login.like("may-approver%")).one()
        actor = Actor(row.id, row.display_name, frozenset({Role.APPROVER}))
        key_id = keyring.add_file(session, actor, KeyKind.PERSON, person(signer).pkcs12(), PASSPHRASE, b"").id
        keeper = system(Role.REGISTRAR)
        seal_id = keyring.add_file(session, keeper, KeyKind.SEAL, person(ORGANISATION).pkcs12(), PASSPHRASE, b"").id
    assert [row["id"] for row in approver.get("/signing-keys").get_json()["items"]] == [str(key_id)]
    assert [row["kind"] for row in registrar.get("/signing-keys").get_json()["items"]] == ["seal"]
    body = {"revision_id": revision_of(approver, submitted_id), "key_id": str(key_id), "secret": "sai"}
    refused = approver.post(f"{path}/sign", body)
    assert refused.status_code == 422
    assert "sai" not in refused.get_json()["error"]["detail"].values()
    signed = approver.post(f"{path}/sign", {**body, "secret": PASSPHRASE})
    assert signed.get_json()["state"] == "approved", signed.text
    assert registrar.post(f"{path}/issue").status_code == 409, "a signed paper needs its seal"
    sealed = registrar.post(f"{path}/seal", {"key_id": str(seal_id), "secret": PASSPHRASE})
    assert sealed.status_code == 201, sealed.text
    told = approver.get(f"{path}/signatures").get_json()
    assert (told["good"], len(told["items"])) == (True, 6)
    assert approver.post(f"{path}/sign", {**body, "secret": PASSPHRASE}).status_code == 409


def test_what_comes_after_an_issue(script_of: Scripts, issued_id: UUID) -> None:
    secretary, path = script_of(Role.SECRETARY), f"/notices/{issued_id}"
    passage = {"where": "tại khoản 1", "wrong": "kiểm tra đường truyền", "right": "kiểm tra các đường truyền"}
    letter = secretary.post(f"{path}/corrections", {"passages": [passage]})
    assert letter.status_code == 201, letter.text
    assert (letter.get_json()["kind"], letter.get_json()["predecessor_id"]) == ("correction", str(issued_id))
    wrong = secretary.post(f"{path}/corrections", {"passages": [{"wrong": "không có câu này", "right": "x"}]})
    assert wrong.get_json()["error"]["code"] == "passage_not_found"
    assert secretary.post(f"{path}/replacements", {"reason": " "}).status_code == 422
    for act, kind in (("replacements", "replacement"), ("withdrawals", "withdrawal")):
        assert secretary.post(f"{path}/{act}", {"reason": "Sai nội dung"}).get_json()["kind"] == kind
        assert secretary.post(f"{path}/{act}", {"reason": "Lại nữa"}).status_code == 409
    assert secretary.post(f"{path}/reminder-letters").get_json()["error"]["code"] == "nothing_late"
    assert script_of(Role.REGISTRAR).post(f"{path}/withdrawals", {"reason": "x"}).status_code == 403


def test_more_time_for_a_task(script_of: Scripts, runtime: Runtime, office: Office, issued_id: UUID) -> None:
    with runtime.database.transaction() as session:
        task_id = next(row.id for row in list_tasks(session, system(Role.SECRETARY)) if row.unit_id == office.centre)
    unit, approver = script_of(Role.UNIT, unit_ids=[office.centre]), script_of(Role.APPROVER)
    path = f"/tasks/{task_id}/extensions"
    assert unit.post(path, {"until": "2026-04-01", "reason": "Chờ thiết bị"}).status_code == 422
    asked = unit.post(path, {"until": "2026-05-20", "reason": "Chờ thiết bị"})
    assert asked.status_code == 201, asked.text
    helping = script_of(Role.UNIT, unit_ids=[office.archive])
    assert helping.post(path, {"until": "2026-06-01", "reason": "Để tôi"}).status_code == 403
    (waiting,) = approver.get("/extensions").get_json()["items"]
    decision = f"/extensions/{waiting['id']}/decision"
    assert unit.post(decision, {"granted": True}).status_code == 403
    assert approver.post(decision, {"granted": False}).status_code == 422
    assert approver.post(decision, {"granted": True}).get_json()["state"] == "granted"
    assert approver.get("/extensions").get_json()["items"] == []
    assert [row["until"] for row in unit.get(path).get_json()["items"]] == ["2026-05-20"]


def test_receipts_reminded_and_passages_published(
    script_of: Scripts, runtime: Runtime, office: Office, issued_id: UUID
) -> None:
    with runtime.database.transaction() as session:
        session.add(Person(full_name="Lý A Páo", unit_id=office.centre, email="tt@bo.example"))
    registrar, approver, path = script_of(Role.REGISTRAR), script_of(Role.APPROVER), f"/notices/{issued_id}"
    assert [row["unit_id"] for row in registrar.post(f"{path}/reminders").get_json()["items"]] == [str(office.centre)]
    assert registrar.post(f"{path}/reminders").get_json()["items"] == []
    assert approver.call("DELETE", f"{path}/bulletin").status_code == 409
    put = approver.call("PUT", f"{path}/bulletin", json={"passages": ["mo-dau-0"]})
    assert put.status_code == 200, put.text
    assert put.get_json()["paragraphs"] == ["Ngày 08/4/2026, Thứ trưởng đã chủ trì họp giao ban."]
    assert approver.call("DELETE", f"{path}/bulletin").status_code == 200
