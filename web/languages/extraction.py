"""What there is to translate: words of the screens (gettext) and Vietnamese phrases that rooms put into refusals.

In: a Python file, from `pybabel extract` (see `babel.cfg`). Out: messages with their lines. A phrase with values in it
becomes a shape: `f"dài quá {most} ký tự"` → `dài quá {0} ký tự`, which `web.languages.phrases` finds again. Of files
that hold little but such phrases (option `everything`) all are taken, but for documentation and expressions.
"""

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any

from babel.messages.extract import extract_python

VIETNAMESE = re.compile(
    r"[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]",
    re.IGNORECASE,
)
#: Signs of a regular expression or of a pattern for moments: read by machines only.
EXPRESSION = re.compile(r"\\|\(\?|\[|\||%H|\^")
#: Calls whose words reach a screen in a refusal: the field's name is given to those who read the form.
SAYS = frozenset({"Fault", "Finding", "Field", "FigureError", "Invalid", "LinearError", "Step"})
#: Readers of a form; the name of the field is one of their arguments.
READERS = re.compile(
    r"_?(bound|checked\w*|choice|day|moment|optional\w*|read_\w+|required\w*|time|wall_clock|whole\w*|word)"
)

#: Line, function, message, comments: as Babel hands them on.
Message = tuple[int, Any, Any, Any]


def rooms(fileobj: IO[bytes], keywords: Any, comment_tags: Any, options: Any) -> Iterator[Message]:
    """Every message of a Python file, as Babel wants it."""
    source = fileobj.read()
    yield from extract_python(BytesIO(source), keywords, comment_tags, options)
    everything = options.get("everything", "") == "true"
    for line, words in sorted(set(phrases(source.decode(), everything=everything))):
        yield line, None, words, []


def phrases(source: str, *, everything: bool = False) -> Iterator[tuple[int, str]]:
    """Vietnamese phrases that the file puts into refusals and findings (or at all), with their lines."""
    tree = ast.parse(source)
    for said in _all_strings(tree) if everything else (said for node in ast.walk(tree) for said in _said(node)):
        words = shape_of(said)
        if words and VIETNAMESE.search(words) and not EXPRESSION.search(words):
            yield said.lineno, words


def shape_of(node: ast.expr) -> str:
    """The words of a string, its values as `{0}`, `{1}`; empty for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return ""
    pieces, number = [], 0
    for part in node.values:
        if isinstance(part, ast.Constant):
            pieces.append(str(part.value))
        else:
            pieces.append(f"{{{number}}}")
            number += 1
    return "".join(pieces)


def _all_strings(tree: ast.Module) -> Iterator[ast.expr]:
    """Every string of a file but documentation and the pieces of strings with values."""
    left_out: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            left_out.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            left_out |= {id(part) for part in ast.walk(node) if part is not node}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in left_out:
            yield node


def _said(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
        for argument in _arguments(node.exc):
            yield from _strings(argument)
    if isinstance(node, ast.Call):
        name = _name(node)
        if name in SAYS or READERS.fullmatch(name):
            for argument in _arguments(node):
                yield from _strings(argument)


def _arguments(call: ast.Call) -> Iterator[ast.expr]:
    yield from call.args
    yield from (keyword.value for keyword in call.keywords)


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _strings(node: ast.expr) -> Iterator[ast.expr]:
    """The strings an argument may be: itself, or either end of a choice; not those of a call inside it."""
    if isinstance(node, ast.Constant | ast.JoinedStr):
        yield node
    elif isinstance(node, ast.IfExp):
        yield from _strings(node.body)
        yield from _strings(node.orelse)
    elif isinstance(node, ast.BinOp):
        yield from _strings(node.left)
        yield from _strings(node.right)
