"""The guides: whole, illustrated, shown by role, and nothing in them that no walk has seen on a page."""

import re
from collections.abc import Callable
from pathlib import Path
from struct import unpack

import pytest
from flask import Flask

from core.permissions import Role
from core.runtime import Runtime
from tests.web.conftest import Browser
from tests.web.walks.camera import names_of_pictures
from web.help.guides import DOCS, FOLDER, GUIDES, PICTURES, PICTURES_FROM_GUIDE, picture_names, source_of, tokens_of

BrowserOf = Callable[..., Browser]
WALKS = Path(__file__).parents[1] / "walks"
#: Of one picture, and of all: the guides are read over bad lines, too.
MOST_PICTURE_BYTES, MOST_BYTES = 150_000, 2_000_000
_LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)]+)\)")


def shown(name: str) -> list[tuple[str, str]]:
    """(picture, its words for who does not see it) in the order of a guide."""
    children = [child for block in tokens_of(name) for child in block.children or ()]
    return [(str(child.attrGet("src")), child.content) for child in children if child.type == "image"]


def test_every_user_has_a_guide_and_every_guide_is_known() -> None:
    assert set(GUIDES.values()) == set(Role)
    assert {path.stem for path in FOLDER.glob("*.md")} == {*GUIDES, "README"}
    assert all(f"({name}.md)" in (FOLDER / "README.md").read_text() for name in GUIDES)


def test_every_picture_is_there_is_shown_and_is_small() -> None:
    pictures = [source for name in GUIDES for source, _ in shown(name)]
    assert all(source.startswith(PICTURES_FROM_GUIDE) and (FOLDER / source).is_file() for source in pictures)
    assert {Path(source).stem for source in pictures} == picture_names(), "pictures that no guide shows: remove them"
    sizes = [path.stat().st_size for path in PICTURES.glob("*.png")]
    assert max(sizes) <= MOST_PICTURE_BYTES
    assert sum(sizes) <= MOST_BYTES


def test_every_picture_is_taken_by_a_walk() -> None:
    steps = "\n".join(path.read_text() for path in WALKS.glob("*.py"))
    assert [name for name in sorted(picture_names()) if f'"{name}"' not in steps] == []


@pytest.mark.parametrize("name", list(GUIDES))
def test_names_in_bold_stand_under_the_picture_that_has_them(name: str) -> None:
    """Else no walk would look for them, and the guide would age."""
    looked_for = sum(len(names) for names in names_of_pictures([name]).values())
    bold = sum(child.type == "strong_open" for block in tokens_of(name) for child in block.children or ())
    assert (looked_for, bold > 0) == (bold, True)
    assert all(words.strip() for _, words in shown(name)), "a picture says what it shows"


@pytest.mark.parametrize("name", list(GUIDES))
def test_links_of_a_guide_lead_somewhere(name: str) -> None:
    for target in _LINK.findall(source_of(name)):
        path, _, anchor = target.partition("#")
        assert (FOLDER / path).resolve().is_relative_to(DOCS), target
        assert (FOLDER / path).is_file(), target
        assert not anchor, "headings of other guides change"


@pytest.mark.parametrize("role", list(Role))
def test_ones_own_guide_stands_first(browser_of: BrowserOf, role: Role) -> None:
    browser = browser_of(role)
    page = browser.get("/tro-giup/").text
    (own,) = [name for name, whose in GUIDES.items() if whose is role]
    assert re.findall(r'href="/tro-giup/([a-z-]+)"', page)[0] == own
    assert page.index(f'href="/tro-giup/{own}"') < page.index("Công việc của người khác")
    assert "/tro-giup/" in browser.get("/").text, "every page leads to help"


@pytest.mark.parametrize("name", list(GUIDES))
def test_a_guide_is_shown_with_its_pictures_and_contents(browser_of: BrowserOf, name: str) -> None:
    browser = browser_of(Role.UNIT)
    page = browser.get(f"/tro-giup/{name}").text
    anchors = re.findall(r'<li><a href="#([^"]+)"', page)
    assert len(anchors) >= 3
    assert all(f'<h2 id="{anchor}"' in page for anchor in anchors)
    assert "**" not in page
    for picture, width, height in re.findall(r'src="(/tro-giup/hinh/[^"]+)"[^>]*width="(\d+)" height="(\d+)"', page):
        answer = browser.get(picture)
        assert answer.mimetype == "image/png"
        assert unpack(">II", answer.data[16:24]) == (int(width), int(height)), "room is kept for exactly this picture"
    assert page.count('<img src="/tro-giup/hinh/') == len(shown(name))


def test_who_reads_english_is_told_that_guides_are_vietnamese(browser_of: BrowserOf) -> None:
    browser = browser_of(Role.SECRETARY)
    page = browser.get("/tro-giup/thu-ky", headers={"Accept-Language": "en"}).text
    assert "The guides are in Vietnamese." in page
    assert 'class="panel guide" lang="vi"' in page


def test_only_pictures_of_guides_are_given_out(browser_of: BrowserOf, anonymous: Browser) -> None:
    browser = browser_of(Role.UNIT)
    for path in ("khong-co", "..%2F..%2Fimages%2Fnotice", "%2e%2e"):
        assert browser.get(f"/tro-giup/hinh/{path}.png").status_code == 404
    assert browser.get("/tro-giup/khong-co").status_code == 404
    assert anonymous.get("/tro-giup/").status_code == 302
    assert anonymous.get(f"/tro-giup/hinh/{min(picture_names())}.png").status_code == 302


def test_html_in_a_guide_would_be_shown_as_text(
    app: Flask, runtime: Runtime, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from web.help import guides

    (tmp_path / "thu-ky.md").write_text(
        "# Tên\n\n<script>alert(1)</script> tóm tắt\n\n## Phần\n\n[x](javascript:alert(1))\n"
    )
    monkeypatch.setattr(guides, "FOLDER", tmp_path)
    with app.test_request_context():
        html = guides.guide_named.__wrapped__("thu-ky").html
    assert "<script>" not in html
    assert 'href="javascript' not in html
