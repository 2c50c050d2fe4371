"""Conclusions without opening words: "Như vậy thôi xong. Một, Phòng Kế hoạch … Hai, Trung tâm …".

In: the sentences of one turn of the chair. Out: where the conclusions begin, or None. In a turn that was not heard
well a list counts if two points or more tell a unit to act and one of them sets a time, so that an agenda that is read
out is none; else units of the meeting must be told to act in three sentences.
"""

from collections.abc import Sequence

from minutes.language.clauses import read_clause
from minutes.language.coordination import acts
from minutes.language.deadline_values import Today
from minutes.language.deadlines import binding, find_deadlines
from minutes.language.directory import Directory
from minutes.language.kinds import kind_of_statement
from minutes.language.parties import Certainty
from minutes.language.procedure import is_procedural, is_question, speaks_of_past, statement_body
from minutes.language.sentences import Sentence

NOT_HEARD = "Không nghe rõ lời mở đầu kết luận; các ý được đếm bắt đầu từ “{said}” được hiểu là kết luận, cần xác nhận."
NOT_SAID = "Người chủ trì không nói lời mở đầu kết luận; phần giao việc được hiểu là từ “{said}”, cần xác nhận."
FEWEST_POINTS, FEWEST_TOLD = 2, 3
SAID_WORDS = 8
_STATED = frozenset({"commendation", "decision"})


def counted_conclusions(value: str, sentences: Sequence[Sentence], directory: Directory, today: Today) -> int | None:
    """The place of the first counted point, if the points of a turn can only be conclusions."""
    points = [
        sentence
        for sentence in sentences
        if sentence.opens and sentence.depth > 0 and _tells(value, sentence, directory)
    ]
    if len(points) < FEWEST_POINTS or not any(_sets_time(value, sentence, today) for sentence in points):
        return None
    return points[0].start


def told_conclusions(value: str, sentences: Sequence[Sentence], directory: Directory, today: Today) -> int | None:
    """The place where a chair begins to tell the units what to do, or to praise and decide just before."""
    told = [sentence for sentence in sentences if _tells_known(value, sentence, directory, today)]
    if len(told) < FEWEST_TOLD or not any(_sets_time(value, sentence, today) for sentence in told):
        return None
    stated = (s for s in sentences if kind_of_statement(statement_body(value[s.start : s.end])) in _STATED)
    return min(told[0].start, next((sentence.start for sentence in stated), told[0].start))


def _tells_known(value: str, sentence: Sentence, directory: Directory, today: Today) -> bool:
    if not _tells(value, sentence, directory):
        return False
    clause = read_clause(value, sentence.start, sentence.end, directory)
    return (
        clause is not None
        and all(party.certainty is Certainty.DIRECTORY for party in clause.lead)
        and (acts(value, clause.predicate_start, sentence.end) or _sets_time(value, sentence, today))
        and not speaks_of_past(value[sentence.start : clause.predicate_end])
    )


def _tells(value: str, sentence: Sentence, directory: Directory) -> bool:
    said = value[sentence.start : sentence.end]
    if is_procedural(said) or is_question(said):
        return False
    clause = read_clause(value, sentence.start, sentence.end, directory)
    return clause is not None and bool(clause.lead) and clause.form != "heading"


def _sets_time(value: str, sentence: Sentence, today: Today) -> bool:
    hit = binding(find_deadlines(value[sentence.start : sentence.end], today))
    return hit is not None and (hit.deadline.iso is not None or hit.deadline.rrule is not None)
