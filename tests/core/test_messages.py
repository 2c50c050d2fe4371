"""The catalogue: every refusal has words in both languages."""

import importlib
from collections.abc import Iterator
from string import Formatter

import pytest

from core import messages
from core.errors import Invalid, Refusal


@pytest.fixture(scope="module", autouse=True)
def _all_rooms() -> None:
    importlib.import_module("web.composition")


def _refusals(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _refusals(child)


def test_every_refusal_has_a_sentence() -> None:
    speechless = {kind.__name__ for kind in _refusals(Refusal) if not messages.is_known(kind.code)}
    assert speechless == set()


def test_both_languages_name_the_same_parameters() -> None:
    def fields(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    different = [code for code in messages.codes() if fields(messages.say(code)) != fields(messages.say(code, "en"))]
    assert different == []


def test_a_sentence_is_filled_in() -> None:
    refusal = Invalid(field="tên", reason="để trống")
    assert "tên" in refusal.sentence()
    assert refusal.as_dict()["detail"] == {"field": "tên", "reason": "để trống"}


def test_a_missing_parameter_stays_visible() -> None:
    assert "{field}" in messages.say("invalid", reason="x")


def test_a_code_cannot_get_other_words() -> None:
    with pytest.raises(ValueError, match="twice"):
        messages.register({"not_found": ("khác", "different")})
