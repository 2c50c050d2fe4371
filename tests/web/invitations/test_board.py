"""The operator's page of a meeting's invitations and the mail screen: who may, what is shown, what the acts do."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import event, func, select

from core.mail.delivery import deliver, due_mails
from core.mail.models import OutgoingMail
from core.mail.service import queue_mail, record_bounce
from core.permissions import Role
from core.runtime import Runtime
from orchestrator.directory.models import EndpointKind
from orchestrator.directory.service import NewEndpoint, create_endpoint
from orchestrator.invitations.answers import Comer, GivenAnswer, give_answer
from orchestrator.invitations.links import create_links
from orchestrator.invitations.models import Answer, InvitationLetter
from orchestrator.invitations.sending import send_invitations
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.plan import MeetingPlan, PlannedEndpoint
from orchestrator.meetings.service import cancel_meeting, plan_meeting
from tests.web.builders import STARTS, Office, system
from tests.web.conftest import Browser
from tests.web.invitations.conftest import Invited

BrowserOf = Callable[..., Browser]


def board(invited: Invited, act: str = "") -> str:
    return f"/cuoc-hop/{invited.meeting_id}/giay-moi{act}"


def send_waiting(runtime: Runtime) -> None:
    with runtime.database.transaction() as session:
        waiting = due_mails(session, runtime, 500)
    for mail_id in waiting:
        deliver(runtime, mail_id)


def mails(runtime: Runtime) -> list[OutgoingMail]:
    with runtime.database.transaction() as session:
        return list(session.scalars(select(OutgoingMail).order_by(OutgoingMail.created_at)))


@contextmanager
def counted(runtime: Runtime) -> Iterator[list[str]]:
    """Statements sent to the database while the block runs."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(runtime.database.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(runtime.database.engine, "before_cursor_execute", note)


def test_the_page_shows_the_letter_and_who_has_it(browser_of: BrowserOf, invited: Invited) -> None:
    page = browser_of(Role.OPERATOR).get(board(invited)).text
    for words in ("GIẤY MỜI", "Số:", "/GM-BM", "Phòng họp Cục Lưu trữ", "an@bo.example", "Chưa gửi", "Chưa có địa chỉ"):
        assert words in page
    assert invited.tokens[1] not in page


def test_a_unit_that_takes_part_sees_no_other_units_people(
    browser_of: BrowserOf, office: Office, invited: Invited
) -> None:
    unit = browser_of(Role.UNIT, unit_ids=[office.archive])
    assert unit.get(f"/cuoc-hop/{invited.meeting_id}").status_code == 200
    for path in (board(invited), board(invited, "/pdf")):
        assert unit.get(path).status_code == 403


def test_sending_once_and_pressing_again(runtime: Runtime, browser_of: BrowserOf, invited: Invited) -> None:
    browser = browser_of(Role.OPERATOR)
    first = browser.post(board(invited, "/gui"), follow_redirects=True).text
    assert "Đã xếp hàng gửi giấy mời cho 1 điểm cầu" in first
    assert "Chưa có địa chỉ thư: Trụ sở Bộ" in first
    assert "Chưa trả lời" in first
    again = browser.post(board(invited, "/gui"), follow_redirects=True).text
    assert "không gửi thêm" in again
    assert len(mails(runtime)) == 1
    browser.post(board(invited, "/gui-lai"), {"place_id": str(invited.places[1])})
    assert len(mails(runtime)) == 2


def test_an_address_typed_by_the_operator(runtime: Runtime, browser_of: BrowserOf, invited: Invited) -> None:
    browser = browser_of(Role.OPERATOR)
    form = {"place_id": str(invited.places[0]), "addresses": "van.thu@bo.example; hop@bo.example"}
    assert "Đã lưu địa chỉ" in browser.post(board(invited, "/dia-chi"), form, follow_redirects=True).text
    browser.post(board(invited, "/gui"))
    addresses = {item.address for mail in mails(runtime) for item in mail.recipients}
    assert addresses == {"an@bo.example", "van.thu@bo.example", "hop@bo.example"}
    refused = browser.post(board(invited, "/dia-chi"), {**form, "addresses": "sai"})
    assert refused.status_code == 422
    assert "ten@coquan.vn" in refused.text


