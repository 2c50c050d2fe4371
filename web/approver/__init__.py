"""The approver's job: read, then approve exactly one revision or say what to change."""
