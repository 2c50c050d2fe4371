"""Keeping caps live: who sits in a running room beyond its seats or uninvited, and what is done about it."""
