"""The page of a day's anchor, and the check of one that was kept."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from core import anchors, audit
from core.permissions import Role
from core.runtime import Runtime
from tests.conftest import FixedClock
from tests.web.conftest import Browser


def test_an_anchor_is_shown_downloaded_and_checked(
    runtime: Runtime, browser_of: Callable[..., Browser], fixed_clock: FixedClock
) -> None:
    admin = browser_of(Role.ADMINISTRATOR)
    with runtime.database.transaction() as session:
        audit.record(session, None, "one", "meeting", uuid4())
    fixed_clock.now += timedelta(days=1)
    admin.sign_in_again()
    text = admin.get("/quan-tri/nhat-ky/moc.txt").text
    found = anchors.from_text(text)
    assert found.rows >= 1
    assert found.head in admin.get("/quan-tri/nhat-ky/moc").text
    assert "khớp mốc" in admin.post("/quan-tri/nhat-ky/moc", {"anchor": text}).text
    cut = anchors.to_text(anchors.Anchor(found.day, found.rows + 50, found.head))
    assert "KHÔNG khớp mốc" in admin.post("/quan-tri/nhat-ky/moc", {"anchor": cut}).text
    refused = admin.post("/quan-tri/nhat-ky/moc", {"anchor": "không phải"})
    assert refused.status_code == 422
    assert "không phải mốc nhật ký" in refused.text
    # A day that is not over has no anchor yet.
    assert anchors.from_text(admin.get("/quan-tri/nhat-ky/moc.txt?ngay=2030-01-01").text) == found
