"""What passes into a line of the log and what is withheld."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from core.errors import NotFound
from core.logs import known
from core.logs.known import KEYS, WITHHELD, chosen, plain, sentence, told_of

PLAIN = {
    "an identity": uuid4(),
    "an identity as text": str(uuid4()),
    "a name of a task": "core.deliver_outbox",
    "a view": "operator.meetings",
    "a code": "reservation_refused",
    "an error": "OperationalError",
    "a method": "DELETE",
    "a moment": datetime(2026, 4, 8, 7, 0, tzinfo=UTC),
    "what the system says": "No space left on device",
}
CONTENT = {
    "a title": "Họp giao ban tháng tư",
    "a title without marks": "Hop giao ban thang tu",
    "a name": "Nguyễn Văn An",
    "one word with marks": "Mật",
    "an address": "an.nguyen@coquan.vn",
    "a link": "http://127.0.0.1:8000/join/abc",
    "a token": "q7Zk2xW9bT4mVn8sLr3yHd6fJp1cGa5eUo0iXqRtYwE",
    "a signed token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
    "a hash": "a" * 64,
    "a path": "/srv/diemcau/objects/x",
    "a mapping": {"title": "họp"},
    "bytes": b"secret",
    "several lines": "mot\nhai",
}


@pytest.mark.parametrize("what", sorted(PLAIN))
def test_passes(what: str) -> None:
    assert plain(PLAIN[what]) != WITHHELD


@pytest.mark.parametrize("what", sorted(CONTENT))
def test_withheld(what: str) -> None:
    assert plain(CONTENT[what]) == WITHHELD
    assert str(CONTENT[what]) not in sentence("web.x", "seen %s", (CONTENT[what],))


@given(st.text(min_size=1))
def test_nothing_with_a_blank_or_a_mark_passes(text: str) -> None:
    if " " in text or not text.isascii():
        assert plain(text) in (WITHHELD, *known._OF_SYSTEM)


def test_a_sentence_is_the_sources_constant() -> None:
    run = uuid4()
    told = sentence("transcription.pipeline", "run %s (%s): %d of %.1f, 100%% sure", (run, "recognise", 3, 2.5))
    assert told == f"run {run} (recognise): 3 of 2.5, 100% sure"
    assert sentence("celery.worker", "Task %(name)s[%(id)s] %(exc)s", {"name": "a.b", "id": "x y", "exc": "họp"}) == (
        f"Task a.b[{WITHHELD}] {WITHHELD}"
    )
    assert sentence("core.x", "one %s", (1, 2)) == "one %s"


def test_of_a_stranger_only_the_place_is_told() -> None:
    assert sentence("urllib3.connectionpool", "GET /join/secret", ()) == WITHHELD


def test_only_known_keys_in_their_order() -> None:
    got = chosen({"title": "họp", "event": "x", "time": "t", "meeting_id": UUID(int=1), "login": "an", "status": 200})
    assert list(got) == ["time", "event", "meeting_id", "status"]
    assert not {"title", "text", "name", "login", "email", "token", "path", "url", "detail"} & set(KEYS)


def test_of_an_error_its_kind_and_place_without_its_text() -> None:
    try:
        try:
            {}["Họp giao ban"]
        except KeyError as cause:
            raise NotFound(title="Họp giao ban") from cause
    except NotFound as error:
        told = told_of(error)
    assert told["fault"] == "NotFound"
    assert told["code"] == "not_found"
    assert told["causes"] == ["KeyError"]
    assert told["trace"][-1].startswith("tests/core/logs/test_known.py:")
    assert "giao ban" not in str(told)


def test_of_the_database_its_state() -> None:
    class Broken(Exception):
        sqlstate = "23505"

    told = told_of(IntegrityError("INSERT …", {"title": "Họp"}, Broken("Key (title)=(Họp)")))
    assert told["code"] == "23505"
    assert "Họp" not in str(told)
