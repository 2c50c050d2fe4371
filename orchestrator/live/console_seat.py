"""The operator's own place in the room: the embedded conference of the console is an occupant too (CONTRACTS §12).

It enters under an identity of its own, one per meeting, so that it never takes the seat of an endpoint and two consoles
never hold two.
"""

from uuid import UUID, uuid5

#: Places kept for the console beside those of the endpoints.
CONSOLE_SEATS = 1

#: What the console calls itself in the room, before the operator's own name.
CONSOLE_NAME = "Điều hành kỹ thuật"

_NAMESPACE = UUID("6f1b4a0e-5d0c-5b61-9a38-2f4f8d7f3c11")


def console_user_id(meeting_id: UUID) -> UUID:
    """`context.user.id` of the console's token for this meeting."""
    return uuid5(_NAMESPACE, str(meeting_id))
