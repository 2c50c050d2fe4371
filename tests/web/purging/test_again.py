"""A purge holds after an older backup was restored: what its register names is destroyed once more, and only that."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from core import audit
from core.audit import AuditRow
from core.permissions import Role
from core.purging import register, states
from core.purging.models import Purge, PurgeReason
from core.purging.refusals import RegisterForeign, RegisterUnreadable
from core.purging.register import Destroyed, Entry, Erasure
from core.runtime import Runtime
from minutes.notices.models import Notice
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import Meeting, Participant
from tests.web.builders import build_meeting, build_notice, build_office, system
from transcription.speakers.models import VoiceConsent
from transcription.speakers.prints import service as prints
from web.commands.border import BadInput
from web.commands.purges_since import mark_unfinished, refuse_unfinished, unmark
from web.purging import service
from web.purging.again import apply_again, apply_own_register
from web.purging.finishing import finish_open
from web.purging.register import keep, key_of, own_path, read, remember_place
from web.purging.service import PurgeOrder

ASKING, CONFIRMING = system(Role.ADMINISTRATOR), system(Role.APPROVER)


@pytest.fixture
def meeting(runtime: Runtime) -> Meeting:
    """A meeting with a notice, as an older backup brings it back."""
    meeting_id = build_meeting(runtime, build_office(runtime))
    with runtime.database.transaction() as session:
        build_notice(session, meeting_id)
        return session.get_one(Meeting, meeting_id)


def entry_for(runtime: Runtime, object_id: UUID, code: str) -> Entry:
    now = runtime.clock()
    return Entry(
        purge_id=uuid4(),
        object_id=object_id,
        object_code=code,
        classification="secret",
        reason="said",
        order_number="12/QĐ-VP",
        asked_by_id=ASKING.account_id,
        asked_by_name="Đỗ Thị Hạnh",
        asked_at=now,
        confirmed_by_id=CONFIRMING.account_id,
        confirmed_by_name="Vũ Quốc Bình",
        confirmed_at=now + timedelta(minutes=5),
    )


def naming(*entries: Entry) -> Destroyed:
    return Destroyed(entries=entries)


def test_what_came_back_goes_again_with_its_two_persons_and_once(runtime: Runtime, meeting: Meeting) -> None:
    entry = entry_for(runtime, meeting.id, meeting.code)
    with runtime.database.transaction() as session:
        # The older state knows of a request that was taken back later on.
        order = PurgeOrder(meeting.code, Classification.SECRET, PurgeReason.SHOWN)
        other_id = service.ask(session, ASKING, order).id
    again = apply_again(runtime, [naming(entry), naming(entry)])
    assert (again.destroyed, again.named) == ((meeting.code,), 1)
    assert apply_again(runtime, [naming(entry)]).destroyed == ()
    with runtime.database.transaction() as session:
        assert session.scalars(select(Notice.id)).all() == []
        purge = session.get_one(Purge, entry.purge_id)
        assert (purge.state, purge.confirmed_by_name) == (states.DONE, "Vũ Quốc Bình")
        assert purge.found["rows"]["notice"] == 1
        assert session.get_one(Purge, other_id).state == states.WITHDRAWN
        assert session.get_one(Meeting, meeting.id).classification is Classification.SECRET
        assert audit.verify(session).is_whole


def test_a_purge_of_what_this_database_never_held_is_written_down(runtime: Runtime) -> None:
    entry = entry_for(runtime, uuid4(), "HOP-20260408-MOIHON")
    assert apply_again(runtime, [naming(entry)]).destroyed == ()
    keep(runtime)
    assert read(own_path(runtime.settings)).entries == (entry,)


def test_the_register_of_another_installation_destroys_nothing(runtime: Runtime, meeting: Meeting) -> None:
    unknown = entry_for(runtime, uuid4(), "HOP-1")
    with pytest.raises(RegisterForeign):
        apply_again(runtime, [naming(unknown, entry_for(runtime, meeting.id, "HOP-KHAC"))])
    with runtime.database.transaction() as session:
        assert session.scalars(select(Purge.id)).all() == []
        assert len(session.scalars(select(Notice.id)).all()) == 1


def test_a_purge_is_in_every_place_at_once_and_no_place_forgets(
    runtime: Runtime, meeting: Meeting, tmp_path: Path
) -> None:
    beside, away = tmp_path / "sao lưu", tmp_path / "đĩa đã rút"
    beside.mkdir()
    for place in (beside, away, beside):
        remember_place(runtime.settings, place)
    name = register.file_name(register.public_half(key_of(runtime.settings)))
    earlier = entry_for(runtime, uuid4(), "HOP-TRUOC")
    (beside / name).write_text(register.to_text(naming(earlier), runtime.clock(), key_of(runtime.settings)))
    with runtime.database.transaction() as session:
        purge = service.ask(session, ASKING, PurgeOrder(meeting.code, Classification.SECRET, PurgeReason.SAID))
        service.confirm(session, CONFIRMING, purge.id, meeting.code)
    assert finish_open(runtime) == 1
    assert {item.object_code for item in read(beside / name).entries} == {"HOP-TRUOC", meeting.code}
    assert [item.purge_id for item in read(own_path(runtime.settings)).entries] == [purge.id]
    assert keep(runtime) == [away]


def test_a_database_put_back_under_the_services_is_held_against_the_own_register(
    runtime: Runtime, meeting: Meeting
) -> None:
    assert apply_own_register(runtime).named == 0
    entry = entry_for(runtime, meeting.id, meeting.code)
    path = own_path(runtime.settings)
    path.parent.mkdir(parents=True)
    path.write_text(register.to_text(naming(entry), runtime.clock(), register.signing_key("z" * 48)))
    with pytest.raises(RegisterUnreadable):
        apply_own_register(runtime)
    path.write_text(register.to_text(naming(entry), runtime.clock(), key_of(runtime.settings)))
    assert apply_own_register(runtime).destroyed == (meeting.code,)


def test_a_consent_that_came_back_is_withdrawn_again_and_once(runtime: Runtime, meeting: Meeting) -> None:
    """Voice prints go with it: `tests/transcription/speakers/prints`."""
    with runtime.database.transaction() as session:
        person_id = session.scalars(select(Participant.person_id).where(Participant.person_id.is_not(None))).first()
        assert person_id is not None
        consent_id = prints.give_consent(session, system(Role.SECRETARY), person_id, paper="Phiếu số 12").id
    at = runtime.clock() + timedelta(minutes=5)
    withdrawn = Erasure(consent_id=consent_id, erased_at=at, erased_by_id=ASKING.account_id, ends_consent=True)
    for _ in range(2):
        assert apply_again(runtime, [Destroyed(erasures=(withdrawn,))]).named == 1
    with runtime.database.transaction() as session:
        consent = session.get_one(VoiceConsent, consent_id)
        assert (consent.withdrawn_at, consent.withdrawn_by) == (at, ASKING.account_id)
        query = select(AuditRow.id).where(AuditRow.action == "voice_consent.withdrawn")
        assert len(session.scalars(query).all()) == 1
    keep(runtime)
    (kept,) = read(own_path(runtime.settings)).erasures
    assert (kept.consent_id, kept.erased_at, kept.ends_consent) == (consent_id, at, True)


def test_a_place_whose_restore_was_cut_off_does_not_open(runtime: Runtime) -> None:
    refuse_unfinished(runtime.settings)
    mark_unfinished(runtime.settings)
    with pytest.raises(BadInput, match="phục hồi lại"):
        refuse_unfinished(runtime.settings)
    unmark(runtime.settings)
    refuse_unfinished(runtime.settings)
