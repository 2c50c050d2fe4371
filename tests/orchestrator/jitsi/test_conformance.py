"""FakeProsody against the table of what a real Prosody with Jitsi's modules was seen to do: 43 rows, none bent."""

import json
import time
from pathlib import Path
from typing import Any

import jwt
import pytest

from tests.fakes.prosody import FakeProsody
from tests.fakes.prosody_site import Outcome, Site
from tests.fakes.reservation_stub import ReservationStub

TABLE = Path(__file__).parents[2] / "data" / "jitsi" / "conformance.json"
CASES: list[dict[str, Any]] = json.loads(TABLE.read_text(encoding="utf-8"))["cases"]
SECRET = "k" * 16 + "hoa-sua-thang-muoi-2026"


def token_of(options: list[str], room: str) -> str:
    """A token as the table's `token` options ask for it."""
    given = dict(zip(options[::2], options[1::2], strict=False)) if "--mod" not in options else {}
    if "--mod" in options:
        rest = [option for option in options if option != "--mod"]
        given = dict(zip(rest[::2], rest[1::2], strict=True))
    now = int(time.time())
    user: dict[str, Any] = {"id": given.get("--id", "u"), "name": "Điểm cầu"}
    if "--mod" in options:
        user["moderator"] = True
    claims = {
        "iss": given.get("--iss", "rig"),
        "aud": given.get("--aud", "rig"),
        "sub": given.get("--sub", "meet.rig"),
        "room": room,
        "exp": now + int(given.get("--exp", 600)),
        "nbf": now + int(given.get("--nbf", -10)),
        "context": {"user": user},
    }
    return jwt.encode(claims, given.get("--secret", SECRET), algorithm="HS256")


def enter(prosody: FakeProsody, room: str, join: dict[str, Any]) -> Outcome:
    claimed = join.get("token_room", room)
    claimed = room.upper() if claimed == "UPPER" else claimed
    arguments: list[str] = join.get("args", [])
    following = dict(zip(arguments, arguments[1:], strict=False))
    return prosody.join(
        room,
        None if join.get("no_token") or join.get("recorder") else token_of(join["token"], claimed),
        recorder=join.get("recorder", False),
        display_name=following.get("--nick", ""),
        password=following.get("--password"),
        skip_conference="--skip-conference-iq" in arguments,
    )


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_conformance(case: dict[str, Any]) -> None:
    stub = ReservationStub(None if case.get("noplan") else case["plan"])
    room = f"phong-{case['id'].lower()}"
    try:
        site = Site(app_secret=SECRET, api_prefix=stub.server.address, scale=0.001)
        with FakeProsody(site) as prosody:
            outcomes = [enter(prosody, room, join) for join in case["joins"]]
            for outcome, join in zip(outcomes, case["joins"], strict=True):
                expected = dict(join["expect"])
                assert expected.pop("error~", "") in outcome.error, outcome
                assert {key: getattr(outcome, key) for key in expected} == expected, outcome
            for outcome in outcomes:
                if outcome.occupant is not None:
                    prosody.leave(outcome.occupant)
            prosody.settle()
            if "calls" in case:
                assert stub.calls == case["calls"]
    finally:
        stub.server.close()
