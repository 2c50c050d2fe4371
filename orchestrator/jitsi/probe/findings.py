"""What a probe says of a site: one finding for each promise, with its verdict."""

from dataclasses import dataclass
from enum import StrEnum

from core.messages import say


class Check(StrEnum):
    """The promises that are put to the test, in their order; titles are `probe_<check>`."""

    SITE = "site"
    NO_TOKEN = "no_token"  # noqa: S105 (the name of a check)
    FORGED_TOKEN = "forged_token"  # noqa: S105
    SEATS = "seats"
    OTHER_ROOM = "other_room"
    CAP = "cap"
    RETURN = "return"
    ONE_SEAT = "one_seat"
    RECORDER = "recorder"
    CONFERENCE_REQUEST = "conference_request"
    ROOM_SIZE = "room_size"
    ROOM_CENSUS = "room_census"
    END_MEETING = "end_meeting"


class Verdict(StrEnum):
    """Held, broken, or nothing could be said."""

    HELD = "held"
    BROKEN = "broken"
    UNCHECKED = "unchecked"


@dataclass(frozen=True)
class Finding:
    """The result of one check; `detail` is a sentence for the administrator."""

    check: Check
    verdict: Verdict
    detail: str = ""

    @property
    def title(self) -> str:
        """The promise in words."""
        return say(f"probe_{self.check.value}")


def held(check: Check, code: str = "", /, **params: object) -> Finding:
    """The promise is kept."""
    return Finding(check, Verdict.HELD, say(f"probe_{code}", **params) if code else "")


def broken(check: Check, code: str, /, **params: object) -> Finding:
    """The promise is broken; the sentence says what to set."""
    return Finding(check, Verdict.BROKEN, say(f"probe_{code}", **params))


def unchecked(check: Check, code: str, /, **params: object) -> Finding:
    """Nothing can be said, and why."""
    return Finding(check, Verdict.UNCHECKED, say(f"probe_{code}", **params))


#: Without an answer to these a site has proved nothing.
ESSENTIAL = frozenset({Check.SITE, Check.SEATS, Check.CAP})


def is_proved(findings: list[Finding]) -> bool:
    """Whether nothing is broken and the cap itself was put to the test."""
    proved = {finding.check for finding in findings if finding.verdict is Verdict.HELD}
    return proved >= ESSENTIAL and all(finding.verdict is not Verdict.BROKEN for finding in findings)
