"""Text as it may be printed: plain strings of any origin (machine, browser, upload) in, NFC text on one line out."""

import re
import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

#: Urgency marks of Decree 30/2020, annex I, III.2b; empty is the ordinary case.
Urgency = Literal["", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"]

_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SPACES = re.compile(r"[ \t\r\n\f\v\u0085\u2028\u2029]+")


def clean_text(text: str) -> str:
    """NFC on one line, without control, format, private-use or direction-changing characters; no-break spaces stay."""
    spaced = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    kept = "".join(letter for letter in spaced if unicodedata.category(letter) not in _DROPPED_CATEGORIES)
    return _SPACES.sub(" ", kept).strip(" ")


Line = Annotated[str, Field(max_length=4000), AfterValidator(clean_text)]
Body = Annotated[str, Field(max_length=20000), AfterValidator(clean_text)]
#: What follows "Số: 05/", e.g. "TB-BNV" or "GM-BCĐ".
Symbol = Annotated[str, Field(max_length=30), AfterValidator(clean_text)]
#: At most 500 characters: field Subject of annex VI.
Subject = Annotated[str, Field(max_length=500), AfterValidator(clean_text)]


class Value(BaseModel):
    """A frozen part of a paper; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
