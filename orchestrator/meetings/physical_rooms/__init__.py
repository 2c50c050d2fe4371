"""Physical rooms: which endpoints stand in the same one, so that it is not booked twice."""
