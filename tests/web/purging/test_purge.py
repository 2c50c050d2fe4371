"""A purge leaves nothing of a meeting: not in any table, file or mail; others' meetings and the trail stay whole."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import ARRAY, Table, cast, func, select, text, update
from sqlalchemy import Text as SqlText
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from core import audit
from core.database import Base, append_only_tables
from core.errors import ClassifiedRefused, Forbidden, Invalid, TransitionRefused
from core.mail.models import OutgoingMail
from core.mail.service import queue_mail
from core.permissions import Role
from core.purging import states
from core.purging.extent import measure
from core.purging.models import Purge, PurgeReason
from core.purging.refusals import CodeNotRepeated, PurgeOpenAlready, PurgeStillRunning, SecondPersonNeeded
from core.runtime import Runtime
from core.services.postgres import PostgresService
from minutes.notices.models import Issue
from orchestrator.meetings.classification import Classification, refuse_classified
from orchestrator.meetings.models import Meeting
from tests.web.access.world import Side, World, build_world
from tests.web.builders import system
from transcription.pipeline.models import StageRun, TranscriptionJob
from transcription.recordings.models import Recording
from web.purging import service
from web.purging.finishing import finish_open
from web.purging.service import PurgeOrder
from web.purging.shell import EMPTIED, KEPT

pytestmark = pytest.mark.slow

#: One word without a place to break it, so that a search for it finds every piece of it.
SECRET = "HảiTrìnhTuyệtMật"
ASKING, CONFIRMING = system(Role.ADMINISTRATOR), system(Role.APPROVER)


@pytest.fixture
def world(runtime: Runtime, add_account: Callable[..., object]) -> World:
    return build_world(runtime, add_account)


def order_for(session: Session, side: Side) -> PurgeOrder:
    code = session.get_one(Meeting, side.values["meeting_id"]).code
    return PurgeOrder(code, Classification.TOP_SECRET, PurgeReason.SAID, "12/QĐ-VP")


def asked(runtime: Runtime, side: Side) -> Purge:
    with runtime.database.transaction() as session:
        return service.ask(session, ASKING, order_for(session, side))


def purged(runtime: Runtime, side: Side) -> Purge:
    purge = asked(runtime, side)
    with runtime.database.transaction() as session:
        service.confirm(session, CONFIRMING, purge.id, purge.object_code)
    assert finish_open(runtime) == 1
    with runtime.database.transaction() as session:
        return session.get_one(Purge, purge.id)


def say_it_everywhere(runtime: Runtime, side: Side) -> set[str]:
    """The secret into every place of the meeting that takes words; returns the places, `table.column`."""
    meeting_id = side.values["meeting_id"]
    with runtime.database.transaction() as session:
        queue_mail(
            session,
            to=["an@bo.example"],
            subject="Thử",
            body="Thử",
            dedupe_key="bi-mat",
            about=("notice", side.values["notice_id"]),
        )
        audit.record(session, None, "room.ended", "meeting", meeting_id, reason=SECRET)
        extent = measure(session, Meeting.__table__, meeting_id, KEPT)  # type: ignore[arg-type]
        conditions = {name: condition for name, condition in extent.conditions.items()}
        said = {place for name in conditions for place in _say(session, Base.metadata.tables[name], conditions[name])}
        for name, (column, values) in EMPTIED.items():
            table = Base.metadata.tables[name]
            said |= set(_say(session, table, table.c[column] == meeting_id, set(values)))
    for key in extent.object_keys:
        path = runtime.storage._path(key)  # type: ignore[attr-defined]
        path.write_bytes(path.read_bytes() + SECRET.encode())
    folder = runtime.settings.mail_directory
    folder.mkdir(parents=True, exist_ok=True)
    with runtime.database.transaction() as session:
        for mail_id in session.scalars(select(OutgoingMail.id).where(OutgoingMail.about_id.is_not(None))):
            (folder / f"{mail_id}.eml").write_text(SECRET)
    return said


def _say(session: Session, table: Table, condition: object, only: set[str] | None = None) -> list[str]:
    said: list[str] = []
    if table.name.startswith("outbox_"):
        return said  # ids alone travel, by which these rows are found
    guarded = table.name in append_only_tables()
    if guarded:
        session.execute(text(f'ALTER TABLE "{table.name}" DISABLE TRIGGER USER'))
    for column in table.columns:
        if (
            column.foreign_keys
            or column.primary_key
            or _is_code(column.name)
            or (only is not None and column.name not in only)
        ):
            continue
        if isinstance(column.type, JSONB):
            value = cast(
                [{"said": SECRET}] if column.name in ("roster", "evidence", "attachments") else {"said": SECRET}, JSONB
            )
        elif isinstance(column.type, ARRAY) and isinstance(column.type.item_type, SqlText):
            value = func.array_append(column, SECRET)
        elif isinstance(column.type, SqlText):
            value = column + " " + SECRET
        else:
            continue
        try:
            with session.begin_nested():
                if session.execute(update(table).where(condition).values({column.name: value})).rowcount:  # type: ignore[arg-type, attr-defined]
                    said.append(f"{table.name}.{column.name}")
        except DatabaseError:
            continue  # one of our own codes, held by the database
    if guarded:
        session.execute(text(f'ALTER TABLE "{table.name}" ENABLE TRIGGER USER'))
    return said


def _is_code(name: str) -> bool:
    """One of our own words; or a number, a hash, an address: what the protocol is there to name."""
    return name in ("kind", "state", "symbol", "address") or name.endswith("sha256")


def dumped(runtime: Runtime) -> str:
    """The whole database as its backup would hold it."""
    tool = PostgresService(runtime.settings.home).program("pg_dump")
    address = runtime.database.url.replace("postgresql+psycopg://", "postgresql://")
    done = subprocess.run([tool, f"--dbname={address}", "--inserts"], capture_output=True, text=True, check=True)
    return done.stdout


def files_with_it(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]


def test_nothing_of_it_is_left_anywhere(runtime: Runtime, world: World) -> None:
    said = say_it_everywhere(runtime, world.own)
    assert len(said) > 80, sorted(said)
    assert {"transcript_revision.document", "notice_revision.content", "outgoing_mail.body", "task.action"} <= said
    assert {
        "recording.original_name",
        "incident.note",
        "task_report.text",
        "meeting.title",
        "draft.extraction",
    } - said <= {"draft.extraction"}
    assert SECRET in dumped(runtime)
    assert files_with_it(runtime.settings.home)
    purge = purged(runtime, world.own)
    left = dumped(runtime)
    assert [line[:200] for line in left.splitlines() if SECRET in line] == []
    assert files_with_it(runtime.settings.home) == []
    assert purge.state == states.DONE
    assert purge.remaining == {}
    assert SECRET not in str(purge.found)


def test_the_other_meeting_and_the_trail_stay_whole(runtime: Runtime, world: World) -> None:
    with runtime.database.transaction() as session:
        other = measure(session, Meeting.__table__, world.other.values["meeting_id"], KEPT)  # type: ignore[arg-type]
    say_it_everywhere(runtime, world.own)
    purge = purged(runtime, world.own)
    with runtime.database.transaction() as session:
        after = measure(session, Meeting.__table__, world.other.values["meeting_id"], KEPT)  # type: ignore[arg-type]
        report = audit.verify(session)
        key = session.scalars(select(Recording.object_key)).one()
    assert (after.counts, after.object_keys) == (other.counts, other.object_keys)
    assert runtime.storage.exists(key)
    assert report.is_whole
    assert report.redacted == purge.found["redacted"] > 0


def test_the_protocol_names_copies_and_backups_and_no_number_is_given_twice(runtime: Runtime, world: World) -> None:
    with runtime.database.transaction() as session:
        symbols = [row.symbol for row in session.scalars(select(Issue).order_by(Issue.number))]
        last = session.scalar(text("SELECT max(last_number) FROM number_series"))
        # Rows are dated by the machine's clock, the trail by the test's.
        session.execute(text("UPDATE meeting SET created_at = '2026-01-01T00:00:00+00:00'"))
        audit.record(session, None, "backup.made", "backup", world.own.unit_id, file="diemcau.tar.age", sha256="f" * 64)
        other = session.get_one(Meeting, world.other.values["meeting_id"]).code
    purge = purged(runtime, world.own)
    with runtime.database.transaction() as session:
        meeting = session.get_one(Meeting, world.own.values["meeting_id"])
        assert [person.person_id for person in meeting.participants] == [world.own.values["person_id"]]
        assert meeting.code == purge.object_code
        assert meeting.classification is Classification.TOP_SECRET
        with pytest.raises(ClassifiedRefused):
            refuse_classified(meeting.classification)
        assert session.scalar(text("SELECT max(last_number) FROM number_series")) == last
    assert purge.found["issues"][0]["symbol"] in symbols
    assert purge.found["received_by"] == [world.own.values["unit_name"]]
    assert len(purge.found["recordings_sha256"]) == 1
    assert purge.found["elsewhere"] == [other]
    assert [item["file"] for item in purge.found["backups"]] == ["diemcau.tar.age"]


def test_who_may_ask_and_confirm_and_what_must_be_plain(runtime: Runtime, world: World) -> None:
    with runtime.database.transaction() as session:
        good = order_for(session, world.own)
        for bad in (
            PurgeOrder("KHONG-CO", good.classification, good.reason),
            PurgeOrder(good.meeting_code, Classification.UNCLASSIFIED, good.reason),
            PurgeOrder(good.meeting_code, good.classification, good.reason, "vì đã nói về tàu"),
        ):
            with pytest.raises(Invalid):
                service.ask(session, ASKING, bad)
        for role in set(Role) - {Role.ADMINISTRATOR}:
            with pytest.raises(Forbidden):
                service.ask(session, system(role), good)
    purge = asked(runtime, world.own)
    with runtime.database.transaction() as session:
        with pytest.raises(SecondPersonNeeded):
            service.confirm(session, ASKING, purge.id, purge.object_code)
        for role in (Role.OPERATOR, Role.SECRETARY, Role.REGISTRAR, Role.UNIT):
            with pytest.raises(Forbidden):
                service.confirm(session, system(role), purge.id, purge.object_code)
        with pytest.raises(CodeNotRepeated):
            service.confirm(session, CONFIRMING, purge.id, "20260408")
        with pytest.raises(PurgeOpenAlready):
            service.ask(session, ASKING, good)


def test_nothing_is_deleted_under_a_worker_nor_after_the_request_was_taken_back(runtime: Runtime, world: World) -> None:
    purge = asked(runtime, world.own)
    with runtime.database.transaction() as session:
        run = session.get_one(StageRun, world.own.values["run_id"])
        assert session.get_one(TranscriptionJob, run.job_id).state != "running"
        run.state, run.heartbeat_at = "cancelled", runtime.clock()
    with runtime.database.transaction() as session, pytest.raises(PurgeStillRunning):
        service.confirm(session, CONFIRMING, purge.id, purge.object_code)
    with runtime.database.transaction() as session:
        service.withdraw(session, CONFIRMING, purge.id)
        with pytest.raises(TransitionRefused):
            service.confirm(session, CONFIRMING, purge.id, purge.object_code)
    with runtime.database.transaction() as session:
        assert session.get(Recording, world.own.values["recording_id"]) is not None


def test_whatever_leads_to_a_meeting_goes_or_is_kept_for_a_reason() -> None:
    """A new table with words of a meeting is deleted by itself; one that is kept must not lead to one that goes."""
    for name in KEPT:
        table = Base.metadata.tables[name]
        leads_to = {key.column.table.name for key in table.foreign_keys}
        assert not {parent for parent in leads_to if _leads_to_a_meeting(parent)} - set(KEPT), name
        words = {column.name for column in table.columns if isinstance(column.type, SqlText | JSONB)}
        emptied = set(EMPTIED.get(name, ("", {}))[1])
        assert words - emptied == REVIEWED.get(name, set()), name


#: Columns of kept tables that hold names of connections or codes of ours, and nothing a person types.
REVIEWED: dict[str, set[str]] = {
    "meeting_endpoint": {"meeting_state"},
    "presence_interval": {"occupant_jid", "breakout_room_id"},
    "room_ending": {"room_name", "outcome"},
}


def _leads_to_a_meeting(name: str, seen: frozenset[str] = frozenset()) -> bool:
    if name in seen or name == "meeting":
        return False
    parents = {key.column.table.name for key in Base.metadata.tables[name].foreign_keys}
    return "meeting" in parents or any(_leads_to_a_meeting(parent, seen | {name}) for parent in parents)
