"""Learned terms in the database: taught by corrections, given to the next meeting, erased for good."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from core.errors import Forbidden, NotFound
from core.permissions import Actor, Role
from core.runtime import Runtime
from transcription.transcripts.service import correct_segment, latest
from transcription.vocabulary.learned.models import LearnedTerm
from transcription.vocabulary.learned.service import erase_term, learn, list_terms, terms_for

SECRETARY = Actor(uuid4(), "Thư ký", frozenset({Role.SECRETARY}))
OPERATOR = Actor(uuid4(), "Vận hành", frozenset({Role.OPERATOR}))


def correct(runtime: Runtime, transcript_id: UUID, text: str) -> None:
    with runtime.database.transaction() as session:
        base = latest(session, transcript_id).number
        correct_segment(session, SECRETARY, transcript_id, base, "s0001", text=text)
        learn(session, transcript_id)


def test_a_correction_becomes_vocabulary_of_the_next_meeting(
    runtime: Runtime, recording: tuple[UUID, UUID], publishing: Callable[[], UUID]
) -> None:
    transcript_id = publishing()
    correct(runtime, transcript_id, "tôi Kết Luận")
    with runtime.database.transaction() as session:
        assert learn(session, transcript_id) == 1
        assert terms_for(session, recording[1]) == ("Kết Luận",)
        (term,) = list_terms(session, SECRETARY)
        assert (term.written, term.heard, term.count, term.unit) == ("Kết Luận", "luật", 1, "")


def test_a_correction_taken_back_is_forgotten(
    runtime: Runtime, recording: tuple[UUID, UUID], publishing: Callable[[], UUID]
) -> None:
    transcript_id = publishing()
    correct(runtime, transcript_id, "tôi Kết Luận")
    correct(runtime, transcript_id, "tôi kết luận")
    with runtime.database.transaction() as session:
        assert terms_for(session, recording[1]) == ()
        assert session.scalars(select(LearnedTerm)).all() == []


def test_an_erased_term_keeps_no_letters_and_does_not_come_back(
    runtime: Runtime, recording: tuple[UUID, UUID], publishing: Callable[[], UUID]
) -> None:
    transcript_id = publishing()
    correct(runtime, transcript_id, "tôi Kết Luận")
    with runtime.database.transaction() as session:
        (term,) = list_terms(session, SECRETARY)
        erase_term(session, SECRETARY, term.id)
        erase_term(session, SECRETARY, term.id)
        learn(session, transcript_id)
        assert list_terms(session, SECRETARY) == []
        assert terms_for(session, recording[1]) == ()
        assert session.get_one(LearnedTerm, term.id).written == ""


def test_only_who_corrects_may_see_and_erase(runtime: Runtime) -> None:
    with runtime.database.transaction() as session:
        with pytest.raises(Forbidden):
            list_terms(session, OPERATOR)
        with pytest.raises(Forbidden):
            erase_term(session, OPERATOR, uuid4())
        with pytest.raises(NotFound):
            erase_term(session, SECRETARY, uuid4())
