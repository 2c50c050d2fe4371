"""The blueprint of this folder with all its views: importing this module hangs them on."""

from web.notices import (
    bulletins,
    comparing,
    editor,
    followups,
    house,
    keys,
    records,
    review,
    reviewing,
    successors,
    verification,
    word,
)
from web.notices.blueprint import blueprint

__all__ = [
    "blueprint",
    "bulletins",
    "comparing",
    "editor",
    "followups",
    "house",
    "keys",
    "records",
    "review",
    "reviewing",
    "successors",
    "verification",
    "word",
]
