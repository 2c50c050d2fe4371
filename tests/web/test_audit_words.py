"""Every action that the house writes into its trail has words on the administrator's screen."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from core.lifecycles import Lifecycle
from orchestrator.live.room_acts import RoomAct
from web.administrator.audit_words import action_words, is_worded, object_words

ROOT = Path(__file__).parents[2]
ROOMS = ("core", "orchestrator", "transcription", "minutes", "web")
#: Actions put together from parts.
COMPOSED = (
    *(f"room.{act.value}" for act in RoomAct),
    *(f"{kind}.{verb}" for kind in ("unit", "person", "endpoint") for verb in ("changed", "retired", "restored")),
    *(f"{kind}.deleted" for kind in ("unit", "person", "endpoint")),
    *("person.account_linked", "person.account_unlinked"),
)


def sources() -> Iterator[ast.Module]:
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            yield ast.parse(path.read_text())


def is_record(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "record"
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "audit"
    )


def written() -> set[str]:
    """Actions named in calls of `audit.record`, both ends of a choice counted, and moves of all life cycles."""
    found: set[str] = set(COMPOSED)
    for tree in sources():
        for node in ast.walk(tree):
            if is_record(node):
                assert isinstance(node, ast.Call)
                action = node.args[2]
                names = [part.value for part in ast.walk(action) if isinstance(part, ast.Constant)]
                if not isinstance(action, ast.JoinedStr):
                    found |= {name for name in names if isinstance(name, str) and "." in name}
    return found | set(moves())


def moves() -> Iterator[str]:
    for room in ROOMS:
        package = importlib.import_module(room)
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            if found.name.endswith(".states"):
                for cycle in vars(importlib.import_module(found.name)).values():
                    if isinstance(cycle, Lifecycle):
                        yield from (f"{cycle.object_type}.{event}" for event in cycle.events)


def test_every_action_has_words(app: Flask) -> None:
    missing = sorted(action for action in written() if not is_worded(action))
    assert not missing, f"add words to web/administrator/audit_words.py for {missing}"


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("meeting.closed", "Kết thúc cuộc họp"),
        ("person.restored", "Người: khôi phục"),
        ("lạ.lùng", "lạ.lùng"),
    ],
    ids=["phrase", "noun and verb", "unknown"],
)
def test_words_of_an_action(app: Flask, action: str, words: str) -> None:
    with app.test_request_context():
        assert action_words(action) == words


def test_an_object_nobody_knows_keeps_its_code(app: Flask) -> None:
    with app.test_request_context():
        assert (object_words("meeting"), object_words("lạ")) == ("Cuộc họp", "lạ")
