"""Names of requests and the ids that go along."""

from uuid import uuid4

import pytest

from core.logs import context


@pytest.mark.parametrize("text", ["0" * 32, "01HZX3QK5V9Y8W7T6S5R4Q3P2N", "5e0c7a52-93b1-4c56-8d9e-2f6a01b7c3d4"])
def test_a_fit_name_is_kept(text: str) -> None:
    assert context.request_id_from(text) == text


@pytest.mark.parametrize(
    "text", [None, "", "short", "a" * 65, "-" * 20, "id with blanks in it", "a" * 20 + "\n", "họp" * 8]
)
def test_an_unfit_one_is_replaced(text: str | None) -> None:
    given = context.request_id_from(text)
    assert given != text
    assert context.is_request_id(given)


def test_none_is_left_out_and_a_block_ends() -> None:
    with context.bound(meeting_id=uuid4(), piece=None):
        assert set(context.ids_now()) >= {"meeting_id"}
        assert "piece" not in context.ids_now()
    assert "meeting_id" not in context.ids_now()
