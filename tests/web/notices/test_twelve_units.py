"""A notice's whole life among twelve units, on the screens and by the clock.

Sent back once, approved, issued, sent to twelve, acknowledged by eleven, one reminded by mail, tasks reported, one
late, all of them before the next meeting of the series.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from uuid import UUID

import pytest
from sqlalchemy import select

from core.audit import verify
from core.clock import VIETNAM
from core.mail.delivery import deliver, due_mails
from core.outbox import OutboxEvent, deliver_pending
from core.permissions import Role
from core.runtime import Runtime
from minutes.delivery.models import Delivery
from minutes.delivery.tasks import remind_acknowledgements
from minutes.followups.models import Task
from minutes.notices.content import DeadlineFacts, NoticeItem, Section
from minutes.notices.models import Notice, NoticeRevision
from orchestrator.directory import service as directory
from orchestrator.directory.models import EndpointKind, Unit
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.plan import PlannedEndpoint
from orchestrator.meetings.plan_body import PlanBody
from orchestrator.meetings.series.plans import NewSeries
from orchestrator.meetings.series.service import plan_series
from orchestrator.meetings.service import close_meeting, open_meeting
from tests.conftest import FixedClock
from tests.web.builders import build_notice, notice_content, system
from tests.web.conftest import Browser

pytestmark = pytest.mark.slow

NAMES = (
    "Vụ Kế hoạch", "Vụ Pháp chế", "Vụ Tổ chức cán bộ", "Vụ Hợp tác quốc tế", "Vụ Thi đua", "Thanh tra Bộ",
    "Văn phòng Bộ", "Cục Văn thư", "Cục Chuyển đổi số", "Viện Khoa học", "Trung tâm Thông tin", "Tạp chí Nội vụ",
)  # fmt: skip
SILENT = "Tạp chí Nội vụ"
Browsers = Callable[..., Browser]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of April 2026 on a clock in Hà Nội."""
    return datetime(2026, 4, day, hour, minute, tzinfo=VIETNAM)


@dataclass
class House:
    """The units, the two meetings of the series, and who works on the notice."""

    runtime: Runtime
    clock: FixedClock
    units: dict[str, UUID]
    meetings: tuple[UUID, UUID]
    secretary: Browser
    approver: Browser
    registrar: Browser
    answering: dict[str, Browser]

    def move_to(self, moment: datetime) -> None:
        """Another hour; whoever comes back after so long signs in again."""
        self.clock.now = moment
        for browser in (self.secretary, self.approver, self.registrar, *self.answering.values()):
            browser.sign_in_again()

    def deliver(self) -> list[EmailMessage]:
        """Let the outbox and the mail room work; the letters that went out by it."""
        while deliver_pending(self.runtime.database):
            pass
        with self.runtime.database.transaction() as session:
            waiting = due_mails(session, self.runtime, 100)
        before = set(self.runtime.settings.mail_directory.glob("*"))
        for mail_id in waiting:
            assert deliver(self.runtime, mail_id)
        files = sorted(set(self.runtime.settings.mail_directory.glob("*")) - before)
        return [message_from_bytes(file.read_bytes(), policy=default) for file in files]


@pytest.fixture
def house(runtime: Runtime, browser_of: Browsers, fixed_clock: FixedClock) -> House:
    administrator, operator = system(Role.ADMINISTRATOR), system(Role.OPERATOR)
    with runtime.database.transaction() as session:
        units = {
            name: directory.create_unit(session, administrator, directory.NewUnit(f"DV{position:02d}", name)).id
            for position, name in enumerate(NAMES, start=1)
        }
        for position, unit_id in enumerate(units.values(), start=1):
            person = directory.NewPerson(
                "Lường Văn Thưởng", "Thủ trưởng", unit_id, email=f"dv{position:02d}@bo.example"
            )
            directory.create_person(session, administrator, person)
        hall = directory.NewEndpoint("TRUSO", "Trụ sở Bộ", EndpointKind.CENTRAL, units["Văn phòng Bộ"], "Tầng 5", 60)
        hall_id = directory.create_endpoint(session, administrator, hall).id
        weekly = NewSeries(
            classification=Classification.UNCLASSIFIED,
            title="Giao ban trực tuyến tuần",
            rrule="FREQ=WEEKLY;COUNT=2",
            starts_at=at(8, 15),
            duration_minutes=60,
            body=PlanBody(endpoints=(PlannedEndpoint(hall_id, 12, True),)),
        )
        _series, made = plan_series(session, operator, weekly)
        meetings = (made[0].id, made[1].id)
    answering = {name: browser_of(Role.UNIT, unit_ids=[unit_id]) for name, unit_id in units.items()}
    return House(
        runtime,
        fixed_clock,
        units,
        meetings,
        browser_of(Role.SECRETARY),
        browser_of(Role.APPROVER),
        browser_of(Role.REGISTRAR),
        answering,
    )


