"""Every refusal of the room has its sentences, and every parameter of a sentence is given."""

import importlib
import pkgutil
import re

import pytest

import orchestrator
from core.errors import Refusal
from core.messages import codes, is_known, say
from orchestrator import refusals


def _refusals() -> list[type[Refusal]]:
    for found in pkgutil.walk_packages(orchestrator.__path__, "orchestrator."):
        importlib.import_module(found.name)
    pending, found_classes = [Refusal], []
    while pending:
        for child in pending.pop().__subclasses__():
            pending.append(child)
            if child.__module__.startswith("orchestrator"):
                found_classes.append(child)
    return found_classes


@pytest.mark.parametrize("refusal", _refusals(), ids=lambda cls: cls.__name__)
def test_every_refusal_has_a_sentence(refusal: type[Refusal]) -> None:
    assert is_known(refusal.code)
    # 503: a part of the site's conference is away; that too is an answer with a next step.
    assert 400 <= refusal.http_status < 500 or refusal.http_status == 503


def test_codes_are_not_shared_between_refusals() -> None:
    used = [refusal.code for refusal in _refusals()]
    assert len(used) == len(set(used))


@pytest.mark.parametrize("code", sorted(code for code in codes() if code.startswith(("door_", "cap_", "hook_"))))
def test_both_languages_ask_for_the_same_facts(code: str) -> None:
    vi, en = (set(re.findall(r"\{(\w+)\}", say(code, locale))) for locale in ("vi", "en"))
    assert vi == en


def test_a_sentence_is_filled() -> None:
    refused = refusals.RoomCapExceeded(
        place="Trụ sở Bộ", counted=25, maximum=20, surplus=5, policy="Trần", basis="Thông báo số 2047/TB-BCĐ"
    )
    assert "{" not in refused.sentence("vi") + refused.sentence("en")
    assert refused.as_dict()["detail"]["surplus"] == 5
