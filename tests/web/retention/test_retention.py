"""What is past its time goes by itself, what is held stays, and a row says how much it was."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from core import audit
from core.database import Base
from core.errors import Forbidden, Invalid, NotFound
from core.mail.models import OutgoingMail
from core.mail.service import queue_mail
from core.permissions import Role
from core.retention import service
from core.retention.models import RetentionRemoval
from core.retention.service import HoldStanding
from core.runtime import Runtime
from orchestrator.meetings.models import Meeting
from tests.conftest import FixedClock
from tests.web.access.world import World, build_world
from tests.web.builders import system
from tests.web.conftest import Browser
from transcription.recordings.models import Recording
from web.object_check import object_faults
from web.retention import data_kinds

ADMIN = system(Role.ADMINISTRATOR)


def count(runtime: Runtime, table: str) -> int:
    with runtime.database.transaction() as session:
        return session.scalar(select(func.count()).select_from(Base.metadata.tables[table])) or 0


def sent(runtime: Runtime, *names: str, about: UUID | None = None) -> None:
    with runtime.database.transaction() as session:
        for name in names:
            mail = queue_mail(
                session,
                to=["an@bo.example"],
                subject=name,
                body="Thử",
                dedupe_key=name,
                about=("meeting", about) if about else None,
            )
            mail.state, mail.created_at = "sent", runtime.clock()
            folder = runtime.settings.mail_directory
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{mail.id}.eml").write_text(name)


def subjects(runtime: Runtime) -> list[str]:
    with runtime.database.transaction() as session:
        return sorted(session.scalars(select(OutgoingMail.subject)))


def test_mails_go_after_their_days_with_their_files(runtime: Runtime, fixed_clock: FixedClock) -> None:
    sent(runtime, "a", "b")
    fixed_clock.now += timedelta(days=730)
    sent(runtime, "c")
    assert service.enforce(runtime) == {}
    fixed_clock.now += timedelta(seconds=1)
    assert service.enforce(runtime)["mails"].rows == 2
    assert subjects(runtime) == ["c"]
    assert [path.read_text() for path in runtime.settings.mail_directory.iterdir()] == ["c"]
    with runtime.database.transaction() as session:
        row = session.scalars(select(RetentionRemoval)).one()
        assert (row.kind, row.rows, row.objects) == ("mails", 2, 0)
        assert audit.verify(session).is_whole
    assert service.enforce(runtime) == {}


def test_a_held_meeting_keeps_its_mails_until_it_is_released(runtime: Runtime, fixed_clock: FixedClock) -> None:
    meeting_id = UUID(int=7)
    sent(runtime, "held", about=meeting_id)
    sent(runtime, "free")
    with runtime.database.transaction() as session:
        hold_id = service.hold(session, ADMIN, meeting_id, "HOP-1", "12/KL-TTr").id
        with pytest.raises(HoldStanding):
            service.hold(session, ADMIN, meeting_id, "HOP-1", "12/KL-TTr")
    fixed_clock.now += timedelta(days=800)
    service.enforce(runtime)
    assert subjects(runtime) == ["held"]
    with runtime.database.transaction() as session:
        service.release(session, ADMIN, hold_id)
        with pytest.raises(NotFound):
            service.release(session, ADMIN, hold_id)
    service.enforce(runtime)
    assert subjects(runtime) == []


def test_many_go_in_steps(runtime: Runtime, fixed_clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_kinds, "BATCH", 2)
    monkeypatch.setattr(service, "BATCH", 2)
    sent(runtime, *"abcde")
    fixed_clock.now += timedelta(days=800)
    assert service.enforce(runtime)["mails"].rows == 5
    assert subjects(runtime) == []


@pytest.mark.parametrize("days", [0, 5, 89, 365 * 200])
def test_nobody_chooses_less_than_the_house_needs(runtime: Runtime, days: int) -> None:
    with runtime.database.transaction() as session, pytest.raises(Invalid):
        service.choose_period(session, ADMIN, "mails", days)


def test_only_an_administrator_chooses_and_holds(runtime: Runtime) -> None:
    with runtime.database.transaction() as session:
        for role in set(Role) - {Role.ADMINISTRATOR}:
            with pytest.raises(Forbidden):
                service.choose_period(session, system(role), "mails", 100)
            with pytest.raises(Forbidden):
                service.hold(session, system(role), UUID(int=7), "HOP-1", "12/KL")
        with pytest.raises(NotFound):
            service.choose_period(session, ADMIN, "issued_notices", 100)


@pytest.mark.slow
def test_sound_goes_where_the_site_wants_it_and_says_so(
    runtime: Runtime,
    add_account: Callable[..., UUID],
    browser_of: Callable[..., Browser],
    fixed_clock: FixedClock,
) -> None:
    world: World = build_world(runtime, add_account)
    own, other = world.own.values, world.other.values
    admin = browser_of(Role.ADMINISTRATOR)
    with runtime.database.transaction() as session:
        held, code = session.get_one(Meeting, other["meeting_id"]), session.get_one(Meeting, other["meeting_id"]).code
        keys = {row.id: row.object_key for row in session.scalars(select(Recording))}
        assert held.code == code
    assert admin.post("/quan-tri/luu-giu/thoi-han/meeting_sound", {"days": "60"}).status_code == 302
    assert admin.post("/quan-tri/luu-giu/giu", {"meeting_code": code, "reason": "12/KL-TTr"}).status_code == 302
    page = admin.get("/quan-tri/luu-giu/").text
    assert code in page
    fixed_clock.now += timedelta(days=59)
    assert "meeting_sound" not in service.enforce(runtime)
    fixed_clock.now += timedelta(days=3)
    transcripts = count(runtime, "transcript_revision")
    assert service.enforce(runtime)["meeting_sound"].rows == 1
    assert not runtime.storage.exists(keys[own["recording_id"]])
    assert runtime.storage.exists(keys[other["recording_id"]])
    assert count(runtime, "transcript_revision") == transcripts
    assert "meeting_sound" not in service.enforce(runtime)
    secretary = browser_of(Role.SECRETARY)
    gone = secretary.get(f"/am-thanh/{own['recording_id']}")
    assert gone.status_code == 410
    assert "thời hạn lưu giữ" in gone.text
    with secretary.get(f"/am-thanh/{other['recording_id']}") as heard:
        assert heard.status_code == 200
    with runtime.database.transaction() as session:
        assert keys[own["recording_id"]] not in {fault.key for fault in object_faults(session, runtime.storage).faults}
