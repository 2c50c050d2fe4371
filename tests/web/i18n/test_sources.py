"""No words of the screens outside the catalogue: neither in templates nor in scripts and stylesheets."""

import ast
import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from web.languages.extraction import VIETNAMESE

WEB = Path(__file__).parents[3] / "web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
SCRIPTS = sorted(
    path
    for kind in ("js", "css")
    for path in (WEB / "static" / kind).rglob("*.*")
    if path.suffix in (".js", ".css", ".mjs")
)
#: Calls that look words up.
LOOKS_UP = frozenset({"_", "gettext", "ngettext", "pgettext"})
#: Names of file formats, keys and units: the same in every language.
SAME = frozenset({"CSV", "DOCX", "Esc", "JSON", "KB", "PDF", "SRT", "TXT", "VTT", "XLSX"})
#: Headings that are printed on the paper itself; the passage is marked as Vietnamese.
PAPER = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Nơi nhận:")
#: What a template says beside its words: comments, statements, expressions, the class of the page's width, tags.
_UNREAD = re.compile(
    r"\{#.*?#\}|\{% block width %\}[\w -]*\{% endblock %\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->", re.DOTALL
)
#: An invented mail address as an example of one.
_ADDRESS = re.compile(r"[\w.]+@[\w.]+")
_TAG = re.compile(r"<[^>]*>")
_READ = re.compile(r"""\b(?:alt|aria-label|placeholder|title)="([^"]*)\"""")


@pytest.fixture(scope="module")
def environment() -> Environment:
    return Environment(extensions=["jinja2.ext.i18n"], autoescape=True)


def name_of(path: Path) -> str:
    return path.relative_to(WEB).as_posix()


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_has_no_words_of_its_own(path: Path) -> None:
    written = _ADDRESS.sub("", _UNREAD.sub("", path.read_text()))
    for printed in PAPER:
        written = written.replace(printed, "")
    words = set(re.findall(r"[^\W\d_]{2,}", " ".join([_TAG.sub(" ", written), *examined(written)])))
    assert words - SAME == set(), "words outside _()"


def examined(written: str) -> list[str]:
    """Attributes that are read; an example of a formula is made of codes, not of words."""
    return [text for text in _READ.findall(written) if "_" not in text]


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_what_is_said_in_expressions_is_looked_up(path: Path, environment: Environment) -> None:
    tree = environment.parse(path.read_text())
    looked_up = {
        id(word)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in LOOKS_UP
        for word in call.args
    }
    said = [
        word.value for word in tree.find_all(nodes.Const) if id(word) not in looked_up and isinstance(word.value, str)
    ]
    assert [words for words in said if VIETNAMESE.search(words)] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=name_of)
def test_a_script_has_no_words_of_its_own(path: Path) -> None:
    """Words come to a script in attributes of its page."""
    code = re.sub(r"^\s*(//|/?\*).*$|\s//\s.*$", "", path.read_text(), flags=re.MULTILINE)
    # The letter đ is folded when people search without diacritics; the machine's names of voices are data.
    code = re.sub(r"""(["'/])đ\1|/\^Người nói[^/]*/u""", "", code, flags=re.IGNORECASE)
    assert not VIETNAMESE.search(code)


def test_words_are_looked_up_where_the_catalogue_finds_them() -> None:
    """Inside an f-string the extraction sees no call, so such words would never reach the catalogue."""
    for path in WEB.rglob("*.py"):
        written = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.JoinedStr)]
        calls = [call for node in written for call in ast.walk(node) if isinstance(call, ast.Call)]
        assert not {getattr(call.func, "id", "") for call in calls} & {*LOOKS_UP, "_l", "_many"}, name_of(path)
