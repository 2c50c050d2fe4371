"""What is refused about voice prints; the sentences are in `messages.py` beside it."""

from core.errors import Refusal
from transcription.speakers.prints import messages as messages  # registers the sentences


class ConsentStands(Refusal):
    """The person has a living consent already; parameter `name`."""

    code = "voice_consent_stands"
    http_status = 409


class NoConsent(Refusal):
    """Nobody of the meeting has consented to a voice print."""

    code = "voice_consent_missing"
    http_status = 409
