"""Destroying what should never have come into the house: asked by one person, confirmed by another, with a protocol."""