def held_and_drafted(house: House) -> UUID:
    """The first meeting is held; the machine's draft assigns one task to all units and one to a single one."""
    operator = system(Role.OPERATOR)
    every = NoticeItem(
        id="bao-cao",
        kind="directive",
        text="Các đơn vị thuộc Bộ rà soát, báo cáo kết quả trước ngày 14/4/2026.",
        lead=("Các đơn vị thuộc Bộ",),
        action="Rà soát, báo cáo kết quả",
        deadline=DeadlineFacts(raw="trước ngày 14/4/2026", iso="2026-04-14", kind="absolute"),
    )
    single = NoticeItem(
        id="duong-truyen",
        kind="directive",
        text="Trung tâm Thông tin nâng cấp đường truyền trước ngày 29/4/2026.",
        lead=("Trung tâm Thông tin",),
        action="Nâng cấp đường truyền",
        deadline=DeadlineFacts(raw="trước ngày 29/4/2026", iso="2026-04-29", kind="absolute"),
    )
    content = notice_content().model_copy(
        update={"sections": (Section(items=(every, single)),), "recipients": ("Các đơn vị thuộc Bộ", "Lưu: VT, VP.")}
    )
    for moment, act in ((at(8, 15), open_meeting), (at(8, 16), close_meeting)):
        house.clock.now = moment
        with house.runtime.database.transaction() as session:
            act(session, operator, house.meetings[0])
    with house.runtime.database.transaction() as session:
        return build_notice(session, house.meetings[0], content)


def newest(house: House, notice_id: UUID) -> NoticeRevision:
    with house.runtime.database.transaction() as session:
        query = select(NoticeRevision).where(NoticeRevision.notice_id == notice_id)
        return session.scalars(query.order_by(NoticeRevision.number.desc())).first() or pytest.fail("no revision")


def save(house: House, notice_id: UUID, **fields: str) -> None:
    number = str(newest(house, notice_id).number)
    form = {"base_number": number, "layout_number": number, **fields}
    assert house.secretary.post(f"/thong-bao/{notice_id}/sua", form).status_code == 302


def approved_the_second_time(house: House, notice_id: UUID) -> None:
    """The secretary edits and submits, the approver sends back once, and approves the text made better."""
    page = f"/thong-bao/{notice_id}"
    save(house, notice_id, place="Hà Nội", to_check="")
    assert house.secretary.post(f"{page}/trinh").status_code == 302
    first = newest(house, notice_id)
    asked = house.approver.post(f"{page}/yeu-cau-sua", {"reason": "Ghi rõ tên cuộc họp trong trích yếu"})
    assert asked.status_code == 302
    assert "Ghi rõ tên cuộc họp trong trích yếu" in house.secretary.get(page).text
    assert house.approver.post(f"{page}/duyet", {"revision_id": str(first.id)}).status_code == 409
    save(house, notice_id, subject="Kết luận của Thứ trưởng tại cuộc họp giao ban trực tuyến tuần 15 năm 2026")
    assert house.secretary.post(f"{page}/trinh").status_code == 302
    outdated = house.approver.post(f"{page}/duyet", {"revision_id": str(first.id)})
    assert outdated.status_code == 409
    assert "không còn là bản mới nhất" in outdated.text
    assert house.approver.post(f"{page}/duyet", {"revision_id": str(newest(house, notice_id).id)}).status_code == 302


def issued_and_sent(house: House, notice_id: UUID) -> None:
    """Issued the next morning and sent to all twelve, each by a mail that leads to its own page."""
    page = f"/thong-bao/{notice_id}"
    house.move_to(at(9, 9))
    assert house.registrar.post(f"{page}/ban-hanh").status_code == 302
    assert house.registrar.post(f"{page}/gui").status_code == 302
    shown = house.registrar.get(page).text
    assert "Ban hành sau 1 ngày làm việc kể từ cuộc họp" in shown
    assert "0/12 đã xác nhận" in shown
    letters = house.deliver()
    assert sorted(str(letter["To"]) for letter in letters) == [f"dv{number:02d}@bo.example" for number in range(1, 13)]
    with house.runtime.database.transaction() as session:
        own = {str(row.id): row.unit.code for row in session.scalars(select(Delivery))}
    for letter in letters:
        link = str(letter.get_content()).partition("/thong-bao-den/")[2].split()[0]
        assert own[link].lower() == str(letter["To"]).partition("@")[0], "each mail leads to its unit's own page"


