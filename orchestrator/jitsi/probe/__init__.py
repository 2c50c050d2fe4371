"""Proving on a running site that its caps hold: it enters rooms as endpoints do, and asks for what must be refused."""
