"""tus 1.0 as a client sees it: headers, statuses, and the doors of the house before them."""

import base64
import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from werkzeug.test import TestResponse

from core.permissions import Role
from core.runtime import Runtime
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.service import declare_classified
from tests.conftest import FixedClock
from tests.web.builders import sound, system
from tests.web.conftest import Browser, Script

TUS = {"Tus-Resumable": "1.0.0"}
BYTES = "application/offset+octet-stream"


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


class Client:
    """Speaks the protocol by hand."""

    def __init__(self, script: Script, meeting_id: UUID) -> None:
        self.script, self.base = script, f"/meetings/{meeting_id}/uploads"

    def begin(self, size: object, name: str = "họp.wav", **more: str) -> TestResponse:
        pairs = {"filename": name, **more}
        said = ",".join(f"{key} {coded(value)}" for key, value in pairs.items())
        return self.script.call("POST", self.base, headers={**TUS, "Upload-Length": str(size), "Upload-Metadata": said})

    def place(self, size: int, **more: str) -> str:
        answer = self.begin(size, **more)
        assert answer.status_code == 201, answer.text
        return str(answer.headers["Location"]).removeprefix("/api/v1")

    def send(self, place: str, offset: object, data: bytes, **headers: str) -> TestResponse:
        return self.script.call(
            "PATCH", place, data=data, content_type=BYTES,
            headers={**TUS, "Upload-Offset": str(offset), **{key.replace("_", "-"): v for key, v in headers.items()}},
        )  # fmt: skip

    def ask(self, place: str, method: str = "HEAD", **headers: str) -> TestResponse:
        return self.script.call(method, place, headers={**TUS, **headers})


@pytest.fixture
def client(script_of: Callable[..., Script], meeting_id: UUID) -> Client:
    return Client(script_of(Role.OPERATOR), meeting_id)


def test_what_the_server_can_do(client: Client) -> None:
    answer = client.ask(client.base, "OPTIONS")
    assert answer.headers["Tus-Version"] == answer.headers["Tus-Resumable"] == "1.0.0"
    assert answer.headers["Tus-Extension"] == "creation,termination,checksum,expiration"
    assert answer.headers["Tus-Max-Size"] == str(8 * 1024**3)
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha1,sha256"


def test_a_file_in_three_parts(client: Client, meeting_id: UUID) -> None:
    data = sound()
    place = client.place(len(data))
    cuts = [0, 1000, 2000, len(data)]
    for start, end in zip(cuts, cuts[1:], strict=False):
        answer = client.send(place, start, data[start:end])
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, str(end))
        told = client.ask(place)
        assert (told.headers["Upload-Offset"], told.headers["Upload-Length"]) == (str(end), str(len(data)))
        assert (told.headers["Cache-Control"], told.data) == ("no-store", b"")
        assert told.headers["Upload-Expires"].endswith("GMT")
    shown = client.script.get(place).get_json()
    assert (shown["state"], shown["is_duplicate"], shown["message"]) == ("kept", False, None)
    (recording,) = client.script.get(f"/meetings/{meeting_id}/recordings").get_json()["items"]
    assert (recording["id"], recording["sha256"]) == (shown["recording_id"], hashlib.sha256(data).hexdigest())


def test_parts_are_told_so_that_a_sender_can_compare(client: Client) -> None:
    place = client.place(9)
    client.send(place, 0, b"abc")
    client.send(place, 3, b"de")
    shown = client.script.get(place).get_json()
    assert shown["parts"] == [
        {"offset_bytes": 0, "size_bytes": 3, "sha256": hashlib.sha256(b"abc").hexdigest()},
        {"offset_bytes": 3, "size_bytes": 2, "sha256": hashlib.sha256(b"de").hexdigest()},
    ]
    (listed,) = client.script.get(client.base).get_json()["items"]
    assert (listed["id"], listed["offset_bytes"], listed["original_name"]) == (shown["id"], 5, "họp.wav")


@pytest.mark.parametrize(
    ("size", "metadata", "status", "code"),
    [
        (0, {}, 422, "invalid"),
        ("-1", {}, 422, "invalid"),
        ("1e3", {}, 422, "invalid"),
        ("٣", {}, 422, "invalid"),
        (8 * 1024**3 + 1, {}, 413, "upload_too_large"),
        (9, {"batch": "x", "batch_size": "2"}, 422, "invalid"),
        (9, {"batch_size": "2"}, 422, "invalid"),
    ],
    ids=["empty", "negative", "exponent", "other digits", "too large", "no batch", "batch without a name"],
)
def test_what_cannot_be_announced(
    client: Client, size: object, metadata: dict[str, str], status: int, code: str
) -> None:
    answer = client.begin(size, **metadata)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (status, code)
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert client.script.get(client.base).get_json()["items"] == []


@pytest.mark.parametrize("pair", ["filename !!", "filename " + base64.b64encode(b"\xff").decode(), "filename AA=="])
def test_metadata_nobody_can_read(client: Client, pair: str) -> None:
    answer = client.script.call("POST", client.base, headers={**TUS, "Upload-Length": "9", "Upload-Metadata": pair})
    assert answer.status_code == 422


def test_another_version_is_told_ours(client: Client) -> None:
    place = client.place(9)
    for method, where in (("POST", client.base), ("HEAD", place), ("PATCH", place)):
        answer = client.ask(where, method, **{"Tus-Resumable": "0.2.2"})
        assert (answer.status_code, answer.headers["Tus-Version"]) == (412, "1.0.0")


