"""The room while it lives: which endpoint was in when, and alarms about what should not be there."""
