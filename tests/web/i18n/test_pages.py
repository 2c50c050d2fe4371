"""Every page that links lead to, read in English: no Vietnamese is left but somebody's data."""

import re
from collections import defaultdict

import pytest
from flask import Flask

from core.accounts import create_account
from core.permissions import Role
from core.runtime import Runtime
from orchestrator.directory.models import UnitMembership
from tests.web.builders import build_meeting, build_notice, build_office, build_transcript
from tests.web.conftest import PASSWORD, Browser
from tests.web.i18n.reading import data_of, left_in_vietnamese, read
from web.demo.year_of_meetings.loading import load_year
from web.demo.year_of_meetings.plan import YearSize

#: Words of the house that are said in English pages too.
NAMES = ("Điểm Cầu", "Tết", "Tiếng Việt", "TB-BCĐ", "TL. BỘ TRƯỞNG", "CHÁNH VĂN PHÒNG")
IDENTITY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\d")
#: The paper's own standing sentences, offered for editing.
PAPER_FIELDS = frozenset({"/cuoc-hop/*/giay-moi"})
#: Fewer would mean that the walk got stuck on its way.
FEWEST_PAGES = 50


def all_rounder(app: Flask, runtime: Runtime) -> Browser:
    """One person with every role, who reads English."""
    office = build_office(runtime)
    meeting_id = build_meeting(runtime, office)
    with runtime.database.transaction() as session:
        build_transcript(session, meeting_id)
        build_notice(session, meeting_id)
        account = create_account(
            session, login="moi.vai", password=PASSWORD, display_name="Nguyễn Thị Mọi Vai", roles=set(Role)
        )
        account.language = "en"
        session.add(UnitMembership(account_id=account.id, unit_id=office.centre))
    browser = Browser(app.test_client())
    assert browser.sign_in("moi.vai").status_code == 302
    return browser


@pytest.mark.slow
def test_no_page_says_vietnamese_to_who_reads_english(app: Flask, runtime: Runtime) -> None:
    load_year(runtime, YearSize().scaled(0.004))
    browser = all_rounder(app, runtime)
    with runtime.database.transaction() as session:
        data = data_of(session, [*NAMES, runtime.settings.organisation_name])
    left: dict[str, list[str]] = defaultdict(list)
    seen: set[str] = set()
    queue = ["/", "/dang-nhap", "/khong-co-trang-nay"]
    while queue:
        address = queue.pop(0)
        shape = IDENTITY.sub("*", address.partition("?")[0])
        if shape in seen:
            continue
        seen.add(shape)
        answer = browser.get(address)
        if answer.mimetype != "text/html":
            continue
        page = read(answer.text)
        if shape not in PAPER_FIELDS and (found := left_in_vietnamese(page.texts, data)):
            left[shape] = found
        queue += page.links
    assert dict(left) == {}
    assert len(seen) >= FEWEST_PAGES
