"""Personal links: one secret address per endpoint of a meeting, and what a click on it is answered."""
