"""The English catalogue: whole, in line with the sources, with the same values on both sides."""

import re
from collections import Counter

import pytest
from babel.messages.catalog import Catalog, Message

from web.languages.catalogue import path_of, read_catalogue
from web.languages.extraction import VIETNAMESE, phrases
from web.languages.plurals import MARK
from web.languages.upkeep import messages, missing, renewed, written

#: `%(count)d`, `%%`, and the `{0}` of phrases.
VALUES = re.compile(r"%\(\w+\)[sd]|%%|\{\d+\}")
#: What stays Vietnamese in English: names, symbols and headings of papers, shown as they are printed.
STAYS = re.compile(
    r"Điểm Cầu|Tết|TL\. BỘ TRƯỞNG|CHÁNH VĂN PHÒNG|TB-BCĐ|\d+/\S*(QĐ|NĐ|BCĐ)\S*|“[^”]*”|Số:|Trung tâm|Thành phần|Cá nhân"
)


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return read_catalogue("en")


def pairs(message: Message) -> list[tuple[str, str]]:
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return list(zip(message.id, message.string or (), strict=True))


def test_every_message_has_english(catalogue: Catalog) -> None:
    found = [f"{message.locations[0][0]}: {message.id}" for message in missing(catalogue)]
    assert found == [], "run `make translations`, then fill in what it names"


def test_the_file_is_in_the_order_of_its_words(catalogue: Catalog) -> None:
    """As the command writes it, so that two changes meet in one place only if they are about the same words."""
    assert path_of("en").read_bytes() == written(catalogue), "run `make translations`"


def test_renewing_keeps_the_english_and_drops_what_nobody_says() -> None:
    old = Catalog(locale="en")
    old.add("Điểm danh", "Calling the roll")
    old.add("không còn ở đâu", "nowhere any more")
    new = renewed(old)
    assert (new["Điểm danh"].string, "không còn ở đâu" in new) == ("Calling the roll", False)


def test_both_sides_have_the_same_values(catalogue: Catalog) -> None:
    def values(words: str) -> Counter[str]:
        return Counter(set(VALUES.findall(words)))

    assert [pair for m in messages(catalogue) for pair in pairs(m) if values(pair[0]) != values(pair[1])] == []


def test_one_and_many_ask_for_values_that_are_there(catalogue: Catalog) -> None:
    for message in messages(catalogue):
        for vietnamese, english in pairs(message):
            assert all(f"%({mark['value']})" in vietnamese for mark in MARK.finditer(english)), english
            left = MARK.sub("", VALUES.sub("", english))
            assert "{" not in left, english


def test_english_is_english(catalogue: Catalog) -> None:
    """No Vietnamese letters but in names; spaces at the ends as in the source, since words are put side by side."""
    for message in messages(catalogue):
        for vietnamese, english in pairs(message):
            assert not VIETNAMESE.search(STAYS.sub("", english)), english
            ends = [(words[:1].isspace(), words[-1:].isspace()) for words in (vietnamese, english)]
            assert ends[0] == ends[1], english


def test_phrases_of_refusals_are_found() -> None:
    source = """
def check(most: int) -> None:
    raise Invalid(field="số người", reason=f"phải từ 1 đến {most}" if most else "chưa có")
    log.info("không ai đọc")
"""
    assert {words for _, words in phrases(source)} == {"số người", "phải từ 1 đến {0}", "chưa có"}
    assert "không ai đọc" in {words for _, words in phrases(source, everything=True)}
