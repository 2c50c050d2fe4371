"""The rule of readiness: what a check measured → what stands against the endpoint taking part.

Figures are those of one endpoint that sends one picture of 720 lines and receives the speaker's: about 1.5 Mbit/s each
way (lib-jitsi-meet sends 720p at up to 1.5 to 2.5 Mbit/s and falls to a smaller picture below that).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from orchestrator.live.models import CheckResult

#: Slower than this the picture becomes small or stands still.
LEAST_UP_KBPS = 1500
LEAST_DOWN_KBPS = 1500
#: Beyond this, two people interrupt each other without wanting to (ITU-T G.114: 400 ms there and back are the limit).
LONGEST_ROUND_TRIP_MS = 400
#: How long before the start a check still says something about the hour of the meeting.
COUNTS_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class Measured:
    """One check as a plain value; rates in kbit/s, None where not measured."""

    camera: CheckResult
    microphone: CheckResult
    speakers: CheckResult
    down_kbps: int | None = None
    up_kbps: int | None = None
    round_trip_ms: int | None = None
    #: The browser can do what the conference needs (WebRTC, media devices).
    browser_fits: bool = True


def judge(measured: Measured) -> tuple[str, ...]:
    """Codes of what stands against it, in the order a technician works; nothing: ready.

    A part that was not tested counts as a problem for camera, microphone and speakers: "not tried" is not "works".
    """
    parts = (("camera", measured.camera), ("microphone", measured.microphone), ("speakers", measured.speakers))
    problems = [] if measured.browser_fits else ["browser_unfit"]
    for name, result in parts:
        if result is CheckResult.BAD:
            problems.append(f"{name}_bad")
        elif result is CheckResult.NOT_TESTED:
            problems.append(f"{name}_not_tested")
    if measured.down_kbps is not None and measured.down_kbps < LEAST_DOWN_KBPS:
        problems.append("down_slow")
    if measured.up_kbps is not None and measured.up_kbps < LEAST_UP_KBPS:
        problems.append("up_slow")
    if measured.round_trip_ms is not None and measured.round_trip_ms > LONGEST_ROUND_TRIP_MS:
        problems.append("round_trip_long")
    return tuple(problems)


def still_counts(checked_at: datetime, starts_at: datetime) -> bool:
    """Whether a check is recent enough for this meeting; exactly a day before is."""
    return checked_at >= starts_at - COUNTS_FOR
