"""Every page of the URL map in a world with work on it, and who may open each.

In: the application, an installed runtime. Out: addresses, and the cookies that make a browser that of a person.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from playwright.sync_api import Browser, BrowserContext

from benchmarks.web.pages import LEFT_OUT
from core.permissions import Role
from core.runtime import Runtime
from minutes.delivery import bulletins
from minutes.notices import service as notices
from tests.web.access.table import rows
from tests.web.access.walking import COOKIE, NOBODY, Walk, calls
from tests.web.access.world import build_world
from tests.web.builders import STARTS, build_meeting, build_notice, build_office, build_transcript, system

#: Not pages: hooks, files, points for machines, the door that leads on to the conference.
NOT_PAGES = frozenset(
    {"static", "service", "api", "api_document", "keys", "conference", "events", "jibri", "recorder", "media", "join"}
)
#: Routes that answer with a file or a piece, besides those the benchmark of the pages leaves out.
NO_PAGE = frozenset(
    {
        "account.leave_for_provider",  # leads to the site's sign-in service
        "account.return_from_provider",
        "account.second_step",  # reached only between two steps of a sign-in
        "console.health",
        "console.not_ready_csv",
        "notices.record",
        "notices.starting_template",
        "notices.task_file",
        "notices.task_register",
        "operator.recordings",
        "operator.time_check",
        "reports.board_fragment",
        "secretary.export",
        # Of a notice that is still worked on (ON_THE_WAY): an issued one is refused.
        *("notices.editor", "secretary.edit_notice"),
    }
)
#: In this order a role sees most of a page: who may change it before who may read it.
MOST_FIRST = "SOAMRUN"


#: Pages that show another side while a notice is still worked on: endpoint, who looks, state of the notice.
ON_THE_WAY = (
    ("notices.editor", "S", "drafting"),
    ("secretary.edit_notice", "S", "drafting"),
    ("secretary.notice", "S", "drafting"),
    ("secretary.notice", "A", "in_review"),
    ("secretary.notice", "R", "approved"),
)


@dataclass(frozen=True)
class Look:
    """One page as one kind of person opens it."""

    endpoint: str
    letter: str
    address: str


class Pages:
    """The pages of the URL map in one world, and a browser for each kind of person."""

    def __init__(self, app: Flask, runtime: Runtime, add_account: Callable[..., UUID]) -> None:
        world = build_world(runtime, add_account)
        self._notices = _notices_on_the_way(runtime)
        database = runtime.database
        with runtime.database.transaction() as session:
            bulletin = bulletins.publish(session, system(Role.APPROVER), world.own.values["notice_id"], ["muc-1"])
            world.own.values["bulletin_id"] = bulletin.id
        self._walk = Walk(app, runtime, world, {})
        # The walk undoes every request; a browser asks from other threads.
        runtime.database = database
        self._app = app

    def with_people(self, *, everybody: bool) -> Iterator[Look]:
        """Each page as who sees most of it opens it, or as everybody does who may."""
        for call in calls(self._app):
            who = rows().get((call.endpoint, call.method), "open")
            if call.method != "GET" or who == "hook" or not _is_page(call.endpoint):
                continue
            allowed = [letter for letter in MOST_FIRST if letter in who.upper()] if who != "open" else [NOBODY]
            for letter in allowed if everybody else allowed[:1]:
                values = self._walk.values(call, letter, "own")
                yield Look(call.endpoint, letter, self._address(call.endpoint, values))
        for endpoint, letter, state in ON_THE_WAY:
            yield Look(endpoint, letter, self._address(endpoint, {"notice_id": self._notices[state]}))

    def _address(self, endpoint: str, values: dict[str, Any]) -> str:
        return self._app.url_map.bind("localhost").build(endpoint, values)

    def cookie(self, letter: str) -> str:
        """What makes a browser that of this person."""
        return self._walk.cookies[letter]


def _notices_on_the_way(runtime: Runtime) -> dict[str, UUID]:
    """A notice in each state before its issue."""
    office = build_office(runtime)
    found: dict[str, UUID] = {}
    for day, state in enumerate(("drafting", "in_review", "approved"), 3):
        meeting_id = build_meeting(runtime, office, STARTS + timedelta(days=day))
        with runtime.database.transaction() as session:
            build_transcript(session, meeting_id)
            found[state] = build_notice(session, meeting_id)
            if state != "drafting":
                notices.submit(session, system(Role.SECRETARY), found[state])
            if state == "approved":
                revision = notices.latest_revision(session, found[state])
                notices.approve(session, system(Role.APPROVER), found[state], revision.id)
    return found


def _is_page(endpoint: str) -> bool:
    return endpoint.partition(".")[0] not in NOT_PAGES and endpoint not in NO_PAGE | set(LEFT_OUT)


@contextmanager
def as_person(chromium: Browser, address: str, cookie: str, **screen: object) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=address, locale="vi-VN", **screen)  # type: ignore[arg-type]
    if cookie:
        context.add_cookies([{"name": COOKIE, "value": cookie, "url": address}])
    yield context
    context.close()
