"""Units, people and endpoints: who there is and where they sit. No meeting is known here."""

from orchestrator.directory import messages as messages  # registers the room's sentences
