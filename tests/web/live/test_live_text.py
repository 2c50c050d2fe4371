"""What is said, on the screens of operator and secretary: who may see it, what comes, and how soon."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import numpy as np
import pytest
from flask import Flask

from core.permissions import Role
from core.runtime import Runtime
from orchestrator.meetings.service import close_meeting
from tests.conftest import MOMENT
from tests.transcription.live.stand import hold_briefing
from tests.web.builders import system
from tests.web.conftest import Browser
from tests.web.console.builders import Hour
from transcription.document import Word
from transcription.engines.contract import Utterance
from transcription.live import store
from transcription.live.hearing import HeardWord
from transcription.live.journal import Beginning
from transcription.live.publishing import publish_meeting
from transcription.live.refining import Finished, Understood
from transcription.live.store import Batch, Phrase
from web.live import stream
from web.live.snapshot import number_of


@pytest.fixture
def hour(runtime: Runtime) -> Hour:
    return hold_briefing(runtime, MOMENT)[0]


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test looks for itself."""
    monkeypatch.setattr(stream, "lookout", stream.Lookout())
    monkeypatch.setattr(stream, "LOOK_SECONDS", 0.0)


def say(runtime: Runtime, hour: Hour, text: str, *, place: int = 0, seconds: float = 0.0) -> None:
    """A finished line."""
    began_at = MOMENT + timedelta(seconds=seconds)
    beginning = Beginning(uuid4(), hour.meeting_id, "aaaaaaaa", hour.places[place], began_at)
    finished = Finished(beginning, 2.0, 0.1, np.zeros(1, dtype=np.int16), (HeardWord(text, 1.0),))
    heard = (Utterance(0.0, 2.0, (Word(0.0, 2.0, text, 0.9),)),)
    with runtime.database.transaction() as session:
        store.write(session, Batch(understood=[Understood(finished, heard, "thử")]))


def begin_to_say(runtime: Runtime, hour: Hour, text: str) -> None:
    """Words that still grow."""
    phrase = Phrase(uuid4(), hour.meeting_id, "bbbbbbbb", None, text, MOMENT, MOMENT)
    with runtime.database.transaction() as session:
        store.write(session, Batch(phrases={phrase.utterance_id: phrase}))


def address(hour: Hour, rest: str = "") -> str:
    return f"/loi-noi/{hour.meeting_id}{rest}"


@pytest.mark.parametrize("rest", ["", "/trang-thai", "/su-kien"], ids=["page", "state", "events"])
def test_only_those_who_work_at_the_hour_see_it(
    anonymous: Browser, browser_of: Callable[..., Browser], hour: Hour, rest: str
) -> None:
    assert anonymous.get(address(hour, rest)).status_code == 302
    for role in (Role.UNIT, Role.APPROVER, Role.REGISTRAR, Role.ADMINISTRATOR):
        assert browser_of(role).get(address(hour, rest)).status_code in {403, 404}
    assert browser_of(Role.SECRETARY).get(f"/loi-noi/{uuid4()}{rest}").status_code == 404


def test_the_page_shows_lines_and_what_is_being_said(
    runtime: Runtime, browser_of: Callable[..., Browser], hour: Hour
) -> None:
    say(runtime, hour, "Kính thưa các đồng chí.")
    begin_to_say(runtime, hour, "Tôi xin <b>báo cáo</b>")
    for role in (Role.OPERATOR, Role.SECRETARY):
        page = browser_of(role).get(address(hour)).text
        assert "Kính thưa các đồng chí." in page
        assert "Tôi xin &lt;b&gt;báo cáo&lt;/b&gt;" in page
        assert hour.names[0] in page


def test_asking_again_brings_only_what_is_new(runtime: Runtime, browser_of: Callable[..., Browser], hour: Hour) -> None:
    browser = browser_of(Role.SECRETARY)
    say(runtime, hour, "Một.")
    first = browser.get(address(hour, "/trang-thai")).get_json()
    assert [line["text"] for line in first["lines"]] == ["Một."]
    known = {"If-None-Match": f'"{first["version"]}"'}
    assert browser.get(address(hour, "/trang-thai"), headers=known).status_code == 304
    say(runtime, hour, "Hai.", place=1)
    second = browser.get(address(hour, "/trang-thai"), headers=known).get_json()
    assert [(line["text"], line["speaker"]) for line in second["lines"]] == [("Hai.", hour.names[1])]


def test_the_stream_brings_a_line_once(runtime: Runtime, app: Flask, hour: Hour) -> None:
    with app.test_request_context():
        say(runtime, hour, "Một.")
        told = stream.events(hour.meeting_id, "", lambda: True)
        assert next(told).startswith("retry:")
        assert "Một." in next(told)
        begin_to_say(runtime, hour, "Đang nói")
        growing = next(told)
        assert "Đang nói" in growing
        assert "Một." not in growing
        told.close()


def test_the_status_follows_the_meeting(runtime: Runtime, browser_of: Callable[..., Browser], hour: Hour) -> None:
    browser = browser_of(Role.OPERATOR)

    def status() -> str:
        return str(browser.get(address(hour, "/trang-thai")).get_json()["status"]["code"])

    assert status() == "silent"
    with runtime.database.transaction() as session:
        store.begin_stream(session, hour.meeting_id, MOMENT)
    assert status() == "hearing"
    say(runtime, hour, "Một.")
    with runtime.database.transaction() as session:
        close_meeting(session, system(Role.OPERATOR), hour.meeting_id)
    assert status() == "finishing"
    with runtime.database.transaction() as session:
        publish_meeting(session, hour.meeting_id)
    assert status() == "published"


@pytest.mark.parametrize(
    "version", ["", "abc", "-1.x", "1" * 40, "٣.x"], ids=["none", "word", "minus", "long", "arabic"]
)
def test_a_version_that_is_none_of_ours_means_everything(version: str) -> None:
    assert number_of(version) == 0
    assert number_of("17.00ff") == 17
