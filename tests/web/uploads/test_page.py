"""The meeting's page: what was left half-way and how to go on, for whoever sent it; the plain form without a bundle."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from core.permissions import Role
from core.runtime import Runtime
from tests.web.conftest import Browser
from transcription.recordings.uploads.models import RecordingUpload
from web.uploads.page import BUNDLES


@pytest.fixture
def bundled(app: Flask, tmp_path: Path) -> None:
    """As where npm has built the scripts."""
    for bundle in BUNDLES:
        (tmp_path / "static" / bundle).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "static" / bundle).touch()
    app.static_folder = str(tmp_path / "static")


def leave(browser: Browser, meeting_id: UUID) -> str:
    """A file of 9 bytes of which 3 are there."""
    headers = {"Tus-Resumable": "1.0.0", "X-CSRFToken": browser.token()}
    begun = {**headers, "Upload-Length": "9", "Upload-Metadata": "filename aOG7jXAubXA0"}
    place = browser.client.post(f"/api/v1/meetings/{meeting_id}/uploads", headers=begun).headers["Location"]
    browser.client.patch(
        place, data=b"abc", content_type="application/offset+octet-stream", headers={**headers, "Upload-Offset": "0"}
    )
    return str(place)


@pytest.mark.usefixtures("bundled")
def test_a_file_left_half_way_is_shown_to_its_sender(
    browser_of: Callable[..., Browser], runtime: Runtime, meeting_id: UUID
) -> None:
    browser, colleague = browser_of(Role.OPERATOR), browser_of(Role.SECRETARY)
    place = leave(browser, meeting_id)
    page = browser.get(f"/cuoc-hop/{meeting_id}").text
    assert "họp.mp4" in page
    assert "Đã gửi 33 % của 9 byte; giữ đến" in page
    assert "chọn lại đúng tệp đó" in page
    assert "Tệp gửi dở" not in colleague.get(f"/cuoc-hop/{meeting_id}").text
    path = f"/cuoc-hop/{meeting_id}/dang-gui/{place.rpartition('/')[2]}/bo"
    assert colleague.post(path).status_code == 404
    assert browser.post(path).status_code == 302
    assert "Đã bỏ tệp gửi dở" in browser.get(f"/cuoc-hop/{meeting_id}").text
    with runtime.database.transaction() as session:
        assert session.query(RecordingUpload).count() == 0


@pytest.mark.usefixtures("bundled")
def test_the_form_brings_its_words_and_addresses(browser_of: Callable[..., Browser], meeting_id: UUID) -> None:
    page = browser_of(Role.SECRETARY).get(f"/cuoc-hop/{meeting_id}").text
    assert f'data-upload="/api/v1/meetings/{meeting_id}/uploads"' in page
    assert 'data-tus="/static/built/tus.js"' in page
    assert "js/upload/upload.js" in page


def test_without_the_bundle_the_form_sends_itself(
    app: Flask, tmp_path: Path, browser_of: Callable[..., Browser], meeting_id: UUID
) -> None:
    app.static_folder = str(tmp_path)
    page = browser_of(Role.SECRETARY).get(f"/cuoc-hop/{meeting_id}").text
    assert 'enctype="multipart/form-data"' in page
    assert "data-upload=" not in page
    assert "js/upload/upload.js" not in page


def test_who_may_not_send_sees_nothing_of_it(browser_of: Callable[..., Browser], meeting_id: UUID) -> None:
    page = browser_of(Role.APPROVER).get(f"/cuoc-hop/{meeting_id}").text
    assert "css/upload.css" not in page
    assert 'id="file"' not in page
