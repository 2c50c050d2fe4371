"""Consents to voice prints on the screen and over the API; evidence of names, lines set aside, other runs."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from core.permissions import Role
from core.runtime import Runtime
from tests.web.builders import (
    Office,
    build_meeting,
    build_office,
    build_transcript,
    transcript_document,
)
from tests.web.conftest import Browser, Script
from transcription.document import Flag, Segment
from transcription.pipeline.graph import Stage
from transcription.pipeline.models import StageRun
from transcription.speakers.evidence import Evidence, NamedVoice
from transcription.speakers.models import VoiceConsent, VoicePrint
from transcription.speakers.prints.service import keep_print
from transcription.transcripts.models import Transcript
from transcription.transcripts.service import publish, publish_live

Browsers = Callable[..., Browser]
Scripts = Callable[..., Script]

VOICES = [
    NamedVoice(
        "SPEAKER_00",
        "Phan Quốc Bảo",
        True,
        0.93,
        (
            Evidence("endpoint", "", 0.0, 0.9, "Trụ sở Bộ"),
            Evidence("gives_word", "s0001", 0.0),
            Evidence("gives_word", "s0001", 0.0),
        ),
        endpoint="Trụ sở Bộ",
    ).to_json(),
    NamedVoice("SPEAKER_01", "Người nói 2", False, 0.0, (), candidates=(("Đặng Thị Thùy Linh", 0.41),)).to_json(),
]


@pytest.fixture
def office(runtime: Runtime) -> Office:
    return build_office(runtime)


@pytest.fixture
def meeting_id(runtime: Runtime, office: Office) -> UUID:
    return build_meeting(runtime, office)


@pytest.fixture
def transcript_id(runtime: Runtime, meeting_id: UUID) -> UUID:
    """Two voices with their evidence, and a sentence that nobody may have said."""
    phantom = Segment("s0003", 18.0, 20.0, "", "Hãy đăng ký kênh để ủng hộ", (Flag.PHANTOM,))
    document = transcript_document()
    document = document.with_segments([*document.segments, phantom])
    with runtime.database.transaction() as session:
        return build_transcript(session, meeting_id, document, {"voices": VOICES})


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.APPROVER, Role.UNIT, Role.REGISTRAR])
def test_others_see_no_consents(browser_of: Browsers, script_of: Scripts, role: Role) -> None:
    assert browser_of(role).get("/mau-giong/").status_code == 403
    assert script_of(role).get("/voice-consents").status_code == 403


def test_a_consent_is_given_its_prints_erased_and_withdrawn(
    browser_of: Browsers, runtime: Runtime, office: Office, transcript_id: UUID
) -> None:
    browser = browser_of(Role.SECRETARY)
    typed = {"person_id": str(office.chair), "paper": "Phiếu 12/2026, tủ 3", "given_on": "2026-04-01"}
    for wrong in ({"person_id": ""}, {"paper": " "}, {"given_on": "2026-04-30"}):
        refused = browser.post("/mau-giong/", typed | wrong)
        assert (refused.status_code, 'role="alert"' in refused.text) == (422, True)
    assert browser.post("/mau-giong/", typed).status_code == 302
    assert browser.post("/mau-giong/", typed).status_code == 409, "one living consent each"
    page = browser.get("/mau-giong/").text
    assert "Phiếu 12/2026, tủ 3 · đồng ý ngày 01/04/2026" in page
    assert "chưa có mẫu" in page
    with runtime.database.transaction() as session:
        consent_id = session.scalars(select(VoiceConsent.id)).one()
        kept = {"model": "m", "vector": [0.1, 0.2], "seconds": 31.0, "enrolled_by": None}
        assert keep_print(session, consent_id, transcript_id, **kept)  # type: ignore[arg-type]
    assert "1 mẫu" in browser.get("/mau-giong/").text
    assert browser.post(f"/mau-giong/{consent_id}/xoa-mau").status_code == 302
    assert browser.post(f"/mau-giong/{consent_id}/rut").status_code == 302
    assert "đã rút" in browser.get("/mau-giong/").text
    assert browser.post(f"/mau-giong/{uuid4()}/rut").status_code == 404
    with runtime.database.transaction() as session:
        assert session.scalars(select(VoicePrint.id)).all() == []


def test_scripts_do_the_same(script_of: Scripts, runtime: Runtime, office: Office, transcript_id: UUID) -> None:
    script = script_of(Role.SECRETARY)
    assert script.post(f"/transcripts/{transcript_id}/voice-prints").status_code == 409, "nobody has consented"
    given = script.post("/voice-consents", {"person_id": str(office.chair), "paper": "Phiếu 12"})
    assert given.status_code == 201, given.text
    assert script.post("/voice-consents", {"person_id": str(uuid4()), "paper": "x"}).status_code == 404
    enrolled = script.post(f"/transcripts/{transcript_id}/voice-prints")
    assert (enrolled.status_code, enrolled.get_json()) == (202, {"names": ["Phan Quốc Bảo"]})
    (listed,) = script.get("/voice-consents").get_json()["items"]
    assert (listed["name"], listed["prints"]) == ("Phan Quốc Bảo", 0)
    assert script.post(f"/voice-consents/{listed['id']}/erase").get_json() == {"erased": 0}
    assert script.post(f"/voice-consents/{listed['id']}/withdraw").get_json() == {"erased": 0}
    voices = script.get(f"/transcripts/{transcript_id}/voices").get_json()["items"]
    assert [voice["name"] for voice in voices] == ["Phan Quốc Bảo", "Người nói 2"]
    assert script_of(Role.OPERATOR).get(f"/transcripts/{transcript_id}/voices").status_code == 403


def test_each_name_shows_why_and_how_sure(browser_of: Browsers, transcript_id: UUID) -> None:
    browser = browser_of(Role.SECRETARY)
    page = browser.get(f"/go-bang/{transcript_id}").text
    assert "chắc 93 %" in page
    assert "Trụ sở Bộ là điểm cầu lên tiếng lúc đó" in page
    assert 'mời người khác phát biểu như người chủ trì <span class="muted">(2 lần)</span>' in page
    assert "Cũng đã cân nhắc: Đặng Thị Thùy Linh (41 %)" in page
    assert page.count('href="#giong-1"') == 1
    browser.post(f"/go-bang/{transcript_id}/dong/s0001", {"base_number": "0", "text": "Tôi đề nghị", "speaker": "Khác"})
    assert 'href="#giong-1"' not in browser.get(f"/go-bang/{transcript_id}").text, "the name is a person's now"


def test_a_line_set_aside_stands_apart_and_may_be_real(browser_of: Browsers, transcript_id: UUID) -> None:
    browser = browser_of(Role.SECRETARY)
    page = browser.get(f"/go-bang/{transcript_id}").text
    text, apart = page.split('id="de-rieng"')
    assert "Hãy đăng ký kênh" not in text
    assert "Hãy đăng ký kênh" in apart
    path = f"/go-bang/{transcript_id}/dong/s0003/dung"
    assert browser_of(Role.APPROVER).post(path, {"base_number": "0"}).status_code == 403
    assert browser.post(path, {"base_number": "0"}).status_code == 302
    assert browser.post(path, {"base_number": "0"}).status_code == 409, "somebody has saved in between"
    again = browser.get(f"/go-bang/{transcript_id}").text
    assert 'id="de-rieng"' not in again
    assert "Hãy đăng ký kênh" in again


def test_a_later_run_waits_beside_the_corrected_one_until_it_is_taken(
    browser_of: Browsers, runtime: Runtime, meeting_id: UUID, transcript_id: UUID
) -> None:
    browser = browser_of(Role.SECRETARY)
    typed = {"base_number": "0", "text": "Tôi đề nghị", "speaker": "Phan Quốc Bảo"}
    browser.post(f"/go-bang/{transcript_id}/dong/s0001", typed)
    with runtime.database.transaction() as session:
        old = session.get_one(Transcript, transcript_id)
        job_id = session.get_one(StageRun, old.stage_run_id).job_id
        run = StageRun(
            job_id=job_id, stage=Stage.PUBLISH, run_number=2, state="done", artifact_key="x/z", artifact_sha256="0" * 64
        )
        session.add(run)
        session.flush()
        document = replace(transcript_document(), engine="faster-whisper")
        ids: dict[str, Any] = {"stage_run_id": run.id, "recording_id": old.recording_id, "meeting_id": meeting_id}
        later = publish(session, **ids, document=document, quality={}).id
    assert "1 lần sửa" in browser.get(f"/go-bang/{later}").text
    assert "chỉ để so sánh" in browser.get(f"/go-bang/{later}").text
    assert browser.post(f"/go-bang/{later}/dung-ban-nay").status_code == 302
    assert "chỉ để so sánh" not in browser.get(f"/go-bang/{later}").text
    assert "chỉ để so sánh" in browser.get(f"/go-bang/{transcript_id}").text


def test_what_was_heard_live_has_no_sound(browser_of: Browsers, runtime: Runtime, meeting_id: UUID) -> None:
    with runtime.database.transaction() as session:
        live = publish_live(session, meeting_id=meeting_id, document=transcript_document(), quality={}).id
    page = browser_of(Role.SECRETARY).get(f"/go-bang/{live}").text
    assert "Nghe trực tiếp, chưa có bản ghi" in page
    assert "data-play=" not in page
    assert "<audio" not in page


def test_enrolling_from_the_page(browser_of: Browsers, office: Office, transcript_id: UUID) -> None:
    browser = browser_of(Role.SECRETARY)
    assert "Chưa người nào của cuộc họp này đồng ý" in browser.get(f"/go-bang/{transcript_id}").text
    assert browser.post(f"/go-bang/{transcript_id}/mau-giong").status_code == 409
    browser.post("/mau-giong/", {"person_id": str(office.chair), "paper": "Phiếu 12"})
    assert "Đã đồng ý: Phan Quốc Bảo" in browser.get(f"/go-bang/{transcript_id}").text
    assert browser.post(f"/go-bang/{transcript_id}/mau-giong").status_code == 302


def test_the_shortest_transcript_page_still_works(browser_of: Browsers, runtime: Runtime, meeting_id: UUID) -> None:
    with runtime.database.transaction() as session:
        plain = build_transcript(session, meeting_id)
    assert "Vì sao có tên này" not in browser_of(Role.APPROVER).get(f"/go-bang/{plain}").text
