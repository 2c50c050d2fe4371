"""Renders that several tests look at; made once, since equal input gives equal bytes."""

from collections.abc import Callable
from pathlib import Path

import pytest

Save = Callable[[bytes, str], Path]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """`save(data, "x.pdf")` → a path."""

    def write(data: bytes, name: str) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write
