"""What ISO 19005-2 (PDF/A-2b) asks of the structure of a file, as far as it can be told without its own validator.

In: the bytes of a PDF, signed or not. Out: what it breaks, a line each. Looked at: the mark in its metadata,
encryption, file identifier, output intent, fonts of pages and of every appearance, filters, actions, attachments, and
the annotations that signatures leave behind. Numbers are clauses of the standard.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

_HIDING, _PRINT = 0x01 | 0x02 | 0x20 | 0x100, 0x04
_FORBIDDEN_ACTIONS = {
    "/Launch",
    "/Sound",
    "/Movie",
    "/ResetForm",
    "/ImportData",
    "/JavaScript",
    "/Hide",
    "/SetOCGState",
}
_FORBIDDEN_ANNOTATIONS = {"/Sound", "/Movie", "/Screen", "/3D", "/FileAttachment"}


def faults(data: bytes) -> list[str]:
    """Everything found; empty for a file that keeps the claim it makes."""
    reader = PdfReader(BytesIO(data))
    return [*_claim(reader), *_file(reader), *_objects(reader), *_annotations(reader)]


def _claim(reader: PdfReader) -> Iterator[str]:
    metadata = reader.root_object.get("/Metadata")
    if metadata is None:
        yield "6.6.2.1: no metadata"
        return
    xml = metadata.get_object().get_data().decode()
    # As an element, or as an attribute where a later writer has put it in other words.
    if not all(
        re.search(rf"pdfaid:{name}(>|=\"){value}[<\"]", xml) for name, value in (("part", "2"), ("conformance", "B"))
    ):
        yield "6.6.4: the metadata does not claim PDF/A-2b"
    if metadata.get_object().get("/Filter") is not None:
        yield "6.6.2.1: the metadata is compressed"


def _file(reader: PdfReader) -> Iterator[str]:
    if reader.is_encrypted:
        yield "6.1.3: encrypted"
    if "/ID" not in reader.trailer:
        yield "6.1.3: no file identifier"
    intents = reader.root_object.get("/OutputIntents") or []
    if not any(i.get_object().get("/S") == "/GTS_PDFA1" and "/DestOutputProfile" in i.get_object() for i in intents):
        yield "6.2.3: no output intent with a profile"
    names = reader.root_object.get("/Names")
    if names is not None and {"/EmbeddedFiles", "/JavaScript"} & set(names.get_object()):
        yield "6.8, 6.5.1: attachments or scripts"
    form = reader.root_object.get("/AcroForm")
    if form is not None and (form.get_object().get("/NeedAppearances") or "/XFA" in form.get_object()):
        yield "6.4.1, 6.4.2: appearances are left to the reader, or XFA"


def _objects(reader: PdfReader) -> Iterator[str]:
    seen: set[tuple[int, int]] = set()
    for value in _walk(reader.trailer["/Root"], seen):
        if not isinstance(value, DictionaryObject):
            continue
        if value.get("/Type") == "/Font" and value.get("/Subtype") != "/Type0" and not _is_embedded(value):
            yield f"6.2.11.4: font {value.get('/BaseFont')} is not embedded"
        if value.get("/S") in _FORBIDDEN_ACTIONS or "/AA" in value:
            yield "6.5.1: a forbidden action"
        if isinstance(value, StreamObject) and (
            "/F" in value and "/Subtype" not in value or _filters(value) & {"/LZWDecode", "/Crypt"}
        ):
            yield "6.1.7: a stream outside the file, or a forbidden filter"
        if value.get("/Subtype") == "/PS" or value.get("/Subtype2") == "/PS":
            yield "6.2.9: a PostScript object"


def _annotations(reader: PdfReader) -> Iterator[str]:
    for page in reader.pages:
        for reference in page.get("/Annots") or []:
            found = reference.get_object()
            name = found.get("/T", found.get("/Subtype"))
            if found.get("/Subtype") in _FORBIDDEN_ANNOTATIONS:
                yield f"6.3.1: annotation {name}"
            flags = int(found.get("/F", 0))
            if not flags & _PRINT or flags & _HIDING:
                yield f"6.3.2: annotation {name} is not printed (flags {flags})"
            left, bottom, right, top = (float(side) for side in found["/Rect"])
            if (right - left) and (top - bottom) and set(found.get("/AP", {})) != {"/N"}:
                yield f"6.3.3: annotation {name} has no plain appearance"


def _walk(value: Any, seen: set[tuple[int, int]]) -> Iterator[Any]:
    if isinstance(value, IndirectObject):
        if (value.idnum, value.generation) in seen:
            return
        seen.add((value.idnum, value.generation))
        value = value.get_object()
    yield value
    children = (
        value.values() if isinstance(value, DictionaryObject) else value if isinstance(value, ArrayObject) else ()
    )
    for child in list(children):
        raw = child
        yield from _walk(raw, seen)


def _is_embedded(font: DictionaryObject) -> bool:
    described = font.get("/FontDescriptor")
    keys = set(described.get_object()) if described is not None else set()
    return font.get("/Subtype") == "/Type3" or bool(keys & {"/FontFile", "/FontFile2", "/FontFile3"})


def _filters(stream: StreamObject) -> set[str]:
    value = stream.get("/Filter", [])
    return {str(item) for item in (value if isinstance(value, list) else [value])}
