"""Sound in ranges, for those who may listen."""

from collections.abc import Callable
from typing import BinaryIO
from uuid import UUID, uuid4

import pytest

from core.permissions import Role
from core.runtime import Runtime
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.service import declare_classified
from tests.web.builders import build_meeting, build_office, build_recording, sound, system
from tests.web.conftest import Browser
from web.media.views import sound_type


@pytest.fixture
def meeting_id(runtime: Runtime) -> UUID:
    return build_meeting(runtime, build_office(runtime))


@pytest.fixture
def path(runtime: Runtime, meeting_id: UUID) -> str:
    with runtime.database.transaction() as session:
        return f"/am-thanh/{build_recording(session, meeting_id).recording_id}"


@pytest.mark.parametrize("role", [Role.UNIT, Role.OPERATOR, Role.REGISTRAR, Role.ADMINISTRATOR])
def test_others_may_not_listen(browser_of: Callable[..., Browser], path: str, role: Role) -> None:
    assert browser_of(role).get(path).status_code == 403


def test_the_whole_sound(browser_of: Callable[..., Browser], path: str) -> None:
    answer = browser_of(Role.SECRETARY).get(path)
    assert answer.status_code == 200
    assert answer.data == sound()
    assert answer.mimetype == "audio/wav"
    assert answer.headers["Accept-Ranges"] == "bytes"
    answer.close()


@pytest.mark.parametrize(
    ("asked", "first", "last"), [("bytes=0-99", 0, 99), ("bytes=1000-", 1000, None), ("bytes=-50", -50, None)]
)
def test_a_part_of_it(browser_of: Callable[..., Browser], path: str, asked: str, first: int, last: int | None) -> None:
    answer = browser_of(Role.APPROVER).get(path, headers={"Range": asked})
    assert answer.status_code == 206
    assert answer.data == sound()[first : None if last is None else last + 1]
    assert answer.headers["Content-Range"].endswith(f"/{len(sound())}")
    answer.close()


def test_beyond_the_end_is_416(browser_of: Callable[..., Browser], path: str) -> None:
    answer = browser_of(Role.SECRETARY).get(path, headers={"Range": "bytes=99999999-"})
    assert answer.status_code == 416


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_is_not_sent_leaves_no_file_open(
    browser_of: Callable[..., Browser], path: str, runtime: Runtime, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    opened: list[BinaryIO] = []
    inner = runtime.storage.open

    def opening(key: str) -> BinaryIO:
        opened.append(inner(key))
        return opened[-1]

    browser = browser_of(Role.SECRETARY)
    tag = browser.get(path, buffered=True).headers["ETag"]
    monkeypatch.setattr(runtime.storage, "open", opening)
    answer = browser.client.open(path, method=method, headers={"If-None-Match": tag} if method == "GET" else {})
    assert answer.status_code == (304 if method == "GET" else 200)
    assert [stream.closed for stream in opened] == [True]


def test_an_unknown_recording_is_404(browser_of: Callable[..., Browser]) -> None:
    assert browser_of(Role.SECRETARY).get(f"/am-thanh/{uuid4()}").status_code == 404


def test_a_meeting_that_became_classified_is_silent(
    browser_of: Callable[..., Browser], path: str, runtime: Runtime, meeting_id: UUID
) -> None:
    with runtime.database.transaction() as session:
        declare_classified(session, system(Role.OPERATOR), meeting_id, Classification.CONFIDENTIAL)
    answer = browser_of(Role.SECRETARY).get(path)
    assert answer.status_code == 403
    assert "26/2020/NĐ-CP" in answer.text


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.MP4", "video/mp4"),
        ("họp.flac", "audio/flac"),
        ("a.html", "application/octet-stream"),
        ("", "application/octet-stream"),
    ],
)
def test_no_media_type_that_a_browser_would_run(name: str, media_type: str) -> None:
    assert sound_type(name) == media_type


def test_a_storage_that_answers_browsers_is_where_they_are_sent(
    browser_of: Callable[..., Browser], path: str, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = {"storage_public_endpoint": "https://kho.noi-bo:9000/s3"}
    runtime.settings = runtime.settings.model_copy(update=public)
    monkeypatch.setattr(
        type(runtime.storage), "address_of", lambda _self, key, kind: f"https://kho.noi-bo:9000/s3/{key}?{kind}"
    )
    answer = browser_of(Role.SECRETARY).get(path, headers={"Range": "bytes=0-99"})
    assert answer.status_code == 302
    assert answer.location.startswith("https://kho.noi-bo:9000/s3/recordings/")
    assert answer.location.endswith("?audio/wav")
    assert answer.headers["Cache-Control"] == "no-store"
    # Sound and nothing else may come from there.
    policy = answer.headers["Content-Security-Policy"]
    assert "media-src 'self' https://kho.noi-bo:9000;" in policy
    assert policy.count("kho.noi-bo") == 1
    assert browser_of(Role.OPERATOR).get(path).status_code == 403
