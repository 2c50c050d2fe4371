"""The one Jinja environment that document templates run in: sandboxed, strict, escaping; no other exists.

A template sees plain values only (strings, numbers, lists, and mappings of these), cannot reach attributes that lead
out of them, and fails on a name it was not given. What is inserted is text: markup in it is escaped, Jinja in it is not
read.
"""

from dataclasses import asdict, is_dataclass
from typing import Any

from jinja2 import DictLoader, StrictUndefined, TemplateError, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from papers.refusals import TemplateRefused

_FILTERS = ("default", "e", "escape", "first", "join", "last", "length", "lower", "trim", "upper")
_DEEPEST_LOOP = 2
#: A paper of two thousand items is a tenth of this.
MAXIMUM_CHARACTERS = 30_000_000
_PARTS_OF_A_FORM = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem,
    nodes.Slice, nodes.For, nodes.If, nodes.CondExpr, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand,
    nodes.And, nodes.Or, nodes.Not, nodes.Neg, nodes.List, nodes.Tuple, nodes.Keyword,
)  # fmt: skip
_LOOP_ATTRIBUTES = frozenset({"index", "index0", "first", "last", "length"})


class _Environment(ImmutableSandboxedEnvironment):
    """Looking up values and nothing else."""

    #: A form needs no arithmetic; `"a" * 10**9` is how a template would exhaust the memory.
    intercepted_binops = frozenset({"*", "**", "%", "//", "/"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002  (Jinja's signature)
        """Refuse the operators above."""
        raise SecurityError(f"operator {operator} is not allowed in a template")

    def wrap_str_format(self, value: Any) -> None:  # noqa: ARG002  (Jinja's signature)
        """Jinja would lend templates a guarded `str.format`; here they get none."""
        return

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Keys of mappings are read as items; of real attributes only those of a loop, never a method of a value."""
        return attr in _LOOP_ATTRIBUTES and super().is_safe_attribute(obj, attr, value)


def environment() -> ImmutableSandboxedEnvironment:
    """A fresh environment: no globals such as `range`, no other templates to include, the few filters a form needs."""
    made = _Environment(undefined=StrictUndefined, autoescape=True, loader=DictLoader({}))
    made.globals.clear()
    made.filters = {name: made.filters[name] for name in _FILTERS}
    return made


def refuse_unsafe(made: ImmutableSandboxedEnvironment, *sources: str) -> None:
    """A form looks values up, chooses and repeats; whatever else Jinja can do is how a template would exhaust time or
    memory: a macro or a variable that doubles itself forty times, a third loop inside two others.

    Raises:
        SecurityError: something else than looking up, choosing and repeating. TemplateSyntaxError.
    """
    for source in sources:
        parsed = made.parse(source)
        for node in parsed.find_all(nodes.Node):
            if not isinstance(node, _PARTS_OF_A_FORM):
                raise SecurityError(f"{type(node).__name__.lower()} is not allowed in a template")
        if any(loop.recursive for loop in parsed.find_all(nodes.For)):
            raise SecurityError("a loop may not repeat itself")
        if _depth(parsed) > _DEEPEST_LOOP:
            raise SecurityError("loops are nested too deeply")


def rendered(made: ImmutableSandboxedEnvironment, source: str, context: dict[str, Any]) -> str:
    """The filled template. Raises TemplateError, SecurityError where it grows beyond all reason."""
    refuse_unsafe(made, source)
    parts, length = [], 0
    for part in made.from_string(source).generate(context):
        parts.append(part)
        length += len(part)
        if length > MAXIMUM_CHARACTERS:
            raise SecurityError("the filled document is unreasonably long")
    return "".join(parts)


def _depth(node: nodes.Node) -> int:
    inner = max((_depth(child) for child in node.iter_child_nodes()), default=0)
    return inner + isinstance(node, nodes.For)


def plain(value: Any) -> Any:
    """A value reduced to strings, numbers, lists and mappings; raises TypeError for anything that has behaviour."""
    if is_dataclass(value) and not isinstance(value, type):
        return {key: plain(part) for key, part in asdict(value).items()}
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if value is None or type(value) in (str, int, float, bool):
        return value
    raise TypeError(f"not a plain value: {type(value).__name__}")


def translate(error: TemplateError) -> TemplateRefused:
    """The refusal a template's author should read."""
    kind = "vượt ra ngoài vùng an toàn" if isinstance(error, SecurityError) else "sai trường hoặc cú pháp"
    return TemplateRefused(reason=f"{kind} ({error.message})")
