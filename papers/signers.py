"""Who signs, and in whose name (Decree 30/2020, annex I, II.7). Pure."""

from typing import Literal

from papers import form
from papers.measure import balanced_lines
from papers.values import Line, Value

Authority = Literal["TM.", "Q.", "KT.", "TL.", "TUQ."]
#: II.7b: what stands before the office in whose name somebody signs, and when.
AUTHORITIES: dict[Authority, str] = {
    "TM.": "ký thay mặt tập thể",
    "Q.": "ký với tư cách quyền cấp trưởng",
    "KT.": "ký thay người đứng đầu",
    "TL.": "ký thừa lệnh",
    "TUQ.": "ký thừa ủy quyền",
}


class SignerBlock(Value):
    """Who signs. `authority_lines` are the TM./KT./TL./TUQ. lines above ("TL. BỘ TRƯỞNG"), `title` the signer's own
    office in capitals ("CHÁNH VĂN PHÒNG"), `capacity` another office printed above the name (II.7c: leading boards)."""

    authority_lines: tuple[Line, ...] = ()
    title: Line = ""
    name: Line = ""
    capacity: tuple[Line, ...] = ()


def authority_line(authority: Authority, office: str) -> str:
    """`TL. BỘ TRƯỞNG`: the line above the signer's own office."""
    return f"{authority} {office.upper()}"


def printed_offices(signer: SignerBlock) -> tuple[str, ...]:
    """The lines above the signature, in capitals, broken to the width of their column."""
    return tuple(
        part
        for line in (*signer.authority_lines, signer.title)
        if line
        for part in balanced_lines(line.upper(), form.SIZES.signer, "bold", form.SIGNER_COLUMN_MM - 2)
    )


def signature_room(lines: int) -> float:
    """Millimetres between the last line of the office and the name, so that the name stands where the form draws it."""
    taken = max(lines, 1) * form.line_height_mm(form.SIZES.signer)
    return max(form.SIGNATURE_ROOM_MINIMUM_MM, form.SIGNER_NAME_BELOW_TITLE_MM - taken)
