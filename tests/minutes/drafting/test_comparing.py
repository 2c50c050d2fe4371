"""What a person changed in the machine's draft."""

from minutes.drafting.comparing import compared
from minutes.notices.content import NoticeItem, Section
from tests.minutes.samples import notice


def item(identity: str, text: str, lead: tuple[str, ...] = ()) -> NoticeItem:
    return NoticeItem(id=identity, kind="directive", text=text, lead=lead)


def test_every_item_is_told_apart() -> None:
    before = notice(
        sections=(
            Section(
                items=(item("a", "Sở Y tế rà soát thủ tục."), item("b", "Sở Nội vụ báo cáo."), item("c", "Bỏ đi."))
            ),
        )
    )
    after = notice(
        sections=(
            Section(
                items=(
                    item("a", "Sở Y tế rà soát thủ tục."),
                    item("b", "Sở Nội vụ tổng hợp, báo cáo.", ("Sở Nội vụ",)),
                    item("d", "Công an tỉnh kiểm tra."),
                )
            ),
        )
    )
    result = compared(before, after)
    assert [change.change for change in result.items] == ["kept", "changed", "removed", "added"]
    assert result.items[1].fields == ("text", "lead")
    assert 0 < result.words_kept < 1
    assert result.to_json()["fields"] == {"text": 1, "lead": 1}


def test_an_item_with_a_new_id_is_known_by_its_words() -> None:
    before = notice(sections=(Section(items=(item("a", "Sở Y tế rà soát thủ tục."),)),))
    after = notice(sections=(Section(items=(item("x", "Sở Y tế rà soát các thủ tục."),)),))
    (change,) = compared(before, after).items
    assert change.change == "changed"


def test_the_same_text_is_all_kept() -> None:
    result = compared(notice(), notice())
    assert result.words_kept == 1.0
    assert {change.change for change in result.items} == {"kept"}