def test_the_link_is_shown_only_when_asked_for(browser_of: BrowserOf, invited: Invited) -> None:
    shown = browser_of(Role.OPERATOR).post(board(invited, "/duong-dan"), {"place_id": str(invited.places[1])})
    assert f"/tra-loi/{invited.tokens[1]}" in shown.text
    assert invited.tokens[0] not in shown.text


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.APPROVER, Role.REGISTRAR, Role.UNIT, Role.ADMINISTRATOR])
def test_other_roles_neither_send_nor_see_links(
    runtime: Runtime, browser_of: BrowserOf, invited: Invited, role: Role
) -> None:
    browser = browser_of(role)
    for act in ("/gui", "/gui-lai", "/duong-dan", "/dia-chi", "/soan"):
        answer = browser.post(board(invited, act), {"place_id": str(invited.places[1])})
        assert answer.status_code in (403, 404)
        assert "/tra-loi/" not in answer.text
    assert mails(runtime) == []


def test_the_registrar_gives_number_and_date(runtime: Runtime, browser_of: BrowserOf, invited: Invited) -> None:
    browser = browser_of(Role.REGISTRAR)
    form = {"number": "5", "issued_on": "2026-04-06", "version": "1"}
    page = browser.post(board(invited, "/so"), form, follow_redirects=True).text
    assert "Số: 05/GM-BM" in page
    assert "ngày 06 tháng 4 năm 2026" in page
    stale = browser.post(board(invited, "/so"), {**form, "number": "6"})
    assert stale.status_code == 409
    for wrong in ({"number": "0"}, {"number": "x"}, {"issued_on": "2026-02-31"}):
        assert browser.post(board(invited, "/so"), {**form, "version": "2", **wrong}).status_code == 422
    with runtime.database.transaction() as session:
        assert session.scalars(select(InvitationLetter.number)).one() == 5


def test_the_offices_words_come_onto_the_paper(browser_of: BrowserOf, invited: Invited) -> None:
    form = {
        "version": "1", "inviter": "Bộ trưởng Bộ Mẫu", "notes": "Mang theo báo cáo.\n\nMặc lễ phục.",
        "signer_authority": "TL. BỘ TRƯỞNG", "signer_title": "CHÁNH VĂN PHÒNG", "signer_name": "Đặng Thị Thùy Linh",
        "recipients": "- Như thành phần mời;\n- Lưu: VT, VP.", "contact": "Hoàng Văn Dự, 024 3976 1234",
    }  # fmt: skip
    browser = browser_of(Role.OPERATOR)
    page = browser.post(board(invited, "/soan"), form, follow_redirects=True).text
    for words in ("Bộ trưởng Bộ Mẫu trân trọng kính mời", "Mặc lễ phục", "TL. BỘ TRƯỞNG", "024 3976 1234"):
        assert words in page
    for kind, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        file = browser.get(board(invited, f"/{kind}"))
        assert file.data.startswith(start)
        assert f"giay-moi-hop-giao-ban-truc-tuyen-tuan-15.{kind}" in file.headers["Content-Disposition"]
    assert browser.get(board(invited, "/exe")).status_code == 404


def test_a_change_after_sending_asks_for_the_new_version(browser_of: BrowserOf, invited: Invited) -> None:
    browser = browser_of(Role.OPERATOR)
    browser.post(board(invited, "/gui"))
    browser.post(board(invited, "/so"), {"number": "7", "issued_on": "2026-04-06", "version": "1"})
    page = browser.get(board(invited)).text
    assert "Kế hoạch hoặc phần soạn đã đổi sau bản 1" in page
    assert "Cần gửi bản mới" in page
    assert "cho 1 điểm cầu" in browser.post(board(invited, "/gui"), follow_redirects=True).text
    assert "Kế hoạch hoặc phần soạn đã đổi" not in browser.get(board(invited)).text


def test_a_bounce_stands_at_the_endpoint_and_leads_to_the_mail(
    runtime: Runtime, browser_of: BrowserOf, invited: Invited
) -> None:
    browser = browser_of(Role.OPERATOR)
    browser.post(board(invited, "/gui"))
    send_waiting(runtime)
    with runtime.database.transaction() as session:
        record_bounce(session, mails(runtime)[0].message_id, "5.1.1 không có hộp thư này")
    page = browser.get(board(invited)).text
    assert "Thư không tới" in page
    assert "5.1.1 không có hộp thư này" in page
    mail = mails(runtime)[0]
    shown = browser.get(f"/thu/{mail.id}")
    assert "Bị trả lại" in shown.text
    assert "[đường dẫn riêng để trả lời]" in shown.text
    assert invited.tokens[1] not in shown.text
    assert board(invited) in shown.text, "a mail about an invitation leads to it"
    assert "Chờ gửi" in browser.post(f"/thu/{mail.id}/gui-lai", follow_redirects=True).text
    assert browser.post(f"/thu/{mail.id}/gui-lai").status_code == 409


