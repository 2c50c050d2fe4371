"""Sending from a real browser: taken up again by another browser, not sent twice, on after an ended session."""

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from werkzeug.exceptions import ServiceUnavailable

from core.permissions import Role
from core.runtime import Runtime
from core.sign_ins.models import BrowserSession
from tests.web.conftest import PASSWORD
from tests.web.walks.watching import watched_page
from transcription.recordings.models import Recording, RecordingSource
from transcription.recordings.uploads import receiving
from transcription.recordings.uploads.models import RecordingUpload
from transcription.recordings.uploads.receiving import Received
from web.api import uploads

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180), pytest.mark.usefixtures("bundle")]

MIB = 1024**2
#: Three parts of the browser's.
SIZE = 3 * MIB


@pytest.fixture
def pages(chromium: Browser, live: str) -> Iterator[Callable[[], Page]]:
    """`pages()` → a page of a browser of its own, watched."""
    opened = []

    def another() -> Page:
        watched = watched_page(chromium, live, "vi", 1280, 900)
        opened.append(watched)
        return watched.__enter__()

    yield another
    for watched in opened:
        watched.__exit__(None, None, None)


@pytest.fixture
def operator(add_account: Callable[..., UUID]) -> str:
    add_account("van.hanh", Role.OPERATOR)
    return "van.hanh"


def open_meeting(page: Page, login: str, meeting_id: UUID) -> None:
    page.goto("/dang-nhap")
    sign_in(page, login)
    page.goto(f"/cuoc-hop/{meeting_id}")


def sign_in(page: Page, login: str) -> None:
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/")


def write(path: Path, size: int = SIZE, seed: int = 1) -> Path:
    path.write_bytes(bytes([seed]) * size)
    return path


def choose(page: Page, *files: Path) -> None:
    page.get_by_label("Tải bản ghi âm hoặc ghi hình lên").set_input_files(list(files))
    page.get_by_role("button", name="Tải lên và gỡ băng").click()


