"""Caps as policies: a scope, a number, a legal basis and a period of validity."""
