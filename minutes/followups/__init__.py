"""What was assigned becomes tasks: made at the issue, one per accountable unit, reported on until done."""
