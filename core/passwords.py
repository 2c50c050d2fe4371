"""Passwords that are easily guessed: on the lists of what people choose, along a keyboard, counted, one's own name.

In: a password, and words that belong to its owner. Out: yes or no. The measure is zxcvbn's (Wheeler, USENIX Security
2016): how many guesses somebody with the usual lists needs. OWASP ASVS 5, 6.2.4 wants the common ones refused.
"""

from collections.abc import Iterable

#: Fewer guesses than this (as a power of ten) are tried in seconds once a table of hashes is stolen.
LEAST_GUESSES_LOG10 = 8.0
#: What the library looks at; a longer password is judged by its beginning.
_LONGEST_JUDGED = 72
#: What people here put into passwords, which lists made elsewhere do not know; without marks, as it is typed.
_OURS = (
    *("matkhau", "xinchao", "vietnam", "hanoi", "saigon", "danang", "hochiminh", "caugiay", "badinh", "anhyeuem"),
    *("emyeuanh", "giadinh", "congty", "coquan", "vanphong", "vanthu", "quantri", "thuky", "diemcau", "giaoban"),
    *("trungtam", "thongtin", "conyeu", "hanhphuc", "tinhyeu", "nguyen", "phuong", "khongbiet", "deptrai", "xinhgai"),
)


def is_easily_guessed(password: str, about: Iterable[str] = ()) -> bool:
    """Whether to refuse it. `about`: login and name of its owner."""
    # Imported here: its lists take a tenth of a second to read, and few processes ever set a password.
    from zxcvbn import zxcvbn

    words = [part for text in about for part in (text, *text.replace(".", " ").split()) if part]
    judged = zxcvbn(password[:_LONGEST_JUDGED], user_inputs=[*words, *_OURS])
    return float(judged["guesses_log10"]) < LEAST_GUESSES_LOG10
