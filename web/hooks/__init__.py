"""Doors for the conference: Prosody's reservation and events, the key server, Jibri's announcement, the join page."""