@pytest.fixture
def line_is_bad(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """While it is set, nothing gets through but the first part of a file."""
    bad = threading.Event()

    def receive_or_not(*arguments: Any) -> Received:
        if bad.is_set() and arguments[4]:
            raise ServiceUnavailable
        return receiving.receive(*arguments)

    monkeypatch.setattr(uploads, "receive", receive_or_not)
    bad.set()
    return bad


def test_a_closed_browser_and_another_one_takes_it_up(
    pages: Callable[[], Page],
    operator: str,
    meeting_id: UUID,
    runtime: Runtime,
    tmp_path: Path,
    line_is_bad: threading.Event,
) -> None:
    file = write(tmp_path / "họp.mp4")
    first = pages()
    open_meeting(first, operator, meeting_id)
    choose(first, file)
    expect(first.locator(".upload [data-note]")).to_contain_text("Mất kết nối", timeout=60_000)
    first.close()

    second = pages()
    open_meeting(second, operator, meeting_id)
    expect(second.locator(".uploads-left")).to_contain_text("Đã gửi 33 % của 3 MB", timeout=60_000)
    line_is_bad.clear()  # not before: what the first browser had on its way must have been refused
    offsets: list[str] = []
    second.on(
        "request",
        lambda request: offsets.append(request.headers["upload-offset"]) if request.method == "PATCH" else None,
    )
    choose(second, file)
    expect(second.locator(".recording strong")).to_have_text("họp.mp4", timeout=60_000)
    assert offsets == [str(MIB), str(2 * MIB)]
    expect(second.locator(".uploads-left")).to_have_count(0)
    with runtime.database.transaction() as session:
        assert session.scalars(select(Recording.size_bytes)).all() == [SIZE]


def test_another_file_of_the_same_name_and_size_begins_anew(
    pages: Callable[[], Page],
    operator: str,
    meeting_id: UUID,
    runtime: Runtime,
    tmp_path: Path,
    line_is_bad: threading.Event,
) -> None:
    page = pages()
    open_meeting(page, operator, meeting_id)
    choose(page, write(tmp_path / "họp.mp4"))
    expect(page.locator(".upload [data-note]")).to_contain_text("Mất kết nối", timeout=60_000)
    page.close()

    page = pages()
    open_meeting(page, operator, meeting_id)
    line_is_bad.clear()
    choose(page, write(tmp_path / "họp.mp4", seed=2))
    expect(page.locator(".recording strong")).to_have_text("họp.mp4", timeout=60_000)
    with runtime.database.transaction() as session:
        recording = session.scalars(select(Recording)).one()
        assert runtime.storage.read_bytes(recording.object_key) == b"\x02" * SIZE
        assert session.query(RecordingUpload).filter_by(state="receiving").one().offset_bytes == MIB


def test_what_is_there_already_is_not_sent_again(
    pages: Callable[[], Page], operator: str, meeting_id: UUID, tmp_path: Path
) -> None:
    page = pages()
    open_meeting(page, operator, meeting_id)
    choose(page, write(tmp_path / "họp.mp4", MIB))
    expect(page.locator(".recording strong")).to_have_text("họp.mp4", timeout=60_000)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    choose(page, write(tmp_path / "tên khác.mp4", MIB))
    expect(page.locator(".upload")).to_have_attribute("data-state", "known", timeout=60_000)
    expect(page.locator(".upload [data-line]")).to_contain_text("“họp.mp4”")
    assert not {"POST", "PATCH"} & set(sent)


def test_two_files_chosen_together_become_one_recording_with_a_pause_in_between(
    pages: Callable[[], Page],
    operator: str,
    meeting_id: UUID,
    runtime: Runtime,
    tmp_path: Path,
    line_is_bad: threading.Event,
) -> None:
    files = [write(tmp_path / f"phần {number}.mp4", 2 * MIB, number) for number in (1, 2)]
    page = pages()
    open_meeting(page, operator, meeting_id)
    choose(page, *files)
    row = page.locator(".upload").first
    expect(row.locator("[data-note]")).to_contain_text("Mất kết nối", timeout=60_000)
    row.get_by_role("button", name="Tạm dừng").click()
    expect(row).to_have_attribute("data-state", "paused", timeout=60_000)
    expect(page.locator(".upload").nth(1).locator("[data-line]")).to_contain_text("chờ tới lượt")
    line_is_bad.clear()
    row.get_by_role("button", name="Gửi tiếp").click()
    expect(page.locator(".recording strong")).to_have_count(3, timeout=60_000)
    with runtime.database.transaction() as session:
        sources = session.scalars(select(Recording.source)).all()
        assert sorted(sources) == [RecordingSource.JOINED, RecordingSource.UPLOAD, RecordingSource.UPLOAD]


def test_an_ended_session_waits_for_the_person_and_goes_on(
    pages: Callable[[], Page],
    operator: str,
    meeting_id: UUID,
    runtime: Runtime,
    tmp_path: Path,
    line_is_bad: threading.Event,
) -> None:
    page = pages()
    open_meeting(page, operator, meeting_id)
    choose(page, write(tmp_path / "họp.mp4"))
    row = page.locator(".upload")
    expect(row.locator("[data-note]")).to_contain_text("Mất kết nối", timeout=60_000)
    with runtime.database.transaction() as session:
        for row_of_session in session.scalars(select(BrowserSession)):
            row_of_session.ended_at = runtime.clock()
    line_is_bad.clear()
    expect(row).to_have_attribute("data-state", "signed_out", timeout=60_000)
    expect(row.locator("[data-note]")).to_contain_text("Phiên làm việc đã hết")
    row.get_by_role("button", name="Gửi tiếp").click()
    expect(row).to_have_attribute("data-state", "signed_out")

    tab = page.context.new_page()
    tab.goto("/dang-nhap")
    sign_in(tab, operator)
    tab.close()
    row.get_by_role("button", name="Gửi tiếp").click()
    expect(page.locator(".recording strong")).to_have_text("họp.mp4", timeout=60_000)


def test_given_up_on_the_page_is_gone_on_the_server(
    pages: Callable[[], Page],
    operator: str,
    meeting_id: UUID,
    runtime: Runtime,
    tmp_path: Path,
    line_is_bad: threading.Event,
) -> None:
    page = pages()
    open_meeting(page, operator, meeting_id)
    choose(page, write(tmp_path / "họp.mp4"))
    row = page.locator(".upload")
    expect(row.locator("[data-note]")).to_contain_text("Mất kết nối", timeout=60_000)
    page.on("dialog", lambda dialog: dialog.accept())
    row.get_by_role("button", name="Bỏ").click()
    expect(row).to_have_attribute("data-state", "dropped", timeout=60_000)
    expect(page.get_by_role("button", name=re.compile("Tải lên"))).to_be_enabled()
    with runtime.database.transaction() as session:
        assert session.query(RecordingUpload).count() == 0
