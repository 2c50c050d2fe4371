"""Patterns that are compiled when they are first used.

The names of bodies are patterns of thousands of words; compiling them took a sixth of the time in which a process of
this service starts, and most processes never read a sentence.
"""

import re
from functools import cached_property
from typing import Any, cast


class _Later:
    """Stands for a compiled pattern; what it is asked for first has it made, and is at hand from then on."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = (pattern, flags)

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(*self._source)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._compiled, name)
        setattr(self, name, value)
        return value


def when_used(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Like `re.compile`, later. Call its methods; functions of `re` would not take it for a pattern."""
    return cast(re.Pattern[str], _Later(pattern, flags))
