"""A package that came damaged over the line is refused in words, wherever one is opened; nothing of it breaks down."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import Refusal
from minutes.drafting.docx_text import text_of_docx
from minutes.house.models import TemplateKind
from minutes.house.templates import tried
from orchestrator.directory.tables.workbook import lines_of_workbook
from papers.checking.docx_reading import read_docx
from papers.templates.van_ban import TEMPLATE_PATH
from tests.orchestrator.directory.tables.builders import workbook

TRIES = 60


def damaged(sound: bytes, seed: int) -> bytes:
    """Cut off, some letters changed, or a stretch of nothing, as the seed decides."""
    some = random.Random(seed)
    place = some.randrange(len(sound))
    if seed % 3 == 0:
        return sound[:place]
    length = 4 if seed % 3 == 1 else 200
    stretch = some.randbytes(length) if seed % 3 == 1 else bytes(length)
    return sound[:place] + stretch + sound[place + length :]


def check(data: bytes, folder: Path) -> None:
    file = folder / "a.docx"
    file.write_bytes(data)
    read_docx(file)


DOORS: dict[str, tuple[bytes, Callable[[bytes, Path], object]]] = {
    "own template": (TEMPLATE_PATH.read_bytes(), lambda data, _: tried(TemplateKind.NOTICE, data)),
    "check of form": (TEMPLATE_PATH.read_bytes(), check),
    "text of a paper": (TEMPLATE_PATH.read_bytes(), lambda data, _: text_of_docx(data, "a.docx")),
    "list of units": (workbook(["Mã"], ["A1"]), lambda data, _: list(lines_of_workbook(data, "a.xlsx", 9))),
}


@pytest.mark.parametrize("door", DOORS)
def test_damage_is_refused_and_breaks_nothing(door: str, tmp_path: Path) -> None:
    sound, read = DOORS[door]
    read(sound, tmp_path)
    refused = 0
    for seed in range(TRIES):
        try:
            read(damaged(sound, seed), tmp_path)
        except Refusal as refusal:
            assert refusal.sentence()
            refused += 1
    assert refused > TRIES / 3
