"""Voices become people: which words are whose, and what each voice is called, with the evidence for it."""
