"""What people of each office do on a working day: which pages, how often. In: the loaded year. Out: steps to take.

The shares are an estimate, not counted at a site: most people speak for a unit, look at their home page, their
meetings and the quick reports; the few of the house open more and dearer pages and write.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from core.permissions import Role

#: Of two hundred people, how many hold each office.
PEOPLE: Mapping[Role, int] = {
    Role.UNIT: 140,
    Role.OPERATOR: 20,
    Role.SECRETARY: 20,
    Role.APPROVER: 10,
    Role.REGISTRAR: 6,
    Role.ADMINISTRATOR: 4,
}
_EVERYBODY = {"home.index": 6, "account.mine": 1, "help.index": 1}
_HOUSE = {"operator.meetings": 4, "operator.meeting": 4, "operator.calendar": 2, "search.index": 2, "reports.board": 1}
#: Route → how often among the steps of this office. Planning is a change: a meeting is written with all its rows.
DAYS: Mapping[Role, Mapping[str, int]] = {
    Role.UNIT: {**_EVERYBODY, **_HOUSE, "unit.tasks": 3, "reports.fill": 3, "reports.index": 2, "answers.page": 1},
    Role.OPERATOR: {**_EVERYBODY, **_HOUSE, "operator.plan": 2, "console.console": 3, "plan": 2, "mails.index": 1},
    Role.SECRETARY: {**_EVERYBODY, **_HOUSE, "operator.recordings": 2, "notices": 3, "terms": 1},
    Role.APPROVER: {**_EVERYBODY, **_HOUSE, "notices": 4, "invitations.board": 1},
    Role.REGISTRAR: {**_EVERYBODY, **_HOUSE, "notices": 4, "bulletins": 1},
    Role.ADMINISTRATOR: {
        **_EVERYBODY,
        "administrator.accounts": 2,
        "administrator.audit_tail": 2,
        "administrator.index": 1,
    },
}
#: Pages that the year has no rows for are asked all the same; they have no argument.
PLAIN = {"notices": "/thong-bao", "terms": "/go-bang", "bulletins": "/ban-tin", "unit.tasks": "/nhiem-vu"}
PLAN = "plan"


@dataclass(frozen=True)
class Step:
    """One request; a `plan` is a POST to the API with the meeting that the person makes up."""

    name: str
    path: str


def shares(users: int) -> dict[Role, int]:
    """So many people in these proportions, at least one of each office."""
    whole = sum(PEOPLE.values())
    rest = {role: max(1, users * count // whole) for role, count in PEOPLE.items() if role is not Role.UNIT}
    return {**rest, Role.UNIT: max(1, users - sum(rest.values()))}


def steps_of(role: Role, addresses: Mapping[str, list[str]]) -> list[Step]:
    """The steps of a day, each as often as it is taken; the order is drawn.

    Args:
        addresses: route → its addresses in the loaded year.
    """
    steps = []
    for name, times in DAYS[role].items():
        paths = ["/api/v1/meetings"] if name == PLAN else addresses[name] if name in addresses else [PLAIN[name]]
        steps += [Step(name, paths[number % len(paths)]) for number in range(times)]
    return steps
