"""The page of a day's anchor, and the check of one that was kept."""

import io
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from pypdf import PdfReader

from core import anchors, audit
from core.permissions import Role
from core.runtime import Runtime
from minutes.signing.increments import Mark, sign
from minutes.signing.keys import pkcs12_signer
from minutes.signing.verifying import verify
from papers.places import find_places
from papers.stamps import draw_words, person_words
from tests.conftest import FixedClock
from tests.minutes.authority import PASSPHRASE, person
from tests.web.conftest import Browser
from web.administrator.anchor_paper import anchor_sheet


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


def test_the_paper_of_an_anchor_reads_back_and_can_be_signed_like_other_papers(
    runtime: Runtime, browser_of: Callable[..., Browser]
) -> None:
    answer = browser_of(Role.ADMINISTRATOR).get("/quan-tri/nhat-ky/moc.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    with runtime.database.transaction() as session:
        anchor = anchors.anchor_of(session, (runtime.clock() - timedelta(days=1)).date())
    assert anchors.from_text(PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()) == anchor
    places = find_places(anchor_sheet(anchor, runtime.settings))
    place = places["signature"]
    drawn = draw_words(person_words(("Người ký: Đặng Thị Thùy Linh",)), place.width, place.height)
    signer = pkcs12_signer(person("Đặng Thị Thùy Linh").pkcs12(), PASSPHRASE)
    signed = sign(answer.data, signer, [Mark("signature", drawn)], prepare=places, certify=True)
    assert verify(signed).good
    assert anchors.from_text(PdfReader(io.BytesIO(signed)).pages[0].extract_text()) == anchor
