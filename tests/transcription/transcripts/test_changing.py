"""Several people at one transcript: other lines are no conflict, the same line keeps both texts, nothing twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy import func, select

from core.errors import Forbidden, Invalid, NotFound
from core.permissions import Actor, Role
from core.runtime import Runtime
from transcription.errors import SegmentUnknown
from transcription.transcripts import reading, service
from transcription.transcripts.changes import Change, MergeLines, RenameSpeaker, SetLine, SplitLine
from transcription.transcripts.changing import MOST_CHANGES, Outcome, change_lines, since
from transcription.transcripts.models import TranscriptRevision
from transcription.transcripts.reading import Shelf

Publishing = Callable[[], UUID]


@pytest.fixture
def secretary(actor_factory: Callable[..., Actor]) -> Actor:
    return actor_factory(Role.SECRETARY)


def change(runtime: Runtime, actor: Actor, transcript_id: UUID, base: int, *wanted: Change) -> Outcome:
    with runtime.database.transaction() as session:
        return change_lines(session, actor, transcript_id, base, wanted)


def said(runtime: Runtime, transcript_id: UUID) -> list[tuple[str, str]]:
    reading.shelf = Shelf(8)  # as another process sees it
    with runtime.database.transaction() as session:
        document = service.document_of(session, service.latest(session, transcript_id))
        return [(line.speaker, line.text) for line in document.segments]


def test_two_people_at_two_lines_both_keep_theirs(runtime: Runtime, secretary: Actor, publishing: Publishing) -> None:
    transcript_id = publishing()
    first = change(runtime, secretary, transcript_id, 0, SetLine("s0001", text="tôi kết luận"))
    second = change(runtime, secretary, transcript_id, 0, SetLine("s0002", text="vâng, thưa anh"))
    assert (first.number, second.number) == (1, 2)
    assert not second.collisions
    assert [entry["id"] for entry in second.entries or []] == ["s0001", "s0002"], "what the second one lacks, too"
    assert said(runtime, transcript_id) == [("Người nói 1", "tôi kết luận"), ("Người nói 2", "vâng, thưa anh")]


def test_the_same_line_keeps_both_texts_and_the_rest_is_saved(
    runtime: Runtime, secretary: Actor, publishing: Publishing
) -> None:
    transcript_id = publishing()
    change(runtime, secretary, transcript_id, 0, SetLine("s0001", text="bản của họ"))
    mine = SetLine("s0001", text="bản của tôi")
    told = change(runtime, secretary, transcript_id, 0, mine, SetLine("s0002", text="vẫn lưu"))
    (collision,) = told.collisions
    assert (collision.change, collision.segment_id) == (mine, "s0001")
    assert collision.theirs is not None
    assert collision.theirs.text == "bản của họ"
    assert said(runtime, transcript_id)[1] == ("Người nói 2", "vẫn lưu")
    again = change(runtime, secretary, transcript_id, told.number, mine)
    assert not again.collisions
    assert said(runtime, transcript_id)[0] == ("Người nói 1", "bản của tôi")


def test_a_save_that_was_answered_to_nobody_is_not_made_twice(
    runtime: Runtime, secretary: Actor, publishing: Publishing
) -> None:
    transcript_id = publishing()
    wanted = SetLine("s0001", text="tôi kết luận")
    first = change(runtime, secretary, transcript_id, 0, wanted)
    again = change(runtime, secretary, transcript_id, 0, wanted)
    assert (again.number, again.collisions) == (first.number, ())


def test_split_join_and_name_are_kept_as_differences(
    runtime: Runtime, secretary: Actor, publishing: Publishing
) -> None:
    transcript_id = publishing()
    split = change(runtime, secretary, transcript_id, 0, SplitLine("s0001", 3, speaker="Lan"))
    assert [(entry["id"], entry.get("after")) for entry in split.entries or []][0] == ("s0001", None)
    new = (split.entries or [])[1]
    assert new["after"] == "s0001"
    named = change(runtime, secretary, transcript_id, 1, RenameSpeaker("Lan", "Lê Ngọc Ánh"))
    assert said(runtime, transcript_id) == [
        ("Người nói 1", "tôi"),
        ("Lê Ngọc Ánh", "kết luật"),
        ("Người nói 2", "vâng ạ"),
    ]
    joined = change(runtime, secretary, transcript_id, named.number, MergeLines(new["id"], "s0002"))
    assert {"id": "s0002", "removed": True} in (joined.entries or [])
    assert said(runtime, transcript_id)[1:] == [("Lê Ngọc Ánh", "kết luật vâng ạ")]
    with runtime.database.transaction() as session:
        whole = select(func.count()).where(TranscriptRevision.document.is_not(None))
        assert session.scalar(whole) == 1, "only the machine's"
        assert since(session, transcript_id, 2).entries == joined.entries


def test_nothing_of_an_invalid_batch_is_saved(runtime: Runtime, secretary: Actor, publishing: Publishing) -> None:
    transcript_id = publishing()
    with pytest.raises(SegmentUnknown):
        change(runtime, secretary, transcript_id, 0, SetLine("s0001", text="khác"), SetLine("lạ", text="x"))
    with pytest.raises(Invalid):
        change(runtime, secretary, transcript_id, 7, SetLine("s0001", text="khác"))
    with pytest.raises(Invalid):
        change(runtime, secretary, transcript_id, 0, *[SetLine("s0001", text="khác")] * (MOST_CHANGES + 1))
    assert said(runtime, transcript_id)[0] == ("Người nói 1", "tôi kết luật")


def test_only_secretaries_change_lines(
    runtime: Runtime, actor_factory: Callable[..., Actor], secretary: Actor, publishing: Publishing
) -> None:
    transcript_id = publishing()
    with pytest.raises(Forbidden):
        change(runtime, actor_factory(Role.APPROVER), transcript_id, 0, SetLine("s0001", text="khác"))
    with pytest.raises(NotFound):
        change(runtime, secretary, UUID(int=1), 0, SetLine("s0001", text="khác"))


def test_many_at_once_lose_nothing(runtime: Runtime, secretary: Actor, publishing: Publishing) -> None:
    transcript_id = publishing()

    def save(number: int) -> int:
        wanted = SetLine("s0001", text=f"lời {number}") if number % 2 else SetLine("s0002", speaker=f"Người {number}")
        return len(change(runtime, secretary, transcript_id, 0, wanted).collisions)

    with ThreadPoolExecutor(4) as pool:
        lost = list(pool.map(save, range(8)))
    assert sum(lost) == 6, "one of each kind was first; all others were told"
    with runtime.database.transaction() as session:
        assert service.latest(session, transcript_id).number == 2
