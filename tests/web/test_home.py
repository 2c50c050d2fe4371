"""The first screen: what reaches it from other parts of the house."""

from collections.abc import Callable
from datetime import timedelta

from core.permissions import Role
from core.runtime import Runtime
from orchestrator.caps.caps import Scope
from orchestrator.caps.service import NewPolicy, create_policy
from tests.conftest import MOMENT
from tests.web.builders import STARTS, build_meeting, build_office, system
from tests.web.conftest import Browser

Browsers = Callable[..., Browser]
OVER = "5, trần 2"


def test_a_new_cap_reaches_those_who_can_act_on_meetings_already_planned(
    browser_of: Browsers, runtime: Runtime
) -> None:
    build_meeting(runtime, build_office(runtime))
    assert "Không có cuộc họp nào vượt trần" in browser_of(Role.OPERATOR).get("/").text

    new = NewPolicy("Giãn cách", Scope.ROOM, 2, "Chỉ thị số 16/CT-TTg ngày 31/3/2020", valid_from=MOMENT.date())
    with runtime.database.transaction() as session:
        create_policy(session, system(Role.ADMINISTRATOR), new)

    for role in (Role.OPERATOR, Role.APPROVER):
        page = browser_of(role).get("/").text
        assert OVER in page
        assert "Chỉ thị số 16/CT-TTg" in page
    assert OVER not in browser_of(Role.SECRETARY).get("/").text


def test_remarks_on_deadlines_are_for_the_house_not_for_those_invited(browser_of: Browsers, runtime: Runtime) -> None:
    office = build_office(runtime)
    meeting = build_meeting(runtime, office, STARTS + timedelta(days=1))
    remark = "Giấy mời phải gửi trước"
    assert remark in browser_of(Role.OPERATOR).get(f"/cuoc-hop/{meeting}").text
    assert remark not in browser_of(Role.UNIT, unit_ids=[office.centre]).get(f"/cuoc-hop/{meeting}").text
