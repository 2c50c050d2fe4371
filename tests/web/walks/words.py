"""The words of the screens in the language of a walk: steps name buttons in Vietnamese, the catalogue says the rest."""

import re
from typing import Any

from web.languages.catalogue import translations


class Words:
    """What the reader of one language sees for a message of the sources."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = translations(language)

    def __call__(self, message: str, **values: Any) -> str:
        """`say("Lưu kế hoạch")`; with values filled in as the page does."""
        said: str = self._catalogue.gettext(message)
        return said % values if values else said

    def of(self, context: str, message: str) -> str:
        """A message that needs its context: `of("list", "Cuộc họp")`."""
        said: str = self._catalogue.pgettext(context, message)
        return said

    def label(self, message: str) -> "re.Pattern[str]":
        """The label of a field, with or without the star of those that must be filled."""
        return re.compile(rf"^\s*{re.escape(self(message))}\s*\*?\s*$")
