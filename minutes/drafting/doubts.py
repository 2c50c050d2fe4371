"""What the secretary must be asked about one item: several deadlines, an order that was not heard well.

In: the clause, its deadlines, its action. Out: questions, and the pieces of a sentence of doubtful text.
"""

from collections.abc import Sequence

from minutes.language.clause_pieces import Piece, read_pieces
from minutes.language.clause_values import Clause
from minutes.language.deadline_values import FoundDeadline
from minutes.language.directory import Directory
from minutes.language.mending import MISHEARD, misheard_assignment
from minutes.language.sentences import Sentence

NO_LEAD = "Chưa rõ đơn vị chủ trì thực hiện: “{action}”."
SEVERAL_DEADLINES = "Câu nêu nhiều thời hạn ({raws}); cần xác nhận thời hạn chính của: “{action}”."
_SAID_WORDS = 8


def doubts_of(
    value: str, clause: Clause, deadlines: Sequence[FoundDeadline], action: str, *, tolerant: bool, led: bool
) -> list[str]:
    """Questions about the deadlines of a clause, about an order that was misheard, and (not `led`) who is to do it."""
    doubts = [hit.question for hit in deadlines if hit.question]
    dated = [hit.deadline for hit in deadlines if hit.deadline.iso or hit.deadline.rrule]
    if len({deadline.iso or deadline.rrule for deadline in dated}) > 1:
        raws = ", ".join(deadline.raw for deadline in dated)
        doubts.append(SEVERAL_DEADLINES.format(raws=raws, action=action))
    if tolerant and not clause.verb and clause.form == "assigned":
        said = " ".join(value[clause.start : clause.end].split()[:_SAID_WORDS])
        doubts.append(MISHEARD.format(said=said))
    return doubts if led else [*doubts, NO_LEAD.format(action=action)]


def pieces_of(
    value: str, sentence: Sentence, directory: Directory, *, listed: bool, tolerant: bool
) -> tuple[Piece, ...]:
    """The pieces of a sentence; in doubtful text of a list also an order that was misheard."""
    pieces = read_pieces(value, sentence.start, sentence.end, directory)
    if not tolerant or not listed or any(piece.clause and piece.clause.lead for piece in pieces):
        return pieces
    numbered = sentence.depth > 0 and sentence.opens
    heard = misheard_assignment(value, sentence.start, sentence.end, directory, numbered=numbered)
    return (Piece(sentence.start, sentence.end, heard),) if heard else pieces
