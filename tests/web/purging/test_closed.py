"""From the request for a purge on nobody reads what is to go: not on its pages, in lists, by search or by mail."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import aliased

from core.mail.delivery import deliver, due_mails
from core.mail.service import queue_mail
from core.permissions import Role
from core.purging.closing import letting_read, nothing_closed_read
from core.runtime import Runtime
from orchestrator.directory.models import Endpoint
from orchestrator.meetings.models import Meeting
from tests.web.access.bodies import SCREENS
from tests.web.access.table import rows
from tests.web.access.walking import Walk, calls
from tests.web.access.world import World, build_world
from tests.web.builders import STARTS, build_meeting, build_notice, build_office
from tests.web.conftest import Browser, Script
from tests.web.purging.test_purge import CONFIRMING, SECRET, asked, say_it_everywhere
from web.purging import service

#: What the administrator, who asks for the purge, may still see of it: the trail with the reasons that people gave.
STILL_READ = frozenset({"administrator.audit"})


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_no_page_shows_a_word_of_it(app: Flask, runtime: Runtime, add_account: Callable[..., UUID]) -> None:
    world: World = build_world(runtime, add_account)
    say_it_everywhere(runtime, world.own)
    asked(runtime, world.own)
    app.extensions["sign_in_service"] = object()
    walk = Walk(app, runtime, world, SCREENS)
    closed = world.own.values["meeting_id"]
    complaints = []
    for call in calls(app):
        who = rows().get((call.endpoint, call.method), "open")
        if call.method != "GET" or who in ("open", "hook") or call.endpoint in STILL_READ:
            continue
        if call.has_object and call.endpoint.startswith("api."):
            continue  # the same services answer the screens
        # A unit reads lists of its own.
        allowed = [letter.upper() for letter in who if letter != "-"]
        for letter in {allowed[0], *({"U"} & set(allowed) if not call.has_object else ())}:
            status, text = walk.answer(call, letter, walk.values(call, letter, "own"))
            named = closed in walk.values(call, letter, "own").values()
            is_refused = status in (404, 410) or call.endpoint.startswith("purging.")
            if status >= 500 or SECRET in text or (named and not is_refused):
                complaints.append(f"{call.endpoint} as {letter}: {status}{' says it' if SECRET in text else ''}")
    assert not complaints, "\n".join(complaints)


def test_the_house_is_told_why_a_unit_is_not_and_all_is_back_when_the_request_is_withdrawn(
    runtime: Runtime, browser_of: Callable[..., Browser], script_of: Callable[..., Script]
) -> None:
    office = build_office(runtime)
    meeting_id = build_meeting(runtime, office)
    with runtime.database.transaction() as session:
        notice_id = build_notice(session, meeting_id)
        title = session.get_one(Meeting, meeting_id).title
    secretary, unit = browser_of(Role.SECRETARY), browser_of(Role.UNIT, unit_ids=[office.archive])
    script = script_of(Role.SECRETARY)
    page, path = f"/cuoc-hop/{meeting_id}", f"/notices/{notice_id}"
    assert title in secretary.get("/").text + secretary.get("/cuoc-hop/").text
    assert script.get(path).status_code == 200
    purge = asked_for(runtime, meeting_id)
    refused = secretary.get(page)
    assert refused.status_code == 410
    assert "yêu cầu tiêu hủy" in refused.text
    assert script.get(path).get_json()["error"]["code"] == "purge_closed"
    assert unit.get(page).status_code == 404
    assert title not in secretary.get("/").text + secretary.get("/cuoc-hop/").text
    with runtime.database.transaction() as session:
        service.withdraw(session, CONFIRMING, purge)
    assert secretary.get(page).status_code == 200
    assert script.get(path).status_code == 200


def test_a_mail_about_it_does_not_leave_the_house(runtime: Runtime) -> None:
    meeting_id = build_meeting(runtime, build_office(runtime))
    with runtime.database.transaction() as session:
        about = ("notice", build_notice(session, meeting_id))
        mail = queue_mail(session, to=["an@bo.example"], subject="Thử", body="Thử", dedupe_key="mot", about=about)
        mail_id = mail.id
    purge = asked_for(runtime, meeting_id)
    with runtime.database.transaction() as session:
        assert mail_id not in due_mails(session, runtime, 10)
    assert not deliver(runtime, mail_id)
    with runtime.database.transaction() as session:
        service.withdraw(session, CONFIRMING, purge)
    assert deliver(runtime, mail_id)


def test_a_join_onto_the_class_under_another_name_passes_it_by(runtime: Runtime) -> None:
    office = build_office(runtime)
    closed, other = build_meeting(runtime, office), build_meeting(runtime, office, STARTS + timedelta(days=9))
    asked_for(runtime, closed)
    named = aliased(Meeting)
    query = select(Endpoint.id, named.id).join(named, named.id.in_((closed, other)))
    with runtime.database.transaction() as session, nothing_closed_read(session):
        assert {meeting_id for _, meeting_id in session.execute(query)} == {other}


def asked_for(runtime: Runtime, meeting_id: UUID) -> UUID:
    """A purge of this meeting that waits for its second person."""
    from core.purging.models import PurgeReason
    from orchestrator.meetings.classification import Classification
    from tests.web.purging.test_purge import ASKING

    with letting_read(), runtime.database.transaction() as session:
        code = session.scalars(select(Meeting.code).where(Meeting.id == meeting_id)).one()
        order = service.PurgeOrder(code, Classification.SECRET, PurgeReason.SAID)
        return service.ask(session, ASKING, order).id
