"""The working calendar over the API; those who may not come first."""

from collections.abc import Callable
from typing import Any

import pytest

from core.permissions import Role
from tests.web.conftest import Script

Scripts = Callable[..., Script]
BRIDGE: dict[str, Any] = {"day": "2026-04-29", "name": "Nghỉ cầu", "kind": "off", "basis": "TB 12/TB-BM"}


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.SECRETARY, Role.UNIT])
def test_only_the_administrator_writes(script_of: Scripts, role: Role) -> None:
    script = script_of(role)
    assert script.post("/calendar/days", BRIDGE).status_code == 403
    assert script.post("/calendar/2026/accept").status_code == 403
    assert script.get("/calendar/2026").status_code == (403 if role is Role.UNIT else 200)


def test_a_year_is_proposed_accepted_and_changed(script_of: Scripts) -> None:
    script = script_of(Role.ADMINISTRATOR)
    proposed = script.get("/calendar/2026").get_json()
    assert proposed["accepted_at"] is None
    assert "2026-04-30" in [day["day"] for day in proposed["proposed"]]
    settled = script.post("/calendar/2026/accept").get_json()
    assert (settled["proposed"], len(settled["entered"])) == ([], len(proposed["proposed"]))
    assert script.post("/calendar/2026/accept").get_json() == settled
    added = script.post("/calendar/days", BRIDGE)
    assert added.status_code == 201, added.text
    one = f"/calendar/days/{added.get_json()['id']}"
    changed = script.call("PUT", one, json=BRIDGE | {"name": "Nghỉ hoán đổi", "version": 1})
    assert changed.get_json() == added.get_json() | {"name": "Nghỉ hoán đổi", "version": 2}
    assert script.call("PUT", one, json=BRIDGE | {"version": 1}).status_code == 409
    assert script.post(f"{one}/delete", {"version": 2}).status_code == 204
    assert script.post(f"{one}/delete", {"version": 2}).status_code == 404


@pytest.mark.parametrize(
    "change",
    [{"day": "2026-02-30"}, {"day": "1999-01-01"}, {"name": " "}, {"kind": "lạ"}, {"kind": "working"}, {"note": "x"}],
    ids=["no day", "no year", "no name", "kind", "a weekday", "a field"],
)
def test_bad_days_are_refused(script_of: Scripts, change: dict[str, str]) -> None:
    assert script_of(Role.ADMINISTRATOR).post("/calendar/days", BRIDGE | change).status_code == 422


def test_terms_are_counted_in_working_days(script_of: Scripts) -> None:
    script = script_of(Role.OPERATOR)
    assert script.get("/calendar/term?since=2026-04-08&working_days=3").get_json() == {"day": "2026-04-13"}
    assert script.get("/calendar/term?since=2026-04-29&working_days=1").get_json() == {"day": "2026-05-04"}
    for wrong in ("since=2026-04-08&working_days=9999", "since=1200-01-01&working_days=1", "working_days=1"):
        assert script.get(f"/calendar/term?{wrong}").status_code == 422
    assert script.get("/calendar/1999").status_code == 422
