"""A stream lasts longer than the request it began with: whether its reader may still read is asked again and again.

In: a reader whom the gate let through, and what they read. Out: a question that is true as long as the session or token
lives, the account is open with the same right, and nobody has asked for the purge of the meeting.
"""

import time
from collections.abc import Callable
from uuid import UUID

from flask_login import current_user

from core.permissions import Action, can
from core.runtime import current
from core.sign_ins import sessions
from orchestrator.meetings.models import Meeting
from web.security.actors import actor_of
from web.security.callers import limits
from web.security.closed import still_open

#: An ended session costs at most so many seconds of a stream.
ASK_SECONDS = 2.0


def may_go_on(action: Action, meeting_id: UUID) -> Callable[[], bool]:
    """The question for a stream over a meeting; asked of the database at most every `ASK_SECONDS`."""
    token = str(current_user.get_id())
    asked_at, answer = time.monotonic(), True

    def ask() -> bool:
        nonlocal asked_at, answer
        now = time.monotonic()
        if answer and now - asked_at >= ASK_SECONDS:
            asked_at, answer = now, _may(token, action, meeting_id) and still_open(meeting_id)
        return answer

    return ask


def _may(token: str, action: Action, meeting_id: UUID) -> bool:
    runtime = current()
    with runtime.database.transaction() as session:
        found = sessions.find(session, token, limits(runtime.settings), runtime.clock())
        if found is None:
            return False
        row, account = found
        # That a page stands open is no sign of a person: the idle time goes on.
        session.expire(row)
        meeting = session.get(Meeting, meeting_id)
        return meeting is not None and can(actor_of(session, account), action, meeting)
