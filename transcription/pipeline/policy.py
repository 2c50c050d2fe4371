"""When is a worker lost, how long to wait before another attempt, when to give up: pure rules with the clock passed in.

The intervals stand together here since they depend on each other: several heartbeats must fit into the grace period,
and the grace period into the time after which an unclaimed message is sent again.
"""

from datetime import datetime, timedelta

HEARTBEAT_SECONDS = 2.0
#: Native code may hold the interpreter for some seconds; ten heartbeats missed in a row mean a dead worker.
GRACE_SECONDS = 20.0
RECONCILE_SECONDS = 5.0
#: A waiting run whose message nobody took is announced again, each time later, since the queue may just be long.
FIRST_REMINDER_SECONDS = 30.0
LONGEST_REMINDER_SECONDS = 900.0
#: Setbacks in a row, without anything being finished in between, before people are asked.
MOST_SETBACKS = 5
#: Workers that died at the same stage or piece, one after the other: then it is the recording that kills them. It is
#: set apart with the reason, so that it cannot take one worker after the other away from all the rest.
MOST_DEATHS = 3
#: Where workers died at other pieces of the recording as well, something outside ends them (a machine that is
#: restarted, a memory too small for all): then it takes more deaths to blame a piece, or the recording.
MOST_DEATHS_AMONG_OTHERS = 8
#: Work that takes longer hangs: its process is killed, which counts as a death. Far above the longest honest one: a
#: stage over twelve hours of sound on a slow machine, a piece of some minutes with the largest model.
STAGE_LIMIT_SECONDS = 6 * 3600
PIECE_LIMIT_SECONDS = 3600
_BACK_OFF_SECONDS = (0.0, 5.0, 30.0, 120.0, 600.0)


def is_lost(heartbeat_at: datetime | None, started_at: datetime | None, now: datetime) -> bool:
    """Whether a running attempt has given no sign for longer than the grace period.

    A heartbeat from the future (clocks of two machines differ) counts as fresh.
    """
    last = heartbeat_at or started_at
    return last is None or now - last > timedelta(seconds=GRACE_SECONDS)


def gives_up(setbacks: int) -> bool:
    """Whether this many setbacks in a row are enough."""
    return setbacks >= MOST_SETBACKS


def is_deadly(setbacks: int, *, others_died: bool = False) -> bool:
    """Whether something whose worker has just died, after this many setbacks in a row, is set apart.

    Args:
        others_died: workers were also lost at other pieces of the same recording.
    """
    return setbacks >= (MOST_DEATHS_AMONG_OTHERS if others_died else MOST_DEATHS)


def next_attempt_at(setbacks: int, now: datetime) -> datetime:
    """The earliest moment of the next attempt; the first comes at once."""
    step = min(max(setbacks, 1), len(_BACK_OFF_SECONDS)) - 1
    return now + timedelta(seconds=_BACK_OFF_SECONDS[step])


def is_reminder_due(
    enqueued_at: datetime | None, enqueue_count: int, not_before: datetime | None, now: datetime
) -> bool:
    """Whether a waiting run should be announced (again): its time has come and its last message seems forgotten."""
    if not_before is not None and now < not_before:
        return False
    if enqueued_at is None or (not_before is not None and enqueued_at < not_before):
        return True
    wait = min(FIRST_REMINDER_SECONDS * 2 ** max(0, enqueue_count - 1), LONGEST_REMINDER_SECONDS)
    return now - enqueued_at >= timedelta(seconds=wait)
