"""What the one who directs states without telling a unit to do anything: praise, decisions, prohibitions.

In: a piece of a sentence. Out: an item without lead and deadline, or None if it binds nobody.
"""

import re
from collections.abc import Sequence

from minutes.drafting.found import FoundItem
from minutes.language.clause_pieces import Piece
from minutes.language.kinds import kind_of_statement
from minutes.language.procedure import statement_body, statement_topic
from minutes.language.references import KnownDocument, find_references
from minutes.language.sentences import Sentence
from minutes.language.text import capitalised

FEWEST_WORDS = 4
# "Việc bắn pháo hoa thì không đồng ý": what is decided stands before the decision.
_VERDICT = re.compile(
    r"\W*(?:(?:về|đối với|còn|riêng)\s+)?(?P<topic>[^,;:.]{4,120}?)\s+thì\s+(?:tôi\s+|chúng ta\s+)?(?:cũng\s+)?"
    r"(?P<verdict>(?:(?:hoàn toàn|cơ bản)\s+)?(?:không đồng ý|chưa đồng ý|đồng ý|nhất trí|thống nhất|chưa xem xét|"
    r"không chấp thuận|chấp thuận)(?:\s+(?:về|trên)\s+(?:mặt\s+)?(?:chủ trương|nguyên tắc))?)\W*$",
    re.IGNORECASE,
)


def statement_item(
    value: str, sentence: Sentence, piece: Piece, documents: Sequence[KnownDocument], *, free: bool
) -> FoundItem | None:
    """The statement of a piece; `free` says that a prohibition in mid-sentence counts (in a list, behind a number)."""
    said = value[piece.start : piece.end]
    verdict = _VERDICT.match(said)
    if verdict is not None and len(verdict["topic"].split()) >= FEWEST_WORDS - 1:
        topic = verdict["topic"].strip()
        said = f"{capitalised(' '.join(verdict['verdict'].split()))} {topic[:1].lower()}{topic[1:]}"
    kind = kind_of_statement(statement_body(said))
    if kind is None or (kind == "prohibition" and not free and not said[:1].isupper()):
        return None
    body = statement_body(said).rstrip(" .;,/")
    if len(body.split()) < FEWEST_WORDS:
        return None
    topic = statement_topic(said)
    body = f"{topic}, {body[:1].lower()}{body[1:]}" if topic else body
    references = find_references(said, documents)
    return FoundItem(
        kind=kind,
        lead=(),
        coordinating=(),
        action=body,
        deadline=None,
        references=references.found,
        places=((piece.start, piece.end),),
        sentence=value[sentence.start : sentence.end],
        questions=references.questions,
        depth=sentence.depth,
        number=sentence.number,
    )
