"""Appendices as they are typed and pasted: what becomes a paragraph, a table, a figure, and what comes back as text."""

from decimal import Decimal

import pytest

from papers.pasted import appendix_of, text_of
from papers.refusals import TableTooLarge

PASTED = (
    "Số liệu đến 16 giờ 00.\n\n"
    "STT\tĐơn vị\tSố người\tTỷ lệ (%)\tĐiện thoại\tNăm\n"
    "1\tVăn phòng Bộ\t1.234\t95,5\t0240000000\t2026\n"
    "2\tVụ Pháp chế\t56\t\t0240000001\n"
)


def test_lines_with_tabs_become_a_table_and_the_others_paragraphs() -> None:
    appendix = appendix_of("Số người dự", PASTED)
    assert appendix.paragraphs == ("Số liệu đến 16 giờ 00.",)
    (table,) = appendix.tables
    assert [column.kind for column in table.columns] == ["index", "text", "number", "number", "text", "text"]
    assert table.rows == (
        ("1", "Văn phòng Bộ", 1234, Decimal("95.5"), "0240000000", "2026"),
        ("2", "Vụ Pháp chế", 56, None, "0240000001", None),
    )


def test_a_column_with_words_between_its_figures_keeps_its_words() -> None:
    (table,) = appendix_of("", "Tên\tSố\nA\t12\nB\tchưa có").tables
    assert table.rows == (("A", "12"), ("B", "chưa có"))


def test_text_that_is_edited_again_says_the_same() -> None:
    appendix = appendix_of("Số người dự", PASTED.replace("\t2026", "").replace("\tNăm", ""))
    assert appendix_of("Số người dự", text_of(appendix)) == appendix


@pytest.mark.parametrize("text", ["", "   \n\n", "\x00\x07"], ids=["empty", "blank", "control"])
def test_nothing_typed_is_an_appendix_without_words(text: str) -> None:
    appendix = appendix_of("", text)
    assert appendix.tables == ()
    assert not any(appendix.paragraphs)


def test_more_columns_than_a_page_can_hold_are_refused() -> None:
    with pytest.raises(TableTooLarge):
        appendix_of("", "\t".join("abcdefghijklmno") + "\n" + "\t" * 14)
