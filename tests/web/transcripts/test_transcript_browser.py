"""The transcript in a real browser: a line saved in place, its certainty gone with the name, a real line taken back."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from core.permissions import Role
from core.runtime import Runtime
from tests.web.builders import build_meeting, build_office, build_transcript, transcript_document
from tests.web.console.conftest import sign_in
from tests.web.test_voices import VOICES
from transcription.document import Flag, Segment

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


@pytest.fixture
def transcript_id(runtime: Runtime) -> UUID:
    meeting_id = build_meeting(runtime, build_office(runtime))
    phantom = Segment("s0003", 18.0, 20.0, "", "Hãy đăng ký kênh", (Flag.PHANTOM,))
    document = transcript_document()
    document = document.with_segments([*document.segments, phantom])
    with runtime.database.transaction() as session:
        return build_transcript(session, meeting_id, document, {"voices": VOICES})


def test_a_line_is_saved_in_place_and_another_taken_back(
    page: Page, add_account: Callable[..., UUID], transcript_id: UUID
) -> None:
    add_account("thu.ky", Role.SECRETARY)
    sign_in(page, "thu.ky")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/go-bang/{transcript_id}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    line = page.locator("#dong-s0001")
    expect(line.locator("a.badge")).to_have_text("93 %")
    line.get_by_text("Sửa").click()
    line.get_by_label("Lời nói").fill("Tôi đề nghị các đơn vị báo cáo")
    line.get_by_role("button", name="Lưu dòng này").click()
    expect(line.locator("[data-said]")).to_have_text("Tôi đề nghị các đơn vị báo cáo")
    expect(line.locator("a.badge")).to_have_count(1)
    line.get_by_text("Sửa").click()
    line.get_by_label("Người nói").fill("Đặng Thị Thùy Linh")
    line.get_by_role("button", name="Lưu dòng này").click()
    expect(line.locator("a.badge")).to_have_count(0)
    page.get_by_role("button", name="Câu này có nói thật").click()
    page.wait_for_url(re.compile("dong-s0003"))
    expect(page.locator("#de-rieng")).to_have_count(0)
    expect(page.locator("#dong-s0003 .said")).to_have_text("Hãy đăng ký kênh")
