"""The page of the search: words marked and escaped, filters, pages, and the field in the head."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event

from core.permissions import Role
from core.runtime import Runtime
from core.search.finding import HITS_PER_PAGE
from core.search.index import Passage, keep
from orchestrator.meetings.models import Meeting
from tests.conftest import MOMENT
from tests.web.builders import Office, build_meeting, build_notice, build_office, build_transcript, notice_content
from tests.web.conftest import Browser

Browsers = Callable[..., Browser]


@pytest.fixture
def office(runtime: Runtime) -> Office:
    return build_office(runtime)


@pytest.fixture
def meeting_id(runtime: Runtime, office: Office) -> UUID:
    return build_meeting(runtime, office)


@pytest.fixture
def secretary(browser_of: Browsers) -> Browser:
    return browser_of(Role.SECRETARY)


def test_every_page_has_the_field_for_those_who_can_find_something(browser_of: Browsers) -> None:
    for role in (Role.OPERATOR, Role.UNIT):
        page = browser_of(role).get("/").text
        assert 'id="tim-chung"' in page
        assert "js/find.js" in page
    assert 'id="tim-chung"' not in browser_of(Role.ADMINISTRATOR).get("/").text


def test_words_are_found_without_marks_and_shown_marked(secretary: Browser, meeting_id: UUID) -> None:
    page = secretary.get("/tim-kiem?q=giao+ban").text
    assert f'href="/cuoc-hop/{meeting_id}"' in page
    assert "Họp <mark>giao ban</mark> trực tuyến tuần 15" in page
    assert "1 kết quả" in page


def test_what_was_typed_and_what_was_found_is_escaped(secretary: Browser, runtime: Runtime, meeting_id: UUID) -> None:
    with runtime.database.transaction() as session:
        session.get_one(Meeting, meeting_id).title = "Họp <script>alert(1)</script> & giao ban"
    page = secretary.get("/tim-kiem", query_string={"q": '"><script>alert(2)</script> alert giao'}).text
    assert "<script>alert" not in page
    page = secretary.get("/tim-kiem?q=giao").text
    assert "Họp &lt;script&gt;alert(1)&lt;/script&gt; &amp; <mark>giao</mark> ban" in page


def test_a_line_of_a_transcript_is_one_click_away(secretary: Browser, runtime: Runtime, meeting_id: UUID) -> None:
    with runtime.database.transaction() as session:
        transcript_id = build_transcript(session, meeting_id)
    page = secretary.get("/tim-kiem?q=de+nghi&loai=transcript").text
    assert f'href="/go-bang/{transcript_id}#dong-s0001"' in page
    assert 'id="dong-s0001"' in secretary.get(f"/go-bang/{transcript_id}").text


def test_a_word_with_marks_is_looked_for_as_it_is_first(secretary: Browser, meeting_id: UUID) -> None:
    assert "đúng dấu" not in secretary.get("/tim-kiem?q=giao").text
    page = secretary.get("/tim-kiem?q=giáo+bàn").text
    assert "Không có nội dung nào đúng dấu" in page
    assert "<mark>giao ban</mark>" in page


def test_a_name_that_is_nearly_right_is_offered(secretary: Browser, meeting_id: UUID) -> None:
    page = secretary.get("/tim-kiem?q=giao+bam+truc+tuyenn").text
    assert "tên gần giống" in page
    assert f'href="/cuoc-hop/{meeting_id}"' in page
    assert "Không tìm thấy" in secretary.get("/tim-kiem?q=xyzxyzxyz").text


def test_filters_by_kind_period_and_unit(
    secretary: Browser, runtime: Runtime, office: Office, meeting_id: UUID
) -> None:
    with runtime.database.transaction() as session:
        notice_id = build_notice(session, meeting_id, notice_content())
    both = secretary.get("/tim-kiem?q=giao+ban").text
    assert f"/cuoc-hop/{meeting_id}" in both
    assert f"/thong-bao/{notice_id}" in both
    only = secretary.get("/tim-kiem?q=giao+ban&loai=notice").text
    assert f'href="/cuoc-hop/{meeting_id}"' not in only
    assert f"/thong-bao/{notice_id}" in only
    assert 'Tất cả <span class="count">2</span>' in only
    assert "Không tìm thấy" in secretary.get("/tim-kiem?q=giao+ban&tu=2026-04-09").text
    assert "Không tìm thấy" in secretary.get("/tim-kiem?q=giao+ban&den=2026-04-07").text
    assert f"/cuoc-hop/{meeting_id}" in secretary.get("/tim-kiem?q=giao+ban&tu=2026-04-08&den=2026-04-08").text
    assert f"/cuoc-hop/{meeting_id}" in secretary.get(f"/tim-kiem?q=giao+ban&don-vi={office.archive}").text
    assert "Không tìm thấy" in secretary.get(f"/tim-kiem?q=giao+ban&don-vi={uuid4()}").text


def test_odd_questions_are_answered(secretary: Browser, meeting_id: UUID) -> None:
    odd = "q=giao&trang=999999999&tu=x&den=9999-12-31&loai=x&don-vi=x"
    for query in ("", "q=", "q=%25", "q=%27%27%26", odd, "q=%26%7C!%3A*", "q=" + "a" * 500, "q=giao&trang=-1", "q=“"):
        assert secretary.get(f"/tim-kiem?{query}").status_code == 200, query


def _statements(runtime: Runtime) -> Iterator[list[str]]:
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        found.append(statement)

    event.listen(runtime.database.engine, "before_cursor_execute", note)
    yield found
    event.remove(runtime.database.engine, "before_cursor_execute", note)


def test_many_hits_come_in_pages_and_cost_no_more_queries(
    secretary: Browser, runtime: Runtime, meeting_id: UUID
) -> None:
    with runtime.database.transaction() as session:
        keep(session, "transcript", uuid4(), [_passage(0, meeting_id)])
    address = "/tim-kiem?q=giao"
    secretary.get(address)
    few = _count(secretary, runtime, address)
    with runtime.database.transaction() as session:
        for number in range(HITS_PER_PAGE + 5):
            keep(session, "transcript", uuid4(), [_passage(number, meeting_id)])
    assert "Trang 1 / 2" in secretary.get(address).text
    assert "Trang 2 / 2" in secretary.get(f"{address}&trang=9").text
    assert _count(secretary, runtime, address) == few


def _passage(number: int, meeting_id: UUID) -> Passage:
    when = MOMENT - timedelta(days=number)
    return Passage("Họp giao ban", f"Tôi giao đồng chí {number}", when, meeting_id, part="s0001", is_head=True)


def _count(secretary: Browser, runtime: Runtime, address: str) -> int:
    statements = _statements(runtime)
    found = next(statements)
    secretary.get(address)
    next(statements, None)
    return len(found)
