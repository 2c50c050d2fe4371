"""The long-term profile against a time-stamp service and a list of revocations on the loopback interface, and what is
refused when either does not answer as it should."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import x509 as asn1_x509  # type: ignore[import-untyped]
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from sqlalchemy.orm import Session

from minutes.notices import issuing, service
from minutes.notices.models import NoticeRevision
from minutes.notices.signed import SealOrder, approve_and_sign, signatures_of, stored_pdf
from minutes.signing import keyring
from minutes.signing.models import KeyKind
from minutes.signing.refusals import CertificateUnproven, TimestampFailed
from minutes.signing.verifying import verify
from orchestrator.meetings.models import Meeting
from tests.minutes.authority import ORGANISATION, PASSPHRASE, SIGNER, Issued, person, root
from tests.minutes.conftest import People
from tests.minutes.samples import notice
from tests.minutes.signing.authority_service import Service, running
from tests.papers import archival


@pytest.fixture
def service_() -> Iterator[Service]:
    with running() as started:
        yield started


@pytest.fixture
def profile(runtime: object, monkeypatch: pytest.MonkeyPatch, service_: Service, tmp_path: Path) -> Callable[..., None]:
    """`profile(roots=…)`: the settings name the service, and the folder of trusted authorities where wanted."""

    def choose(*, roots: bool = True) -> None:
        folder = tmp_path / "goc"
        folder.mkdir(exist_ok=True)
        (folder / "goc.pem").write_bytes(root().certificate.public_bytes(Encoding.PEM))
        changed = runtime.settings.model_copy(  # type: ignore[attr-defined]
            update={
                "signing_timestamp_url": service_.stamp_url,
                "signing_trust_directory": folder if roots else None,
            }
        )
        monkeypatch.setattr(runtime, "settings", changed)

    return choose


@pytest.fixture
def submitted(session: Session, meeting: Meeting, people: People) -> NoticeRevision:
    revision = service.open_draft(session, meeting.id, notice())
    service.submit(session, people.secretary, revision.notice_id)
    return revision


def _sign(session: Session, people: People, revision: NoticeRevision, who: Issued) -> bytes:
    key = keyring.add_file(session, people.approver, KeyKind.PERSON, who.pkcs12(), PASSPHRASE)
    approve_and_sign(session, people.approver, revision.notice_id, revision.id, key_id=key.id, secret=PASSPHRASE)
    return stored_pdf(signatures_of(session, revision.notice_id)[0])


def test_a_signature_carries_a_stamped_time_and_the_proof_that_its_certificate_stood(
    session: Session, people: People, submitted: NoticeRevision, profile: Callable[..., None], service_: Service
) -> None:
    profile()
    who = person(SIGNER, crl_url=service_.crl_url)
    pdf = _sign(session, people, submitted, who)
    assert "crl" in service_.asked
    (report,) = verify(pdf, roots=[_root()]).signatures
    assert (report.good, report.trusted, report.time_is_stamped) == (True, True, True)
    assert report.signed_at is not None
    assert abs((report.signed_at - datetime.now(UTC)).total_seconds()) < 600
    store = PdfFileReader(BytesIO(pdf)).root["/DSS"]
    assert len(store["/CRLs"]) == 1
    assert len(store["/Certs"]) >= 2
    assert archival.faults(pdf) == []


def test_number_and_seal_behind_a_long_term_signature_leave_it_good(
    session: Session, people: People, submitted: NoticeRevision, profile: Callable[..., None], service_: Service
) -> None:
    profile()
    before = _sign(session, people, submitted, person(SIGNER, crl_url=service_.crl_url))
    seal = keyring.add_file(
        session, people.registrar, KeyKind.SEAL, person(ORGANISATION, crl_url=service_.crl_url).pkcs12(), PASSPHRASE
    )
    issuing.issue(session, people.registrar, submitted.notice_id, seal=SealOrder(seal.id, PASSPHRASE))
    after = issuing.document(session, people.registrar, submitted.notice_id, "pdf").data
    assert after.startswith(before)
    report = verify(after, roots=[_root()])
    assert report.good
    assert [item.field for item in report.signatures] == ["signature", "number", "day", "month", "year", "seal"]
    assert [item.time_is_stamped for item in report.signatures] == [True, False, False, False, False, True]
    assert all(item.trusted for item in report.signatures)
    assert archival.faults(after) == []


def test_without_known_authorities_only_the_time_is_stamped(
    session: Session, people: People, submitted: NoticeRevision, profile: Callable[..., None], service_: Service
) -> None:
    profile(roots=False)
    pdf = _sign(session, people, submitted, person(SIGNER, crl_url=service_.crl_url))
    assert service_.asked
    assert set(service_.asked) == {"stamp"}
    (report,) = verify(pdf).signatures
    assert (report.good, report.trusted, report.time_is_stamped) == (True, None, True)


@pytest.mark.parametrize("mode", ["error", "garbage", "hangs-up"])
def test_a_service_that_gives_no_time_stops_the_signing(
    session: Session,
    people: People,
    submitted: NoticeRevision,
    profile: Callable[..., None],
    service_: Service,
    mode: str,
) -> None:
    profile(roots=False)
    service_.mode = mode
    nested = session.begin_nested()
    with pytest.raises(TimestampFailed) as refused:
        _sign(session, people, submitted, person(SIGNER))
    nested.rollback()
    assert "chưa ký" in refused.value.sentence()
    assert service.get_notice(session, people.approver, submitted.notice_id).state == "in_review"


def test_a_revoked_certificate_signs_nothing(
    session: Session, people: People, submitted: NoticeRevision, profile: Callable[..., None], service_: Service
) -> None:
    profile()
    who = person(SIGNER, crl_url=service_.crl_url)
    service_.revoked = (who,)
    nested = session.begin_nested()
    with pytest.raises(CertificateUnproven) as refused:
        _sign(session, people, submitted, who)
    nested.rollback()
    assert SIGNER in refused.value.sentence()
    assert signatures_of(session, submitted.notice_id) == []


def _root() -> object:
    return asn1_x509.Certificate.load(root().certificate.public_bytes(Encoding.DER))
