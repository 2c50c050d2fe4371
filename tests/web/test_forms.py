"""Reading browser forms: typed values, and the field named where they are none."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from core.errors import Invalid
from orchestrator.meetings.classification import Classification
from web import forms

READERS: dict[str, Callable[[], Any]] = {
    "id": lambda: forms.required_id("v", "đơn vị"),
    "number": lambda: forms.whole_number(forms.text("v"), "số người"),
    "day": lambda: forms.day("v", "ngày họp"),
    "moment": lambda: forms.moment("d", "v", "giờ"),
    "choice": lambda: forms.choice("v", Classification, "độ mật"),
}
BARE = Flask(__name__)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("id", ""),
        ("id", "12"),
        ("number", ""),
        ("number", "hai mươi"),
        ("number", "1e3"),
        ("number", "9" * 40),
        ("day", "31/02/2026"),
        ("day", ""),
        ("moment", "25:00"),
        ("moment", ""),
        ("choice", ""),
        ("choice", "công khai"),
    ],
)
def test_what_cannot_be_read_names_its_field(kind: str, typed: str) -> None:
    context = BARE.test_request_context(method="POST", data={"v": typed, "d": "2026-04-08"})
    with context, pytest.raises(Invalid) as refused:
        READERS[kind]()
    assert refused.value.params["field"]
    assert refused.value.params["reason"]


def test_a_moment_is_meant_in_hanoi() -> None:
    with BARE.test_request_context(method="POST", data={"d": "2026-04-08", "v": "14:00"}):
        assert forms.moment("d", "v", "giờ") == datetime(2026, 4, 8, 7, 0, tzinfo=UTC)


def test_a_zone_in_the_hour_is_not_believed() -> None:
    with BARE.test_request_context(method="POST", data={"d": "2026-04-08", "v": "14:00+00:00"}):
        assert forms.moment("d", "v", "giờ").utcoffset() is not None


def test_lists_lose_their_empty_parts() -> None:
    with BARE.test_request_context(method="POST", data={"l": "một\n\n hai \n", "w": "TTTT, VPB;; "}):
        assert forms.lines("l") == ["một", "hai"]
        assert forms.words("w") == ["TTTT", "VPB"]
