"""The first screen: what reaches it from other parts of the house."""

from collections.abc import Callable
from datetime import timedelta

from core.permissions import Role
from core.runtime import Runtime
from orchestrator.caps.caps import Scope
from orchestrator.caps.service import NewPolicy, create_policy
from orchestrator.live.checks import Report, record_telephone_check
from orchestrator.live.models import CheckResult
from orchestrator.live.readiness import Measured
from orchestrator.meetings.models import Meeting
from tests.conftest import MOMENT, FixedClock
from tests.web.builders import STARTS, build_meeting, build_notice, build_office, build_transcript, system
from tests.web.conftest import Browser
from transcription.transcripts import service as transcripts
from web.home.need import is_today

Browsers = Callable[..., Browser]
OVER = "5, trần 2"


def test_a_new_cap_reaches_those_who_can_act_on_meetings_already_planned(
    browser_of: Browsers, runtime: Runtime
) -> None:
    build_meeting(runtime, build_office(runtime))
    assert "Không có cuộc họp nào vượt trần" in browser_of(Role.OPERATOR).get("/").text

    new = NewPolicy("Giãn cách", Scope.ROOM, 2, "Chỉ thị số 16/CT-TTg ngày 31/3/2020", valid_from=MOMENT.date())
    with runtime.database.transaction() as session:
        create_policy(session, system(Role.ADMINISTRATOR), new)

    for role in (Role.OPERATOR, Role.APPROVER):
        page = browser_of(role).get("/").text
        assert OVER in page
        assert "Chỉ thị số 16/CT-TTg" in page
    assert OVER not in browser_of(Role.SECRETARY).get("/").text


def test_remarks_on_deadlines_are_for_the_house_not_for_those_invited(browser_of: Browsers, runtime: Runtime) -> None:
    office = build_office(runtime)
    meeting = build_meeting(runtime, office, STARTS + timedelta(days=1))
    remark = "Giấy mời phải gửi trước"
    assert remark in browser_of(Role.OPERATOR).get(f"/cuoc-hop/{meeting}").text
    assert remark not in browser_of(Role.UNIT, unit_ids=[office.centre]).get(f"/cuoc-hop/{meeting}").text


def test_two_endpoints_are_not_ready_twenty_minutes_before_the_hour(browser_of: Browsers, runtime: Runtime) -> None:
    meeting = build_meeting(runtime, build_office(runtime), STARTS + timedelta(minutes=20))
    page = browser_of(Role.OPERATOR).get("/").text
    today = page[page.index('id="hom-nay"') : page.index("</section>", page.index('id="hom-nay"'))]
    assert "14:20" in today
    assert "còn khoảng 20 phút" in today
    assert "2 điểm cầu chưa sẵn sàng" in today
    assert f'href="/dieu-hanh/{meeting}/chua-san-sang"' in today
    # Who does not work the console sees the hour, not the state of the line.
    other = browser_of(Role.REGISTRAR).get("/").text
    assert "còn khoảng 20 phút" in other
    assert "chưa sẵn sàng" not in other


def test_an_endpoint_that_was_checked_is_not_counted(browser_of: Browsers, runtime: Runtime) -> None:
    meeting_id = build_meeting(runtime, build_office(runtime), STARTS + timedelta(minutes=20))
    good = Measured(CheckResult.GOOD, CheckResult.GOOD, CheckResult.GOOD)
    with runtime.database.transaction() as session:
        place = session.get_one(Meeting, meeting_id).endpoints[0]
        record_telephone_check(session, system(Role.OPERATOR), meeting_id, place.id, Report(good))
    assert "1 điểm cầu chưa sẵn sàng" in browser_of(Role.OPERATOR).get("/").text


def test_the_clock_of_a_notice_is_told_in_working_days(
    browser_of: Browsers, runtime: Runtime, fixed_clock: FixedClock
) -> None:
    meeting_id = build_meeting(runtime, build_office(runtime))
    with runtime.database.transaction() as session:
        build_notice(session, meeting_id)
    fixed_clock.now = MOMENT + timedelta(days=5)  # from Wednesday to Monday
    page = browser_of(Role.SECRETARY).get("/").text
    assert "ngày làm việc 3/5" in page
    assert 'id="hom-nay"' not in page
    fixed_clock.now = MOMENT + timedelta(days=6)
    page = browser_of(Role.SECRETARY).get("/").text
    assert "Thông báo cần hoàn thiện: ngày làm việc 4/5" in page


def test_voices_without_a_name_are_counted_until_they_have_one(browser_of: Browsers, runtime: Runtime) -> None:
    meeting_id = build_meeting(runtime, build_office(runtime))
    with runtime.database.transaction() as session:
        transcript_id = build_transcript(session, meeting_id)
    secretary = browser_of(Role.SECRETARY)
    assert "1 giọng chưa có tên" in secretary.get("/").text
    with runtime.database.transaction() as session:
        document = transcripts.document_of(session, transcripts.latest(session, transcript_id))
        line = next(item for item in document.segments if item.speaker == "Người nói 2")
        transcripts.correct_segment(
            session, system(Role.SECRETARY), transcript_id, 0, line.id, speaker="Đặng Thị Thùy Linh"
        )
    page = secretary.get("/").text
    assert "chưa có tên" not in page
    assert "Mọi bản gỡ băng gần đây đã được xem lại" in page
    assert "giọng chưa có tên" not in browser_of(Role.OPERATOR).get("/").text


def test_a_purge_waits_for_the_second_person_on_the_first_screen(browser_of: Browsers, runtime: Runtime) -> None:
    page = browser_of(Role.ADMINISTRATOR).get("/").text
    assert "Yêu cầu tiêu hủy chờ xác nhận" in page
    assert "Không có yêu cầu tiêu hủy nào đang chờ" in page


def test_what_does_not_wait_is_said_once_and_small(browser_of: Browsers, runtime: Runtime) -> None:
    page = browser_of(Role.UNIT).get("/").text
    assert page.index("Không có việc đang chờ") < page.index("Thông báo chờ xác nhận")
    assert 'id="hom-nay"' not in page


def test_the_words_of_distance() -> None:
    now = MOMENT
    assert is_today(now + timedelta(hours=9), now)
    assert not is_today(now + timedelta(hours=11), now), "after midnight in Hà Nội"
    assert is_today(now - timedelta(days=1), now)
    assert not is_today(now - timedelta(days=1, seconds=1), now)
