"""Public bulletins: only whom it is allowed, only the issued words, gone with what they are taken from."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import Forbidden, NotFound
from minutes.delivery import bulletins
from minutes.delivery.bulletin_text import bulletin_text, passages
from minutes.delivery.models import Bulletin
from minutes.notices import issuing, service, successors
from minutes.notices.models import Notice
from minutes.notices.refusals import BulletinRefused, NotYetIssued
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import Meeting
from tests.minutes.conftest import People
from tests.minutes.samples import notice

Make = Callable[..., Notice]
KEYS = [passage.key for passage in passages(notice())]


@given(st.lists(st.sampled_from([*KEYS, "không có"])))
def test_every_word_of_a_bulletin_was_issued(chosen: list[str]) -> None:
    content = notice()
    issued = {": ".join(part for part in (p.heading, p.text) if part) for p in passages(content)}
    text = bulletin_text(content, chosen)
    assert set(text.paragraphs) <= issued
    assert len(text.paragraphs) == len(set(chosen) & set(KEYS))
    assert text.title == content.subject


def test_only_the_entitled_and_only_what_is_issued(
    session: Session, issued: Make, approved: Make, people: People
) -> None:
    done = issued()
    for actor, refusal in ((people.secretary, Forbidden), (people.registrar, Forbidden), (people.stranger, NotFound)):
        with pytest.raises(refusal):
            bulletins.publish(session, actor, done.id, KEYS)
    with pytest.raises(NotFound):
        bulletins.publish(session, people.approver, uuid4(), KEYS)
    with pytest.raises(BulletinRefused, match="chưa có bản tin"):
        bulletins.withdraw(session, people.approver, done.id)
    with pytest.raises(BulletinRefused, match="chưa chọn đoạn nào"):
        bulletins.publish(session, people.approver, done.id, ["không có"])


def test_a_draft_is_never_public(session: Session, approved: Make, people: People) -> None:
    with pytest.raises(NotYetIssued):
        bulletins.publish(session, people.approver, approved().id, KEYS)


def test_what_is_for_internal_use_is_never_public(session: Session, issued: Make, people: People) -> None:
    inside = issued(notice(circulation="LƯU HÀNH NỘI BỘ"))
    with pytest.raises(BulletinRefused, match="lưu hành nội bộ"):
        bulletins.publish(session, people.approver, inside.id, KEYS)


def test_a_new_choice_takes_the_place_of_the_old(session: Session, issued: Make, people: People) -> None:
    done = issued()
    first = bulletins.publish(session, people.approver, done.id, KEYS[:1])
    second = bulletins.publish(session, people.approver, done.id, [*KEYS[1:3], KEYS[1]])
    assert [row.id for row in bulletins.public_bulletins(session)] == [second.id]
    assert second.passage_keys == KEYS[1:3]
    with pytest.raises(NotFound):
        bulletins.public_bulletin(session, first.id)
    shown = bulletins.public_bulletin(session, second.id)
    assert shown.symbol.startswith("01/TB")
    assert shown.paragraphs == tuple(second.paragraphs)
    bulletins.withdraw(session, people.approver, done.id)
    assert bulletins.public_bulletins(session) == []
    assert len(session.scalars(select(Bulletin)).all()) == 2, "nothing is deleted"


@pytest.mark.parametrize("after", ["withdrawal", "replacement"])
def test_it_goes_with_its_notice(session: Session, issued: Make, people: People, after: str) -> None:
    done = issued()
    row = bulletins.publish(session, people.approver, done.id, KEYS)
    act = successors.withdraw if after == "withdrawal" else successors.replace
    later = act(session, people.secretary, done.id, "Sai nội dung")
    service.submit(session, people.secretary, later.id)
    service.approve(session, people.approver, later.id, service.latest_revision(session, later.id).id)
    assert bulletins.is_public(session, row), "until the later paper is issued, the first stands"
    issuing.issue(session, people.registrar, later.id)
    assert not bulletins.is_public(session, row)
    with pytest.raises(NotFound):
        bulletins.public_bulletin(session, row.id)
    with pytest.raises(BulletinRefused, match="thu hồi hoặc thay thế"):
        bulletins.publish(session, people.approver, done.id, KEYS)
    if after == "withdrawal":
        with pytest.raises(BulletinRefused, match="chỉ công khai được thông báo"):
            bulletins.publish(session, people.approver, later.id, ["mo-dau-0"])


def test_it_goes_when_the_meeting_turns_out_to_be_secret(
    session: Session, issued: Make, people: People, meeting: Meeting
) -> None:
    row = bulletins.publish(session, people.approver, issued().id, KEYS)
    meeting.classification = Classification.CONFIDENTIAL
    session.flush()
    assert not bulletins.is_public(session, row)
