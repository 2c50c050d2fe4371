"""Everything up to the end of the live room: directory, meetings, caps, invitations, Jitsi, presence.

Knows nothing of recordings, transcripts or notices; what happens here reaches them through the outbox.
"""

from orchestrator import messages as messages  # registers the room's sentences
