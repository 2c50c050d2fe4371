"""What a token for scripts may be allowed: a few groups of small rights. Pure.

A token never does more than its owner may (`Actor.limited_to`). What a person answers for with the own name (approve,
number and sign, accounts) is in no group: no token does it, whoever owns it.
"""

from collections.abc import Iterable
from enum import StrEnum

from core.permissions import Action, Actor, can

_A = Action


class Scope(StrEnum):
    """A group of rights that a token may be given."""

    READ_MEETINGS = "read_meetings"
    PLAN_MEETINGS = "plan_meetings"
    SEND_RECORDINGS = "send_recordings"
    READ_TRANSCRIPTS = "read_transcripts"
    CORRECT_TRANSCRIPTS = "correct_transcripts"
    READ_NOTICES = "read_notices"
    EDIT_NOTICES = "edit_notices"
    DO_TASKS = "do_tasks"
    READ_REPORTS = "read_reports"
    SEND_REPORTS = "send_reports"
    KEEP_DIRECTORY = "keep_directory"


#: The right that makes a group worth offering, then what goes with it.
ALLOWS: dict[Scope, tuple[Action, ...]] = {
    Scope.READ_MEETINGS: (_A.VIEW_MEETING, _A.VIEW_DIRECTORY),
    Scope.PLAN_MEETINGS: (_A.PLAN_MEETING, _A.OPERATE_MEETING, _A.VIEW_MEETING, _A.VIEW_DIRECTORY),
    Scope.SEND_RECORDINGS: (_A.UPLOAD_RECORDING, _A.RERUN_STAGE, _A.VIEW_MEETING),
    Scope.READ_TRANSCRIPTS: (_A.VIEW_TRANSCRIPT, _A.LISTEN, _A.VIEW_MEETING),
    Scope.CORRECT_TRANSCRIPTS: (_A.CORRECT_TRANSCRIPT, _A.VIEW_TRANSCRIPT, _A.LISTEN, _A.VIEW_MEETING),
    Scope.READ_NOTICES: (_A.VIEW_ISSUED_NOTICE, _A.VIEW_NOTICE, _A.VIEW_MEETING),
    Scope.EDIT_NOTICES: (_A.EDIT_NOTICE, _A.SUBMIT_NOTICE, _A.VIEW_NOTICE, _A.VIEW_ISSUED_NOTICE, _A.VIEW_MEETING),
    Scope.DO_TASKS: (_A.REPORT_TASK, _A.VIEW_TASKS, _A.ACKNOWLEDGE_NOTICE, _A.VIEW_ISSUED_NOTICE),
    Scope.READ_REPORTS: (_A.VIEW_REPORTS,),
    Scope.SEND_REPORTS: (_A.SUBMIT_REPORT, _A.VIEW_REPORTS),
    Scope.KEEP_DIRECTORY: (_A.MANAGE_DIRECTORY, _A.MANAGE_CALENDAR, _A.VIEW_DIRECTORY),
}
#: Acts of a person with the own name.
NEVER = frozenset(
    {_A.APPROVE_NOTICE, _A.ISSUE_NOTICE, _A.DISTRIBUTE_NOTICE, _A.DECIDE_EXTENSION, _A.GRANT_EXCEPTION}
    | {_A.MANAGE_ACCOUNTS, _A.MANAGE_TEMPLATES, _A.VIEW_AUDIT, _A.KEEP_VOICE_PRINTS}
    | {_A.REVIEW_CONTENT, _A.REVIEW_FORM, _A.PUBLISH_BULLETIN}
    | {_A.ASK_PURGE, _A.CONFIRM_PURGE, _A.MANAGE_RETENTION, _A.OPERATE_SERVICE}
)


def allowed_by(scopes: Iterable[str]) -> frozenset[Action]:
    """All rights of these groups; a word nobody knows any more allows nothing."""
    wanted = set(scopes)
    return frozenset(action for scope, actions in ALLOWS.items() if scope.value in wanted for action in actions)


def offered_to(actor: Actor) -> tuple[Scope, ...]:
    """The groups that are of use to this person: what is offered to choose from."""
    return tuple(scope for scope, actions in ALLOWS.items() if can(actor, actions[0]))
