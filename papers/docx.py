"""A sheet as DOCX: a template with Jinja fields, filled in the sandbox, then fitted to the lengths of its text.

In: a `Sheet`. Out: bytes, the same for the same input. No font has to be installed here; the reader's word processor
brings Times New Roman.
"""

import re
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docxtpl import DocxTemplate
from jinja2 import TemplateError

from papers.docx_tables import place_tables
from papers.environment import environment, plain, refuse_unsafe, rendered, translate
from papers.fitting import fit
from papers.measure import BREAK
from papers.sheet import Sheet
from papers.templates.van_ban import TEMPLATE_PATH

#: Times inside the file, so that equal input gives equal bytes; the day of issue is in the text.
_FIXED_TIME = datetime(2020, 3, 5, tzinfo=UTC)
_FIXED_ZIP_TIME = (2020, 3, 5, 0, 0, 0)
_PROPERTY_CHARACTERS = 255
#: Within a run, a newline of ours becomes a line break; everything else in the text has been escaped by Jinja.
_LINE_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'


def render_docx(sheet: Sheet) -> bytes:
    """Print a sheet as DOCX in the house's own template."""
    return render_template(_house_template(), sheet)


def render_template(template: bytes, sheet: Sheet) -> bytes:
    """Fill any template that uses the fields of `Sheet`. Raises TemplateRefused where it reaches for more."""
    printed = _Template(BytesIO(template))
    try:
        refuse_unsafe(environment(), *_properties(printed))
        printed.render(_context(sheet), environment(), autoescape=True)
    except TemplateError as error:
        raise translate(error) from error
    document = printed.docx
    fit(document, sheet)
    place_tables(document, sheet)
    properties = document.core_properties
    properties.title = sheet.description[:_PROPERTY_CHARACTERS]
    properties.author = properties.last_modified_by = sheet.author[:_PROPERTY_CHARACTERS]
    properties.language = "vi-VN"
    properties.created = properties.modified = _FIXED_TIME.replace(tzinfo=None)
    stream = BytesIO()
    document.save(stream)
    return _without_times(stream.getvalue())


class _Template(DocxTemplate):
    """docxtpl with one change: the text that goes in comes out letter by letter.

    The library turns `{_{` into `{{` and a few control letters into paragraphs and page breaks after rendering; in a
    sentence somebody has spoken these are letters like any others. Only our own newlines become line breaks.
    """

    def render_xml_part(self, src_xml: str, part: Any, context: dict[str, Any], jinja_env: Any = None) -> str:
        """Render one part of the package in the environment it is given, which is never missing here."""
        self.current_rendering_part = part
        # A word processor breaks words that are too long by itself.
        filled = rendered(jinja_env, src_xml, context).replace(BREAK, "")
        return re.sub(r"(<w:t(?: [^>]*)?>)([^<]*)", lambda run: run[1] + run[2].replace("\n", _LINE_BREAK), filled)


def _properties(template: _Template) -> list[str]:
    """The texts of the file's properties, which the library renders as well."""
    template.init_docx()
    properties = template.docx.core_properties
    names = (
        "author",
        "category",
        "comments",
        "content_status",
        "identifier",
        "keywords",
        "language",
        "subject",
        "title",
    )
    return [str(getattr(properties, name) or "") for name in (*names, "title")]


def _context(sheet: Sheet) -> dict[str, Any]:
    values: dict[str, Any] = plain(sheet)
    return values


@lru_cache
def _house_template() -> bytes:
    return TEMPLATE_PATH.read_bytes()


def _without_times(package: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(package)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():  # the order is the library's and stays: content types come first
            entry = ZipInfo(name, _FIXED_ZIP_TIME)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(name))
    return out.getvalue()