def test_what_is_over_is_no_longer_sent(runtime: Runtime, browser_of: BrowserOf, invited: Invited) -> None:
    with runtime.database.transaction() as session:
        cancel_meeting(session, system(Role.OPERATOR), invited.meeting_id, "Hoãn")
    browser = browser_of(Role.OPERATOR)
    page = browser.get(board(invited)).text
    assert "Cuộc họp đã hủy: Hoãn" in page
    assert "Lấy đường dẫn" not in page
    assert browser.post(board(invited, "/gui")).status_code == 409
    assert browser.post(board(invited, "/duong-dan"), {"place_id": str(invited.places[1])}).status_code == 409


@pytest.mark.parametrize("place", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_a_place_of_another_meeting_is_unknown(browser_of: BrowserOf, invited: Invited, place: str) -> None:
    browser = browser_of(Role.OPERATOR)
    for act in ("/gui-lai", "/duong-dan", "/dia-chi"):
        assert browser.post(board(invited, act), {"place_id": place}).status_code in (404, 422)


def fill(runtime: Runtime, number: int) -> None:
    with runtime.database.transaction() as session:
        for n in range(number):
            queue_mail(
                session, to=[f"a{n}@bo.example", "b@bo.example"], subject=f"Thư số {n}", body="…", dedupe_key=f"t{n}"
            )


def test_the_mail_screen_searches_filters_and_turns_pages(runtime: Runtime, browser_of: BrowserOf) -> None:
    fill(runtime, 120)
    browser = browser_of(Role.ADMINISTRATOR)
    first = browser.get("/thu").text
    assert first.count("/thu/") == 50
    assert "Cũ hơn" in first
    assert browser.get("/thu?trang=3").text.count("/thu/") == 20
    assert browser.get("/thu?tim=a117%40bo").text.count("/thu/") == 1
    assert browser.get("/thu?tim=số 11").text.count("/thu/") == 11
    assert "Không có thư nào khớp" in browser.get("/thu?trang-thai=bounced").text
    for odd in (
        "/thu?tim=%25",
        "/thu?tim=_",
        "/thu?trang=-5",
        "/thu?trang=9999999999",
        "/thu?trang-thai=x",
        "/thu?trang=x",
    ):
        assert browser.get(odd).status_code == 200


def test_the_number_of_questions_does_not_grow_with_the_mails(runtime: Runtime, browser_of: BrowserOf) -> None:
    browser = browser_of(Role.OPERATOR)
    numbers = []
    for more in (1, 60):
        fill(runtime, more)
        with counted(runtime) as said:
            assert browser.get("/thu").status_code == 200
        numbers.append(len(said))
    assert numbers[0] == numbers[1]
    with runtime.database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(OutgoingMail)) == 60


def large_meeting(runtime: Runtime, office: Office, endpoints: int, day: int) -> UUID:
    """A meeting of so many endpoints, all invited and half of them answered."""
    operator = system(*Role)
    with runtime.database.transaction() as session:
        rooms = [
            create_endpoint(
                session,
                operator,
                NewEndpoint(f"DC-{day}-{n}", f"Điểm cầu {n}", EndpointKind.COMPONENT, contact_email=f"a{n}@bo.example"),
            )
            for n in range(endpoints)
        ]
        starts_at = STARTS + timedelta(days=day)
        plan = MeetingPlan(
            classification=Classification.UNCLASSIFIED,
            title="Họp toàn ngành",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
            endpoints=[PlannedEndpoint(room.id, 2, is_central=n == 0) for n, room in enumerate(rooms)],
        )
        meeting = plan_meeting(session, operator, plan)
        links = create_links(session, operator, meeting)
        send_invitations(session, operator, meeting.id)
        for _, token in links[::2]:
            give_answer(session, token, GivenAnswer(Answer.COMING, 3, [Comer("Lò Thị An")]), runtime.clock())
        return meeting.id


def test_the_number_of_questions_does_not_grow_with_the_endpoints(
    runtime: Runtime, browser_of: BrowserOf, office: Office
) -> None:
    browser = browser_of(Role.OPERATOR)
    numbers = []
    for day, endpoints in ((1, 3), (2, 40)):
        path = f"/cuoc-hop/{large_meeting(runtime, office, endpoints, day)}/giay-moi"
        with counted(runtime) as said:
            page = browser.get(path)
        assert page.text.count("Gửi lại") == endpoints
        numbers.append(len(said))
    assert numbers[0] == numbers[1], numbers


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.APPROVER, Role.REGISTRAR, Role.UNIT])
def test_mails_are_not_for_other_roles(runtime: Runtime, browser_of: BrowserOf, role: Role) -> None:
    fill(runtime, 1)
    browser = browser_of(role)
    for path in ("/thu", f"/thu/{mails(runtime)[0].id}"):
        assert browser.get(path).status_code == 403
