"""A short code for a person, as offices make them: given name and the initials before it. Pure."""

from collections.abc import Collection

from orchestrator.directory.letters import without_marks


def person_code(full_name: str, taken: Collection[str]) -> str:
    """`Phan Quốc Bảo` → `baopq`; the next free number behind it where that is taken.

    >>> person_code("Phan Quốc Bảo", {"baopq"})
    'baopq2'
    """
    base = code_base(full_name)
    number, code = 1, base
    while code in taken:
        number += 1
        code = f"{base}{number}"
    return code


def code_base(full_name: str) -> str:
    """The code before any number is put behind it."""
    words = [letters for word in without_marks(full_name).split() if (letters := _ascii(word))]
    if not words:
        return "nguoi"
    return (words[-1] + "".join(word[0] for word in words[:-1]))[:30]


def _ascii(word: str) -> str:
    return "".join(letter for letter in word if letter.isascii() and letter.isalnum())
