"""How conclusion notices speak: pure rules that read Vietnamese office language.

In: text of a transcript or of a written notice. Out: sentences, units, deadlines, references and assignment clauses,
each with
the characters it was read from. No rule here does I/O; the meeting date and the unit directory are arguments.
"""
