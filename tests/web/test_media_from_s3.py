"""Sound of a site whose files lie on its S3: through us in ranges, or straight from there to a real browser."""

import threading
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit
from uuid import UUID

import boto3
import pytest
from botocore.config import Config
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from core.permissions import Role
from core.runtime import Runtime
from core.services.ports import free_port
from core.storage import open_storage
from tests import s3_server
from tests.s3_server import S3Server
from tests.web.builders import build_meeting, build_office, build_recording, sound
from tests.web.conftest import Browser
from tests.web.test_browser import ARGUMENTS, CHROMIUM
from web.app import create_app

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SECONDS = 600.0
#: More than a browser fetches ahead: a jump asks anew.
DATA = sound(SECONDS)

LOAD = """path => new Promise((done, failed) => {
  const audio = document.createElement("audio");
  audio.id = "sound";
  audio.onloadedmetadata = () => done(audio.duration);
  audio.onerror = () => failed(audio.error.message);
  audio.src = path;
  document.body.append(audio);
})"""
JUMP = """second => new Promise((done, failed) => {
  const audio = document.getElementById("sound");
  audio.onerror = () => failed(audio.error.message);
  audio.ontimeupdate = () => { if (audio.currentTime > second + 0.2) done(audio.currentTime); };
  audio.currentTime = second;
  audio.muted = true;
  audio.play().catch(failed);
})"""


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    if not s3_server.PROGRAM.exists():
        pytest.skip(s3_server.MISSING)
    with s3_server.running(tmp_path_factory.mktemp("s3")) as server:
        keys = {"aws_access_key_id": server.key_id, "aws_secret_access_key": server.secret_key}
        config = Config(s3={"addressing_style": "path"})
        client = boto3.client("s3", endpoint_url=server.endpoint, region_name="us-east-1", config=config, **keys)
        client.create_bucket(Bucket="kho-am-thanh")
        yield server


def on_s3(runtime: Runtime, server: S3Server, *, public: str = "") -> str:
    """The runtime with its files on that server, and the path of a recording's sound there."""
    told = {
        "storage_url": "s3://kho-am-thanh",
        "storage_endpoint": server.endpoint,
        "storage_key_id": server.key_id,
        "storage_secret_key": type(runtime.settings.storage_secret_key)(server.secret_key),
        "storage_public_endpoint": public,
    }
    runtime.settings = runtime.settings.model_copy(update=told)
    runtime.storage = open_storage(runtime.settings.storage_url, runtime.settings.storage_access)
    meeting_id: UUID = build_meeting(runtime, build_office(runtime))
    with runtime.database.transaction() as session:
        return f"/am-thanh/{build_recording(session, meeting_id, DATA).recording_id}"


def test_without_an_address_for_browsers_we_serve_the_ranges(
    runtime: Runtime, s3: S3Server, browser_of: Callable[..., Browser]
) -> None:
    path = on_s3(runtime, s3)
    answer = browser_of(Role.SECRETARY).get(path, headers={"Range": "bytes=9000000-9000099"})
    assert answer.status_code == 206
    assert answer.data == DATA[9_000_000:9_000_100]
    assert answer.headers["Content-Range"] == f"bytes 9000000-9000099/{len(DATA)}"
    answer.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def test_a_browser_plays_and_jumps_straight_from_the_storage(
    runtime: Runtime, s3: S3Server, browser_of: Callable[..., Browser], chromium: Chromium
) -> None:
    path = on_s3(runtime, s3, public=s3.endpoint)
    signed_in = browser_of(Role.SECRETARY)
    cookie = signed_in.client.get_cookie("diemcau")
    assert cookie is not None
    server = make_server("127.0.0.1", free_port(), create_app(runtime, testing=True), threaded=True)
    address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = chromium.new_context(base_url=address)
    try:
        context.add_cookies([{"name": "diemcau", "value": cookie.value, "url": address}])
        page, asked = context.new_page(), []
        page.on("response", lambda answer: asked.append((answer.url, answer.status)))
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto("/")
        assert page.evaluate(LOAD, path) == pytest.approx(SECONDS)
        assert page.evaluate(JUMP, SECONDS - 50) > SECONDS - 50
        assert errors == []
        there = [(urlsplit(url).netloc, status) for url, status in asked if "X-Amz-Signature" in url]
        assert (urlsplit(s3.endpoint).netloc, 206) in there
    finally:
        context.close()
        server.shutdown()
