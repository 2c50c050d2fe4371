"""The stages as rows: attempts, heartbeats, progress, faults and artifacts, so that nothing received is ever lost."""
