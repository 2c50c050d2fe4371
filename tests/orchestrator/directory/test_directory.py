"""The directory: who may write it, codes once, names tidied, bad input refused by name."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from core.accounts import create_account
from core.errors import Forbidden, Invalid, NotFound, SignInRequired
from core.permissions import Actor, Role
from orchestrator.directory import service
from orchestrator.directory.service import NewEndpoint, NewPerson, NewUnit
from orchestrator.refusals import DuplicateCode, UnknownReference
from tests.orchestrator.conftest import Ministry

LONG = "Nguyễn " * 50


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.SECRETARY, Role.UNIT])
def test_others_than_the_administrator_may_not_write(
    session: Session, actor_factory: Callable[..., Actor], role: Role
) -> None:
    actor = actor_factory(role)
    with pytest.raises(Forbidden):
        service.create_unit(session, actor, NewUnit("VPB", "Văn phòng Bộ"))
    with pytest.raises(Forbidden):
        service.create_person(session, actor, NewPerson("Phan Quốc Bảo"))
    with pytest.raises(Forbidden):
        service.create_endpoint(session, actor, NewEndpoint("DC", "Trụ sở Bộ"))
    with pytest.raises(Forbidden):
        service.add_membership(session, actor, uuid4(), uuid4())


def test_nobody_reads_without_signing_in(session: Session) -> None:
    for listing in (service.list_units, service.list_people, service.list_endpoints):
        with pytest.raises(SignInRequired):
            listing(session, None)


def test_names_are_stored_tidy_and_composed(session: Session, administrator: Actor) -> None:
    decomposed = "  Vụ   Tô\u0309 chức\ncán bộ "
    unit = service.create_unit(
        session, administrator, NewUnit(" TCCB ", decomposed, ["TCCB", "TCCB", " "], ["Vụ Tổ chức"])
    )
    assert (unit.code, unit.name, unit.abbreviations) == ("TCCB", "Vụ Tổ chức cán bộ", ["TCCB"])
    assert service.find_unit(session, "TCCB") is unit


def test_a_code_is_given_once_and_the_transaction_goes_on(session: Session, administrator: Actor) -> None:
    service.create_unit(session, administrator, NewUnit("VPB", "Văn phòng Bộ"))
    with pytest.raises(DuplicateCode, match="VPB"):
        service.create_unit(session, administrator, NewUnit("VPB", "Văn phòng Ban"))
    service.create_endpoint(session, administrator, NewEndpoint("VPB", "Trụ sở Bộ"))
    with pytest.raises(DuplicateCode, match="điểm cầu"):
        service.create_endpoint(session, administrator, NewEndpoint("VPB", "Trụ sở 2"))
    assert [unit.name for unit in service.list_units(session, administrator)] == ["Văn phòng Bộ"]


@pytest.mark.parametrize(
    ("new", "word"),
    [
        (NewUnit("", "Văn phòng Bộ"), "mã"),
        (NewUnit("VPB; DROP", "Văn phòng Bộ"), "mã"),
        (NewUnit("VPB", "   "), "tên đơn vị"),
        (NewUnit("VPB", LONG), "tối đa 250"),
        (NewUnit("VPB", "Văn\x00phòng"), "ký tự điều khiển"),
        (NewUnit("VPB", "Văn phòng", abbreviations=[f"V{n}" for n in range(31)]), "chữ viết tắt"),
        (NewUnit("VPB", "Văn phòng", aliases=[LONG]), "tên gọi khác"),
    ],
)
def test_bad_units_are_refused_by_name(session: Session, administrator: Actor, new: NewUnit, word: str) -> None:
    with pytest.raises(Invalid) as caught:
        service.create_unit(session, administrator, new)
    assert word in caught.value.sentence()


@pytest.mark.parametrize("email", ["khong-phai", "@donvi.gov.vn", "a b@donvi.gov.vn", "a@donvi", "a@b.vn,c@d.vn"])
def test_addresses_that_are_none(session: Session, administrator: Actor, email: str) -> None:
    with pytest.raises(Invalid, match="thư điện tử"):
        service.create_person(session, administrator, NewPerson("Phan Quốc Bảo", email=email))


def test_references_must_exist(session: Session, administrator: Actor) -> None:
    unknown = uuid4()
    with pytest.raises(UnknownReference, match=str(unknown)):
        service.create_unit(session, administrator, NewUnit("A", "A", parent_id=unknown))
    with pytest.raises(UnknownReference):
        service.create_person(session, administrator, NewPerson("A", unit_id=unknown))
    with pytest.raises(UnknownReference):
        service.create_endpoint(session, administrator, NewEndpoint("A", "A", unit_id=unknown))
    with pytest.raises(Invalid, match="tài khoản"):
        service.create_person(session, administrator, NewPerson("A", account_id=unknown))


def test_a_room_has_at_least_one_chair(session: Session, administrator: Actor) -> None:
    with pytest.raises(Invalid, match="sức chứa"):
        service.create_endpoint(session, administrator, NewEndpoint("A", "A", room_capacity=0))


def test_people_are_listed_in_the_order_of_protocol(session: Session, operator: Actor, ministry: Ministry) -> None:
    names = [person.full_name for person in service.list_people(session, operator)]
    assert names == ["Phan Quốc Bảo", "Đặng Thị Thùy Linh", "Ỷ Thị Ngữ"]
    assert [endpoint.code for endpoint in service.list_endpoints(session, operator)][0] == "DC-CVTLT"


def test_an_account_speaks_for_its_units_once(
    session: Session, administrator: Actor, ministry: Ministry, actor_factory: Callable[..., Actor]
) -> None:
    account = create_account(
        session, login="ttTT", password="mat ma that dai 2026", display_name="Hồ Văn Tiến", roles={Role.UNIT}
    )
    for _ in range(2):
        service.add_membership(session, administrator, account.id, ministry.units[1].id)
    assert service.unit_ids_of(session, account.id) == {ministry.units[1].id}
    own = actor_factory(Role.UNIT, unit_ids=[ministry.units[1].id])
    with pytest.raises(Forbidden):
        service.list_units(session, own)
    with pytest.raises(NotFound):
        service.get_unit(session, own, uuid4())


def test_the_tree_has_parents(session: Session, administrator: Actor, ministry: Ministry) -> None:
    child = NewUnit("VPB-TH", "Phòng Tổng hợp", parent_id=ministry.units[0].id, kind="phòng")
    assert service.create_unit(session, administrator, child).parent_id == ministry.units[0].id
    assert service.find_endpoint(session, "DC-VPB") is ministry.endpoints[0]
