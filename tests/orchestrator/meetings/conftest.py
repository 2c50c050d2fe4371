"""The sentences of the room, which rules without a database tell as well."""

import importlib

importlib.import_module("orchestrator.meetings.messages")
