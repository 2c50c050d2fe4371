"""The life of a mail. Each recipient has a state of its own; the mail's state sums them up.

queued → sent (nobody is waited for any more and at least one server took it) or failed (nobody took it); sent → bounced
once everybody it reached has sent it back. A person may queue it again.
"""

from core.lifecycles import Lifecycle, Transition

QUEUED = "queued"
SENT = "sent"
FAILED = "failed"
BOUNCED = "bounced"

MAIL = Lifecycle(
    object_type="mail",
    initial=QUEUED,
    transitions=(
        Transition("sent", frozenset({QUEUED}), SENT),
        Transition("failed", frozenset({QUEUED}), FAILED),
        Transition("bounced", frozenset({QUEUED, SENT}), BOUNCED),
        Transition("requeued", frozenset({FAILED, BOUNCED}), QUEUED),
    ),
)
