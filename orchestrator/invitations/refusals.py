"""What the invitations refuse, one class per way of failing; the sentences are in `messages.py`."""

from core.errors import Refusal


class AnswerClosed(Refusal):
    """The meeting is open, over or cancelled: answers no longer change."""

    code = "answer_closed"
    http_status = 409


class NoInvitationAddress(Refusal):
    """Nobody of those asked for has an address; parameter `places`."""

    code = "no_invitation_address"
    http_status = 409


class LetterUnwritable(Refusal):
    """The plan does not make a letter; parameter `reason`."""

    code = "letter_unwritable"
    http_status = 422
