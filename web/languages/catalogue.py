"""The words of the screens in another language: read once from `web/translations/<language>/LC_MESSAGES/messages.po`.

In: a language. Out: its translations as gettext wants them. The text catalogue is compiled in memory, so there is no
compiled file that could be older than its source.
"""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask
from flask_babel import Babel, Domain, get_locale, get_translations
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
from werkzeug.utils import cached_property

from web.languages.plurals import settled

#: The language the sources are written in; its words need no catalogue.
SOURCE = "vi"
FOLDER = Path(__file__).parents[1] / "translations"


def path_of(language: str) -> Path:
    """Where the catalogue of a language lies."""
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def read_catalogue(language: str) -> Catalog:
    """The catalogue as it was written."""
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language)


@cache
def translations(language: str) -> NullTranslations:
    """The words of a language; those of the sources for Vietnamese."""
    if language == SOURCE:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_catalogue(language))
    compiled.seek(0)
    return Translations(compiled)


class Words(Domain):
    """Flask-Babel's question for the words of this request, answered from the text catalogues."""

    def get_translations(self) -> NullTranslations:
        """The words of the reader; those of the sources outside a request."""
        return translations(str(get_locale() or SOURCE))

    def gettext(self, string: str, **variables: Any) -> str:
        """One message with its values filled in."""
        words = settled(self.get_translations().gettext(string), variables)
        return words % variables if variables else words


class Languages(Babel):
    """Flask-Babel over our catalogues."""

    @cached_property
    def domain_instance(self) -> Words:
        """Where the words come from."""
        return Words()

    def init_app(self, app: Flask, *args: Any, **options: Any) -> None:
        """Bind to the application; templates get the same way of saying one and many."""
        super().init_app(app, *args, **options)
        app.jinja_env.globals["gettext"] = _in_template


@pass_eval_context
def _in_template(context: EvalContext, string: str, /, **variables: Any) -> str:
    """`_()` of a template: the words are ours, the values are escaped like everything a template writes."""
    words = settled(get_translations().gettext(string), variables)
    return (Markup(words) if context.autoescape else words) % variables  # noqa: S704 (msgids and catalogues are ours)
