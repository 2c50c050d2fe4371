"""Words made once: the same facts give the same words, and a board of sixty endpoints is written twice a second.

In: a function of plain values. Out: the same function, asked once per language and values, with a bounded memory.
"""

from collections.abc import Callable
from functools import lru_cache, wraps

from flask_babel import get_locale

MOST_REMEMBERED = 8192


def remembered(make: Callable[..., str]) -> Callable[..., str]:
    """Keep what `make` said; its values must be hashable and say everything its words depend on."""

    @lru_cache(MOST_REMEMBERED)
    def of_language(_language: str, *values: object) -> str:
        return make(*values)

    @wraps(make)
    def ask(*values: object) -> str:
        return of_language(str(get_locale()), *values)

    return ask
