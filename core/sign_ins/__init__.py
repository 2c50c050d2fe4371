"""Signing in beyond the password: the sessions of browsers as rows, and the second factor."""
