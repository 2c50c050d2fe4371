"""Signing by hand of the screens: a key is added, the notice signed, sealed and verified; and the command agrees."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from core.permissions import Role
from core.runtime import Runtime
from minutes.notices import service
from minutes.signing.models import SigningKey
from tests.minutes.authority import ORGANISATION, PASSPHRASE, person
from tests.web.builders import build_meeting, build_notice, build_office, system
from tests.web.conftest import Browser
from web.commands.verify_signatures import verify_signatures

Browsers = Callable[..., Browser]


def _key_form(kind: str, name: str, secret: str = PASSPHRASE) -> dict[str, object]:
    return {"kind": kind, "secret": secret, "file": (BytesIO(person(name).pkcs12()), "khoa.p12")}


def _only_key(runtime: Runtime, holder: str) -> str:
    with runtime.database.transaction() as session:
        return str(session.query(SigningKey).filter_by(holder=holder).one().id)


@pytest.fixture
def submitted(runtime: Runtime) -> tuple[str, str, str]:
    """Identities of a notice that waits for approval and of its revision, and the name of its signer."""
    meeting_id = build_meeting(runtime, build_office(runtime))
    with runtime.database.transaction() as session:
        notice_id = build_notice(session, meeting_id)
        service.submit(session, system(Role.SECRETARY), notice_id)
        revision = service.latest_revision(session, notice_id)
        return str(notice_id), str(revision.id), revision.read().signer.name


def test_a_notice_is_signed_sealed_and_verified_on_the_screens(
    browser_of: Browsers, runtime: Runtime, submitted: tuple[str, str, str], tmp_path: Path
) -> None:
    notice_id, revision_id, signer = submitted
    page = f"/thong-bao/{notice_id}"
    approver, registrar = browser_of(Role.APPROVER), browser_of(Role.REGISTRAR)
    assert approver.post("/chu-ky-so/them", _key_form("person", signer, "sai")).status_code == 422
    assert approver.post("/chu-ky-so/them", _key_form("seal", ORGANISATION)).status_code == 403
    assert approver.post("/chu-ky-so/them", _key_form("person", signer)).status_code == 302
    assert signer in approver.get("/chu-ky-so").text
    assert "Ký số và duyệt bản này" in approver.get(page).text
    form = {"revision_id": revision_id, "key_id": _only_key(runtime, signer), "secret": "sai"}
    refused = approver.post(f"{page}/duyet", form)
    assert refused.status_code == 422
    assert "mật khẩu" in refused.text
    assert approver.post(f"{page}/duyet", {**form, "secret": PASSPHRASE}).status_code == 302

    assert "cần con dấu số của cơ quan" in registrar.get(page).text
    assert registrar.post("/chu-ky-so/them", _key_form("seal", ORGANISATION)).status_code == 302
    assert registrar.post(f"{page}/ban-hanh").status_code == 409
    seal = {"seal_id": _only_key(runtime, ORGANISATION), "secret": PASSPHRASE}
    assert registrar.post(f"{page}/ban-hanh", seal).status_code == 302
    shown = registrar.get(f"{page}/chu-ky").text
    assert "Toàn vẹn: cả 6 chữ ký" in shown

    file = tmp_path / "van-ban.pdf"
    file.write_bytes(registrar.get(f"{page}/van-ban.pdf").data)
    told = CliRunner().invoke(verify_signatures, [str(file)])
    assert told.exit_code == 0, told.output
    assert told.output.count("toàn bộ tệp") == 6
    outside = browser_of(Role.SECRETARY).post("/kiem-tra-chu-ky", {"file": (BytesIO(file.read_bytes()), "nhận.pdf")})
    assert "Toàn vẹn: cả 6 chữ ký" in outside.text
    broken = file.read_bytes().replace(b"/Type /Page", b"/Type /Pagf", 1) + b"\n%x"
    assert "KHÔNG toàn vẹn" in approver.post("/kiem-tra-chu-ky", {"file": (BytesIO(broken), "x.pdf")}).text


def test_no_file_or_no_pdf_is_answered_with_what_to_do(browser_of: Browsers) -> None:
    browser = browser_of(Role.SECRETARY)
    assert "chưa chọn tệp nào" in browser.post("/kiem-tra-chu-ky").text
    refused = browser.post("/kiem-tra-chu-ky", {"file": (BytesIO(b"PK"), "x.docx")})
    assert refused.status_code == 422
    assert "Hãy chọn tệp PDF khác" in refused.text
    assert browser.get("/chu-ky-so").status_code == 403
