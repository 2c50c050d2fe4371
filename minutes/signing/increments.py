"""Signing a PDF: only ever by appending to it. Nothing that was there before the first signature is written again.

In: the bytes so far, a signer, the fields to fill with what each shows. Out: the same bytes and more behind them
(PAdES, SHA-256). The first signature certifies the paper: from then on only the fields prepared with it may be filled.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext

from core.clock import in_vietnam
from minutes.signing.refusals import CertificateUnproven, TimestampFailed
from papers.places import Place


@dataclass(frozen=True)
class Mark:
    """A field to sign: its name, and the small PDF it shows (`papers.stamps`)."""

    field: str
    appearance: bytes
    reason: str = ""


@dataclass(frozen=True)
class LongTerm:
    """What a signature needs to be verified after its certificate has expired (PAdES B-LTA)."""

    timestamper: TimeStamper
    #: None: the time is stamped, but nothing about revocation is embedded.
    validation: ValidationContext | None = None


def sign(
    pdf: bytes,
    signer: Signer,
    marks: Sequence[Mark],
    *,
    prepare: Mapping[str, Place] | None = None,
    certify: bool = False,
    long_term: LongTerm | None = None,
    location: str = "",
) -> bytes:
    """Fill one field after the other, each in an update of its own.

    Args:
        prepare: empty fields to make first, by name.
        certify: the first of these signatures closes the paper against anything but the filling of its fields.
        long_term: a time stamp for the last one of these signatures.

    Raises:
        TimestampFailed, CertificateUnproven: the long-term profile cannot be kept, and nothing is signed.
    """
    data = pdf
    for position, mark in enumerate(marks):
        last = position == len(marks) - 1
        metadata = _metadata(mark, location, certify=certify and position == 0, long_term=long_term if last else None)
        places = prepare if position == 0 else None
        data = _appended(data, signer, mark, metadata, places or {}, long_term if last else None)
    if not data.startswith(pdf):
        raise ValueError("a signature may only append to its paper")
    return data


def _metadata(mark: Mark, location: str, *, certify: bool, long_term: LongTerm | None) -> PdfSignatureMetadata:
    validation = long_term.validation if long_term else None
    return PdfSignatureMetadata(
        field_name=mark.field,
        md_algorithm="sha256",
        reason=mark.reason or None,
        location=location or None,
        subfilter=SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        embed_validation_info=validation is not None,
        use_pades_lta=validation is not None,
        validation_context=validation,
    )


def _appended(
    data: bytes,
    signer: Signer,
    mark: Mark,
    metadata: PdfSignatureMetadata,
    places: Mapping[str, Place],
    long_term: LongTerm | None,
) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(data))
    for name, place in places.items():
        spec = SigFieldSpec(sig_field_name=name, on_page=place.page - 1, box=place.box_in_points())  # type: ignore[arg-type]  # the library rounds nothing
        append_signature_field(writer, spec)
    out = BytesIO()
    with TemporaryDirectory() as folder:
        drawn = Path(folder) / "dau.pdf"
        drawn.write_bytes(mark.appearance)
        stamper = long_term.timestamper if long_term else None
        pdf_signer = PdfSigner(metadata, signer, timestamper=stamper, stamp_style=_style(drawn))
        with _long_term_refusals(signer, long_term):
            pdf_signer.sign_pdf(writer, existing_fields_only=True, output=out)
    return out.getvalue()


@contextmanager
def _long_term_refusals(signer: Signer, long_term: LongTerm | None) -> Iterator[None]:
    try:
        yield
    except TimestampRequestError as error:
        cause = error.__cause__ or error
        raise TimestampFailed(reason=type(cause).__name__) from error
    except SigningError as error:
        if long_term is None or long_term.validation is None:
            raise
        raise CertificateUnproven(holder=signer.subject_name or "không rõ") from error


def _style(drawn: Path) -> StaticStampStyle:
    """The drawing fills its field from edge to edge, opaque and without a frame."""
    whole = SimpleBoxLayoutRule(
        x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins.uniform(0)
    )
    return StaticStampStyle.from_pdf_file(str(drawn), border_width=0, background_opacity=1.0, background_layout=whole)


def shown_time(moment: datetime) -> str:
    """`28.04.2026 15:49:15 +07:00`: as copies on the Government's portal show it (FORM §5)."""
    local = in_vietnam(moment)
    return f"{local:%d.%m.%Y %H:%M:%S} +07:00"
