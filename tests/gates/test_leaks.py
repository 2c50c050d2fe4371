"""The gate that looks for secrets in the tracked files finds what it says it finds."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def gate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("leaks", ROOT / ".ci" / "leaks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "parts",
    [
        ("-----BEGIN RSA ", "PRIVATE KEY-----"),
        ("AKIA", "IOSFODNN7EXAMPLQ"),
        ("ghp_", "a1B2" * 9),
        ("AGE-SECRET-", "KEY-1" + "Q7" * 29),
        ("key = sk_live_", "a1B2c3D4" * 3),
    ],
)
def test_the_forms_of_keys_are_known(gate: ModuleType, parts: tuple[str, str]) -> None:
    assert gate._kinds("".join(parts))


@pytest.mark.parametrize(
    "line", ["password = settings.mail_password", "AGE-SECRET-" + "KEY-1…", "sha256: " + "ab" * 32]
)
def test_what_only_looks_a_little_like_one_is_left_alone(gate: ModuleType, line: str) -> None:
    assert gate._kinds(line) == []
