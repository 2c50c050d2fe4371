"""A key that never leaves its token (PKCS#11): the seal on a software token, signing a notice to its end."""

import shutil
import subprocess
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from minutes.notices import issuing, service
from minutes.notices.signed import SealOrder, approve_and_sign
from minutes.signing import keyring
from minutes.signing.keys import token_signer
from minutes.signing.models import KeyKind, KeySource
from minutes.signing.refusals import KeyUnreadable, TokenNotConfigured
from minutes.signing.verifying import verify
from orchestrator.meetings.models import Meeting
from tests.minutes.authority import ORGANISATION, PASSPHRASE, person
from tests.minutes.conftest import People
from tests.minutes.samples import notice
from tests.minutes.signing import tokens

MODULE = tokens.module()
with_token = pytest.mark.skipif(MODULE is None, reason="SoftHSM 2 is not installed: no token to sign with here")


@pytest.fixture
def token(runtime: object, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens.plugged_in()
    changed = runtime.settings.model_copy(update={"signing_pkcs11_module": MODULE})  # type: ignore[attr-defined]
    monkeypatch.setattr(runtime, "settings", changed)


@with_token
@pytest.mark.usefixtures("token")
def test_the_seal_on_a_token_numbers_and_seals_a_notice(
    session: Session, people: People, meeting: Meeting, tmp_path: Path
) -> None:
    revision = service.open_draft(session, meeting.id, notice())
    service.submit(session, people.secretary, revision.notice_id)
    key = keyring.add_file(session, people.approver, KeyKind.PERSON, person().pkcs12(), PASSPHRASE)
    approve_and_sign(session, people.approver, revision.notice_id, revision.id, key_id=key.id, secret=PASSPHRASE)
    seal = keyring.add_token(session, people.registrar, KeyKind.SEAL, tokens.TOKEN, tokens.CERTIFICATE, tokens.PIN)
    assert (seal.source, seal.holder, seal.key_object) == (KeySource.PKCS11, ORGANISATION, None)
    issuing.issue(session, people.registrar, revision.notice_id, seal=SealOrder(seal.id, tokens.PIN))
    data = issuing.document(session, people.registrar, revision.notice_id, "pdf").data
    report = verify(data)
    assert report.good
    assert [item.signer for item in report.signatures][1:] == [ORGANISATION] * 5
    if shutil.which("pdfsig"):
        file = tmp_path / "ky.pdf"
        file.write_bytes(data)
        told = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=True).stdout  # noqa: S603, S607
        assert told.count("Signature is Valid.") == 6


@with_token
@pytest.mark.usefixtures("token")
@pytest.mark.parametrize(
    ("token_label", "certificate", "pin", "words"),
    [
        (tokens.TOKEN, tokens.CERTIFICATE, "00000000", "sai mã PIN"),
        (tokens.TOKEN, "nhãn khác", tokens.PIN, "“nhãn khác”"),
        ("thiết bị khác", tokens.CERTIFICATE, tokens.PIN, "không thấy thiết bị có tên “thiết bị khác”"),
    ],
    ids=["pin", "certificate", "token"],
)
def test_what_is_wrong_with_a_token_is_said_in_words(
    session: Session, people: People, token_label: str, certificate: str, pin: str, words: str
) -> None:
    with pytest.raises(KeyUnreadable) as refused:
        keyring.add_token(session, people.registrar, KeyKind.SEAL, token_label, certificate, pin)
    assert words in refused.value.sentence()


@with_token
@pytest.mark.usefixtures("token")
def test_a_wrong_pin_leaves_the_notice_unnumbered(session: Session, people: People, meeting: Meeting) -> None:
    seal = keyring.add_token(session, people.registrar, KeyKind.SEAL, tokens.TOKEN, tokens.CERTIFICATE, tokens.PIN)
    revision = service.open_draft(session, meeting.id, notice())
    service.submit(session, people.secretary, revision.notice_id)
    key = keyring.add_file(session, people.approver, KeyKind.PERSON, person().pkcs12(), PASSPHRASE)
    approve_and_sign(session, people.approver, revision.notice_id, revision.id, key_id=key.id, secret=PASSPHRASE)
    nested = session.begin_nested()
    with pytest.raises(KeyUnreadable):
        issuing.issue(session, people.registrar, revision.notice_id, seal=SealOrder(seal.id, "00000000"))
    nested.rollback()
    assert service.get_notice(session, people.registrar, revision.notice_id).state == "approved"


def test_a_server_without_a_token_says_what_to_set(session: Session, people: People) -> None:
    with pytest.raises(TokenNotConfigured) as refused:
        keyring.add_token(session, people.registrar, KeyKind.SEAL, "a", "b", "c")
    assert "DIEMCAU_SIGNING_PKCS11_MODULE" in refused.value.sentence()


@pytest.mark.parametrize("content", [None, b"no library"], ids=["missing", "no-library"])
def test_a_library_that_cannot_be_loaded_is_named(tmp_path: Path, content: bytes | None) -> None:
    module = tmp_path / "thu-vien.so"
    if content is not None:
        module.write_bytes(content)
    with pytest.raises(KeyUnreadable) as refused, token_signer(module, "a", "b", "c"):
        pass
    assert "thu-vien.so" in refused.value.sentence()
