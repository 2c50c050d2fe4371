"""A notice signed digitally: blank number, the registrar's increments, what each signature covers, what breaks it."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader
from sqlalchemy.orm import Session

from core.errors import Invalid, NotFound
from core.permissions import Actor, Role
from core.storage import ObjectDamaged
from minutes.notices import issuing, service
from minutes.notices.models import Approval, NoticeRevision
from minutes.notices.signed import SealOrder, approve_and_sign, signatures_of, stored_pdf
from minutes.signing import keyring
from minutes.signing.models import KeyKind, SigningKey
from minutes.signing.refusals import (
    KeyNotValidNow,
    KeyUnreadable,
    PictureRefused,
    SealRequired,
    SignatureRequired,
    SignedFileUnreadable,
    SignerMismatch,
)
from minutes.signing.verifying import verify
from orchestrator.meetings.models import Meeting
from papers.checks import check_file
from papers.stamped import read_stamps
from tests.conftest import FixedClock
from tests.minutes.authority import ORGANISATION, PASSPHRASE, person, root
from tests.minutes.conftest import People
from tests.minutes.samples import board_notice, notice

Roots = list[object]


def picture(colour: str, size: tuple[int, int]) -> bytes:
    """An ellipse on a transparent ground."""
    drawn = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(drawn).ellipse((5, 5, size[0] - 5, size[1] - 5), outline=colour, width=8)
    out = BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def leader_key(session: Session, people: People) -> SigningKey:
    blue = picture("#1f3fbf", (600, 240))
    return keyring.add_file(session, people.approver, KeyKind.PERSON, person().pkcs12(), PASSPHRASE, blue)


@pytest.fixture
def seal(session: Session, people: People) -> SigningKey:
    red = picture("#d00000", (400, 400))
    return keyring.add_file(session, people.registrar, KeyKind.SEAL, person(ORGANISATION).pkcs12(), PASSPHRASE, red)


@pytest.fixture
def submitted(session: Session, meeting: Meeting, people: People) -> Callable[..., NoticeRevision]:
    def make(content: object = None) -> NoticeRevision:
        revision = service.open_draft(session, meeting.id, content or notice())  # type: ignore[arg-type]
        service.submit(session, people.secretary, revision.notice_id)
        return revision

    return make


@pytest.fixture
def sign(
    session: Session, people: People, leader_key: SigningKey, submitted: Callable[..., NoticeRevision]
) -> Callable[..., Approval]:
    def make(content: object = None, secret: str = PASSPHRASE) -> Approval:
        revision = submitted(content)
        return approve_and_sign(
            session, people.approver, revision.notice_id, revision.id, key_id=leader_key.id, secret=secret
        )

    return make


def test_the_leader_signs_a_paper_whose_number_and_day_are_blank(
    session: Session, sign: Callable[..., Approval]
) -> None:
    approval = sign()
    pdf = stored_pdf(signatures_of(session, approval.notice_id)[0])
    text = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert "/TB-BM" in text
    assert "Số: 0" not in text
    report = verify(pdf)
    assert [row.field for row in report.signatures] == ["signature"]
    assert report.good
    assert report.signatures[0].coverage == "whole"
    assert set(report.empty_fields) == {"number", "day", "month", "year", "seal"}


def test_the_registrar_only_appends_number_date_and_seal(
    session: Session, sign: Callable[..., Approval], people: People, seal: SigningKey, tmp_path: Path
) -> None:
    approval = sign()
    before = stored_pdf(signatures_of(session, approval.notice_id)[0])
    row = issuing.issue(session, people.registrar, approval.notice_id, seal=SealOrder(seal.id, PASSPHRASE))
    after = issuing.document(session, people.registrar, approval.notice_id, "pdf").data
    assert after.startswith(before)
    assert row.pdf_sha256 == signatures_of(session, approval.notice_id)[1].pdf_sha256
    report = verify(after, roots=[_root()])
    assert [item.field for item in report.signatures] == ["signature", "number", "day", "month", "year", "seal"]
    assert [item.shown for item in report.signatures] == ["", "01", "08", "4", "2026", ""]
    assert report.good
    assert not report.empty_fields
    assert [item.coverage for item in report.signatures] == ["revision"] * 5 + ["whole"]
    assert [item.changes for item in report.signatures] == ["allowed"] * 5 + ["none"]
    assert all(item.trusted for item in report.signatures)
    assert [item.signer for item in report.signatures] == ["Đặng Thị Thùy Linh"] + [ORGANISATION] * 5
    file = tmp_path / "ky.pdf"
    file.write_bytes(after)
    failed = [result.line() for result in check_file(file) if result.ok is False]
    assert failed == []
    lines = {result.code: result.line() for result in check_file(file)}
    assert "đã cấp số và ngày" in lines["F15"]


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler-utils is not installed")
def test_pdfsig_finds_every_signature_valid(
    session: Session, sign: Callable[..., Approval], people: People, seal: SigningKey, tmp_path: Path
) -> None:
    approval = sign()
    issuing.issue(session, people.registrar, approval.notice_id, seal=SealOrder(seal.id, PASSPHRASE))
    file = tmp_path / "ky.pdf"
    file.write_bytes(issuing.document(session, people.registrar, approval.notice_id, "pdf").data)
    told = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=True).stdout  # noqa: S603, S607
    assert told.count("Signature Validation: Signature is Valid.") == 6
    assert told.count("Total document signed") == 1


def test_a_stroke_changed_after_signing_is_found(
    session: Session, sign: Callable[..., Approval], people: People, seal: SigningKey
) -> None:
    approval = sign()
    issuing.issue(session, people.registrar, approval.notice_id, seal=SealOrder(seal.id, PASSPHRASE))
    data = bytearray(issuing.document(session, people.registrar, approval.notice_id, "pdf").data)
    at = data.index(b"stream") + 40
    data[at] ^= 0x01
    assert not verify(bytes(data)).good


def test_an_update_behind_the_signatures_is_found(
    session: Session, sign: Callable[..., Approval], people: People, seal: SigningKey
) -> None:
    from pyhanko.pdf_utils.generic import NameObject, pdf_string
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    approval = sign()
    issuing.issue(session, people.registrar, approval.notice_id, seal=SealOrder(seal.id, PASSPHRASE))
    signed = issuing.document(session, people.registrar, approval.notice_id, "pdf").data
    writer = IncrementalPdfFileWriter(BytesIO(signed))
    page, _ = writer.find_page_for_modification(0)
    page.get_object()[NameObject("/Contents")] = writer.add_object(_another_page())
    writer.update_container(page.get_object())
    out = BytesIO()
    writer.write(out)
    assert pdf_string("x") == "x"
    report = verify(out.getvalue())
    assert not report.good
    assert all(item.intact for item in report.signatures)
    assert {item.changes for item in report.signatures} == {"forbidden"}


def test_both_capacities_of_a_board_leave_room_for_the_signature(
    session: Session, people: People, submitted: Callable[..., NoticeRevision]
) -> None:
    name = "Nguyễn Hoàng Thiên Ưng"
    key = keyring.add_file(session, people.approver, KeyKind.PERSON, person(name).pkcs12(), PASSPHRASE)
    revision = submitted(board_notice())
    approval = approve_and_sign(
        session, people.approver, revision.notice_id, revision.id, key_id=key.id, secret=PASSPHRASE
    )
    stamps = read_stamps(stored_pdf(signatures_of(session, approval.notice_id)[0]))
    assert "Người ký: Nguyễn Hoàng Thiên Ưng" in stamps[0].text
    assert "08.04.2026 14:00:00 +07:00" in stamps[0].text


def test_without_the_seal_nothing_is_numbered(
    session: Session, sign: Callable[..., Approval], people: People, seal: SigningKey, leader_key: SigningKey
) -> None:
    approval = sign()
    with pytest.raises(SealRequired):
        issuing.issue(session, people.registrar, approval.notice_id)
    with pytest.raises(KeyUnreadable):
        issuing.issue(session, people.registrar, approval.notice_id, seal=SealOrder(seal.id, "sai"))
    with pytest.raises(NotFound):
        issuing.issue(session, people.registrar, approval.notice_id, seal=SealOrder(leader_key.id, PASSPHRASE))


def test_a_wrong_passphrase_approves_nothing(
    session: Session, people: People, leader_key: SigningKey, submitted: Callable[..., NoticeRevision]
) -> None:
    revision = submitted()
    nested = session.begin_nested()
    with pytest.raises(KeyUnreadable):
        approve_and_sign(session, people.approver, revision.notice_id, revision.id, key_id=leader_key.id, secret="sai")
    nested.rollback()
    assert service.get_notice(session, people.approver, revision.notice_id).state == "in_review"


def test_nobody_signs_above_another_name_or_with_anothers_key(
    session: Session, people: People, leader_key: SigningKey, submitted: Callable[..., NoticeRevision]
) -> None:
    revision = submitted(board_notice())
    with pytest.raises(SignerMismatch) as refused:
        approve_and_sign(
            session, people.approver, revision.notice_id, revision.id, key_id=leader_key.id, secret=PASSPHRASE
        )
    assert "Nguyễn Hoàng Thiên Ưng" in refused.value.sentence()
    other = Actor(people.secretary.account_id, "Hoàng Văn Ước", frozenset({Role.APPROVER}))
    with pytest.raises(NotFound):
        keyring.key_for(session, other, KeyKind.PERSON, leader_key.id)


def test_a_house_may_ask_for_signatures(
    session: Session,
    people: People,
    submitted: Callable[..., NoticeRevision],
    runtime: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    revision = submitted()
    changed = runtime.settings.model_copy(update={"signing_required": True})  # type: ignore[attr-defined]
    monkeypatch.setattr(runtime, "settings", changed)
    with pytest.raises(SignatureRequired):
        service.approve(session, people.approver, revision.notice_id, revision.id)


def test_a_signed_file_that_was_exchanged_is_not_numbered(
    session: Session, sign: Callable[..., Approval], people: People, seal: SigningKey, tmp_path: Path
) -> None:
    approval = sign()
    row = signatures_of(session, approval.notice_id)[0]
    (tmp_path / "objects" / row.pdf_key).write_bytes(b"%PDF-1.7 other")
    with pytest.raises(ObjectDamaged):
        issuing.issue(session, people.registrar, approval.notice_id, seal=SealOrder(seal.id, PASSPHRASE))


@pytest.mark.parametrize(
    ("data", "passphrase"),
    [
        pytest.param(b"", "x", id="empty"),
        pytest.param(b"no key at all", "x", id="other-file"),
        pytest.param(b"0" * 300_000, "x", id="too-large"),
    ],
)
def test_what_is_no_key_is_refused(session: Session, people: People, data: bytes, passphrase: str) -> None:
    with pytest.raises(KeyUnreadable):
        keyring.add_file(session, people.approver, KeyKind.PERSON, data, passphrase)


def test_keys_need_a_passphrase_and_are_kept_once(session: Session, people: People, leader_key: SigningKey) -> None:
    with pytest.raises(KeyUnreadable):
        keyring.add_file(session, people.approver, KeyKind.PERSON, person().pkcs12(""), "")
    with pytest.raises(Invalid):
        keyring.add_file(session, people.approver, KeyKind.PERSON, person().pkcs12(), PASSPHRASE)
    keyring.retire(session, people.approver, leader_key.id)
    again = keyring.add_file(session, people.approver, KeyKind.PERSON, person().pkcs12(), PASSPHRASE)
    assert keyring.usable_keys(session, people.approver, KeyKind.PERSON) == [again]


def test_an_expired_key_signs_nothing(
    session: Session, people: People, leader_key: SigningKey, fixed_clock: FixedClock
) -> None:
    fixed_clock.now = datetime(2041, 1, 1, tzinfo=UTC)
    with pytest.raises(KeyNotValidNow):
        keyring.key_for(session, people.approver, KeyKind.PERSON, leader_key.id)
    with pytest.raises(KeyNotValidNow):
        keyring.add_file(session, people.registrar, KeyKind.SEAL, person(ORGANISATION).pkcs12(), PASSPHRASE)


def test_a_picture_needs_a_transparent_ground(session: Session, people: People) -> None:
    opaque = BytesIO()
    Image.new("RGB", (10, 10)).save(opaque, "PNG")
    for wrong in (opaque.getvalue(), b"GIF89a", picture("#000000", (10, 10))[:40]):
        with pytest.raises(PictureRefused):
            keyring.add_file(session, people.approver, KeyKind.PERSON, person().pkcs12(), PASSPHRASE, wrong)


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"%PDF-1.7\n" + b"x" * 200, b"%PDF-1.4\n%%EOF"],
    ids=["empty", "docx", "garbage", "bare"],
)
def test_what_is_no_pdf_cannot_be_verified(data: bytes) -> None:
    with pytest.raises(SignedFileUnreadable):
        verify(data, "x.pdf")


def _root() -> object:
    from asn1crypto import x509  # type: ignore[import-untyped]
    from cryptography.hazmat.primitives.serialization import Encoding

    return x509.Certificate.load(root().certificate.public_bytes(Encoding.DER))


def _another_page() -> object:
    from pyhanko.pdf_utils.generic import StreamObject

    return StreamObject(stream_data=b"BT ET")
