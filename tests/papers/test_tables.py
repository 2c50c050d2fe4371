"""Columns of a table: they fill the text width, keep what is written, and give numbers their room."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers import form, pdf
from papers.body import dashed
from papers.measure import BREAK, breakable, text_width
from papers.report import ReportContent, ReportSection, lay_out_report
from papers.sheet import Table
from papers.tables import lay_out_table
from tests.papers.samples import figures, report

CELLS = st.one_of(st.none(), st.integers(-(10**12), 10**12), st.text(alphabet="abc độứ", max_size=60))
KINDS = st.sampled_from(["text", "number", "index"])


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[object]], Table]:
    kinds = draw(st.lists(KINDS, min_size=1, max_size=14))
    rows = draw(st.lists(st.lists(CELLS, min_size=len(kinds), max_size=len(kinds)), max_size=6))
    headings = [draw(st.text(alphabet="abc ộ", max_size=40)) for _ in kinds]
    return kinds, rows, lay_out_table(headings, kinds, rows, rows[0] if rows else None)  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(tables())
def test_columns_fill_the_width_and_lose_nothing(made: tuple[list[str], list[list[object]], Table]) -> None:
    _, rows, table = made
    assert sum(column.width_mm for column in table.columns) == pytest.approx(form.TEXT_WIDTH_MM)
    assert min(column.width_mm for column in table.columns) > 4
    assert len(table.rows) == len(rows) + bool(rows)
    printed = [cell.replace(BREAK, "") for row in table.rows for cell in row.cells]
    texts = [cell for row in (*rows, *rows[:1]) for cell in row if isinstance(cell, str)]
    assert [text for text in texts if text not in printed] == []
    for row in table.rows:
        for cell, column in zip(row.cells, table.columns, strict=True):
            pieces = cell.replace(" ", BREAK).split(BREAK)
            room = column.width_mm - 2 * form.TABLE_PADDING_MM
            face = "bold" if row.strong else "regular"
            assert all(text_width(piece, table.size, face) <= room + 0.01 for piece in pieces if len(piece) > 1)


def test_a_narrow_table_keeps_its_letters_large_and_a_wide_one_makes_them_smaller() -> None:
    sizes = []
    for numbers in (3, 9, 12):
        blocks = lay_out_report(report(sections=(ReportSection(tables=(figures(6, numbers),)),))).blocks
        sizes += [block.table.size for block in blocks if block.table]
    assert sizes[0] == 13
    assert sizes == sorted(sizes, reverse=True)
    assert min(sizes) >= 9


@given(st.text(alphabet="abđ ộ", max_size=200), st.floats(5, 80))
def test_places_to_break_change_no_letter_and_keep_the_room(text: str, room: float) -> None:
    broken = breakable(text, 14, "regular", room)
    assert broken.replace(BREAK, "") == text
    assert all(text_width(piece, 14) <= room for piece in broken.replace(" ", BREAK).split(BREAK) if len(piece) > 1)


def test_lists_are_punctuated_once() -> None:
    assert dashed(("- Vụ A;", "", "Vụ B.", " ")) == ("- Vụ A;", "- Vụ B.")
    assert dashed(()) == ()


def test_a_large_sheet_does_not_stay_in_the_memory_of_the_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    forgotten: list[object] = []
    monkeypatch.setattr(pdf, "_forget", forgotten.append)
    pdf.render_pdf(lay_out_report(ReportContent()))
    assert forgotten == []
    pdf.render_pdf(lay_out_report(report(sections=(ReportSection(tables=(figures(200, 2),)),))))
    assert len(forgotten) == 1