def acknowledged_but_one(house: House, notice_id: UUID) -> None:
    """Eleven acknowledge; the one that did not is reminded on the second working day, and no other."""
    with house.runtime.database.transaction() as session:
        found = {row.unit.name: row.id for row in session.scalars(select(Delivery))}
    for name, browser in house.answering.items():
        if name == SILENT:
            continue
        assert browser.get(f"/thong-bao-den/{found[name]}").status_code == 200
        assert browser.post(f"/thong-bao-den/{found[name]}/xac-nhan").status_code == 302
    assert house.answering[SILENT].post(f"/thong-bao-den/{found['Thanh tra Bộ']}/xac-nhan").status_code == 404
    house.move_to(at(10, 9))
    remind_acknowledgements.run()
    assert house.deliver() == []
    house.move_to(at(13, 9))
    for _ in range(2):
        remind_acknowledgements.run()
    (letter,) = [mail for mail in house.deliver() if "Nhắc xác nhận" in str(mail["Subject"])]
    assert letter["To"] == "dv12@bo.example"
    assert SILENT in str(letter.get_content())
    shown = house.registrar.get(f"/thong-bao/{notice_id}").text
    assert "11/12 đã xác nhận" in shown
    assert "đã nhắc 1 lần" in shown
    assert "Nhắc 1 đơn vị chưa xác nhận" in shown


def reported(house: House) -> None:
    """Eleven report the common task done, one of them works on its own as well; the silent unit reports nothing."""
    with house.runtime.database.transaction() as session:
        rows = session.execute(select(Task.id, Task.item_id, Unit.name).join(Unit, Unit.id == Task.unit_id)).all()
    assert len(rows) == 13
    for task_id, item_id, name in rows:
        if name == SILENT:
            continue
        form = {"text": "Đã báo cáo đủ", "done": "yes"} if item_id == "bao-cao" else {"text": "Đang mời thầu"}
        assert house.answering[name].post(f"/nhiem-vu/{task_id}/bao-cao", form).status_code == 302


def before_the_next_meeting(house: House) -> None:
    """All thirteen stand beside the agenda of the next meeting: eleven done, one at work, one late."""
    house.move_to(at(15, 14))
    house.deliver()
    page = f"/cuoc-hop/{house.meetings[1]}"
    shown = house.secretary.get(page).text
    assert 'Nhiệm vụ các phiên trước <span class="badge">13</span>' in shown
    section = shown.partition('id="taken-up"')[2].partition("</section>")[0]
    assert section.count("Đã xong 13/04/2026") == 11
    assert section.count("Quá hạn") == 1
    assert section.count("Đang thực hiện") == 1
    assert section.index(SILENT) < section.index("Đang thực hiện") < section.index("Đã xong")
    statistics = house.secretary.get("/nhiem-vu/thong-ke?tu=2026-04-01&den=2026-04-30").text
    assert "1 thông báo, 13 nhiệm vụ" in statistics


def the_late_one_gets_a_letter(house: House, notice_id: UUID) -> None:
    """The letter of reminder goes the same way, and to the late unit alone."""
    drafted = house.secretary.post(f"/thong-bao/{notice_id}/don-doc")
    assert drafted.status_code == 302
    letter_id = UUID(drafted.location.rpartition("/")[2])
    page = f"/thong-bao/{letter_id}"
    assert house.secretary.post(f"{page}/trinh").status_code == 302
    assert house.approver.post(f"{page}/duyet", {"revision_id": str(newest(house, letter_id).id)}).status_code == 302
    assert house.registrar.post(f"{page}/ban-hanh").status_code == 302
    assert house.registrar.post(f"{page}/gui").status_code == 302
    assert [str(mail["To"]) for mail in house.deliver()] == ["dv12@bo.example"]
    with house.runtime.database.transaction() as session:
        rows = session.scalars(select(Delivery).where(Delivery.notice_id == letter_id)).all()
        assert [row.unit.name for row in rows] == [SILENT]


def test_a_notice_among_twelve_units(house: House) -> None:
    notice_id = held_and_drafted(house)
    house.move_to(house.clock.now + timedelta(minutes=10))
    approved_the_second_time(house, notice_id)
    issued_and_sent(house, notice_id)
    acknowledged_but_one(house, notice_id)
    reported(house)
    before_the_next_meeting(house)
    the_late_one_gets_a_letter(house, notice_id)
    with house.runtime.database.transaction() as session:
        assert session.get_one(Notice, notice_id).state == "issued"
        assert session.scalars(select(OutboxEvent.last_fault).where(OutboxEvent.last_fault.is_not(None))).all() == []
        assert verify(session).is_whole
