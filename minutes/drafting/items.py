"""From sentences to items: the running reader of a list of conclusions.

In: sentences in order, from one who directs. Out: items with lead (said, from the heading, or from the sentence
before), coordination, action, deadline and the places they were read from. What a sentence leaves open is taken from
above, never from elsewhere.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from minutes.drafting.actions import action_of, is_only_deadline, names_several, repeats
from minutes.drafting.assigns import Mode, Surroundings, is_stated, may_assign, passed_on, told
from minutes.drafting.dated_parts import in_dated_parts
from minutes.drafting.doubts import doubts_of, pieces_of
from minutes.drafting.found import FoundItem, with_brackets, with_deadline, with_doers
from minutes.drafting.fronting import with_object
from minutes.drafting.headings import Heading, Headings, ends_with_deadline, is_title, names_topic, turned_to
from minutes.drafting.statements import statement_item
from minutes.language import lexicon
from minutes.language.clause_pieces import Piece
from minutes.language.clause_values import Clause
from minutes.language.coordination import later_coordination
from minutes.language.deadline_values import FoundDeadline, Today
from minutes.language.deadlines import binding, deadlines_between
from minutes.language.directory import Directory
from minutes.language.fields import doers_of_line
from minutes.language.kinds import kind_of
from minutes.language.parties import Certainty, Party, questions_of
from minutes.language.procedure import (
    decides_on,
    is_procedural,
    is_question,
    opens_list,
)
from minutes.language.references import KnownDocument, find_references
from minutes.language.scanning import Cursor
from minutes.language.sentences import Sentence
from minutes.language.text import Text

# "Thủ tướng yêu cầu thực hiện một số nội dung chi tiết tại Chỉ thị …": told below, by whom too.
_TASKS_BELOW = re.compile(
    r"(?:(?:tập trung|triển khai|tổ chức)\s+)*thực hiện (?:một số|các|những) "
    r"(?:nội dung|nhiệm vụ|công việc|giải pháp)(?!\w)",
    re.IGNORECASE,
)
_NEEDS_LEAD = frozenset({"directive", "standing_duty"})


@dataclass
class ItemReader:
    """Reads sentences in order; `items` grows. One reader per text or per run of one speaker's conclusions."""

    text: Text
    directory: Directory
    today: Today
    documents: tuple[KnownDocument, ...] = ()
    mode: Mode = "list"
    statements: bool = True
    tolerant: bool = False
    items: list[FoundItem] = field(default_factory=list)
    _headings: Headings = field(default_factory=Headings)
    _group_start: int = 0
    _heading_start: int = 0
    #: Whom a speaker turned to ("Sang anh Tiệp.") and has told nothing yet.
    _spoken_of: tuple[Party, ...] = ()
    #: The sentence right before, if nothing was made of it.
    _unread: Sentence | None = None
    #: The sentence right before gave an order.
    _behind_order: bool = False

    def read(self, sentence: Sentence, *, following: Sentence | None = None) -> None:
        """Take the next sentence; `following` tells a heading from a short order."""
        count, unread = len(self.items), self._unread
        self._unread = None
        self._read(sentence, following, unread)
        self._unread = sentence if len(self.items) == count else None
        self._behind_order = len(self.items) > count
        if self._unread is None:
            self._spoken_of = ()
        elif self.directory.people:
            self._spoken_of = turned_to(self.text.value, sentence, self.directory) or self._spoken_of

    def _read(self, sentence: Sentence, following: Sentence | None, unread: Sentence | None) -> None:
        said = self.text.value[sentence.start : sentence.end]
        # "Thứ hai là giải ngân." names what comes next.
        topic = sentence.opens and names_topic(self.text.value, sentence.start, sentence.end)
        if (topic and self.directory.people) or is_question(said) or is_procedural(said):
            return
        if sentence.opens and sentence.depth:
            self._headings.enter(sentence.depth)
            self._group_start = len(self.items) if sentence.depth <= 2 else self._group_start
        deadlines = deadlines_between(self.text.value, sentence.start, sentence.end, self.today)
        doers = doers_of_line(self.text.value, sentence.start, sentence.end, self.directory)
        if doers and doers.lead and unread is not None and unread.opens and unread.depth:
            self._take_up(unread)
        if doers and self.items:
            self.items[-1] = with_doers(self.items[-1], doers, binding(deadlines), (sentence.start, sentence.end))
            return
        again = bool(self.items) and not sentence.opens and bool(deadlines) and repeats(said, self.items[-1].action)
        if again or is_only_deadline(self.text.value, sentence.start, sentence.end, deadlines) and self.items:
            self._bind(sentence, said, deadlines)
            return
        listed = self.mode == "list"
        pieces = pieces_of(self.text.value, sentence, self.directory, listed=listed, tolerant=self.tolerant)
        clauses = tuple(piece.clause for piece in pieces if piece.clause is not None)
        if self._is_heading(sentence, said, clauses, following):
            self._open(sentence, clauses, deadlines)
            return
        self._take(sentence, pieces, deadlines)

    def begin_list(self, told: tuple[Party, ...]) -> None:
        """What stood above the conclusions heads nothing in them; `told` are those the whole list is addressed to."""
        self._headings.clear()
        self._headings.collective = Heading(told) if told else self._headings.collective

    def _is_heading(
        self, sentence: Sentence, said: str, clauses: tuple[Clause, ...], following: Sentence | None
    ) -> bool:
        """A line that opens others: it ends with a colon, names a unit alone, or is a topic with deeper lines below."""
        if said.rstrip().endswith(":") or (clauses and all(clause.form == "heading" for clause in clauses)):
            return True
        known = self.directory.people or self._headings.nearest or any(clause.lead for clause in clauses)
        if sentence.opens and is_title(said) and not known:
            return True
        deeper = following is not None and following.opens and following.depth > max(sentence.depth, 1)
        # "4. Kiểm tra sau thông quan, quản lý rủi ro" above a line without a number.
        deeper = deeper or (sentence.depth > 0 and following is not None and following.opens and not following.depth)
        return deeper and sentence.opens and said.rstrip()[-1:] not in ".;" and len(said.split()) < 25

    def _open(self, sentence: Sentence, clauses: tuple[Clause, ...], deadlines: tuple[FoundDeadline, ...]) -> None:
        named = [clause for clause in clauses if clause.lead]
        said, hit = self.text.value[sentence.start : sentence.end], binding(deadlines)
        if not named:
            self._headings.close(sentence.depth, hit.deadline if hit and ends_with_deadline(said) else None)
            if opens_list(said) and self.items and self.items[-1].collective:
                self._headings.collective = Heading(self.items[-1].lead)
            return
        heading = Heading(named[0].lead, named[0].coordinating, hit.deadline if hit else None)
        if sentence.depth == 0 and opens_list(said):
            self._headings.collective = heading
        else:
            self._headings.open(sentence.depth, heading)
            self._heading_start = len(self.items)

    def _bind(self, sentence: Sentence, said: str, deadlines: tuple[FoundDeadline, ...]) -> None:
        """A deadline that is a sentence by itself: for the last item, or for all of the list it speaks of."""
        hit = binding(deadlines)
        below = sentence.opens and self._headings.above(sentence.depth)
        last = self._heading_start if below else len(self.items) - 1
        first = 0 if names_several(said) else max(self._group_start, last)
        for index in range(min(first, len(self.items) - 1), len(self.items)):
            if hit is not None:
                self.items[index] = with_deadline(self.items[index], hit, (sentence.start, sentence.end))

    def _take_up(self, sentence: Sentence) -> None:
        """A line nothing was made of ("Đại tu tổ máy S1") is an act once the next says who does it."""
        start, end = sentence.start, sentence.end
        clause = Clause("subjectless", (), (), start, end, start, end)
        item = self._item(
            sentence,
            clause,
            list(deadlines_between(self.text.value, start, end, self.today)),
            (start, end),
            Heading(()),
        )
        self.items += [item] if item is not None else []

    def _take(self, sentence: Sentence, pieces: tuple[Piece, ...], deadlines: tuple[FoundDeadline, ...]) -> None:
        """Every piece as an item: an assignment, else what the one who directs states; the later ones go on from the
        first."""
        value, taken = self.text.value, None
        headed = (self._headings.nearest or self._headings.collective) is not None or bool(self._spoken_of)
        around = Surroundings(self.mode, headed, bool(self.items), self._behind_order)
        for piece in pieces:
            mine = [hit for hit in deadlines if piece.start <= hit.start < piece.end]
            clause = told(value, piece, self.mode, self.directory)
            if clause is not None and self._headings.nearest is not None:
                clause = passed_on(value, sentence, clause, self._headings.nearest)
            assigns = clause is not None and clause.form != "heading" and not is_stated(value, piece, clause)
            if clause is not None and assigns and (taken or may_assign(value, sentence, clause, deadlines, around)):
                taken = self._assigned(sentence, clause, mine, (piece.start, piece.end), taken)
            elif self.statements and not (taken and clause is None):
                if clause is not None and clause.lead and decides_on(value[piece.start : piece.end]):
                    self._headings.open(sentence.depth, Heading(clause.lead))
                free = self.mode == "list" or sentence.depth > 0
                stated = statement_item(value, sentence, piece, self.documents, free=free)
                self.items += [stated] if stated is not None else []

    def _assigned(
        self,
        sentence: Sentence,
        clause: Clause,
        deadlines: Sequence[FoundDeadline],
        place: tuple[int, int],
        taken: FoundItem | None,
    ) -> FoundItem | None:
        """One piece as items, one for each part that has its own day; the last of them, else `taken`."""
        for part in in_dated_parts(self.text.value, clause, deadlines, self.directory):
            own = (place[0] if part.start <= clause.start else part.start, min(place[1], part.end))
            mine = [hit for hit in deadlines if own[0] <= hit.start < own[1]]
            item = self._item(sentence, part, mine, own, Heading(taken.lead) if taken else None)
            if item is not None:
                self.items.append(item)
                taken = item
        return taken

    def _item(
        self,
        sentence: Sentence,
        clause: Clause,
        deadlines: list[FoundDeadline],
        place: tuple[int, int],
        before: Heading | None,
    ) -> FoundItem | None:
        """One clause as an item; what it does not say comes from `before` (the clause before it) or from above."""
        value, hit = self.text.value, binding(deadlines)
        clause = with_brackets(value, clause, place[1], self.directory)
        action = with_object(value, place[0], clause.start, action_of(value, clause, hit))
        above = before or self._above(sentence)
        lead = self._lead(clause, above)
        if not action or (not lead and _TASKS_BELOW.match(action)):
            return None
        inherited = (None if clause.lead else above.deadline) or self._headings.deadline_of(sentence.depth)
        coordinating = self._coordinating(clause, lead, above)
        references = find_references(value[place[0] : place[1]], self.documents)
        kind = kind_of(
            value[clause.predicate_start : clause.predicate_end],
            deadline=hit.deadline if hit else inherited,
            collective=not lead or any(party.certainty is Certainty.COLLECTIVE for party in lead),
            explicit=clause.form in {"assigned", "duty"},
        )
        led = bool(lead) or kind not in _NEEDS_LEAD
        doubts = doubts_of(value, clause, deadlines, action, tolerant=self.tolerant, led=led)
        questions = [*questions_of(lead), *questions_of(coordinating), *references.questions, *doubts]
        return FoundItem(
            kind=kind,
            lead=lead,
            coordinating=coordinating,
            action=action,
            deadline=hit.deadline if hit else inherited,
            references=references.found,
            places=(place,),
            sentence=value[sentence.start : sentence.end],
            questions=tuple(dict.fromkeys(questions)),
            depth=sentence.depth,
            number=sentence.number,
        )

    def _lead(self, clause: Clause, above: Heading) -> tuple[Party, ...]:
        """What nobody may do is nobody's task: it has no lead unless a heading names one."""
        banned = Cursor(self.text.value, clause.predicate_start, clause.predicate_end).sees_any(lexicon.PROHIBITING)
        return clause.lead or (() if banned and self._headings.nearest is None else above.lead)

    def _coordinating(self, clause: Clause, lead: tuple[Party, ...], above: Heading) -> tuple[Party, ...]:
        """Those named in the clause, wherever it says so, else those of the heading; never the lead itself."""
        later = later_coordination(self.text.value, clause.predicate_start, clause.predicate_end, self.directory)
        named = (*clause.coordinating, *later) or (() if clause.lead else above.coordinating)
        own = {name for party in lead for name in party.names}
        return tuple(party for party in named if not set(party.names) <= own)

    def _above(self, sentence: Sentence) -> Heading:
        """What a sentence without subject inherits: the heading above, the item it continues, or those the list is
        addressed to."""
        heading = self._headings.nearest
        if self._spoken_of:
            return Heading(self._spoken_of)
        since = self._heading_start < len(self.items)
        goes_on = since and not sentence.opens and self.items[-1].depth == sentence.depth
        if heading is not None and not (goes_on and self.items[-1].lead):
            return heading
        # What nobody may do stands between two orders without ending the first one's subject.
        last = next((item for item in reversed(self.items) if item.lead or item.kind != "prohibition"), None)
        if last is not None:
            deeper = sentence.opens and sentence.depth > last.depth > 0
            goes_on = self.mode == "prose" and self._behind_order
            if last.lead and (not sentence.opens or deeper or goes_on):
                return Heading(last.lead, last.coordinating if deeper else ())
        return self._headings.collective or Heading(())
