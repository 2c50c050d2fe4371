"""Nobody finds, counts or is offered what their pages would not show them."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.permissions import Action, Actor, Role, can
from core.runtime import Runtime
from core.search.finding import Found, Wanted, Way, find
from minutes.delivery.service import distribute
from minutes.followups.models import Task
from minutes.notices import issuing
from minutes.notices import service as notices
from minutes.notices.models import Notice
from minutes.notices.successors import withdraw
from orchestrator.meetings.models import Meeting, MeetingEndpoint, Participant
from orchestrator.meetings.service import list_meetings
from tests.web.access.world import World, build_world
from tests.web.builders import build_meeting, build_notice, build_office, system
from tests.web.conftest import PASSWORD, Browser
from transcription.transcripts.models import Transcript

#: Words that every kind of object of both lines of work has.
EVERYWHERE = ("giao ban", "đường truyền", "đề nghị")
EVERYBODY = system(*(role for role in Role if role is not Role.UNIT))


@pytest.fixture
def world(runtime: Runtime, add_account: Callable[..., UUID]) -> World:
    return build_world(runtime, add_account)


def _found(session: Session, actor: Actor, text: str) -> set[tuple[str, UUID]]:
    pages = find(session, actor, Wanted(text)).pages
    return {
        (hit.kind, hit.object_id)
        for number in range(1, pages + 1)
        for hit in find(session, actor, Wanted(text, number=number)).hits
    }


def _may(session: Session, actor: Actor, kind: str, object_id: UUID) -> bool:
    """As the pages ask."""
    if kind in ("meeting", "paper"):
        return can(actor, Action.VIEW_MEETING, session.get_one(Meeting, object_id))
    if kind == "transcript":
        return can(actor, Action.VIEW_TRANSCRIPT, session.get_one(Transcript, object_id))
    if kind == "task":
        return can(actor, Action.VIEW_TASKS, session.get_one(Task, object_id))
    notice = session.get_one(Notice, object_id)
    return can(actor, Action.VIEW_ISSUED_NOTICE if notice.state == "issued" else Action.VIEW_NOTICE, notice)


def _actors(world: World) -> dict[str, Actor]:
    actors = {role.value: system(role) for role in Role if role is not Role.UNIT}
    unit = replace(system(Role.UNIT), unit_ids=frozenset({world.own.unit_id}))
    of_token = replace(system(Role.SECRETARY), limited_to=frozenset({Action.VIEW_MEETING}))
    return {**actors, "unit": unit, "no unit": system(Role.UNIT), "nobody": system(), "token": of_token}


def test_everybody_finds_exactly_what_they_may_see(runtime: Runtime, world: World) -> None:
    seen: dict[str, int] = {}
    with runtime.database.transaction() as session:
        for text in EVERYWHERE:
            there = _found(session, EVERYBODY, text)
            for name, actor in _actors(world).items():
                expected = {(kind, key) for kind, key in there if _may(session, actor, kind, key)}
                assert _found(session, actor, text) == expected, (name, text)
                counts = find(session, actor, Wanted(text)).counts
                assert sum(counts.values()) == len(expected), (name, text)
                seen[name] = seen.get(name, 0) + len(expected)
    # Both lines of work were asked, and the kinds differ by role.
    assert seen["secretary"] == seen["approver"] > max(seen["operator"], seen["unit"])
    assert min(seen["operator"], seen["unit"], seen["registrar"]) > 0
    assert seen["administrator"] == seen["nobody"] == seen["no unit"] == 0
    assert seen["token"] == seen["operator"]


def test_a_unit_is_not_told_of_the_other_by_any_way(app: Flask, runtime: Runtime, world: World) -> None:
    unit = replace(system(Role.UNIT), unit_ids=frozenset({world.own.unit_id}))
    with runtime.database.transaction() as session:
        for text in ("HAI", "giao ban HAI", "Trung tâm Hai Thử", "giao bann hai"):
            found = find(session, unit, Wanted(text))
            assert str(world.other.values["meeting_id"]) not in {str(hit.meeting_id) for hit in found.hits}, text
            assert all(hit.meeting_id != world.other.values["meeting_id"] for hit in found.hits)
        assert find(session, unit, Wanted("HAI")).total == 0
    browser = Browser(app.test_client())
    assert browser.sign_in("nguoi.unit", PASSWORD).status_code == 302
    page = browser.get(f"/tim-kiem?q=giao+ban&don-vi={world.other.unit_id}").text
    assert "Không tìm thấy" in page


def test_every_hit_leads_to_a_page_that_opens(app: Flask, world: World) -> None:
    for role in (Role.OPERATOR, Role.SECRETARY, Role.REGISTRAR, Role.UNIT):
        browser = Browser(app.test_client())
        assert browser.sign_in(f"nguoi.{role.value}", PASSWORD).status_code == 302
        links = {link for text in EVERYWHERE for link in _links(browser.get(f"/tim-kiem?q={text}").text)}
        assert links, role
        for link in sorted(links):
            assert browser.get(link).status_code == 200, (role, link)


def _links(page: str) -> list[str]:
    return [part.partition('"')[0] for part in page.split('class="found-title" href="')[1:]]


def _issued(session: Session, notice_id: UUID) -> None:
    notices.submit(session, system(Role.SECRETARY), notice_id)
    notices.approve(session, system(Role.APPROVER), notice_id, notices.latest_revision(session, notice_id).id)
    issuing.issue(session, system(Role.REGISTRAR), notice_id)
    distribute(session, system(Role.REGISTRAR), notice_id)


def test_a_unit_finds_a_notice_from_its_receipt_until_it_is_called_back(runtime: Runtime) -> None:
    office = build_office(runtime)
    unit = replace(system(Role.UNIT), unit_ids=frozenset({office.archive}))

    def found(session: Session, actor: Actor) -> Found:
        return find(session, actor, Wanted("đường truyền", kind="notice"))

    meeting_id = build_meeting(runtime, office)
    with runtime.database.transaction() as session:
        notice_id = build_notice(session, meeting_id)
    with runtime.database.transaction() as session:
        assert found(session, unit).total == 0
        _issued(session, notice_id)
    with runtime.database.transaction() as session:
        assert [hit.object_id for hit in found(session, unit).hits] == [notice_id]
        later = withdraw(session, system(Role.SECRETARY), notice_id, "Sai thẩm quyền")
        _issued(session, later.id)
    with runtime.database.transaction() as session:
        assert notice_id not in {hit.object_id for hit in found(session, unit).hits}
        assert notice_id in {hit.object_id for hit in found(session, system(Role.SECRETARY)).hits}
        named = find(session, unit, Wanted("thu hồi", kind="notice"))
        assert [hit.object_id for hit in named.hits] == [later.id]


def test_a_unit_taken_out_of_a_meeting_neither_finds_nor_lists_it(runtime: Runtime) -> None:
    office = build_office(runtime)
    meeting_id = build_meeting(runtime, office)
    unit = replace(system(Role.UNIT), unit_ids=frozenset({office.archive}))
    with runtime.database.transaction() as session:
        assert find(session, unit, Wanted("giao ban")).total == 1
        place = session.scalars(select(MeetingEndpoint).where(MeetingEndpoint.endpoint_id == office.archive_room)).one()
        place.withdrawn_at = runtime.clock()
        # Nobody of the unit is named in the plan any more.
        session.execute(delete(Participant).where(Participant.person_id == office.secretary))
    with runtime.database.transaction() as session:
        assert not can(unit, Action.VIEW_MEETING, session.get_one(Meeting, meeting_id))
        assert find(session, unit, Wanted("giao ban")).total == 0
        assert find(session, unit, Wanted("giao bann")).way is Way.AS_TYPED
        assert not list_meetings(session, unit)
