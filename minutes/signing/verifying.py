"""Verifying the signatures of a PDF, our own or from outside.

In: bytes, and the root certificates this house trusts. Out: for each signature who, when, whether its bytes are whole,
how far it covers the file and what came after; words in Vietnamese. Nothing is fetched from anywhere.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from asn1crypto import parser, pem  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError, ValidationInfoReadingError
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from minutes.signing.keys import facts_of
from minutes.signing.refusals import SignedFileUnreadable
from papers.stamped import read_stamps

# An unknown issuer is an answer here, and no reason to write its search for a path into the log.
logging.getLogger("pyhanko.sign.validation").setLevel(logging.CRITICAL)

MAXIMUM_BYTES = 50 * 1024 * 1024
MAXIMUM_SIGNATURES = 100
_END = b"%%EOF"
Coverage = Literal["whole", "revision", "part"]
#: What came behind a signature: nothing, only what a signed paper allows (further signatures), or more than that.
Changes = Literal["none", "allowed", "forbidden"]


@dataclass(frozen=True)
class SignatureReport:
    """One signature. `trusted` is None where the house has named no root certificates; times are aware."""

    field: str
    signer: str
    organisation: str
    issuer: str
    signed_at: datetime | None
    time_is_stamped: bool
    #: The digest fits the bytes, and the signature fits the digest.
    intact: bool
    coverage: Coverage
    changes: Changes
    trusted: bool | None
    #: Words the field shows on the page, e.g. the number of the paper.
    shown: str = ""
    problem: str = ""

    @property
    def good(self) -> bool:
        """Whole, and followed by nothing that is not allowed; whom to trust is another question."""
        return self.intact and self.changes != "forbidden" and self.coverage != "part" and not self.problem


@dataclass(frozen=True)
class FileReport:
    """All signatures in the order they were made, and those fields that still wait for one."""

    signatures: tuple[SignatureReport, ...]
    empty_fields: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether there is a signature, and every one is good."""
        return bool(self.signatures) and all(signature.good for signature in self.signatures)


def verify(data: bytes, name: str = "tệp", roots: Iterable[asn1_x509.Certificate] = ()) -> FileReport:
    """Verify a PDF.

    Raises:
        SignedFileUnreadable: no PDF, locked, too large, or broken beyond reading.
    """
    if len(data) > MAXIMUM_BYTES:
        raise SignedFileUnreadable(name=name, reason="lớn hơn 50 MB")
    if not data.startswith(b"%PDF-"):
        raise SignedFileUnreadable(name=name, reason="không phải PDF")
    trusted = list(roots)
    try:
        reader = PdfFileReader(BytesIO(data), strict=False)
        if reader.encrypted:
            raise SignedFileUnreadable(name=name, reason="tệp có mật khẩu")
        embedded = [item for item in reader.embedded_signatures if item.sig_object_type == "/Sig"]
    except (PdfError, SigningError, ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise SignedFileUnreadable(name=name, reason="đã hỏng hoặc không đúng cấu trúc PDF") from error
    if len(embedded) > MAXIMUM_SIGNATURES:
        raise SignedFileUnreadable(name=name, reason=f"hơn {MAXIMUM_SIGNATURES} chữ ký")
    behind = "" if _ends(data) else "có dữ liệu thêm vào sau phần kết thúc của tệp"
    shown = {stamp.field: stamp.text for stamp in read_stamps(data)}
    return FileReport(
        signatures=tuple(
            _with(_report(item, trusted, shown), behind or _hidden(item.pkcs7_content)) for item in embedded
        ),
        empty_fields=tuple(_empty_fields(reader)),
    )


def load_roots(folder: Path | None) -> Sequence[asn1_x509.Certificate]:
    """Root certificates (PEM or DER) of a folder; what is no certificate there is passed over."""
    if folder is None or not folder.is_dir():
        return ()
    found = []
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() in (".pem", ".crt", ".cer", ".der"):
            found += _certificates(file.read_bytes())
    return tuple(found)


def _certificates(data: bytes) -> list[asn1_x509.Certificate]:
    try:
        if pem.detect(data):
            return [asn1_x509.Certificate.load(der) for _, _, der in pem.unarmor(data, multiple=True)]
        return [asn1_x509.Certificate.load(data, strict=True)]
    except ValueError:
        return []


def _report(embedded: Any, roots: list[asn1_x509.Certificate], shown: dict[str, str]) -> SignatureReport:
    facts = _facts(embedded)
    field = str(embedded.field_name)
    stated = embedded.self_reported_timestamp
    base = {
        "field": field,
        "signer": facts.holder if facts else "không rõ",
        "organisation": facts.organisation if facts else "",
        "issuer": facts.issuer if facts else "",
        "shown": shown.get(field, ""),
    }
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    try:
        status = validate_pdf_signature(
            embedded,
            signer_validation_context=context,
            key_usage_settings=KeyUsageConstraints(key_usage=set()),
        )
    except (SignatureValidationError, ValidationInfoReadingError, PdfError, SigningError, ValueError) as error:
        return SignatureReport(
            **base,
            signed_at=stated,
            time_is_stamped=False,
            intact=False,
            coverage="part",
            changes="forbidden",
            trusted=None,
            problem=f"không kiểm tra được ({type(error).__name__})",
        )
    stamp = status.timestamp_validity
    stamped = stamp is not None and stamp.intact and stamp.valid
    return SignatureReport(
        **base,
        signed_at=stamp.timestamp if stamped and stamp else stated,
        time_is_stamped=stamped,
        intact=bool(status.intact and status.valid),
        coverage=_coverage(status.coverage),
        changes=_changes(status),
        trusted=bool(status.trusted) if roots else None,
    )


def _ends(data: bytes) -> bool:
    """Whether the file ends where its last update ends; a line break behind it is no harm."""
    return not data[data.rfind(_END) + len(_END) :].strip()


def _with(report: SignatureReport, problem: str) -> SignatureReport:
    return replace(report, problem=problem) if problem and not report.problem else report


def _hidden(value: bytes) -> str:
    """The one part of a file that a signature cannot cover is the room for its value: only zeros may follow there."""
    try:
        alone = not any(value[parser.peek(value) :])
    except ValueError:
        alone = False
    return "" if alone else "có dữ liệu lạ sau giá trị chữ ký"


def _facts(embedded: Any) -> Any:
    try:
        return facts_of(x509.load_der_x509_certificate(embedded.signer_cert.dump()))
    except (ValueError, AttributeError, SigningError):
        return None


def _coverage(level: SignatureCoverageLevel | None) -> Coverage:
    if level == SignatureCoverageLevel.ENTIRE_FILE:
        return "whole"
    return "revision" if level == SignatureCoverageLevel.ENTIRE_REVISION else "part"


def _changes(status: Any) -> Changes:
    level = status.modification_level
    if level is None or level == ModificationLevel.NONE:
        return "none"
    if level == ModificationLevel.OTHER or status.docmdp_ok is False:
        return "forbidden"
    return "allowed"


def _empty_fields(reader: PdfFileReader) -> Iterable[str]:
    return [name for name, value, _ in enumerate_sig_fields(reader) if value is None]
