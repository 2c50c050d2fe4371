"""Looks before the approval: who may not, bound to one text, sent back with words, asked for by the house or not."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from core.accounts import create_account
from core.errors import Forbidden, NotFound
from core.permissions import Actor, Role
from core.runtime import Runtime, install
from minutes.notices import service
from minutes.notices.models import ChangeRequest, NoticeRevision, ReviewAspect
from minutes.notices.refusals import NotInReview, OutdatedRevision, OwnReview, ReasonMissing, ReviewsMissing
from minutes.notices.reviews import give_review, notices_to_review, reviewable, reviews_of
from orchestrator.directory.models import Person, Unit
from orchestrator.meetings.models import Meeting
from tests.minutes.conftest import People
from tests.minutes.samples import notice

CONTENT, FORM = ReviewAspect.CONTENT, ReviewAspect.FORM


@pytest.fixture
def strict(runtime: Runtime) -> Runtime:
    """A house that asks for both looks."""
    house = replace(runtime, settings=runtime.settings.model_copy(update={"notice_reviews": ("content", "form")}))
    install(house)
    return house


@pytest.fixture
def submitted(session: Session, meeting: Meeting, people: People) -> NoticeRevision:
    """A text the secretary wrote and submitted."""
    first = service.open_draft(session, meeting.id, notice(machine_made=True))
    text = notice(subject="Kết luận đã được thư ký sửa")
    revision = service.save_revision(session, people.secretary, first.notice_id, 1, text)
    service.submit(session, people.secretary, revision.notice_id)
    return revision


@pytest.fixture
def head() -> Actor:
    """The head of the drafting unit: another account of the Office."""
    return Actor(uuid4(), "Hà Thị Ngà", frozenset({Role.SECRETARY}))


def test_who_may_not(session: Session, submitted: NoticeRevision, people: People) -> None:
    cases = [
        (people.secretary, CONTENT, OwnReview),
        (people.registrar, CONTENT, Forbidden),
        (people.approver, FORM, Forbidden),
        (people.stranger, FORM, NotFound),
    ]
    for actor, aspect, refusal in cases:
        with pytest.raises(refusal):
            give_review(session, actor, submitted.notice_id, submitted.id, aspect, passed=True)


def test_a_house_that_asks_for_looks_gets_them_before_the_approval(
    strict: Runtime, session: Session, submitted: NoticeRevision, people: People, head: Actor
) -> None:
    notice_id = submitted.notice_id
    assert [row.id for row in notices_to_review(session, head)] == [notice_id]
    assert [row.id for row in notices_to_review(session, people.registrar)] == [notice_id]
    assert notices_to_review(session, people.secretary) == [], "nobody is asked to look at their own text"
    with pytest.raises(ReviewsMissing) as caught:
        service.approve(session, people.approver, notice_id, submitted.id)
    assert caught.value.params["missing"] == "kiểm tra nội dung, kiểm tra thể thức"
    give_review(session, head, notice_id, submitted.id, CONTENT, passed=True, note="Đã đối chiếu bản ghi")
    with pytest.raises(ReviewsMissing, match="thể thức"):
        service.approve(session, people.approver, notice_id, submitted.id)
    first = give_review(session, people.registrar, notice_id, submitted.id, FORM, passed=True)
    again = give_review(session, head, notice_id, submitted.id, FORM, passed=True)
    assert again.id == first.id, "the first look stands"
    assert notices_to_review(session, people.registrar) == []
    assert service.approve(session, people.approver, notice_id, submitted.id).revision_id == submitted.id
    assert {row.aspect for row in reviews_of(session, people.approver, notice_id)} == {CONTENT, FORM}


def test_a_new_text_wants_new_looks(
    strict: Runtime, session: Session, submitted: NoticeRevision, people: People, head: Actor
) -> None:
    notice_id = submitted.notice_id
    give_review(session, head, notice_id, submitted.id, CONTENT, passed=True)
    sent_back = give_review(
        session, people.registrar, notice_id, submitted.id, FORM, passed=False, note="Thiếu trích yếu"
    )
    assert not sent_back.passed
    assert service.get_notice(session, people.secretary, notice_id).state == "changes_requested"
    assert session.query(ChangeRequest).one().reason == "Thiếu trích yếu"
    with pytest.raises(NotInReview):
        give_review(session, head, notice_id, submitted.id, CONTENT, passed=True)
    second = service.save_revision(session, people.secretary, notice_id, submitted.number, notice(subject="Mới"))
    service.submit(session, people.secretary, notice_id)
    with pytest.raises(OutdatedRevision):
        give_review(session, head, notice_id, submitted.id, FORM, passed=True)
    with pytest.raises(ReviewsMissing, match="nội dung, kiểm tra thể thức"):
        service.approve(session, people.approver, notice_id, second.id)


def test_without_the_setting_looks_are_kept_and_not_asked_for(
    session: Session, submitted: NoticeRevision, people: People, head: Actor, units: dict[str, Unit]
) -> None:
    found = service.get_notice(session, head, submitted.notice_id)
    assert reviewable(session, head, found) == (CONTENT, FORM)
    assert reviewable(session, people.approver, found) == (CONTENT,)
    assert reviewable(session, people.secretary, found) == ()
    with pytest.raises(ReasonMissing):
        give_review(session, head, found.id, submitted.id, CONTENT, passed=False, note=" ")
    row = give_review(session, head, found.id, submitted.id, CONTENT, passed=True)
    assert row.reviewer_title == ""
    assert notices_to_review(session, people.registrar) == []
    service.approve(session, people.approver, found.id, submitted.id)
    assert reviewable(session, head, found) == ()


def test_the_office_of_a_known_person_is_written_down(
    session: Session, submitted: NoticeRevision, units: dict[str, Unit], account_of: Callable[[], Actor]
) -> None:
    chief = account_of()
    session.add(
        Person(full_name=chief.name, title="Trưởng phòng", unit_id=units["VPB"].id, account_id=chief.account_id)
    )
    session.flush()
    row = give_review(session, chief, submitted.notice_id, submitted.id, CONTENT, passed=True)
    assert row.reviewer_title == "Trưởng phòng, Văn phòng Bộ"


@pytest.fixture
def account_of(session: Session) -> Callable[[], Actor]:
    """An actor with an account of its own."""

    def make() -> Actor:
        account = create_account(
            session,
            login="truong.phong",
            password="một câu dài dễ nhớ",
            display_name="Hà Thị Ngà",
            roles={Role.SECRETARY},
        )
        return Actor(account.id, account.display_name, frozenset({Role.SECRETARY}))

    return make
