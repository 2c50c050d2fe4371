"""The test page in a real browser with a pretended camera and microphone; its result is on the wall at once."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from core.runtime import Runtime
from orchestrator.live.models import CheckResult, CheckSource, ReadinessCheck
from tests.web.console.builders import Hour

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


def test_an_endpoint_tries_everything_and_sends_it(page: Page, runtime: Runtime, hour: Hour) -> None:
    page.goto(f"/kiem-tra/{hour.tokens[1]}")
    badge = lambda step: page.locator(f"[data-step={step}] [data-verdict]")  # noqa: E731 (one word for five places)
    expect(badge("browser")).to_have_text("Tốt")
    page.get_by_role("button", name="Bật camera và micro").click()
    expect(badge("camera")).to_have_text("Tốt", timeout=15_000)
    expect(badge("microphone")).to_have_text("Tốt", timeout=20_000)
    page.get_by_role("button", name="Phát tiếng thử").click()
    page.get_by_role("button", name="Nghe rõ", exact=True).click()
    expect(badge("speakers")).to_have_text("Tốt")
    page.get_by_role("button", name="Đo đường truyền").click()
    expect(page.locator("[data-up]").last).to_contain_text("Mbit/s", timeout=30_000)
    page.get_by_role("button", name="Gửi kết quả").click()
    expect(page.get_by_role("status").last).to_contain_text("Đã gửi kết quả")
    with runtime.database.transaction() as session:
        row = session.scalars(select(ReadinessCheck)).one()
        assert (row.source, row.meeting_endpoint_id) == (CheckSource.BROWSER, hour.places[1])
        assert {row.camera, row.microphone, row.speakers} == {CheckResult.GOOD}
        assert row.camera_name
        assert row.down_kbps
        assert row.up_kbps
        assert row.round_trip_ms is not None


def test_what_was_not_tried_is_not_ready(page: Page, hour: Hour) -> None:
    page.goto(f"/kiem-tra/{hour.tokens[2]}")
    page.get_by_role("button", name="Phát tiếng thử").click()
    page.get_by_role("button", name="Không nghe rõ").click()
    page.get_by_role("button", name="Gửi kết quả").click()
    expect(page.get_by_role("status").last).to_contain_text("chưa thử camera, chưa thử micro, loa không nghe rõ")


def test_the_page_fits_a_telephone(context: BrowserContext, page: Page, hour: Hour, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"/kiem-tra/{hour.tokens[1]}")
    page.get_by_role("button", name="Bật camera và micro").click()
    expect(page.locator("[data-devices]")).to_be_visible()
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0
