"""The whole way on screen, by each of its users in real Chromium: from an empty house to a finished task.

Two of the four walks run with the suite, all four by `make journeys`: a desk screen and a telephone of 390 px, in
Vietnamese and in English, by the same steps. Every page that is looked at fits its screen, asks no other host and is
silent on the console.
"""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from sqlalchemy import func, select

from core import audit
from core.runtime import Runtime
from minutes.delivery.models import Delivery
from minutes.followups.models import Task
from minutes.notices.models import Issue, Notice
from orchestrator.caps.service import ensure_default_policy
from tests.conftest import FixedClock
from tests.web.walks import carrying_out, holding, preparing, reporting
from tests.web.walks.camera import Camera, names_of_pictures
from tests.web.walks.house import TASK, House
from tests.web.walks.words import Words
from web.demo.sign_ins import ensure_administrator, read_sign_ins

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]

DESK, TELEPHONE = (1280, 800), (390, 844)
WALKS = {
    "desk-vi": (DESK, "vi"),
    "telephone-en": (TELEPHONE, "en"),
    "desk-en": (DESK, "en"),
    "telephone-vi": (TELEPHONE, "vi"),
}
#: The first two cover both screens and both languages.
IN_THE_SUITE = ("desk-vi", "telephone-en")
STEPS = (
    *(preparing.furnish, preparing.plan, preparing.answer_without_account),
    *(holding.hold, holding.bring_recording, holding.correct_and_submit),
    *(carrying_out.approve, carrying_out.issue, carrying_out.acknowledge),
    *(reporting.ask_for_figures, reporting.report_figures),
    *(carrying_out.report_done, carrying_out.look_back),
)


@pytest.fixture
def empty_house(runtime: Runtime, fixed_clock: FixedClock, chromium: Browser, live: str) -> Iterator[House]:
    """As `diemcau up` leaves it on the first day: a policy of caps, one administrator with a generated password."""
    with runtime.database.transaction() as session:
        ensure_default_policy(session)
        ensure_administrator(session, runtime.settings.home)
    passwords = read_sign_ins(runtime.settings.home)
    yield House(runtime, fixed_clock, chromium, live, Words("vi"), DESK, Camera(shows_guides=False), passwords)


@pytest.mark.parametrize("walk", list(WALKS) if os.environ.get("DIEMCAU_JOURNEYS") == "all" else IN_THE_SUITE)
def test_from_an_empty_house_to_a_finished_task(empty_house: House, walk: str) -> None:
    house = empty_house
    house.size, language = WALKS[walk]
    house.say = Words(language)
    house.camera = Camera(shows_guides=walk == "desk-vi")
    for step in STEPS:
        step(house)

    with house.runtime.database.transaction() as session:
        (notice,) = session.scalars(select(Notice)).all()
        assert notice.state == "issued"
        assert session.scalar(select(func.count()).select_from(Issue)) == 1
        assert {row.state for row in session.scalars(select(Delivery)) if row.unit.code == "TTTT"} == {"acknowledged"}
        assert [row.state for row in session.scalars(select(Task)) if row.action.startswith(TASK)] == ["done"]
        assert audit.verify(session).is_whole
    assert house.camera.complaints == []
    shown = set(names_of_pictures())
    assert shown <= house.camera.taken, "the guides show pictures that no walk takes"
