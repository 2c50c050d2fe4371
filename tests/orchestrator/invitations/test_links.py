"""Personal links: who makes them, what is kept, and what a click is answered at every hour."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import ClassifiedRefused, Forbidden, NotFound
from core.permissions import Actor, Role
from core.runtime import Runtime
from orchestrator.invitations.models import JoinLink
from orchestrator.invitations.service import LinkStatus, create_links, join_url, resolve_link
from orchestrator.jitsi.events import receive
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.doors import OVERRUN
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.service import (
    cancel_meeting,
    close_meeting,
    declare_classified,
    open_meeting,
    plan_meeting,
    reschedule_meeting,
)
from orchestrator.refusals import MeetingOver
from tests.orchestrator.conftest import ENDS, STARTS, Ministry, plan_of, shifted

OPEN = STARTS - timedelta(minutes=5)


@pytest.fixture
def meeting(session: Session, operator: Actor, ministry: Ministry) -> Meeting:
    return plan_meeting(session, operator, plan_of(ministry))


@pytest.fixture
def tokens(session: Session, operator: Actor, meeting: Meeting) -> list[str]:
    """The raw tokens, one per endpoint in the order of the plan."""
    return [token for _, token in create_links(session, operator, meeting)]


def claims_of(url: str | None, runtime: Runtime) -> dict[str, object]:
    """What the address of the room carries, verified."""
    assert url is not None
    (token,) = parse_qs(urlsplit(url).query)["jwt"]
    secret = runtime.settings.jitsi_app_secret.get_secret_value()
    options = {"verify_exp": False, "verify_nbf": False}
    claims: dict[str, object] = jwt.decode(token, secret, ["HS256"], audience="diemcau", options=options)
    return claims


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.APPROVER, Role.REGISTRAR])
def test_only_the_operator_makes_links(
    session: Session, meeting: Meeting, actor_factory: Callable[..., Actor], role: Role
) -> None:
    with pytest.raises(Forbidden):
        create_links(session, actor_factory(role), meeting)
    with pytest.raises(NotFound):
        create_links(session, actor_factory(Role.UNIT), meeting)


def test_each_endpoint_gets_its_own_and_only_hashes_are_kept(
    session: Session, meeting: Meeting, tokens: list[str]
) -> None:
    assert len(set(tokens)) == len(meeting.endpoints) == 4
    assert min(map(len, tokens)) >= 43
    kept = set(session.scalars(select(JoinLink.token_hash)))
    assert kept == {hashlib.sha256(token.encode()).hexdigest() for token in tokens}


def test_a_click_in_time_leads_into_the_room(
    session: Session, runtime: Runtime, meeting: Meeting, tokens: list[str]
) -> None:
    answer = resolve_link(session, tokens[1], OPEN)
    assert answer.status is LinkStatus.READY
    assert (answer.title, answer.endpoint_name) == (meeting.title, meeting.endpoints[1].endpoint.name)
    assert answer.url is not None
    parts = urlsplit(answer.url)
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "meet.example.vn", f"/{meeting.room_name}")
    claims = claims_of(answer.url, runtime)
    assert claims["room"] == meeting.room_name
    assert claims["exp"] == int((ENDS + OVERRUN + timedelta(minutes=30)).timestamp())
    assert claims["context"] == {
        "user": {"id": str(meeting.endpoints[1].id), "name": meeting.endpoints[1].endpoint.name},
        "group": str(meeting.id),
    }
    assert "jwt" not in repr(answer)


def test_the_central_endpoint_moderates(session: Session, runtime: Runtime, tokens: list[str]) -> None:
    context = claims_of(resolve_link(session, tokens[0], OPEN).url, runtime)["context"]
    assert isinstance(context, dict)
    assert context["user"]["moderator"] is True
    assert context["features"]["recording"] is True


def test_every_click_mints_a_fresh_token(session: Session, tokens: list[str]) -> None:
    first, second = (resolve_link(session, tokens[0], OPEN + timedelta(seconds=n)) for n in (0, 1))
    assert first.url != second.url


@pytest.mark.parametrize(
    ("moment", "status", "words"),
    [
        (STARTS - timedelta(minutes=60, seconds=1), LinkStatus.NOT_YET, "15:00 ngày 08/04/2026"),
        (STARTS - timedelta(minutes=60), LinkStatus.READY, "Mời vào"),
        (ENDS + OVERRUN - timedelta(seconds=1), LinkStatus.READY, "Mời vào"),
        (ENDS + OVERRUN, LinkStatus.ENDED, "đã kết thúc"),
    ],
)
def test_too_early_and_too_late(
    session: Session, tokens: list[str], moment: datetime, status: LinkStatus, words: str
) -> None:
    answer = resolve_link(session, tokens[0], moment)
    assert answer.status is status
    assert words in answer.sentence
    assert (answer.url is None) is (status is not LinkStatus.READY)
    assert answer.opens_at == STARTS - timedelta(minutes=60)


def test_the_operator_opens_early_and_closes_for_all(
    session: Session, operator: Actor, meeting: Meeting, tokens: list[str]
) -> None:
    morning = STARTS - timedelta(hours=6)
    assert resolve_link(session, tokens[0], morning).status is LinkStatus.NOT_YET
    open_meeting(session, operator, meeting.id)
    assert resolve_link(session, tokens[0], morning).status is LinkStatus.READY
    close_meeting(session, operator, meeting.id)
    assert resolve_link(session, tokens[0], OPEN).status is LinkStatus.ENDED


def test_cancelled_tells_the_reason(session: Session, operator: Actor, meeting: Meeting, tokens: list[str]) -> None:
    cancel_meeting(session, operator, meeting.id, "Chuyển sang họp trực tiếp.")
    answer = resolve_link(session, tokens[0], OPEN)
    assert (answer.status, answer.url) == (LinkStatus.CANCELLED, None)
    assert "Chuyển sang họp trực tiếp." in answer.sentence


def test_a_link_follows_the_meeting_to_another_day(
    session: Session, operator: Actor, meeting: Meeting, tokens: list[str]
) -> None:
    starts, ends = shifted(24)
    reschedule_meeting(session, operator, meeting.id, starts, ends)
    assert resolve_link(session, tokens[0], OPEN).status is LinkStatus.NOT_YET
    assert resolve_link(session, tokens[0], starts).status is LinkStatus.READY


def test_a_classified_meeting_lets_nobody_in(
    session: Session, operator: Actor, meeting: Meeting, tokens: list[str]
) -> None:
    declare_classified(session, operator, meeting.id, Classification.SECRET)
    answer = resolve_link(session, tokens[0], OPEN)
    assert (answer.status, answer.url) == (LinkStatus.CLASSIFIED, None)
    assert "26/2020/NĐ-CP" in answer.sentence
    with pytest.raises(ClassifiedRefused):
        create_links(session, operator, meeting)


def test_strangers_fill_the_room_and_an_endpoint_finds_its_own_seat(
    session: Session, meeting: Meeting, tokens: list[str]
) -> None:
    def enter(jid: str, user_id: str | None) -> None:
        someone = {"occupant_jid": jid, "joined_at": int(OPEN.timestamp()), "id": user_id}
        receive(session, "occupant/joined", {"room_name": meeting.room_name, "occupant": someone})

    for number in range(3):
        enter(f"la{number}@meet.rig/x", None)
    enter("a@meet.rig/x", str(meeting.endpoints[0].id))
    later = OPEN + timedelta(seconds=1)
    assert resolve_link(session, tokens[0], later).status is LinkStatus.READY
    enter("la3@meet.rig/x", None)
    full = resolve_link(session, tokens[1], later)
    assert (full.status, full.url) == (LinkStatus.FULL, None)
    assert "đã đủ 4 kết nối" in full.sentence


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "b" * 5000, "\x00", "\udcff", "' OR 1=1 --", "../.."])
def test_a_guessed_link_opens_nothing(session: Session, tokens: list[str], token: str) -> None:
    answer = resolve_link(session, token, OPEN)
    assert (answer.status, answer.url, answer.title) == (LinkStatus.UNKNOWN, None, "")
    assert "kiểm tra lại giấy mời" in answer.sentence


def test_the_stored_hash_is_no_link(session: Session, tokens: list[str]) -> None:
    kept = session.scalars(select(JoinLink.token_hash)).first()
    assert kept is not None
    assert resolve_link(session, kept, OPEN).status is LinkStatus.UNKNOWN


def test_new_links_replace_old_ones_for_those_named(
    session: Session, operator: Actor, meeting: Meeting, tokens: list[str]
) -> None:
    place = meeting.endpoints[1]
    ((renewed, token),) = create_links(session, operator, meeting, only=[place.id])
    assert renewed is place
    statuses = [resolve_link(session, raw, OPEN).status for raw in (tokens[0], tokens[1], token)]
    assert statuses == [LinkStatus.READY, LinkStatus.UNKNOWN, LinkStatus.READY]
    with pytest.raises(NotFound):
        create_links(session, operator, meeting, only=[meeting.id])


def test_a_meeting_that_is_over_gets_no_links(session: Session, operator: Actor, meeting: Meeting) -> None:
    close_meeting(session, operator, meeting.id)
    with pytest.raises(MeetingOver):
        create_links(session, operator, meeting)


def test_the_address_for_the_invitation(session: Session, runtime: Runtime) -> None:
    assert join_url("abc") == f"{runtime.settings.external_url}/join/abc"


def test_neither_links_nor_tokens_reach_the_log(
    session: Session, operator: Actor, meeting: Meeting, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="orchestrator")
    links = create_links(session, operator, meeting)
    answer = resolve_link(session, links[0][1], OPEN)
    assert answer.url is not None
    for secret in (links[0][1], answer.url.partition("jwt=")[2], meeting.room_name or "?"):
        assert secret not in caplog.text
