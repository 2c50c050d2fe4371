"""Who may do what: one table, one question. Screens, API and tasks all ask `can(actor, action, object)`.

Rights are small: listen, correct, approve and number are four, not one. A unit sees only objects that name it; towards
strangers an object does not exist (404), towards colleagues an act is refused (403).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable
from uuid import UUID

from core.errors import Forbidden, NotFound, SignInRequired


class Role(StrEnum):
    """The six users of the design (§1)."""

    OPERATOR = "operator"
    SECRETARY = "secretary"
    APPROVER = "approver"
    REGISTRAR = "registrar"
    UNIT = "unit"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    """Each thing that can be allowed by itself."""

    VIEW_DIRECTORY = "view_directory"
    MANAGE_DIRECTORY = "manage_directory"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_CAPS = "manage_caps"
    MANAGE_CALENDAR = "manage_calendar"
    VIEW_AUDIT = "view_audit"
    #: See how the service itself does, and set going again what has stopped; nothing of what was said is seen by it.
    OPERATE_SERVICE = "operate_service"
    #: How long each kind of data is kept, and what is held back from removal.
    MANAGE_RETENTION = "manage_retention"
    #: Have everything of a meeting destroyed in which something secret was said; somebody else confirms it.
    ASK_PURGE = "ask_purge"
    CONFIRM_PURGE = "confirm_purge"
    PLAN_MEETING = "plan_meeting"
    VIEW_MEETING = "view_meeting"
    #: Let one meeting exceed a cap, with a written reason; the policy names the roles that may.
    GRANT_EXCEPTION = "grant_exception"
    OPERATE_MEETING = "operate_meeting"
    #: The content side of the live hour: agenda, roll call, messages (Văn phòng về nội dung).
    OPERATE_CONTENT = "operate_content"
    CALL_ROLL = "call_roll"
    UPLOAD_RECORDING = "upload_recording"
    RERUN_STAGE = "rerun_stage"
    LISTEN = "listen"
    VIEW_TRANSCRIPT = "view_transcript"
    CORRECT_TRANSCRIPT = "correct_transcript"
    #: Write down consents to voice prints, enrol voices, withdraw and erase.
    KEEP_VOICE_PRINTS = "keep_voice_prints"
    VIEW_NOTICE = "view_notice"
    EDIT_NOTICE = "edit_notice"
    SUBMIT_NOTICE = "submit_notice"
    #: The two looks before an approval (Decree 30/2020, art. 11): at the content, at the form.
    REVIEW_CONTENT = "review_content"
    REVIEW_FORM = "review_form"
    APPROVE_NOTICE = "approve_notice"
    ISSUE_NOTICE = "issue_notice"
    DISTRIBUTE_NOTICE = "distribute_notice"
    #: Make passages of an issued notice readable for everybody, and take them back.
    PUBLISH_BULLETIN = "publish_bulletin"
    #: The house's own templates of papers, and its patterns of header and signer.
    MANAGE_TEMPLATES = "manage_templates"
    VIEW_ISSUED_NOTICE = "view_issued_notice"
    ACKNOWLEDGE_NOTICE = "acknowledge_notice"
    VIEW_TASKS = "view_tasks"
    REPORT_TASK = "report_task"
    #: Grant or refuse a unit more time for a task.
    DECIDE_EXTENSION = "decide_extension"
    SUBMIT_REPORT = "submit_report"
    VIEW_REPORTS = "view_reports"
    MANAGE_REPORTS = "manage_reports"
    COMPILE_REPORT = "compile_report"
    VIEW_MAIL = "view_mail"
    RESEND_MAIL = "resend_mail"


_STAFF = frozenset({Role.OPERATOR, Role.SECRETARY, Role.APPROVER, Role.REGISTRAR})
_A = Action

#: Allowed on every object of the house.
_EVERYWHERE: dict[Action, frozenset[Role]] = {
    _A.VIEW_DIRECTORY: _STAFF | {Role.ADMINISTRATOR},
    _A.MANAGE_DIRECTORY: frozenset({Role.ADMINISTRATOR}),
    _A.MANAGE_ACCOUNTS: frozenset({Role.ADMINISTRATOR}),
    _A.MANAGE_CAPS: frozenset({Role.ADMINISTRATOR}),
    _A.MANAGE_CALENDAR: frozenset({Role.ADMINISTRATOR}),
    _A.VIEW_AUDIT: frozenset({Role.ADMINISTRATOR}),
    _A.OPERATE_SERVICE: frozenset({Role.ADMINISTRATOR}),
    _A.MANAGE_RETENTION: frozenset({Role.ADMINISTRATOR}),
    _A.ASK_PURGE: frozenset({Role.ADMINISTRATOR}),
    _A.CONFIRM_PURGE: frozenset({Role.ADMINISTRATOR, Role.APPROVER}),
    _A.PLAN_MEETING: frozenset({Role.OPERATOR}),
    _A.VIEW_MEETING: _STAFF,
    _A.GRANT_EXCEPTION: frozenset({Role.OPERATOR, Role.APPROVER}),
    _A.OPERATE_MEETING: frozenset({Role.OPERATOR}),
    _A.OPERATE_CONTENT: frozenset({Role.OPERATOR, Role.SECRETARY}),
    _A.CALL_ROLL: frozenset({Role.OPERATOR, Role.SECRETARY}),
    _A.UPLOAD_RECORDING: frozenset({Role.OPERATOR, Role.SECRETARY}),
    _A.RERUN_STAGE: frozenset({Role.OPERATOR, Role.SECRETARY}),
    _A.LISTEN: frozenset({Role.SECRETARY, Role.APPROVER}),
    _A.VIEW_TRANSCRIPT: frozenset({Role.SECRETARY, Role.APPROVER}),
    _A.CORRECT_TRANSCRIPT: frozenset({Role.SECRETARY}),
    _A.KEEP_VOICE_PRINTS: frozenset({Role.SECRETARY, Role.ADMINISTRATOR}),
    _A.VIEW_NOTICE: frozenset({Role.SECRETARY, Role.APPROVER, Role.REGISTRAR}),
    _A.EDIT_NOTICE: frozenset({Role.SECRETARY}),
    _A.SUBMIT_NOTICE: frozenset({Role.SECRETARY}),
    _A.REVIEW_CONTENT: frozenset({Role.SECRETARY, Role.APPROVER}),
    _A.REVIEW_FORM: frozenset({Role.SECRETARY, Role.REGISTRAR}),
    _A.APPROVE_NOTICE: frozenset({Role.APPROVER}),
    _A.ISSUE_NOTICE: frozenset({Role.REGISTRAR}),
    _A.DISTRIBUTE_NOTICE: frozenset({Role.REGISTRAR}),
    _A.PUBLISH_BULLETIN: frozenset({Role.APPROVER}),
    _A.MANAGE_TEMPLATES: frozenset({Role.ADMINISTRATOR}),
    _A.VIEW_ISSUED_NOTICE: frozenset({Role.SECRETARY, Role.APPROVER, Role.REGISTRAR}),
    _A.VIEW_TASKS: frozenset({Role.SECRETARY, Role.APPROVER}),
    _A.DECIDE_EXTENSION: frozenset({Role.APPROVER}),
    _A.VIEW_REPORTS: _STAFF,
    _A.MANAGE_REPORTS: frozenset({Role.SECRETARY, Role.ADMINISTRATOR}),
    _A.COMPILE_REPORT: frozenset({Role.SECRETARY}),
    _A.VIEW_MAIL: frozenset({Role.OPERATOR, Role.ADMINISTRATOR}),
    _A.RESEND_MAIL: frozenset({Role.OPERATOR, Role.ADMINISTRATOR}),
}

#: Allowed to a unit on objects that name one of its units.
_OWN_UNIT = frozenset(
    {_A.VIEW_MEETING, _A.VIEW_ISSUED_NOTICE, _A.ACKNOWLEDGE_NOTICE, _A.VIEW_TASKS, _A.REPORT_TASK}
    | {_A.SUBMIT_REPORT, _A.VIEW_REPORTS},
)


@dataclass(frozen=True)
class Actor:
    """Who acts: a signed-in account, as a plain value."""

    account_id: UUID
    name: str
    roles: frozenset[Role]
    unit_ids: frozenset[UUID] = frozenset()
    #: Where a token for scripts acts: the only rights it was given; None: no such limit.
    limited_to: frozenset[Action] | None = None


@runtime_checkable
class ConcernsUnits(Protocol):
    """An object that names units: those at the endpoints of a meeting, receivers of a notice, leads of a task."""

    def related_unit_ids(self) -> set[UUID]:
        """Identities of the units concerned."""


def can(actor: Actor | None, action: Action, obj: object | None = None) -> bool:
    """Whether the actor may do this to this object; without an object: whether there may be any such object at all."""
    if actor is None or (actor.limited_to is not None and action not in actor.limited_to):
        return False
    if actor.roles & _EVERYWHERE.get(action, frozenset()):
        return True
    if Role.UNIT not in actor.roles or action not in _OWN_UNIT:
        return False
    if obj is None:
        return True
    return isinstance(obj, ConcernsUnits) and bool(actor.unit_ids & obj.related_unit_ids())


#: Who may do one of these to an object knows that it exists.
_SIGHT = (_A.VIEW_MEETING, _A.VIEW_ISSUED_NOTICE, _A.VIEW_NOTICE, _A.VIEW_TASKS, _A.VIEW_DIRECTORY, _A.VIEW_REPORTS)


def require(actor: Actor | None, action: Action, obj: object | None = None) -> None:
    """Raise unless allowed: SignInRequired for nobody, NotFound for strangers, Forbidden for those who may see it."""
    if can(actor, action, obj):
        return
    if actor is None:
        raise SignInRequired
    if obj is not None and not any(can(actor, sight, obj) for sight in _SIGHT):
        raise NotFound
    raise Forbidden
