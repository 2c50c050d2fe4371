"""The editor's own reckoning, asked in a real browser: contents into the tree and back, two people's texts together.

The examples are drawn from a fixed seed: two people change one notice, each in several places.
"""

import random
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from minutes.notices.content import NoticeContent
from minutes.notices.service import parse_content
from tests.web.notices.long_notice import long_notice

BUNDLE = Path(__file__).parents[3] / "web" / "static" / "built" / "paper.js"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(180),
    pytest.mark.skipif(
        not BUNDLE.is_file(), reason="web/static/built/paper.js is not built: node and npm, make frontend"
    ),
]

ROUND_TRIP = """async (contents) => {
  const pm = await import("/static/built/paper.js");
  const { makeSchema } = await import("/static/js/notice/schema.js");
  const { contentOf, docOf } = await import("/static/js/notice/convert.js");
  const schema = makeSchema(pm, {});
  return contents.map((content) => { const doc = docOf(content, schema); doc.check(); return contentOf(doc); });
}"""
MERGE = """async (cases) => {
  const { merge, withoutClashes } = await import("/static/js/notice/merge.js");
  return cases.map(([base, mine, theirs]) => {
    const { content, clashes } = merge(base, mine, theirs);
    return { content, sent: withoutClashes(content, clashes), clashes: [...clashes.values()] };
  });
}"""

Json = dict[str, Any]


def items_of(content: Json) -> list[Json]:
    found: list[Json] = []

    def walk(items: list[Json]) -> None:
        for item in items:
            found.append(item)
            walk(item["children"])

    for section in content["sections"]:
        walk(section["items"])
    return found


def without(items: list[Json], item_id: str) -> list[Json]:
    kept: list[Json] = []
    for item in items:
        children = without(item["children"], item_id)
        kept += children if item["id"] == item_id else [item | {"children": children}]
    return kept


def changed(content: Json, who: str, draw: random.Random) -> tuple[Json, set[str]]:
    """The content after a few acts of one person, and the words that person wrote."""
    made, words = deepcopy(content), set()
    for step in range(draw.randint(1, 4)):
        word = f"{who}-{step}"
        items = items_of(made)
        act = draw.choice(["item", "item", "add", "drop", "line", "opening", "lead", "heading"])
        if act == "item" and items:
            draw.choice(items)["text"] += f" {word}"
        elif act == "add":
            holder = (
                draw.choice(made["sections"])["items"]
                if draw.random() < 0.6 or not items
                else draw.choice(items)["children"]
            )
            fresh = NoticeContent(sections=({"items": ({"id": word, "text": word},)},)).to_json()  # type: ignore[arg-type]
            holder.insert(draw.randint(0, len(holder)), fresh["sections"][0]["items"][0])
        elif act == "drop" and items:
            gone = draw.choice(items)["id"]
            for section in made["sections"]:
                section["items"] = without(section["items"], gone)
            word = ""
        elif act == "line":
            made[draw.choice(["subject", "place", "closing"])] += f" {word}"
        elif act == "opening":
            draw.choice(made["opening"])["text"] += f" {word}"
        elif act == "lead" and items:
            draw.choice(items)["lead"] = [word]
        elif act == "heading":
            section = draw.choice(made["sections"])
            section["heading"] = f"{section['heading']} {word}"
        words |= {word} if word and word in str(made) else set()
    # What somebody wrote and took out again is nobody's word.
    return made, {word for word in words if word in str(made)}


def test_a_revision_goes_onto_the_page_and_comes_back_whole(page: Page) -> None:
    page.goto("/dang-nhap")
    draw = random.Random(6)
    letter = long_notice().model_copy(
        update={"title_type": "", "addressees": ("Cục Văn thư và Lưu trữ", "Trung tâm Thông tin")}
    )
    bare = NoticeContent(issuing_body="Văn phòng Bộ")
    contents = [content.to_json() for content in (long_notice(), letter, bare)]
    contents += [changed(long_notice().to_json(), "a", draw)[0] for _ in range(40)]
    back = page.evaluate(ROUND_TRIP, contents)
    assert [parse_content(content) for content in back] == [parse_content(content) for content in contents]


def test_two_people_lose_no_word(page: Page) -> None:
    page.goto("/dang-nhap")
    draw, base = random.Random(8), long_notice().to_json()
    cases = [(changed(base, "toi", draw), changed(base, "ban", draw)) for _ in range(300)]
    answers = page.evaluate(MERGE, [(base, mine, theirs) for (mine, _), (theirs, _) in cases])
    clashing = 0
    for ((mine, my_words), (theirs, their_words)), told in zip(cases, answers, strict=True):
        merged = parse_content(told["content"])
        parse_content(told["sent"])
        seen = str(merged.to_json()) + str(told["clashes"])
        lost = {word for word in my_words | their_words if word not in seen}
        assert not lost, (lost, mine, theirs)
        # Until somebody has chosen, what is sent takes no word of the other one away.
        assert not {word for word in their_words if word not in str(told["sent"])}
        clashing += bool(told["clashes"])
    assert 20 < clashing < 280


def test_what_one_alone_has_changed_is_the_result(page: Page) -> None:
    page.goto("/dang-nhap")
    draw, base = random.Random(9), long_notice().to_json()
    sides = [changed(base, "toi", draw)[0] for _ in range(60)]
    answers = page.evaluate(MERGE, [case for side in sides for case in ((base, side, base), (base, base, side))])
    expected = [side for side in sides for _ in range(2)]
    assert [parse_content(told["content"]) for told in answers] == [parse_content(side) for side in expected]
    assert not any(told["clashes"] for told in answers)
