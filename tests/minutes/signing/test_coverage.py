"""What each signature of an issued notice covers, told three ways: by its own byte range, by pyHanko, by Poppler's
`pdfsig`; that the file stays what its archive mark says; and every way in which it is broken afterwards."""

import re
import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pypdf import PdfReader, PdfWriter

from minutes.notices.sheet import lay_out
from minutes.signing.increments import Mark, sign
from minutes.signing.keys import pkcs12_signer
from minutes.signing.refusals import SignedFileUnreadable
from minutes.signing.verifying import verify
from papers.checks import check_file
from papers.pdf import render_pdf
from papers.places import Place, find_places
from papers.stamps import date_words, draw_words, number_words, person_words, seal_words, year_words
from tests.minutes.authority import ORGANISATION, PASSPHRASE, person
from tests.minutes.samples import notice
from tests.papers import archival

FIELDS = ("signature", "number", "day", "month", "year", "seal")
_WORDS = {
    "signature": person_words(("Người ký: Đặng Thị Thùy Linh",)),
    "number": number_words("05"),
    "day": date_words("09"),
    "month": date_words("4"),
    "year": year_words("2026"),
    "seal": seal_words((ORGANISATION,)),
}


@pytest.fixture(scope="module")
def steps() -> list[bytes]:
    """The printed paper, then the file after each of the six signatures."""
    sheet = lay_out(notice())
    places = find_places(sheet)
    files = [render_pdf(sheet)]
    for position, name in enumerate(FIELDS):
        signer = pkcs12_signer(person(ORGANISATION if position else "Đặng Thị Thùy Linh").pkcs12(), PASSPHRASE)
        first = position == 0
        files.append(sign(files[-1], signer, [_mark(name, places)], prepare=places if first else None, certify=first))
    return files


def _mark(name: str, places: dict[str, Place]) -> Mark:
    return Mark(name, draw_words(_WORDS[name], places[name].width, places[name].height))


def test_each_signature_covers_all_that_was_there_and_nothing_that_came_later(steps: list[bytes]) -> None:
    signed = PdfFileReader(BytesIO(steps[-1])).embedded_signatures
    assert [item.field_name for item in signed] == list(FIELDS)
    for item, before, after in zip(signed, steps, steps[1:], strict=False):
        start, length, next_, rest = (int(value) for value in item.byte_range)
        assert start == 0
        assert next_ + rest == len(after), "to the last byte of its own update"
        assert length > len(before), "all that was there before it"
        hole = steps[-1][length:next_]
        assert re.fullmatch(rb"<[0-9A-Fa-f]+>", hole), "only its own value is left out"


def test_each_update_only_appends(steps: list[bytes]) -> None:
    for before, after in zip(steps, steps[1:], strict=False):
        assert after.startswith(before)


def test_pyhanko_says_the_same_after_each_step(steps: list[bytes]) -> None:
    for count, data in enumerate(steps[1:], start=1):
        report = verify(data)
        assert report.good
        assert [item.coverage for item in report.signatures] == ["revision"] * (count - 1) + ["whole"]
        assert [item.changes for item in report.signatures] == ["allowed"] * (count - 1) + ["none"]
        assert set(report.empty_fields) == set(FIELDS[count:])


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler-utils is not installed")
def test_pdfsig_says_the_same(steps: list[bytes], tmp_path: Path) -> None:
    file = tmp_path / "ky.pdf"
    file.write_bytes(steps[-1])
    told = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=True).stdout  # noqa: S603, S607
    found = {
        re.search(r"Field Name: (\w+)", part)[1]: part  # type: ignore[index]
        for part in told.split("Signature #")[1:]
    }
    ranges = {item.field_name: item.byte_range for item in PdfFileReader(BytesIO(steps[-1])).embedded_signatures}
    assert set(found) == set(FIELDS)
    for name, part in found.items():
        start, length, next_, rest = (int(value) for value in ranges[name])
        assert "Signature Validation: Signature is Valid." in part
        assert "ETSI.CAdES.detached" in part
        assert f"Signed Ranges: [{start} - {length}], [{next_} - {next_ + rest}]" in part
        assert ("Not total document signed" not in part) == (name == FIELDS[-1])


def test_the_file_keeps_its_archive_mark_through_every_signature(steps: list[bytes]) -> None:
    assert [archival.faults(data) for data in steps] == [[]] * len(steps)


def test_the_first_page_shows_what_was_stamped_and_passes_every_check(steps: list[bytes], tmp_path: Path) -> None:
    file = tmp_path / "ky.pdf"
    file.write_bytes(steps[-1])
    results = {result.code: result for result in check_file(file)}
    assert [result.line() for result in results.values() if result.ok is False] == []
    assert results["F15"].sentence == "đã cấp số và ngày"


# --- broken afterwards ---


def _rebuilt(data: bytes) -> bytes:
    """As a program that knows nothing of signatures saves it."""
    writer = PdfWriter()
    writer.append(BytesIO(data))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _flipped(at: Callable[[bytes], int]) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        broken = bytearray(data)
        broken[at(data)] ^= 0x01
        return bytes(broken)

    return change


def _exchanged_value(data: bytes) -> bytes:
    """The value of one signature in the place of another's."""
    values = re.findall(rb"/Contents <([0-9A-Fa-f]+)>", data)
    return data.replace(values[1], values[2].ljust(len(values[1]), b"0")[: len(values[1])])


def _hidden(data: bytes) -> bytes:
    """Something laid into the room that is left behind a signature's value, which no signature covers."""
    at = data.index(b">\n/ByteRange")
    return data[: at - 6] + b"C0FFEE" + data[at:]


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "a letter of the text": _flipped(lambda data: data.index(b"stream") + 40),
    "a byte of the last update": _flipped(lambda data: data.rindex(b"/Prev") + 8),
    "the time of a signature": _flipped(lambda data: data.index(b"/M (D") + 12),
    "something hidden behind a value": _hidden,
    "another signature's value": _exchanged_value,
    "cut off at the end": lambda data: data[: int(len(data) * 0.98)],
    "rebuilt by another program": _rebuilt,
    "text behind the last update": lambda data: data + b"\n1 0 obj\n<</Type /Catalog>>\nendobj\n",
}


@pytest.mark.parametrize("how", BROKEN)
def test_whatever_was_changed_after_signing_is_found(steps: list[bytes], how: str) -> None:
    broken = BROKEN[how](steps[-1])
    assert sha256(broken).digest() != sha256(steps[-1]).digest()
    try:
        report = verify(broken)
    except SignedFileUnreadable:
        return
    assert not report.good


def test_an_earlier_revision_is_whole_and_says_what_it_lacks(steps: list[bytes]) -> None:
    report = verify(steps[3])
    assert report.good
    assert set(report.empty_fields) == {"month", "year", "seal"}


def test_a_paper_nobody_signed_is_not_good(steps: list[bytes]) -> None:
    assert not verify(steps[0]).good
    assert len(PdfReader(BytesIO(steps[0])).pages) == 1
