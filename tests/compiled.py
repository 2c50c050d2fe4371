"""What every test would compile anew is compiled once a run: the builders of addresses and the templates.

Each web test has an application of its own, and each application compiles its four hundred routes and the templates it
shows. Both depend on nothing but their sources, so the code that comes out is shared while the applications stay apart.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from types import CodeType

import pytest
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]
_compile_builder = Rule._compile_builder


class TemplatesInMemory(BytecodeCache):
    """Compiled templates by their file, what they say and the way they are read."""

    def __init__(self) -> None:
        self._code: dict[Hashable, CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get(self._key(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[self._key(bucket)] = bucket.code

    def _key(self, bucket: Bucket) -> Hashable:
        environment = bucket.environment
        return bucket.key, bucket.checksum, environment.trim_blocks, environment.lstrip_blocks, environment.optimized


class Builders:
    """The functions that put addresses together, by the rule they were made from."""

    def __init__(self) -> None:
        self._made: dict[Hashable, Builder] = {}

    def of(self, rule: Rule, append_unknown: bool = True) -> Builder:
        """What the rule itself would compile; the function asks the rule it is bound to for its converters."""
        if rule.defaults:  # these are written into the function
            return _compile_builder(rule, append_unknown)
        key = (rule.rule, tuple(rule._trace), append_unknown)
        if key not in self._made:
            self._made[key] = _compile_builder(rule, append_unknown)
        return self._made[key]


@contextmanager
def compiled_once() -> Iterator[None]:
    """For the length of the block, applications share what they compile."""
    builders = Builders()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", lambda rule, append_unknown=True: builders.of(rule, append_unknown))
        patch.setattr(Flask, "jinja_options", {**Flask.jinja_options, "bytecode_cache": TemplatesInMemory()})
        yield
