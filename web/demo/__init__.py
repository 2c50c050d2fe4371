"""The rehearsal: a ministry of invented people, and one briefing walked through every room over the HTTP API."""
