"""Those a whole list of conclusions is addressed to, who need not be named again in its points.

In: the text of a document up to its list, a directory. Out: the parties told in the sentence that opens the list ("Bộ
Nội vụ đề nghị UBND các tỉnh … thực hiện một số nội dung sau:"), else the one receiver of a letter ("Kính gửi: …").
Several receivers answer for nothing together: which of them is meant is then a question for the secretary.
"""

import re
from collections.abc import Iterator

from minutes.language.assigning import ASSIGNING
from minutes.language.clauses import read_clause
from minutes.language.directory import Directory
from minutes.language.parties import Party
from minutes.language.procedure import opens_list
from minutes.language.scanning import Cursor
from minutes.language.sentences import Sentence
from minutes.language.units import read_parties

_TO = re.compile(r"(?:^|\n)\s*Kính gửi\s*:\s*(?P<block>[^\n]*(?:\n\s*[-+–][^\n]*)*)", re.IGNORECASE)
_THESE_TASKS = re.compile(r"(?:nhiệm vụ|giải pháp|nội dung|công việc|biện pháp|việc)(?!\w)[^.;]{0,60}$", re.IGNORECASE)
_LINE = re.compile(r"[^\n;]+")
_DASH = re.compile(r"\s*[-+–]?\s*")


def addressed(value: str, opener: Sentence, directory: Directory) -> tuple[Party, ...]:
    """Who is told in the opening sentence, else the one receiver of the letter; nobody if neither is clear."""
    told = _told(value, opener, directory)
    if told or not opens_list(value[opener.start : opener.end]):
        return told
    receivers = tuple(_receivers(value, opener.start, directory))
    return receivers if len(receivers) == 1 else ()


def _told(value: str, opener: Sentence, directory: Directory) -> tuple[Party, ...]:
    """Behind the last assigning verb, unless that is what those told before it are to do ("đề nghị UBND các tỉnh chỉ
    đạo các đơn vị thực hiện:"); else those said to do what follows ("Các bộ, ngành cần thực hiện các việc sau:")."""
    told: tuple[Party, ...] = ()
    told_up_to = -1
    for verb in ASSIGNING.finditer(value, opener.start, opener.end):
        cursor = Cursor(value, verb.end(), opener.end)
        parties = read_parties(cursor, directory)
        if not told or (parties and value[told_up_to : verb.start()].strip(" ,")):
            told, told_up_to = parties or told, cursor.position
    said = value[opener.start : opener.end]
    if told or not opens_list(said) or not _THESE_TASKS.search(said):
        return told
    clause = read_clause(value, opener.start, opener.end, directory)
    return clause.lead if clause is not None else ()


def _receivers(value: str, end: int, directory: Directory) -> Iterator[Party]:
    letter = _TO.search(value, 0, end)
    if letter is None:
        return
    for line in _LINE.finditer(value, letter.start("block"), letter.end("block")):
        dash = _DASH.match(value, line.start(), line.end())
        start = dash.end() if dash else line.start()
        yield from read_parties(Cursor(value, start, line.end()), directory)