def test_bytes_must_be_called_so_and_fit(client: Client) -> None:
    place = client.place(9)
    patch = {**TUS, "Upload-Offset": "0"}
    assert client.script.call("PATCH", place, json={}, headers=patch).status_code == 415
    assert client.send(place, "x", b"abc").status_code == 422
    assert client.send(place, 3, b"abc").status_code == 409
    assert client.send(place, 0, b"0123456789").status_code == 413
    assert client.send(place, 0, b"").status_code == 204
    assert client.ask(place).headers["Upload-Offset"] == "0"


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_wrong_sum_is_460_and_a_right_one_is_taken(client: Client, algorithm: str) -> None:
    place = client.place(3)
    sums = [base64.b64encode(hashlib.new(algorithm, data).digest()).decode() for data in (b"abd", b"abc")]
    wrong = client.send(place, 0, b"abc", Upload_Checksum=f"{algorithm} {sums[0]}")
    assert (wrong.status_code, wrong.get_json()["error"]["code"]) == (460, "upload_damaged")
    assert client.ask(place).headers["Upload-Offset"] == "0"
    assert client.send(place, 0, b"abc", Upload_Checksum=f"{algorithm} {sums[1]}").status_code == 204


def test_given_up_is_gone(client: Client, runtime: Runtime) -> None:
    place = client.place(9)
    client.send(place, 0, b"abc")
    assert client.ask(place, "DELETE").status_code == 204
    assert client.ask(place).status_code == 404
    assert not [path for path in (runtime.settings.home / "objects").rglob("*") if path.is_file()]


def test_others_do_not_see_it(client: Client, script_of: Callable[..., Script], meeting_id: UUID) -> None:
    place = client.place(9)
    for role, status in ((Role.SECRETARY, 404), (Role.OPERATOR, 404), (Role.UNIT, 403), (Role.APPROVER, 403)):
        other = Client(script_of(role), meeting_id)
        assert [other.ask(place, method).status_code for method in ("GET", "DELETE")] == [status, status]
        assert other.send(place, 0, b"abc").status_code == status
    assert client.ask(place).headers["Upload-Offset"] == "0"
    assert client.ask(f"/meetings/{uuid4()}/uploads/{place.rpartition('/')[2]}").status_code == 404


def test_a_meeting_that_becomes_classified_takes_no_byte_more(
    client: Client, runtime: Runtime, meeting_id: UUID
) -> None:
    place = client.place(9)
    with runtime.database.transaction() as session:
        declare_classified(session, system(Role.OPERATOR), meeting_id, Classification.SECRET)
    for answer in (client.begin(9), client.send(place, 0, b"abc")):
        assert (answer.status_code, answer.get_json()["error"]["code"]) == (403, "classified_refused")
    assert not [path for path in (runtime.settings.home / "objects").rglob("*") if path.is_file()]


def test_a_browser_needs_the_token_of_its_page(browser_of: Callable[..., Browser], meeting_id: UUID) -> None:
    browser = browser_of(Role.SECRETARY)
    path = f"/api/v1/meetings/{meeting_id}/uploads"
    headers = {**TUS, "Upload-Length": "3", "Upload-Metadata": f"filename {coded('a.wav')}"}
    assert browser.client.post(path, headers=headers).status_code == 400
    token = {"X-CSRFToken": browser.token()}
    place = browser.client.post(path, headers={**headers, **token}).headers["Location"]
    patch: dict[str, Any] = {"data": b"abc", "content_type": BYTES}
    refused = browser.client.patch(place, headers={**TUS, "Upload-Offset": "0"}, **patch)
    assert (refused.status_code, refused.get_json()["error"]["code"]) == (400, "form_expired")
    assert browser.client.patch(place, headers={**TUS, "Upload-Offset": "0", **token}, **patch).status_code == 204


def test_the_session_ends_in_between_and_the_file_goes_on(
    browser_of: Callable[..., Browser], meeting_id: UUID, fixed_clock: FixedClock
) -> None:
    browser = browser_of(Role.SECRETARY)
    headers = {**TUS, "Upload-Length": "6", "Upload-Metadata": f"filename {coded('a.wav')}"}
    path = f"/api/v1/meetings/{meeting_id}/uploads"
    token = browser.token()
    place = browser.client.post(path, headers={**headers, "X-CSRFToken": token}).headers["Location"]

    def send(offset: int, data: bytes, token: str) -> int:
        sent = {**TUS, "Upload-Offset": str(offset), "X-CSRFToken": token}
        return browser.client.patch(place, data=data, content_type=BYTES, headers=sent).status_code

    assert send(0, b"abc", token) == 204
    fixed_clock.now += timedelta(hours=11)
    assert send(3, b"def", token) == 401
    browser.sign_in_again()
    assert (send(3, b"def", token), send(3, b"def", browser.token())) == (400, 204)


def test_the_rest_of_a_batch_is_kept_when_one_is_given_up(client: Client, meeting_id: UUID) -> None:
    batch = {"batch": str(uuid4()), "batch_size": "2"}
    whole, half = client.place(3, name="1.wav", **batch), client.place(3, name="2.wav", **batch)
    client.send(whole, 0, b"abc")
    assert client.script.get(whole).get_json()["state"] == "complete"
    client.ask(half, "DELETE")
    assert client.script.get(whole).get_json()["state"] == "kept"
    assert len(client.script.get(f"/meetings/{meeting_id}/recordings").get_json()["items"]) == 1
