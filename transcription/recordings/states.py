"""The life cycle of a recording: received → verified, or unusable when its content cannot be read."""

from core.lifecycles import Lifecycle, Transition

RECEIVED = "received"
VERIFIED = "verified"
UNUSABLE = "unusable"

RECORDING = Lifecycle(
    "recording",
    RECEIVED,
    (
        # A stage run again by hand may verify what was verified or refused before.
        Transition("verified", frozenset({RECEIVED, VERIFIED, UNUSABLE}), VERIFIED),
        Transition("found_unusable", frozenset({RECEIVED, VERIFIED, UNUSABLE}), UNUSABLE),
    ),
)
