"""Appendices of a DOCX as sections of their own: pages counted from 1, upright or on their side (annex I, I.2, III.1đ).

In: a filled document, and the empty paragraphs that appendices begin behind. Out: the same document. A section's
properties stand in its last paragraph, so each break holds those of the part before it.
"""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from docx.document import Document as DocxDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from papers.sheet import Sheet

_EMPTY_STYLE = "DongChen"


def begin_appendices(document: DocxDocument, breaks: Sequence[Paragraph], sheet: Sheet) -> None:
    """Make a section of each appendix."""
    last = document.element.body.sectPr
    sections: list[Any] = []
    for paragraph in breaks:
        ended = deepcopy(last)
        paragraph._p.get_or_add_pPr().append(ended)
        sections.append(ended)
    if not breaks:
        return
    for section, appendix in zip([*sections, last][1:], sheet.appendices, strict=False):
        _count_from_one(section)
        if appendix.is_landscape:
            _lay_on_its_side(section)
    _forget_first_page(document)


def _count_from_one(section: Any) -> None:
    for old in section.findall(qn("w:pgNumType")):
        section.remove(old)
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    margins = section.find(qn("w:pgMar"))
    margins.addnext(numbering)


def _lay_on_its_side(section: Any) -> None:
    size = section.find(qn("w:pgSz"))
    width, height = size.get(qn("w:w")), size.get(qn("w:h"))
    size.set(qn("w:w"), height)
    size.set(qn("w:h"), width)
    size.set(qn("w:orient"), "landscape")


def _forget_first_page(document: DocxDocument) -> None:
    """Frame, mark and address belong to the first page of the paper, not to those of its appendices (III.2c, III.4)."""
    for position, section in enumerate(list(document.sections)[1:]):
        for part in (section.first_page_header, section.first_page_footer):
            if not part.is_linked_to_previous:
                # Only the reference goes: the part itself is the first page's.
                _drop_reference(section._sectPr, part)
            if position == 0:
                part.is_linked_to_previous = False
                for paragraph in part.paragraphs:
                    paragraph._p.style = _EMPTY_STYLE


def _drop_reference(section: Any, part: Any) -> None:
    kind = "w:headerReference" if type(part).__name__ == "_Header" else "w:footerReference"
    for reference in section.findall(qn(kind)):
        if reference.get(qn("w:type")) == "first":
            section.remove(reference)
