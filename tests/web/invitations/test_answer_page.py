"""The personal page: what it shows without an account, what it takes, what it refuses, what strangers learn."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from core.permissions import Role
from core.runtime import Runtime
from orchestrator.invitations.links import create_links
from orchestrator.invitations.models import Answer, Invitation
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import AgendaItem, Meeting, MeetingDocument, MeetingEndpoint
from orchestrator.meetings.service import cancel_meeting, declare_classified, open_meeting
from tests.conftest import FixedClock
from tests.web.builders import STARTS, system
from tests.web.conftest import Browser
from tests.web.invitations.conftest import Invited
from web.invitations.limits import LIMIT_ANSWERS, LIMIT_UNKNOWN

COMING = {
    "answer": "coming",
    "head_count": "4",
    "person_name": ["Vừ Thị Mỷ", "Lý A Páo", ""],
    "person_title": ["Phó Cục trưởng", "Chuyên viên", ""],
    "person_instead_of": ["Cục trưởng Giàng A Sử", "", ""],
    "contact_name": "Hoàng Văn Dự",
    "contact_phone": "024 3976 1234",
    "contact_email": "du@bo.example",
}


def path(invited: Invited, place: int = 1) -> str:
    return f"/tra-loi/{invited.tokens[place]}"


def invitation_of(runtime: Runtime, invited: Invited, place: int = 1) -> Invitation | None:
    with runtime.database.transaction() as session:
        query = select(Invitation).where(Invitation.meeting_endpoint_id == invited.places[place])
        return session.scalars(query).one_or_none()


def answer(telephone: Browser, invited: Invited, **changes: object) -> TestResponse:
    return telephone.post(path(invited), {**COMING, **changes})


def test_the_page_shows_the_meeting_and_the_way_in(runtime: Runtime, telephone: Browser, invited: Invited) -> None:
    with runtime.database.transaction() as session:
        session.add(AgendaItem(meeting_id=invited.meeting_id, position=1, title="Báo cáo tuần <b>15</b>"))
        session.add(
            MeetingDocument(meeting_id=invited.meeting_id, position=1, symbol="12/BC-VP", subject="Kết quả tuần 14")
        )
    page = telephone.get(path(invited))
    assert page.status_code == 200
    for words in (
        "Họp giao ban trực tuyến tuần 15", "14:00–15:00", "Phan Quốc Bảo", "12/BC-VP", "Kết quả tuần 14",
        "Báo cáo tuần &lt;b&gt;15&lt;/b&gt;", "Phòng họp mở lúc 13:00 ngày 08/04/2026",
        f"/join/{invited.tokens[1]}", f"/kiem-tra/{invited.tokens[1]}", "Phòng họp Cục Lưu trữ",
    ):  # fmt: skip
        assert words in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"


def test_an_answer_is_kept_whole_and_counts_as_head_count(
    runtime: Runtime, telephone: Browser, invited: Invited
) -> None:
    assert answer(telephone, invited).status_code == 303
    kept = invitation_of(runtime, invited)
    assert kept is not None
    assert (kept.answer, kept.head_count, kept.is_answered) == (Answer.COMING, 4, True)
    assert kept.people == [
        {"name": "Vừ Thị Mỷ", "title": "Phó Cục trưởng", "instead_of": "Cục trưởng Giàng A Sử"},
        {"name": "Lý A Páo", "title": "Chuyên viên", "instead_of": ""},
    ]
    assert (kept.contact_name, kept.contact_phone, kept.contact_email) == (
        "Hoàng Văn Dự", "024 3976 1234", "du@bo.example",
    )  # fmt: skip
    with runtime.database.transaction() as session:
        assert session.get_one(MeetingEndpoint, invited.places[1]).head_count == 4
    page = telephone.get(path(invited)).text
    assert "Đã trả lời lúc" in page
    assert "Vừ Thị Mỷ" in page


def test_an_answer_may_be_changed_until_the_meeting_opens(
    runtime: Runtime, telephone: Browser, invited: Invited, fixed_clock: FixedClock
) -> None:
    answer(telephone, invited)
    declined = answer(telephone, invited, answer="declined", decline_reason="Trùng đoàn công tác")
    assert declined.status_code == 303
    kept = invitation_of(runtime, invited)
    assert kept is not None
    assert (kept.answer, kept.head_count, kept.people) == (Answer.DECLINED, 0, [])
    assert kept.decline_reason == "Trùng đoàn công tác"
    with runtime.database.transaction() as session:
        assert session.get_one(MeetingEndpoint, invited.places[1]).head_count == 0
        open_meeting(session, system(Role.OPERATOR), invited.meeting_id)
    late = answer(telephone, invited)
    assert late.status_code == 409
    assert "gọi bộ phận kỹ thuật" in late.text
    assert "Câu trả lời đã gửi" in late.text
    assert invitation_of(runtime, invited).decline_reason == "Trùng đoàn công tác"  # type: ignore[union-attr]


def test_the_hour_closes_the_answers_too(telephone: Browser, invited: Invited, fixed_clock: FixedClock) -> None:
    fixed_clock.now = STARTS - timedelta(seconds=1)
    assert answer(telephone, invited).status_code == 303
    fixed_clock.now = STARTS
    assert answer(telephone, invited).status_code == 409


def test_too_many_people_are_refused_with_the_policy_and_nothing_is_lost(
    runtime: Runtime, telephone: Browser, invited: Invited
) -> None:
    with runtime.database.transaction() as session:
        from orchestrator.caps.service import ensure_default_policy

        ensure_default_policy(session)
    refused = answer(telephone, invited, head_count="21")
    assert refused.status_code == 409
    assert "vượt trần 20 người" in refused.text
    assert "2047/TB-BCĐ" in refused.text
    assert 'value="21"' in refused.text
    assert "Vừ Thị Mỷ" in refused.text
    assert invitation_of(runtime, invited) is None
    with runtime.database.transaction() as session:
        assert session.get_one(MeetingEndpoint, invited.places[1]).head_count == 3


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"answer": ""}, "chưa chọn dự hay không dự"),
        ({"answer": "maybe"}, "chưa chọn dự hay không dự"),
        ({"head_count": ""}, "phải là số nguyên"),
        ({"head_count": "0"}, "phải từ 1 trở lên"),
        ({"head_count": "-3"}, "phải từ 1 trở lên"),
        ({"head_count": "1"}, "ít hơn 2 người đã ghi tên"),
        ({"head_count": "9" * 30}, "lớn bất thường"),
        ({"answer": "declined", "decline_reason": " "}, "lý do không dự"),
        ({"person_name": ["", ""], "person_title": ["Cục trưởng", ""]}, "còn để trống ở một dòng"),
        ({"person_name": ["x" * 251, "Lý A Páo"]}, "tối đa 250 ký tự"),
        ({"person_name": [f"Người {n}" for n in range(61)], "head_count": "70"}, "nhiều hơn 60 người"),
        ({"contact_phone": "gọi tôi"}, "điện thoại"),
        ({"contact_email": "sai"}, "không phải dạng"),
        ({"contact_email": "a@b.example\r\nBcc: c@d.example"}, "không hợp lệ"),
    ],
)
def test_a_wrong_answer_says_what_to_do_and_changes_nothing(
    runtime: Runtime, telephone: Browser, invited: Invited, changes: dict[str, object], words: str
) -> None:
    refused = answer(telephone, invited, **changes)
    assert refused.status_code == 422
    assert words in refused.text
    assert "Hoàng Văn Dự" in refused.text
    assert invitation_of(runtime, invited) is None


def test_a_form_without_its_token_is_refused(runtime: Runtime, telephone: Browser, invited: Invited) -> None:
    assert telephone.client.post(path(invited), data=COMING).status_code == 400
    assert invitation_of(runtime, invited) is None


@pytest.mark.parametrize(
    "token", ["x", "a" * 43, "b" * 4000, "' OR 1=1 --", "%00", "..%2f", "\N{COMBINING ACUTE ACCENT}"]
)
def test_unknown_links_are_all_the_same_friendly_page(telephone: Browser, invited: Invited, token: str) -> None:
    shown = telephone.get(f"/tra-loi/{token}")
    assert shown.status_code in (400, 404)
    assert "giao ban" not in shown.text
    if shown.status_code == 404 and "%2f" not in token:
        assert "thư mời mới nhất" in shown.text


def test_replaced_and_expired_links_tell_nothing(
    runtime: Runtime, telephone: Browser, invited: Invited, fixed_clock: FixedClock
) -> None:
    # The page knows its own address, to come back to in the other language, and nothing else. The form's token is
    # stamped with the second at which it was made.
    def told(address: str) -> tuple[int, str]:
        shown = telephone.get(address)
        text, tokens = re.subn(r'(name="csrf_token" value=)"[^"]+"', r"\1", shown.text.replace(address, ""))
        assert tokens == 1
        return shown.status_code, text

    unknown = told("/tra-loi/" + "a" * 43)
    assert unknown[0] == 404
    fixed_clock.now = STARTS + timedelta(hours=1, days=30)
    assert told(path(invited)) == unknown
    fixed_clock.now = STARTS - timedelta(hours=5)
    with runtime.database.transaction() as session:
        create_links(session, system(Role.OPERATOR), session.get_one(Meeting, invited.meeting_id))
    assert told(path(invited)) == unknown


def test_a_classified_or_withdrawn_place_tells_nothing(runtime: Runtime, telephone: Browser, invited: Invited) -> None:
    with runtime.database.transaction() as session:
        session.execute(
            update(MeetingEndpoint).where(MeetingEndpoint.id == invited.places[1]).values(withdrawn_at=STARTS)
        )
    assert answer(telephone, invited).status_code == 404
    with runtime.database.transaction() as session:
        declare_classified(session, system(Role.OPERATOR), invited.meeting_id, Classification.SECRET)
    assert telephone.get(path(invited, 0)).status_code == 404


def test_a_cancelled_meeting_says_why_and_takes_no_answer(
    runtime: Runtime, telephone: Browser, invited: Invited
) -> None:
    with runtime.database.transaction() as session:
        cancel_meeting(session, system(Role.OPERATOR), invited.meeting_id, "Hoãn sang tuần sau")
    page = telephone.get(path(invited))
    assert "Hoãn sang tuần sau" in page.text
    assert "Gửi câu trả lời" not in page.text
    assert answer(telephone, invited).status_code == 409


def test_one_endpoint_does_not_see_anothers_answer(telephone: Browser, invited: Invited) -> None:
    answer(telephone, invited)
    other = telephone.get(path(invited, 0)).text
    assert "Vừ Thị Mỷ" not in other
    assert "024 3976 1234" not in other
    assert invited.tokens[1] not in other


def test_guessing_is_slowed_down_and_a_right_link_waits_too(
    telephone: Browser, invited: Invited, fixed_clock: FixedClock
) -> None:
    for n in range(LIMIT_UNKNOWN):
        assert telephone.get(f"/{'join' if n % 2 else 'tra-loi'}/sai-{n}").status_code == 404
    for shut in ("/tra-loi/sai", path(invited), f"/join/{invited.tokens[1]}"):
        stopped = telephone.get(shut)
        assert stopped.status_code == 429
        assert "Hãy chờ 15 phút" in stopped.text
    assert telephone.get("/dang-nhap").status_code == 200
    fixed_clock.now += timedelta(minutes=16)
    assert telephone.get(path(invited)).status_code == 200


def test_an_answer_changed_without_end_has_to_wait(telephone: Browser, invited: Invited) -> None:
    token = telephone.token()
    for _ in range(LIMIT_ANSWERS):
        telephone.client.post(path(invited), data={"csrf_token": token})
    assert telephone.client.post(path(invited), data={**COMING, "csrf_token": token}).status_code == 429


def test_neither_links_nor_names_reach_the_log(
    telephone: Browser, invited: Invited, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    telephone.get(path(invited))
    answer(telephone, invited)
    for secret in (invited.tokens[1], "Vừ Thị Mỷ", "024 3976 1234"):
        assert secret not in caplog.text
