"""When a mail that could not be handed over is tried again. Pure: attempts so far → wait, or None to give up."""

from datetime import timedelta

#: A server that is restarted, a greylist that wants a few minutes, a weekend without the mail server: about three days.
WAITS = tuple(
    timedelta(minutes=minutes) for minutes in (1, 3, 10, 30, 60, 120, 240, 360, 360, 360, 360, 360, 720, 720, 720)
)


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after this many attempts (1 and more); None when there is no use in trying on."""
    if attempts < 1:
        raise ValueError("no attempt was made yet")
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None
