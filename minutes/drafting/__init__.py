"""From what was said to a draft: directives with evidence, and the notice composed of them.

In: a transcript or a written notice, and the facts of the meeting. Out: an `Extraction`, a `NoticeContent` that a
person edits on, and
the append-only row that keeps what the machine wrote.
"""
