"""The form of a Thông báo (form 1.4) in numbers: millimetres and points, with the clause each comes from.

Clauses are of Decree 30/2020/NĐ-CP, annex I. Where the decree leaves a range, the value is the one of its own specimen
(mục V) or of its drawing (mục IV.2), brought to a text width of 165 mm.
"""

from dataclasses import dataclass

#: I.1–3. A hair above the lower limit, so that rounding to twentieths of a point never falls below it.
PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210.0, 297.0
MARGIN_TOP_MM, MARGIN_BOTTOM_MM = 20.05, 20.05
MARGIN_LEFT_MM, MARGIN_RIGHT_MM = 30.05, 15.05
TEXT_WIDTH_MM = PAGE_WIDTH_MM - MARGIN_LEFT_MM - MARGIN_RIGHT_MM
#: The same margins around a page that lies on its side (I.2: for tables).
LANDSCAPE_WIDTH_MM = PAGE_HEIGHT_MM - MARGIN_LEFT_MM - MARGIN_RIGHT_MM
#: An appendix is laid on its side where its tables, upright, would have letters smaller than these points.
SMALLEST_UPRIGHT_POINTS = 11.0

#: I.4.
FONT = "Times New Roman"

#: Drawing: the left box is 43.4 % of the width. The right one gets the rest, since the motto of the state at its
#: smallest lawful size (12 pt bold, 88.3 mm) is wider than the drawn 46 %.
LEFT_COLUMN_MM = 74.6
RIGHT_COLUMN_MM = TEXT_WIDTH_MM - LEFT_COLUMN_MM
#: Drawing: the middle of 7a and 7b stands at 74 % of the width.
SIGNER_COLUMN_MM = 85.7
RECIPIENTS_COLUMN_MM = TEXT_WIDTH_MM - SIGNER_COLUMN_MM
#: Drawing: number and place stand 11.7 units below the top, the title 22.8 (1 unit = 1.284 mm).
NUMBER_ROW_TOP_MM = 15.0
TITLE_TOP_MM = 29.3
#: Drawing: "Kính gửi" of a công văn stands 33.5 units below the top, the mark of urgency 44.8; never nearer to what is
#: above them than the second number.
ADDRESSEES_TOP_MM, ADDRESSEES_GAP_MM = 43.0, 6.0
URGENCY_TOP_MM, URGENCY_GAP_MM = 57.5, 2.0
#: From the number row to the title, and between the subject and what follows it.
SUBJECT_SPACE_POINTS = 12.0
#: Drawing: from the top of 7a to the top of 7b 30.5 units; never less than what a seal needs.
SIGNER_NAME_BELOW_TITLE_MM = 39.2
SIGNATURE_ROOM_MINIMUM_MM = 25.0

SPACE_BEFORE_SIGNATURE_POINTS = 12.0
#: The lowest line a word processor keeps.
LEAST_POINTS = 1.0
#: Around the rule below the agency's name.
AGENCY_SPACE_POINTS = 8.0
#: II.5b: between the number and the subject of a công văn.
REFERENCE_SPACE_POINTS = 6.0
#: Form 1.9: two who sign, each in the middle of a half.
HALF_MM = TEXT_WIDTH_MM / 2

SUBJECT_ROOM_MM = 130.0
#: Drawing, box 9a: its left edge 50.8 units right of the text's; several addressees are indented from their label.
#: Further left where they need the room, never nearer to the margin than the last number.
ADDRESSEES_LEFT_MM, ADDRESSEES_INDENT_MM, ADDRESSEES_LEAST_MM = 67.3, 12.7, 20.0
ADDRESSEE_ROOM_MM = TEXT_WIDTH_MM - ADDRESSEES_LEAST_MM - ADDRESSEES_INDENT_MM
FIRST_LINE_INDENT_MM = 12.7
#: Room left and right of the words of a cell of a table.
TABLE_PADDING_MM = 0.9
TABLE_AIR_POINTS = 1.2
PARAGRAPH_SPACE_POINTS = 6.0
#: Line pitch of Times New Roman at single spacing, in ems.
SINGLE_LINE = 1.149
#: I.7: in the middle of the top margin.
PAGE_NUMBER_TOP_MM = 7.4

#: III.2b: width and height of the frame of each urgency mark.
URGENCY_FRAMES_MM = {"KHẨN": (20.0, 8.0), "THƯỢNG KHẨN": (40.0, 8.0), "HỎA TỐC": (30.0, 8.0)}

#: III.2c asks for a single frame and gives no size; as wide as LƯU HÀNH NỘI BỘ needs at 13 pt.
CIRCULATION_FRAME_MM = (56.0, 8.0)
#: Drawing, box 11: its middle 89.0 units right of the text's edge; box 14 stands right of it.
CIRCULATION_LEFT_MM = 117.8 - CIRCULATION_FRAME_MM[0] / 2


@dataclass(frozen=True)
class Sizes:
    """Letter sizes in points (II, III; the specimen's sizes of mục V)."""

    state: float = 12
    motto: float = 13
    parent: float = 12
    body_name: float = 12
    number: float = 13
    place: float = 13
    title: float = 14
    subject: float = 14
    reference: float = 12
    text: float = 14
    signer: float = 14
    recipients_label: float = 12
    recipients: float = 11
    page_number: float = 13
    urgency: float = 13
    address: float = 11
    mark: float = 11
    table_unit: float = 13
    table_note: float = 13


SIZES = Sizes()
ADDRESSEES_LABEL = "Kính gửi:"
#: Room to write, where the specimen has a row of dots.
DOTS = "…" * 9
STATE_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS_LABEL = "Nơi nhận:"
TO_CHECK_LABEL = "Nội dung cần kiểm tra, bổ sung"
MACHINE_MARK = "DỰ THẢO DO MÁY LẬP, CHƯA CÓ NGƯỜI XÁC NHẬN"
DRAFT_MARK = "DỰ THẢO"


def millimetres(points: float) -> float:
    """Points to millimetres."""
    return points * 25.4 / 72


def line_height_mm(points: float) -> float:
    """Height of a single-spaced line of this letter size."""
    return millimetres(points) * SINGLE_LINE


#: Height of boxes 1 with its two lines, and from the bottom of the number row to the title.
HEADER_TEXT_MM = line_height_mm(SIZES.state) + line_height_mm(SIZES.motto)
TITLE_GAP_MM = TITLE_TOP_MM - NUMBER_ROW_TOP_MM - line_height_mm(SIZES.number)
