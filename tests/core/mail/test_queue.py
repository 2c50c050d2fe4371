"""Queueing: once per key, nothing before the commit, secrets put in only when sent, attachments, dates of expiry."""

import threading
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.audit import verify
from core.errors import Forbidden, Invalid, NotFound, TransitionRefused
from core.mail import placeholders
from core.mail.addresses import Mailbox
from core.mail.backoff import wait_after
from core.mail.delivery import deliver, due_mails
from core.mail.models import OutgoingMail
from core.mail.service import Attachment, CalendarPart, get_mail, mails_about, queue_mail, send_again
from core.mail.states import BOUNCED, FAILED, QUEUED, SENT
from core.mail.tasks import deliver_mail, sweep_mail
from core.permissions import Actor, Role
from core.runtime import Runtime
from core.settings import SettingsError, load_settings
from tests.conftest import FixedClock


def queue(session: Session, key: str = "thu/1", **changes: object) -> OutgoingMail:
    values: dict[str, object] = {
        "to": ["lan@bo.example"], "subject": "Giấy mời", "body": "Kính gửi.\n", "dedupe_key": key,
    } | changes  # fmt: skip
    return queue_mail(session, **values)  # type: ignore[arg-type]


def eml(runtime: Runtime, mail: OutgoingMail) -> EmailMessage:
    data = (runtime.settings.mail_directory / f"{mail.id}.eml").read_bytes()
    message = message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    return message


@pytest.fixture
def send(runtime: Runtime, session: Session) -> Callable[[OutgoingMail], EmailMessage]:
    """Commit, send into the folder, read it back."""

    def do(mail: OutgoingMail) -> EmailMessage:
        session.commit()
        assert deliver(runtime, mail.id)
        session.refresh(mail)
        return eml(runtime, mail)

    return do


def test_the_same_deed_twice_is_one_mail(session: Session) -> None:
    first, second = queue(session), queue(session, subject="Khác")
    assert (first.id, first.message_id) == (second.id, second.message_id)
    assert first.subject == "Giấy mời"
    assert session.scalar(select(func.count()).select_from(OutgoingMail)) == 1


