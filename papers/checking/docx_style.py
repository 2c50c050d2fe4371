"""What a run of a DOCX really looks like: its own marks, then its styles' up the chain, then the defaults."""

from collections.abc import Iterator
from typing import Any

from docx.document import Document as DocxDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

_LATIN_SLOTS = ("ascii", "hAnsi")
_OFF = {"0", "false", "off", "none"}


class StyleReader:
    """Answers for one document."""

    def __init__(self, document: DocxDocument) -> None:
        styles = document.styles.element
        self._styles = {style.get(qn("w:styleId")): style for style in styles.findall(qn("w:style"))}
        self._default_paragraph = next(
            (
                style
                for style in self._styles.values()
                if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) == "1"
            ),
            None,
        )
        self._defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        self._theme = _theme_fonts(document)
        self._borders: dict[str, Any] = {}

    def is_on(self, run: Run, paragraph: Paragraph, tag: str) -> bool:
        """Whether a switch such as `b` or `i` is on."""
        for properties in self._chain(run, paragraph):
            found = properties.find(qn(f"w:{tag}"))
            if found is not None:
                return str(found.get(qn("w:val"), "1")) not in _OFF
        return False

    def size(self, run: Run, paragraph: Paragraph) -> float:
        """Letter size in points."""
        for properties in self._chain(run, paragraph):
            found = properties.find(qn("w:sz"))
            if found is not None:
                return float(found.get(qn("w:val"))) / 2
        return 10.0

    def fonts(self, run: Run, paragraph: Paragraph) -> frozenset[str]:
        """Fonts of the slots that write Latin and so Vietnamese letters."""
        return frozenset(self._font(run, paragraph, slot) for slot in _LATIN_SLOTS)

    def borders(self, paragraph: Paragraph) -> Any:
        """The borders that the paragraph's own style draws, None where it draws none; looked up once for each style."""
        style_id = paragraph._p.style or _id_of(self._default_paragraph) or ""
        if style_id not in self._borders:
            style = self._styles.get(style_id)
            self._borders[style_id] = style.find(f"{qn('w:pPr')}/{qn('w:pBdr')}") if style is not None else None
        return self._borders[style_id]

    def _font(self, run: Run, paragraph: Paragraph, slot: str) -> str:
        for properties in self._chain(run, paragraph):
            fonts = properties.find(qn("w:rFonts"))
            if fonts is None:
                continue
            # A theme font wins over a named one in the same place.
            theme = fonts.get(qn(f"w:{slot}Theme"))
            if theme:
                return self._theme.get("major" if theme.startswith("major") else "minor", theme)
            if fonts.get(qn(f"w:{slot}")):
                return str(fonts.get(qn(f"w:{slot}")))
        return "(không nêu)"

    def _chain(self, run: Run, paragraph: Paragraph) -> Iterator[Any]:
        own = run._element.rPr
        if own is not None:
            yield own
            character_style = own.find(qn("w:rStyle"))
            if character_style is not None:
                yield from self._style_chain(character_style.get(qn("w:val")))
        style_id = paragraph._p.style
        yield from self._style_chain(style_id or _id_of(self._default_paragraph))
        if self._defaults is not None:
            yield self._defaults

    def _style_chain(self, style_id: str | None) -> Iterator[Any]:
        seen: set[str] = set()
        while style_id and style_id not in seen and style_id in self._styles:
            seen.add(style_id)
            style = self._styles[style_id]
            properties = style.find(qn("w:rPr"))
            if properties is not None:
                yield properties
            based_on = style.find(qn("w:basedOn"))
            style_id = based_on.get(qn("w:val")) if based_on is not None else None


def _id_of(style: Any) -> str | None:
    return style.get(qn("w:styleId")) if style is not None else None


def _theme_fonts(document: DocxDocument) -> dict[str, str]:
    """Latin font of the headings and of the text in the theme part."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/theme") and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            root = etree.fromstring(relation.target_part.blob, parser)
            return {
                kind: str(found[0])
                for kind in ("major", "minor")
                if (found := root.xpath(f"//*[local-name()='{kind}Font']/*[local-name()='latin']/@typeface"))
            }
    return {}
