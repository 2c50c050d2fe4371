"""Learned terms on the screen and over the API: seen by secretaries, forgotten for good."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from core.permissions import Role
from core.runtime import Runtime
from tests.web.builders import Office, build_meeting, build_office, build_transcript
from tests.web.conftest import Browser, Script
from transcription.vocabulary.learned.models import LearnedTerm, LearnedTermSource

Browsers = Callable[..., Browser]
Scripts = Callable[..., Script]


@pytest.fixture
def office(runtime: Runtime) -> Office:
    return build_office(runtime)


@pytest.fixture
def term_id(runtime: Runtime, office: Office) -> UUID:
    """One term of the archive, taught by one transcript."""
    meeting_id = build_meeting(runtime, office)
    with runtime.database.transaction() as session:
        transcript_id = build_transcript(session, meeting_id)
        term = LearnedTerm(
            unit_id=office.archive, written="Thủy Ngạn", key_sha256="0" * 64, erased_at=None, erased_by=None
        )
        session.add(term)
        session.flush()
        session.add(LearnedTermSource(term_id=term.id, transcript_id=transcript_id, heard="thủy ngàn"))
        return term.id


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.APPROVER, Role.UNIT, Role.ADMINISTRATOR])
def test_others_see_none(browser_of: Browsers, script_of: Scripts, term_id: UUID, role: Role) -> None:
    assert browser_of(role).get("/go-bang/tu-da-hoc").status_code == 403
    assert script_of(role).get("/learned-terms").status_code == 403


def test_terms_are_seen_by_unit_and_forgotten(browser_of: Browsers, office: Office, term_id: UUID) -> None:
    browser = browser_of(Role.SECRETARY)
    assert "/go-bang/tu-da-hoc" in browser.get("/go-bang").text
    page = browser.get("/go-bang/tu-da-hoc").text
    for words in ("Thủy Ngạn", "thủy ngàn", "Cục Văn thư và Lưu trữ"):
        assert words in page
    assert "Thủy Ngạn" in browser.get(f"/go-bang/tu-da-hoc?unit={office.archive}").text
    assert "Thủy Ngạn" not in browser.get(f"/go-bang/tu-da-hoc?unit={office.centre}").text
    assert browser.get("/go-bang/tu-da-hoc?unit=lạ").status_code == 200
    assert browser.post(f"/go-bang/tu-da-hoc/{term_id}/xoa").status_code == 302
    assert "Chưa học từ nào" in browser.get("/go-bang/tu-da-hoc").text
    assert browser.post(f"/go-bang/tu-da-hoc/{uuid4()}/xoa").status_code == 404


def test_scripts_do_the_same(script_of: Scripts, office: Office, term_id: UUID) -> None:
    script = script_of(Role.SECRETARY)
    (item,) = script.get(f"/learned-terms?unit_id={office.archive}").get_json()["items"]
    assert (item["id"], item["written"], item["count"]) == (str(term_id), "Thủy Ngạn", 1)
    assert script.get("/learned-terms?unit_id=la").status_code == 422
    assert script.post(f"/learned-terms/{term_id}/erase").status_code == 204
    assert script.get("/learned-terms").get_json()["items"] == []
    assert script.post(f"/learned-terms/{uuid4()}/erase").status_code == 404
