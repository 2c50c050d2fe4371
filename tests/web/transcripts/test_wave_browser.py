"""The drawing of the sound: its heights from the server, its speakers in colour, a click that plays from there."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from core.permissions import Role
from core.runtime import Runtime
from tests.web.builders import build_meeting, build_office, build_transcript
from tests.web.console.conftest import sign_in
from tests.web.transcripts.long_text import long_document

BUNDLE = Path(__file__).parents[3] / "web" / "static" / "built" / "wave.js"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(180),
    pytest.mark.skipif(
        not BUNDLE.is_file(), reason="web/static/built/wave.js is not built: node and npm, make frontend"
    ),
]


def test_the_sound_is_drawn_under_the_strict_policy(
    page: Page, add_account: Callable[..., UUID], runtime: Runtime
) -> None:
    meeting_id = build_meeting(runtime, build_office(runtime))
    with runtime.database.transaction() as session:
        transcript_id = build_transcript(session, meeting_id, long_document(12))
    add_account("thu.ky", Role.SECRETARY)
    sign_in(page, "thu.ky")
    page.goto(f"/go-bang/{transcript_id}/hieu-dinh")
    place = page.locator("[data-wave-place][data-drawn]")
    expect(place).to_have_count(1)
    expect(place.locator("canvas").first).to_be_attached()
    box = place.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_function("document.querySelector('audio').currentTime > 0.5")
