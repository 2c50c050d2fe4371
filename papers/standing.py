"""Where the addressees and the mark of urgency stand below a head whose height depends on its words.

In: the lines of agency, subject and addressees. Out: millimetres of room above, and from the left edge of the text, so
that both stand where the drawing has them (annex I, IV.2, boxes 9a and 10b) or as near below as the words allow. Pure.
"""

from collections.abc import Sequence

from papers import form
from papers.measure import text_width


def number_row_top_mm(agency: Sequence[str]) -> float:
    """Top of the row of number and date below the top of the text; a long agency's name pushes it down."""
    name = len(agency) * form.line_height_mm(form.SIZES.body_name) + form.millimetres(form.AGENCY_SPACE_POINTS)
    return max(form.NUMBER_ROW_TOP_MM, name)


def addressees_gap_mm(agency: Sequence[str], reference: Sequence[str]) -> float:
    """Room between the head of a công văn and "Kính gửi"."""
    return max(form.ADDRESSEES_GAP_MM, form.ADDRESSEES_TOP_MM - _letter_head(agency, reference))


def urgency_gap_mm(
    agency: Sequence[str], subject: Sequence[str], reference: Sequence[str], addressees: Sequence[str], *, letter: bool
) -> float:
    """Room above the frame of the mark of urgency."""
    if letter:
        bottom = _letter_head(agency, reference) + addressees_gap_mm(agency, reference)
    else:
        bottom = number_row_top_mm(agency) + form.line_height_mm(form.SIZES.number) + form.TITLE_GAP_MM
        bottom += (1 + len(subject)) * form.line_height_mm(form.SIZES.title)
        bottom += form.millimetres(form.SUBJECT_SPACE_POINTS)
    bottom += len(addressees) * form.line_height_mm(form.SIZES.text)
    return max(form.URGENCY_GAP_MM, form.URGENCY_TOP_MM - bottom)


def addressees_left_mm(addressees: Sequence[str]) -> float:
    """Left edge of "Kính gửi"; that of the lines below it is further right by `form.ADDRESSEES_INDENT_MM`."""
    indents = [0.0, *(form.ADDRESSEES_INDENT_MM for _ in addressees[1:])]
    wide = max(
        (indent + text_width(line, form.SIZES.text) for indent, line in zip(indents, addressees, strict=False)),
        default=0.0,
    )
    return max(form.ADDRESSEES_LEAST_MM, min(form.ADDRESSEES_LEFT_MM, form.TEXT_WIDTH_MM - wide - 1))


def _letter_head(agency: Sequence[str], reference: Sequence[str]) -> float:
    bottom = number_row_top_mm(agency) + form.line_height_mm(form.SIZES.number)
    if reference:
        bottom += form.millimetres(form.REFERENCE_SPACE_POINTS)
    return bottom + len(reference) * form.line_height_mm(form.SIZES.reference)
