"""Editing entries: versions, the tree, retiring, deleting, the trail of each change, two at once."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.accounts import create_account
from core.audit import AuditRow
from core.errors import Forbidden, Invalid, NotFound, VersionConflict
from core.permissions import Actor, Role
from core.runtime import Runtime
from orchestrator.directory import editing, service
from orchestrator.directory.entries import NewEndpoint, NewPerson, NewUnit
from orchestrator.directory.models import Endpoint, EndpointKind, Person, Unit
from orchestrator.directory.refusals import EntryRetired, HasActiveUnits, StillInUse, UnitCircle
from orchestrator.refusals import DuplicateCode, UnknownReference
from tests.conftest import MOMENT
from tests.orchestrator.conftest import Ministry, build_ministry


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.SECRETARY, Role.UNIT])
def test_others_than_the_administrator_change_nothing(
    session: Session, ministry: Ministry, actor_factory: Callable[..., Actor], role: Role
) -> None:
    actor, unit = actor_factory(role), ministry.units[0]
    acts: list[Callable[[], object]] = [
        lambda: editing.change_unit(session, actor, unit.id, NewUnit("A", "A"), 1),
        lambda: editing.change_person(session, actor, ministry.chair.id, NewPerson("A"), 1),
        lambda: editing.change_endpoint(session, actor, ministry.endpoints[0].id, NewEndpoint("A", "A"), 1),
        lambda: editing.retire(session, actor, Unit, unit.id, 1),
        lambda: editing.restore(session, actor, Unit, unit.id, 1),
        lambda: editing.delete(session, actor, Unit, unit.id, 1),
    ]
    for act in acts:
        with pytest.raises(Forbidden):
            act()


def test_a_change_is_recorded_before_and_after_and_nothing_else(
    session: Session, administrator: Actor, ministry: Ministry
) -> None:
    unit = ministry.units[1]
    new = NewUnit("TTTT", "Trung tâm Công nghệ thông tin", ["TTTT", "CNTT"], (), ministry.units[0].id)
    editing.change_unit(session, administrator, unit.id, new, 1)
    editing.change_unit(session, administrator, unit.id, new, 2)
    assert unit.version == 2
    (row,) = session.scalars(select(AuditRow).where(AuditRow.action == "unit.changed")).all()
    assert row.detail == {
        "before": {"name": "Trung tâm Thông tin", "abbreviations": ["TTTT"], "parent_id": None},
        "after": {
            "name": "Trung tâm Công nghệ thông tin",
            "abbreviations": ["TTTT", "CNTT"],
            "parent_id": str(ministry.units[0].id),
        },
    }


@pytest.mark.parametrize("version", [0, 2])
def test_an_old_version_is_refused(session: Session, administrator: Actor, ministry: Ministry, version: int) -> None:
    for act in (
        lambda: editing.change_person(session, administrator, ministry.chair.id, NewPerson("A"), version),
        lambda: editing.retire(session, administrator, Person, ministry.chair.id, version),
        lambda: editing.delete(session, administrator, Person, ministry.chair.id, version),
    ):
        with pytest.raises(VersionConflict):
            act()


def test_unknown_entries_are_not_found(session: Session, administrator: Actor) -> None:
    with pytest.raises(NotFound):
        editing.change_endpoint(session, administrator, uuid4(), NewEndpoint("A", "A"), 1)
    with pytest.raises(NotFound):
        service.note_check(session, uuid4(), MOMENT, True)


def test_a_subtree_moves_with_its_head_and_never_below_itself(
    session: Session, administrator: Actor, ministry: Ministry
) -> None:
    top, other = ministry.units[0], ministry.units[1]
    child = service.create_unit(session, administrator, NewUnit("P", "Phòng", parent_id=top.id))
    team = service.create_unit(session, administrator, NewUnit("T", "Tổ", parent_id=child.id))
    for below in (top, child, team):
        with pytest.raises(UnitCircle, match="Văn phòng Bộ"):
            editing.change_unit(session, administrator, top.id, NewUnit("VPB", "Văn phòng Bộ", parent_id=below.id), 1)
    editing.change_unit(session, administrator, child.id, NewUnit("P", "Phòng", parent_id=other.id), 1)
    assert (child.parent_id, team.parent_id) == (other.id, child.id)


def test_two_moves_at_once_cannot_close_a_circle(runtime: Runtime, actor_factory: Callable[..., Actor]) -> None:
    actor = actor_factory(Role.ADMINISTRATOR)
    with runtime.database.transaction() as session:
        ministry = build_ministry(session, actor)
        first, second = ministry.units[0].id, ministry.units[1].id
    refused: list[Exception] = []
    gate = threading.Barrier(2)

    def move(unit_id: UUID, parent_id: UUID, new: NewUnit) -> None:
        try:
            with runtime.database.transaction() as session:
                gate.wait()
                editing.change_unit(session, actor, unit_id, replace(new, parent_id=parent_id), 1)
        except UnitCircle as error:
            refused.append(error)

    threads = [
        threading.Thread(target=move, args=(first, second, NewUnit("VPB", "Văn phòng Bộ"))),
        threading.Thread(target=move, args=(second, first, NewUnit("TTTT", "Trung tâm Thông tin"))),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1


def test_a_code_that_is_taken_is_refused_and_the_rest_goes_on(
    session: Session, administrator: Actor, ministry: Ministry
) -> None:
    endpoint = ministry.endpoints[0]
    with pytest.raises(DuplicateCode, match="DC-TTTT"):
        editing.change_endpoint(session, administrator, endpoint.id, NewEndpoint("DC-TTTT", "Trụ sở"), 1)
    session.expire_all()
    assert session.get_one(Endpoint, endpoint.id).code == "DC-VPB"


def test_a_retired_unit_takes_nobody_in_and_keeps_who_is_there(
    session: Session, administrator: Actor, ministry: Ministry
) -> None:
    unit = ministry.units[0]
    child = service.create_unit(session, administrator, NewUnit("P", "Phòng", parent_id=unit.id))
    with pytest.raises(HasActiveUnits, match="Phòng"):
        editing.retire(session, administrator, Unit, unit.id, 1)
    editing.retire(session, administrator, Unit, child.id, 1)
    editing.retire(session, administrator, Unit, unit.id, 1)
    assert unit not in service.list_units(session, administrator)
    for act in (
        lambda: service.create_unit(session, administrator, NewUnit("Q", "Q", parent_id=unit.id)),
        lambda: service.create_person(session, administrator, NewPerson("Lò Thị Mai", unit_id=unit.id)),
        lambda: service.create_endpoint(session, administrator, NewEndpoint("Q", "Q", allowed_unit_ids=[unit.id])),
        lambda: editing.restore(session, administrator, Unit, child.id, 2),
    ):
        with pytest.raises(EntryRetired):
            act()
    chair = ministry.chair
    editing.change_person(session, administrator, chair.id, NewPerson("Phan Quốc Bảo", "Bộ trưởng", unit.id), 1)
    assert (chair.title, chair.unit_id) == ("Bộ trưởng", unit.id)
    editing.restore(session, administrator, Unit, unit.id, 2)
    editing.restore(session, administrator, Unit, child.id, 2)


def test_only_what_nothing_refers_to_is_deleted(session: Session, administrator: Actor, ministry: Ministry) -> None:
    with pytest.raises(StillInUse, match="Ngừng sử dụng"):
        editing.delete(session, administrator, Unit, ministry.units[0].id, 1)
    shared = NewEndpoint("DC", "Phòng dùng chung", allowed_unit_ids=[ministry.units[3].id])
    endpoint = service.create_endpoint(session, administrator, shared)
    loose = service.create_unit(session, administrator, NewUnit("L", "Lẻ"))
    editing.change_endpoint(
        session, administrator, endpoint.id, replace(shared, allowed_unit_ids=[ministry.units[3].id, loose.id]), 1
    )
    with pytest.raises(StillInUse):
        editing.delete(session, administrator, Unit, loose.id, 1)
    assert editing.delete(session, administrator, Endpoint, endpoint.id, 2) == "Phòng dùng chung"
    assert editing.delete(session, administrator, Unit, loose.id, 1) == "Lẻ"


def test_allowed_units_are_recorded_by_code_and_must_exist(
    session: Session, administrator: Actor, ministry: Ministry
) -> None:
    endpoint = ministry.endpoints[0]
    new = NewEndpoint("DC-VPB", "Trụ sở Bộ", EndpointKind.CENTRAL, ministry.units[0].id, endpoint.location)
    allowed = [ministry.units[1].id, ministry.units[2].id]
    editing.change_endpoint(session, administrator, endpoint.id, replace(new, allowed_unit_ids=allowed), 1)
    (row,) = session.scalars(select(AuditRow).where(AuditRow.action == "endpoint.changed")).all()
    assert row.detail["after"] == {"allowed_units": ["CVTLT", "TTTT"]}
    assert [endpoint.may_be_used_by(unit.id) for unit in ministry.units] == [True, True, True, False]
    with pytest.raises(UnknownReference):
        editing.change_endpoint(session, administrator, endpoint.id, replace(new, allowed_unit_ids=[uuid4()]), 2)


@pytest.mark.parametrize(
    ("new", "word"),
    [
        (NewEndpoint("A", "A", room_capacity=0), "từ 1 chỗ"),
        (NewEndpoint("A", "A", room_capacity=10_001), "quá 10000"),
        (NewEndpoint("A", "A", equipment=["Loa; Micro"]), "dấu ;"),
        (NewEndpoint("A", "A", contact_phone="gọi sau"), "điện thoại"),
        (NewEndpoint("A", "A", contact_email="abc"), "thư điện tử"),
        (NewEndpoint("A", "A", location="x" * 300), "tối đa 250"),
    ],
)
def test_bad_endpoints_are_refused_by_field(
    session: Session, administrator: Actor, ministry: Ministry, new: NewEndpoint, word: str
) -> None:
    with pytest.raises(Invalid, match=word):
        editing.change_endpoint(session, administrator, ministry.endpoints[0].id, new, 1)


def test_the_newest_check_stands(session: Session, ministry: Ministry) -> None:
    endpoint = ministry.endpoints[0]
    service.note_check(session, endpoint.id, MOMENT, False, "Không có\n tiếng")
    service.note_check(session, endpoint.id, MOMENT - timedelta(hours=1), True, "Cũ hơn")
    assert (endpoint.last_check_ok, endpoint.last_check_detail) == (False, "Không có tiếng")
    service.note_check(session, endpoint.id, MOMENT + timedelta(hours=1), True, "x" * 900)
    assert endpoint.last_check_ok is True
    assert len(endpoint.last_check_detail) == 250
    assert endpoint.version == 1


def test_people_of_one_rank_stand_by_given_name(session: Session, administrator: Actor) -> None:
    for name in ("Trần Văn Ỷ", "Đỗ Thị An", "Lê Ánh", "Bùi An"):
        service.create_person(session, administrator, NewPerson(name, protocol_rank=5))
    service.create_person(session, administrator, NewPerson("Vũ Zung", protocol_rank=1))
    names = [person.full_name for person in service.list_people(session, administrator)]
    assert names == ["Vũ Zung", "Bùi An", "Đỗ Thị An", "Lê Ánh", "Trần Văn Ỷ"]
    person = service.list_people(session, administrator)[0]
    editing.change_person(session, administrator, person.id, NewPerson("Vũ Anh Dũng", protocol_rank=5), 1)
    assert [person.full_name for person in service.list_people(session, administrator)][3] == "Vũ Anh Dũng"


def account_of(session: Session, login: str) -> UUID:
    return create_account(
        session, login=login, password="một câu dài dễ nhớ", display_name="Vi Văn Ngọ", roles={Role.UNIT}
    ).id


def test_an_account_is_one_persons_and_the_link_is_on_record(
    session: Session, administrator: Actor, operator: Actor, ministry: Ministry
) -> None:
    account_id = account_of(session, "ngo")
    with pytest.raises(Forbidden):
        editing.link_account(session, operator, ministry.chair.id, account_id, 1)
    editing.link_account(session, administrator, ministry.chair.id, account_id, 1)
    assert (ministry.chair.account_id, ministry.chair.version) == (account_id, 2)
    editing.change_person(session, administrator, ministry.chair.id, NewPerson("Phan Quốc Bảo", "Bộ trưởng"), 2)
    assert ministry.chair.account_id == account_id
    with pytest.raises(Invalid, match="Phan Quốc Bảo"):
        editing.link_account(session, administrator, ministry.member.id, account_id, 1)
    editing.link_account(session, administrator, ministry.chair.id, None, 3)
    editing.link_account(session, administrator, ministry.member.id, account_id, 1)
    trail = session.scalars(select(AuditRow.action).where(AuditRow.action.startswith("person.account")))
    assert list(trail) == ["person.account_linked", "person.account_unlinked", "person.account_linked"]


def test_what_cannot_be_linked(session: Session, administrator: Actor, ministry: Ministry) -> None:
    with pytest.raises(UnknownReference):
        editing.link_account(session, administrator, ministry.chair.id, uuid4(), 1)
    with pytest.raises(VersionConflict):
        editing.link_account(session, administrator, ministry.chair.id, account_of(session, "ngo"), 7)
    editing.retire(session, administrator, Person, ministry.member.id, 1)
    with pytest.raises(EntryRetired):
        editing.link_account(session, administrator, ministry.member.id, account_of(session, "mui"), 2)
    assert editing.link_account(session, administrator, ministry.chair.id, None, 1).version == 1, "nothing to change"