def test_the_same_deed_at_once_is_one_mail(runtime: Runtime) -> None:
    barrier, seen = threading.Barrier(6), []

    def act() -> None:
        barrier.wait(10)
        with runtime.database.transaction() as session:
            seen.append(queue(session).id)

    threads = [threading.Thread(target=act) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(seen) == 6
    assert len(set(seen)) == 1


def test_a_deed_that_is_rolled_back_leaves_no_mail(runtime: Runtime) -> None:
    with pytest.raises(RuntimeError), runtime.database.transaction() as session:
        queue(session)
        raise RuntimeError
    with runtime.database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(OutgoingMail)) == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"to": []}, {"to": ["sai"]}, {"to": [f"a{n}@bo.example" for n in range(101)]}, {"subject": "a\x00b"},
        {"to": [Mailbox("lan@bo.example", "L\x1bn")]}, {"body": "x" * 200_001}, {"subject": "x" * 501},
    ],
)  # fmt: skip
def test_what_mail_cannot_carry_is_refused_before_it_is_stored(session: Session, changes: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        queue(session, **changes)
    assert session.scalar(select(func.count()).select_from(OutgoingMail)) == 0


def test_each_address_once(session: Session) -> None:
    mail = queue(session, to=["lan@bo.example", Mailbox("LAN@bo.example", "Lan"), "minh@bộ.example"])
    assert [item.address for item in mail.recipients] == ["lan@bo.example", "minh@xn--b-8xm.example"]


def test_a_hostile_title_makes_no_header_of_its_own(session: Session, send: Callable[..., EmailMessage]) -> None:
    message = send(queue(session, subject="Họp\r\nBcc: x@evil.example\r\n\r\n<script>", body="Dòng\r\n.\r\nQUIT\r\n"))
    assert message["Bcc"] is None
    assert message["To"] == "lan@bo.example"
    assert message["Subject"] == "Họp Bcc: x@evil.example <script>"
    assert message["Auto-Submitted"] == "auto-generated"


def test_files_and_calendar_travel_along(runtime: Runtime, session: Session, send: Callable[..., EmailMessage]) -> None:
    kept = runtime.storage.put_bytes(b"PK giay moi", prefix="letters", suffix=".docx")
    docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    mail = queue(
        session,
        attachments=[Attachment(kept.key, "Giấy mời số 05.docx", docx)],
        calendar=CalendarPart("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n", "REQUEST"),
    )
    message = send(mail)
    types = [part.get_content_type() for part in message.walk()]
    assert types[:4] == ["multipart/mixed", "multipart/alternative", "text/plain", "text/calendar"]
    calendar = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    assert calendar.get_param("method") == "REQUEST"
    assert {item.get_filename() for item in message.iter_attachments()} == {"lich-hop.ics", "Giấy mời số 05.docx"}
    paper = next(item for item in message.iter_attachments() if item.get_content_type() == docx)
    assert paper.get_content() == b"PK giay moi"


def test_a_lost_attachment_fails_the_mail_with_a_sentence(runtime: Runtime, session: Session) -> None:
    mail = queue(session, attachments=[Attachment("letters/aa/khong-co.docx", "a.docx", "application/x")])
    session.commit()
    deliver(runtime, mail.id)
    session.refresh(mail)
    assert mail.state == FAILED
    assert "tệp đính kèm" in mail.last_error


def test_a_secret_is_in_the_message_and_not_in_the_row(
    session: Session, send: Callable[..., EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    door = uuid4()
    monkeypatch.setitem(placeholders._resolvers, "door", lambda _session, key: f"https://hop/{key}")
    mail = queue(session, body="Vào họp: [đường dẫn]\n", secrets={"[đường dẫn]": ("door", door)})
    assert f"https://hop/{door}" in send(mail).get_content()
    assert mail.body == "Vào họp: [đường dẫn]\n"


def test_a_secret_that_no_longer_holds_stops_the_mail(
    runtime: Runtime, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(placeholders._resolvers, "door", lambda _session, _key: None)
    mail = queue(session, body="[đường dẫn]", secrets={"[đường dẫn]": ("door", uuid4())})
    session.commit()
    deliver(runtime, mail.id)
    session.refresh(mail)
    assert (mail.state, mail.attempts) == (FAILED, 1)
    assert not list(runtime.settings.mail_directory.glob("*"))


def test_a_reminder_that_comes_too_late_is_not_sent(
    runtime: Runtime, session: Session, fixed_clock: FixedClock
) -> None:
    mail = queue(session, expires_at=fixed_clock.now + timedelta(hours=1))
    session.commit()
    fixed_clock.now += timedelta(hours=1)
    deliver(runtime, mail.id)
    session.refresh(mail)
    assert (mail.state, mail.sent_at) == (FAILED, None)
    assert not list(runtime.settings.mail_directory.glob("*"))


def test_the_folder_keeps_mails_from_other_accounts_of_the_machine(
    runtime: Runtime, session: Session, send: Callable[..., EmailMessage]
) -> None:
    mail = queue(session)
    send(mail)
    path: Path = runtime.settings.mail_directory / f"{mail.id}.eml"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [item.name for item in runtime.settings.mail_directory.iterdir()] == [path.name]


def test_the_folder_cannot_be_written_for_a_while(
    runtime: Runtime, session: Session, fixed_clock: FixedClock, tmp_path: Path
) -> None:
    (tmp_path / "mail").write_text("một tệp")
    mail = queue(session)
    session.commit()
    deliver(runtime, mail.id)
    session.refresh(mail)
    assert mail.state == QUEUED
    (tmp_path / "mail").unlink()
    fixed_clock.now += timedelta(minutes=1)
    assert deliver(runtime, mail.id)


def test_the_sweep_finds_what_the_broker_forgot(
    runtime: Runtime, session: Session, fixed_clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail, later = queue(session, "a"), queue(session, "b")
    later.next_attempt_at = fixed_clock.now + timedelta(hours=1)
    session.commit()
    told: list[tuple[object, ...]] = []
    monkeypatch.setattr("core.mail.tasks.enqueue", lambda *args, queue: told.append((*args, queue)))
    sweep_mail()
    assert told == [("core.mail.deliver", str(mail.id), "mail")]
    for _ in range(2):
        deliver_mail(str(mail.id))
    session.refresh(mail)
    assert (mail.state, mail.attempts) == (SENT, 1)
    assert due_mails(session, runtime, 10) == []
    assert verify(session).is_whole


def test_an_unknown_mail_is_nobodys_work(runtime: Runtime, session: Session) -> None:
    assert not deliver(runtime, UUID(int=7))


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.APPROVER, Role.REGISTRAR, Role.UNIT])
def test_mails_are_the_operators_and_the_administrators(
    session: Session, actor_factory: Callable[..., Actor], role: Role
) -> None:
    mail = queue(session)
    with pytest.raises(Forbidden):
        get_mail(session, actor_factory(role), mail.id)
    with pytest.raises(Forbidden):
        send_again(session, actor_factory(role), mail.id)
    assert get_mail(session, actor_factory(Role.OPERATOR), mail.id) is mail
    with pytest.raises(NotFound):
        get_mail(session, actor_factory(Role.ADMINISTRATOR), uuid4())


def test_a_failed_mail_is_sent_again_by_hand(
    runtime: Runtime, session: Session, actor_factory: Callable[..., Actor], send: Callable[..., EmailMessage]
) -> None:
    kept = runtime.storage.put_bytes(b"x", prefix="letters")
    mail = queue(session, attachments=[Attachment(kept.key, "a.txt", "text/plain")])
    data = runtime.storage.read_bytes(kept.key)
    runtime.storage.delete(kept.key)
    session.commit()
    deliver(runtime, mail.id)
    session.refresh(mail)
    operator = actor_factory(Role.OPERATOR)
    name = mail.message_id
    assert mail.state == FAILED
    mail.attachments = [{**mail.attachments[0], "key": runtime.storage.put_bytes(data, prefix="letters").key}]
    send_again(session, operator, mail.id)
    assert send(mail)["Message-ID"] == name
    assert (mail.state, mail.attempts) == (SENT, 1)
    with pytest.raises(TransitionRefused):
        send_again(session, operator, mail.id)


def test_mails_are_found_by_what_they_speak_of(session: Session, fixed_clock: FixedClock) -> None:
    ours, theirs = uuid4(), uuid4()
    older = queue(session, "a", about=("invitation", ours))
    fixed_clock.now += timedelta(minutes=1)
    newer = queue(session, "b", about=("invitation", ours))
    queue(session, "c", about=("delivery", theirs))
    assert mails_about(session, "invitation", [ours, theirs]) == {ours: [newer, older]}
    assert BOUNCED not in {older.state, newer.state}


def test_waiting_grows_and_ends() -> None:
    waits = [wait_after(attempts) for attempts in range(1, 17)]
    known = [wait for wait in waits if wait is not None]
    assert known == sorted(known)
    assert timedelta(days=2) < sum(known, timedelta()) < timedelta(days=4)
    assert waits[-1] is None
    with pytest.raises(ValueError, match="no attempt"):
        wait_after(0)


@pytest.mark.parametrize("url", ["http://thu", "smtp://a@thu", "smtp://thu:x"])
def test_a_site_with_a_wrong_mail_address_does_not_start(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError, match="MAIL_URL"):
        load_settings(home=tmp_path, mail_url=SecretStr(url))


@pytest.mark.parametrize("sender", ["", "diemcau", "a@b, c@d", "A <a@b>\r\nBcc: c@d", "lân@bo.example"])
def test_a_site_with_a_wrong_sender_does_not_start(tmp_path: Path, sender: str) -> None:
    with pytest.raises(SettingsError, match="MAIL_SENDER"):
        load_settings(home=tmp_path, mail_sender=sender)


@pytest.mark.parametrize("value", ["0", "-1", "1,2,3,4,5,6", "400", "x"])
def test_a_timetable_of_reminders_is_a_few_small_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("DIEMCAU_REMIND_COMING_HOURS", value)
    with pytest.raises(SettingsError, match="REMIND_COMING_HOURS"):
        load_settings(home=tmp_path)
    monkeypatch.setenv("DIEMCAU_REMIND_COMING_HOURS", "2, 24")
    assert load_settings(home=tmp_path).remind_coming_hours == (24, 2)
    monkeypatch.setenv("DIEMCAU_REMIND_COMING_HOURS", "")
    assert load_settings(home=tmp_path).remind_coming_hours == ()


def test_a_named_sender_is_encoded(runtime: Runtime, session: Session, send: Callable[..., EmailMessage]) -> None:
    runtime.settings = runtime.settings.model_copy(update={"mail_sender": "Điểm Cầu, Bộ Mẫu <diemcau@bo.example>"})
    message = send(queue(session))
    (sender,) = message["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ("Điểm Cầu, Bộ Mẫu", "diemcau@bo.example")
    assert message["Message-ID"].endswith("@bo.example>")


def test_the_password_of_the_mail_server_prints_as_stars(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path, mail_url=SecretStr("smtp://thu:mat-khau-rieng@thu.bo.example"))
    assert "mat-khau-rieng" not in repr(settings)
