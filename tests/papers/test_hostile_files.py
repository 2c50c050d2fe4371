"""Files made to exhaust whoever reads them: refused in a sentence before they are walked through."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from pypdf import PdfWriter

from papers.checks import UnreadableDocument, check_file
from tests.minutes.samples import notice
from tests.papers.conftest import Save
from tests.papers.printing import notice_docx

_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
_PAGE = f"{_BREAK}<w:p><w:r><w:t>Trung tâm Thông tin báo cáo kết quả.</w:t></w:r></w:p><w:p/>"


def package(change: Callable[[str, bytes], bytes] = lambda _, data: data, **more: bytes) -> bytes:
    """Our own notice with its parts changed, and further parts put in."""
    out = BytesIO()
    with ZipFile(BytesIO(notice_docx(notice(), 5))) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
        for name, data in more.items():
            target.writestr(name, data)
    return out.getvalue()


def _body(put: str) -> Callable[[str, bytes], bytes]:
    def change(name: str, data: bytes) -> bytes:
        return data.replace(b"<w:body>", b"<w:body>" + put.encode()) if name == "word/document.xml" else data

    return change


def _ten_thousand_pages() -> bytes:
    return package(_body(_PAGE * 10_000))


def _laughs() -> bytes:
    """Entities in entities: three gigabytes, if they were put in."""
    levels = "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10))
    head = f'<!DOCTYPE w:document [<!ENTITY a0 "ha">{levels}]>'.encode()

    def change(name: str, data: bytes) -> bytes:
        if name != "word/document.xml":
            return data
        start = data.index(b"<w:document")
        laughing = data[start:].replace(b"<w:body>", b"<w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p>")
        return data[:start] + head + laughing

    return package(change)


def _many_pages_of_pdf() -> bytes:
    writer, out = PdfWriter(), BytesIO()
    for _ in range(501):
        writer.add_blank_page(595, 842)
    writer.write(out)
    return out.getvalue()


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "ten thousand pages": (_ten_thousand_pages, "20000 đoạn"),
    "one word of fifty megabytes": (lambda: package(_body("<!--" + " " * 50_000_000 + "-->")), "quá dài"),
    "thousands of parts": (lambda: package(**{f"word/media/{n}": b"" for n in range(2100)}), "quá lớn khi giải ra"),
    "no document inside": (lambda: b"PK\x05\x06" + bytes(18), "không phải DOCX"),
    "hundreds of pages of a pdf": (_many_pages_of_pdf, "quá 500 trang"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_made_to_exhaust_is_refused_in_words(save: Save, what: str) -> None:
    make, words = REFUSED[what]
    with pytest.raises(UnreadableDocument) as refused:
        check_file(save(make(), "tệp.bin"))
    assert words in refused.value.sentence()


def test_entities_inside_entities_are_never_put_in(save: Save) -> None:
    try:
        results = check_file(save(_laughs(), "a.docx"))
    except UnreadableDocument:
        return
    assert len(results) == 15
