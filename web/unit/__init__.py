"""The unit's job: receive issued notices, acknowledge them, report on tasks."""
