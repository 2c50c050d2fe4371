"""What papers of every kind say around their body: who issues, where, about what, to whom, who signs.

A kind of paper adds its body (`papers/invitation.py`, `papers/report.py`, the notice of the minutes) and is one frozen
value that can be hashed, stored as JSON and compared. Number and date of issue are not part of it: they belong to the
registrar (Decree 30/2020, art. 15).
"""

import hashlib
import json
from typing import Any, Self

from papers.figures import ReportTable
from papers.signers import SignerBlock
from papers.values import Body, Line, Subject, Symbol, Urgency, Value


class AppendixContent(Value):
    """An appendix: its title, paragraphs, then tables; the body has to point to it (III.1a)."""

    title: Line = ""
    paragraphs: tuple[Body, ...] = ()
    tables: tuple[ReportTable, ...] = ()


#: Parts that papers, and appendices, got later: they count in the hash only where they are used, so that older hashes
#: stay true.
CAME_LATER = frozenset({"appendices", "addressees"})
_APPENDICES_GOT_LATER = frozenset({"tables"})


class PaperContent(Value):
    """The parts that forms 1.4, 1.5, 1.7 and 1.9 share. Empty parts leave their room blank in print."""

    issuing_parent: Line = ""
    issuing_body: Line = ""
    symbol_suffix: Symbol = ""
    place: Line = ""
    subject: Subject = ""
    #: Without the leading dash; the last one is the "Lưu: VT, …" line.
    recipients: tuple[Line, ...] = ()
    signer: SignerBlock = SignerBlock()
    urgency: Urgency = ""
    #: "LƯU HÀNH NỘI BỘ" or "XEM XONG TRẢ LẠI" (III.2c), empty otherwise.
    circulation: Line = ""
    #: Address line at the foot of page 1 (III.4), empty to leave it out.
    address: Line = ""
    appendices: tuple["AppendixContent", ...] = ()
    #: Printed only on drafts, on a page of its own: "Nội dung cần kiểm tra, bổ sung".
    to_check: tuple[Line, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values; `from_json` gives the same content back."""
        return self.model_dump(mode="json")

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Raises pydantic.ValidationError on unknown fields and on texts that are too long."""
        return cls.model_validate(data)

    def canonical_bytes(self) -> bytes:
        """The bytes that an approval's SHA-256 is taken of: sorted keys, UTF-8, no spaces."""
        kept = _used(self.to_json(), CAME_LATER)
        if "appendices" in kept:
            kept["appendices"] = [_used(part, _APPENDICES_GOT_LATER) for part in kept["appendices"]]
        return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    def sha256(self) -> str:
        """Hexadecimal SHA-256 of the canonical bytes."""
        return hashlib.sha256(self.canonical_bytes()).hexdigest()


def _used(values: dict[str, Any], later: frozenset[str]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value or key not in later}
