"""Reads `table.txt`: who may go through each door of the house.

A line: endpoint, method, and seven places for O S A R M U N (operator, secretary, approver, registrar, administrator,
unit, signed in without a role). A capital: with any object of the house; a small letter: only with one's own (of one's
unit, of one's account); `-`: never. `open`: no sign-in; `hook`: the secret of the conference.
"""

from pathlib import Path

PLACES = "OSARMUN"


def rows() -> dict[tuple[str, str], str]:
    """(endpoint, method) → who."""
    found: dict[tuple[str, str], str] = {}
    for line in (Path(__file__).parent / "table.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            endpoint, method, who = line.split()
            assert (endpoint, method) not in found, f"{endpoint} {method} stands there twice"
            assert who in ("open", "hook") or _is_a_mask(who), f"{endpoint} {method}: {who}"
            found[endpoint, method] = who
    return found


def _is_a_mask(who: str) -> bool:
    return len(who) == len(PLACES) and all(
        place in ("-", letter, letter.lower()) for place, letter in zip(who, PLACES, strict=True)
    )
