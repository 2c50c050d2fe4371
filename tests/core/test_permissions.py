"""Rights: deny by default, a unit sees its own, strangers get 404 and colleagues 403."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from core.errors import Forbidden, NotFound, SignInRequired
from core.permissions import Action, Actor, Role, can, require

OURS, THEIRS = uuid4(), uuid4()


@dataclass
class Paper:
    """Something that names a unit."""

    unit: UUID

    def related_unit_ids(self) -> set[UUID]:
        return {self.unit}


@pytest.mark.parametrize("action", list(Action))
def test_nobody_may_do_anything_without_signing_in(action: Action) -> None:
    assert not can(None, action)
    with pytest.raises(SignInRequired):
        require(None, action)


@pytest.mark.parametrize("action", list(Action))
def test_every_action_is_someones(action: Action, actor_factory: Callable[..., Actor]) -> None:
    assert any(can(actor_factory(role, unit_ids=[OURS]), action) for role in Role)


@pytest.mark.parametrize("action", list(Action))
def test_an_account_without_roles_may_do_nothing(action: Action, actor_factory: Callable[..., Actor]) -> None:
    assert not can(actor_factory(), action, Paper(OURS))


def test_a_unit_acknowledges_its_own_notice_only(actor_factory: Callable[..., Actor]) -> None:
    unit = actor_factory(Role.UNIT, unit_ids=[OURS])
    assert can(unit, Action.ACKNOWLEDGE_NOTICE, Paper(OURS))
    assert not can(unit, Action.ACKNOWLEDGE_NOTICE, Paper(THEIRS))
    with pytest.raises(NotFound):
        require(unit, Action.ACKNOWLEDGE_NOTICE, Paper(THEIRS))


def test_an_object_that_names_no_unit_is_no_units(actor_factory: Callable[..., Actor]) -> None:
    assert not can(actor_factory(Role.UNIT, unit_ids=[OURS]), Action.VIEW_MEETING, object())


def test_no_unit_hears_a_recording_or_reads_a_draft(actor_factory: Callable[..., Actor]) -> None:
    unit = actor_factory(Role.UNIT, unit_ids=[OURS])
    for action in (Action.LISTEN, Action.VIEW_TRANSCRIPT, Action.VIEW_NOTICE):
        assert not can(unit, action, Paper(OURS))


def test_drafting_approving_and_numbering_are_three_hands(actor_factory: Callable[..., Actor]) -> None:
    hands = {
        Action.EDIT_NOTICE: Role.SECRETARY,
        Action.APPROVE_NOTICE: Role.APPROVER,
        Action.ISSUE_NOTICE: Role.REGISTRAR,
    }
    for action, role in hands.items():
        assert [other for other in Role if can(actor_factory(other, unit_ids=[OURS]), action)] == [role]


def test_the_administrator_reads_no_papers(actor_factory: Callable[..., Actor]) -> None:
    administrator = actor_factory(Role.ADMINISTRATOR)
    assert not any(
        can(administrator, action, Paper(OURS))
        for action in (Action.LISTEN, Action.VIEW_TRANSCRIPT, Action.VIEW_NOTICE, Action.VIEW_ISSUED_NOTICE)
    )


def test_a_colleague_who_may_see_is_told_that_the_act_is_not_his(actor_factory: Callable[..., Actor]) -> None:
    with pytest.raises(Forbidden):
        require(actor_factory(Role.APPROVER), Action.OPERATE_MEETING, Paper(OURS))
