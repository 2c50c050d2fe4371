"""The house is as its page draws it: rooms, subjects and life cycles stand where a newcomer would look for them."""

import importlib
import pkgutil
from pathlib import Path

import pytest

from core.lifecycles import Lifecycle

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("core", "papers", "orchestrator", "transcription", "minutes", "web")
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("room", ["papers", "orchestrator", "transcription", "minutes"])
def test_every_subject_of_a_room_is_on_the_page(room: str) -> None:
    package = importlib.import_module(room)
    subjects = {found.name for found in pkgutil.iter_modules(package.__path__) if found.ispkg}
    assert {subject for subject in subjects if subject not in PAGE} == set()


def test_every_room_stands_and_is_drawn() -> None:
    assert [room for room in ROOMS if not (ROOT / room / "__init__.py").exists() or f" {room} " not in PAGE] == []


def test_each_state_file_is_a_table_and_each_kind_of_object_has_one() -> None:
    tables = [
        value
        for path in ROOT.glob("*/*/states.py")
        for value in vars(importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))).values()
        if isinstance(value, Lifecycle)
    ]
    kinds = [table.object_type for table in tables]
    assert sorted(kinds) == sorted(set(kinds))
    assert {"meeting", "recording", "stage_run", "notice"} <= set(kinds)


def test_only_what_drives_other_processes_has_a_second_attempt(request: pytest.FixtureRequest) -> None:
    """docs/decisions/0008."""
    lenient = {item.nodeid for item in request.session.items if item.get_closest_marker("flaky")}
    driving = {
        item.nodeid
        for item in request.session.items
        if any(item.get_closest_marker(name) for name in ("browser", "prosody", "journey"))
    }
    assert lenient == driving
