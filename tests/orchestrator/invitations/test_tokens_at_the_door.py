"""Tokens from our door at Prosody's: the rows T01 to T13 of the table, as far as a token that we mint can meet them."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from sqlalchemy.orm import Session

from core.permissions import Actor
from core.runtime import Runtime
from orchestrator.invitations.service import LinkStatus, create_links, resolve_link
from orchestrator.jitsi.keys import signing_key
from orchestrator.jitsi.tokens import OUTLIVES_ROOM, STARTS_BEFORE, Grant, Issuer, mint_token
from orchestrator.meetings.doors import OVERRUN
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.plan import PlannedEndpoint
from orchestrator.meetings.service import plan_meeting
from tests.fakes.prosody import FakeProsody
from tests.fakes.prosody_site import Outcome, Site
from tests.orchestrator.conftest import ENDS, STARTS, Ministry, plan_of, shifted

CLICK = STARTS - timedelta(minutes=5)


@pytest.fixture
def site(runtime: Runtime) -> Site:
    settings = runtime.settings
    return Site(
        domain=settings.jitsi_domain,
        app_id=settings.jitsi_app_id,
        audience=settings.jitsi_app_id,
        app_secret=settings.jitsi_app_secret.get_secret_value(),
        reservations=False,
    )


@pytest.fixture
def prosody_of() -> Iterator[Callable[..., FakeProsody]]:
    """`prosody_of(site, moment)` → a Prosody whose clock shows this moment."""
    running: list[FakeProsody] = []

    def start(site: Site, moment: object = CLICK) -> FakeProsody:
        prosody = FakeProsody(site, offset=moment.timestamp() - time.time())  # type: ignore[attr-defined]
        running.append(prosody)
        return prosody

    yield start
    for prosody in running:
        prosody.__exit__()


@pytest.fixture
def tokens(session: Session, operator: Actor, meeting: Meeting) -> list[str]:
    """What a click on each endpoint's link leads to, the central one first."""
    found = []
    for _, link in create_links(session, operator, meeting):
        answer = resolve_link(session, link, CLICK)
        assert answer.status is LinkStatus.READY
        found += parse_qs(urlsplit(answer.url or "").query)["jwt"]
    return found


Start = Callable[..., FakeProsody]


def is_refused(outcome: Outcome, stage: str, words: str) -> bool:
    return outcome.result == "refused" and outcome.stage == stage and words in outcome.error


def test_t01_t02_endpoints_are_members_and_the_central_one_moderates(
    site: Site, prosody_of: Start, meeting: Meeting, tokens: list[str]
) -> None:
    prosody = prosody_of(site)
    outcomes = [prosody.join(meeting.room_name or "", token) for token in tokens]
    assert [(item.result, item.affiliation, item.role) for item in outcomes] == [
        ("joined", "owner", "moderator"),
        *[("joined", "member", "participant")] * 3,
    ]
    ids = [item.occupant.user["id"] for item in outcomes if item.occupant]
    assert ids == [str(place.id) for place in meeting.endpoints]


def test_t03_a_token_opens_its_own_room_and_no_other(
    session: Session, operator: Actor, ministry: Ministry, site: Site, prosody_of: Start, tokens: list[str]
) -> None:
    starts, ends = shifted(24)
    others = [PlannedEndpoint(item.id, 2, is_central=n == 0) for n, item in enumerate(ministry.endpoints)]
    other = plan_meeting(session, operator, plan_of(ministry, starts_at=starts, ends_at=ends, endpoints=others))
    assert is_refused(prosody_of(site).join(other.room_name or "", tokens[0]), "muc-join", "not-allowed")


def test_t04_no_token_of_ours_opens_any_room(runtime: Runtime, tokens: list[str]) -> None:
    rooms = {jwt.decode(token, options={"verify_signature": False})["room"] for token in tokens}
    assert len(rooms) == 1
    assert "*" not in rooms
    with pytest.raises(ValueError, match="not a room name"):
        mint_token(Grant("*", "a", "b", ENDS), Issuer("diemcau", "x"), signing_key(runtime.settings), CLICK)


def test_t05_a_room_typed_in_capitals_is_the_same_room(
    site: Site, prosody_of: Start, meeting: Meeting, tokens: list[str]
) -> None:
    assert prosody_of(site).join((meeting.room_name or "").upper(), tokens[1]).joined


def test_t06_a_token_outlives_the_meeting_and_ends(
    site: Site, prosody_of: Start, meeting: Meeting, tokens: list[str]
) -> None:
    last = ENDS + OVERRUN + OUTLIVES_ROOM
    assert prosody_of(site, last - timedelta(seconds=30)).join(meeting.room_name or "", tokens[1]).joined
    late = prosody_of(site, last + timedelta(seconds=5)).join(meeting.room_name or "", tokens[1])
    assert is_refused(late, "auth", "Not acceptable by exp")


def test_t07_prosodys_clock_may_be_slow_but_not_by_much(
    site: Site, prosody_of: Start, meeting: Meeting, tokens: list[str]
) -> None:
    slow = prosody_of(site, CLICK - STARTS_BEFORE + timedelta(seconds=30))
    assert slow.join(meeting.room_name or "", tokens[1]).joined
    slower = prosody_of(site, CLICK - STARTS_BEFORE - timedelta(seconds=30))
    assert is_refused(slower.join(meeting.room_name or "", tokens[1]), "auth", "Not acceptable by nbf")


@pytest.mark.parametrize(
    ("change", "stage", "words"),
    [
        ({"app_secret": "x" * 39}, "auth", "Invalid signature"),
        ({"app_id": "khac"}, "auth", "'iss' claim"),
        ({"audience": "khac"}, "auth", "'aud' claim"),
        ({"domain": "khac.example.vn"}, "muc-join", "not-allowed"),
    ],
    ids=["T08", "T09", "T10", "T11"],
)
def test_at_another_site_our_token_is_worth_nothing(
    site: Site,
    prosody_of: Start,
    meeting: Meeting,
    tokens: list[str],
    change: dict[str, str],
    stage: str,
    words: str,
) -> None:
    other = prosody_of(replace(site, **change))  # type: ignore[arg-type]
    assert is_refused(other.join(meeting.room_name or "", tokens[1]), stage, words)


def test_t12_without_our_token_nobody_enters(site: Site, prosody_of: Start, meeting: Meeting) -> None:
    assert is_refused(prosody_of(site).join(meeting.room_name or ""), "auth", "token required")


def test_t13_our_tokens_name_the_site_and_never_all_sites(site: Site, tokens: list[str]) -> None:
    for token in tokens:
        claims = jwt.decode(token, options={"verify_signature": False})
        assert claims["sub"] == site.domain
        assert isinstance(claims["aud"], str)
        assert jwt.get_unverified_header(token) == {"alg": "HS256", "typ": "JWT"}


def test_a_key_is_kept_through_a_second_click(
    session: Session, operator: Actor, meeting: Meeting, site: Site, prosody_of: Start
) -> None:
    prosody = prosody_of(site)
    _, link = create_links(session, operator, meeting)[1]
    for seconds in (0, 40):
        answer = resolve_link(session, link, CLICK + timedelta(seconds=seconds))
        (token,) = parse_qs(urlsplit(answer.url or "").query)["jwt"]
        outcome = prosody.join(meeting.room_name or "", token)
        assert outcome.joined
        assert outcome.occupant is not None
        assert outcome.occupant.user["id"] == str(meeting.endpoints[1].id)
