"""Conclusions whose opening words were not heard: "Như vậy thôi xong. Một, Phòng Kế hoạch … Hai, Trung tâm …".

In: the sentences of one doubtful turn of the chair. Out: where the conclusions begin, or None. A list counts as one if
two points or more tell a unit to act and one of them sets a time, so that an agenda that is read out is none.
"""

from collections.abc import Sequence

from minutes.language.clauses import read_clause
from minutes.language.deadline_values import Today
from minutes.language.deadlines import binding, find_deadlines
from minutes.language.directory import Directory
from minutes.language.procedure import is_procedural, is_question
from minutes.language.sentences import Sentence

NOT_HEARD = "Không nghe rõ lời mở đầu kết luận; các ý được đếm bắt đầu từ “{said}” được hiểu là kết luận, cần xác nhận."
FEWEST_POINTS = 2
SAID_WORDS = 8


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


def _tells(value: str, sentence: Sentence, directory: Directory) -> bool:
    said = value[sentence.start : sentence.end]
    if is_procedural(said) or is_question(said):
        return False
    clause = read_clause(value, sentence.start, sentence.end, directory)
    return clause is not None and bool(clause.lead) and clause.form != "heading"


def _sets_time(value: str, sentence: Sentence, today: Today) -> bool:
    hit = binding(find_deadlines(value[sentence.start : sentence.end], today))
    return hit is not None and (hit.deadline.iso is not None or hit.deadline.rrule is not None)
