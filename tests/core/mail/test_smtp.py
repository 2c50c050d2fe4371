"""Sending over a real SMTP server on loopback: what it takes, refuses, leaves hanging, and when it dies."""

import socket
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from uuid import UUID

import pytest
from sqlalchemy import select

from core.mail.backoff import WAITS
from core.mail.delivery import CLAIM, deliver, due_mails
from core.mail.models import OutgoingMail
from core.mail.service import queue_mail
from core.mail.states import FAILED, QUEUED, SENT
from core.runtime import Runtime
from core.services.ports import free_port
from tests.conftest import FixedClock
from tests.core.mail.conftest import Certificate, Post, Server

Start = Callable[..., Server]
Use = Callable[..., None]
PASSWORD = "mat%3Akhau"


def queued(runtime: Runtime, *to: str) -> UUID:
    with runtime.database.transaction() as session:
        return queue_mail(
            session,
            to=to or ["lan@bo.example"],
            subject="Giấy mời họp",
            body="Kính gửi đơn vị.\n.dòng bắt đầu bằng dấu chấm\n",
            dedupe_key=f"thu/{to}",
        ).id


def state_of(runtime: Runtime, mail_id: UUID) -> OutgoingMail:
    with runtime.database.transaction() as session:
        return session.scalars(select(OutgoingMail).where(OutgoingMail.id == mail_id)).one()


def test_a_taken_mail_is_sent_once_and_arrives_whole(runtime: Runtime, start_server: Start, use_url: Use) -> None:
    server = start_server()
    use_url(f"smtp://127.0.0.1:{server.port}")
    mail_id = queued(runtime)
    assert deliver(runtime, mail_id)
    assert not deliver(runtime, mail_id)
    ((sender, recipients, data),) = server.post.taken
    assert (sender, recipients) == ("diemcau@localhost", ["lan@bo.example"])
    message = message_from_bytes(data, policy=default)
    mail = state_of(runtime, mail_id)
    assert (mail.state, mail.attempts, mail.last_error) == (SENT, 1, "")
    assert message["Message-ID"] == mail.message_id
    assert message["Subject"] == "Giấy mời họp"
    assert ".dòng bắt đầu bằng dấu chấm" in message.get_content()


@pytest.mark.parametrize("answer", ["450 thử lại sau", "451 greylisted", "421 đang bảo trì"])
def test_a_temporary_refusal_is_tried_again_later_under_the_same_name(
    runtime: Runtime, start_server: Start, use_url: Use, fixed_clock: FixedClock, answer: str
) -> None:
    server = start_server(Post(recipients={"lan@bo.example": [answer, "250 OK"]}))
    use_url(f"smtp://127.0.0.1:{server.port}")
    mail_id = queued(runtime)
    deliver(runtime, mail_id)
    waiting = state_of(runtime, mail_id)
    assert (waiting.state, waiting.next_attempt_at) == (QUEUED, fixed_clock.now + WAITS[0])
    assert waiting.last_error.startswith(answer[:3])
    assert not deliver(runtime, mail_id), "not due yet"
    fixed_clock.now += WAITS[0]
    assert deliver(runtime, mail_id)
    mail = state_of(runtime, mail_id)
    assert (mail.state, mail.attempts, mail.last_error) == (SENT, 2, "")
    assert mail.message_id.encode() in server.post.taken[0][2]


def test_a_refused_recipient_does_not_keep_the_others_from_their_mail(
    runtime: Runtime, start_server: Start, use_url: Use, fixed_clock: FixedClock
) -> None:
    answers = {"sai@bo.example": ["550 5.1.1 không có hộp thư"], "cham@bo.example": ["450 đầy", "250 OK"]}
    server = start_server(Post(recipients=answers))
    use_url(f"smtp://127.0.0.1:{server.port}")
    mail_id = queued(runtime, "lan@bo.example", "sai@bo.example", "cham@bo.example")
    deliver(runtime, mail_id)
    assert [item.state for item in state_of(runtime, mail_id).recipients] == [SENT, FAILED, QUEUED]
    fixed_clock.now += WAITS[0]
    deliver(runtime, mail_id)
    mail = state_of(runtime, mail_id)
    assert mail.state == SENT
    assert [item.state for item in mail.recipients] == [SENT, FAILED, SENT]
    assert "5.1.1 không có hộp thư" in mail.recipients[1].detail
    assert [to for _, to, _ in server.post.taken] == [["lan@bo.example"], ["cham@bo.example"]]


@pytest.mark.parametrize("where", ["recipient", "data"])
def test_a_refusal_for_good_is_not_tried_again(runtime: Runtime, start_server: Start, use_url: Use, where: str) -> None:
    refusal = "550 không nhận"
    post = Post(recipients={"lan@bo.example": [refusal]}) if where == "recipient" else Post(data_answers=[refusal])
    server = start_server(post)
    use_url(f"smtp://127.0.0.1:{server.port}")
    mail_id = queued(runtime)
    deliver(runtime, mail_id)
    mail = state_of(runtime, mail_id)
    assert (mail.state, mail.next_attempt_at) == (FAILED, None)
    assert mail.last_error == refusal
    assert not deliver(runtime, mail_id)


def test_a_server_that_is_not_there_costs_time_and_no_mail(
    runtime: Runtime, start_server: Start, use_url: Use, fixed_clock: FixedClock
) -> None:
    use_url(f"smtp://127.0.0.1:{free_port()}")
    mail_id = queued(runtime)
    for attempts, wait in enumerate(WAITS, start=1):
        assert deliver(runtime, mail_id)
        mail = state_of(runtime, mail_id)
        assert (mail.state, mail.attempts) == (QUEUED, attempts)
        fixed_clock.now += wait
    deliver(runtime, mail_id)
    mail = state_of(runtime, mail_id)
    assert mail.state == FAILED
    assert "bấm gửi lại" in mail.last_error


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A server that takes the connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_a_server_that_hangs_is_left_after_the_timeout(runtime: Runtime, silent_port: int, use_url: Use) -> None:
    use_url(f"smtp://127.0.0.1:{silent_port}", mail_timeout_seconds=0.2)
    mail_id = queued(runtime)
    deliver(runtime, mail_id)
    mail = state_of(runtime, mail_id)
    assert (mail.state, mail.claim) == (QUEUED, None)
    assert "timed out" in mail.last_error.lower()


@pytest.fixture
def dying_port() -> Iterator[int]:
    """A server that is killed in the middle of the message, every time."""

    def talk(listener: socket.socket) -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            with line:
                line.sendall(b"220 here\r\n")
                for answer in (b"250 hello\r\n", b"250 sender\r\n", b"250 recipient\r\n", b"354 go on\r\n"):
                    line.recv(4096)
                    line.sendall(answer)
                line.recv(100)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=talk, args=(listener,), daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def test_a_server_killed_in_mid_message_is_tried_again(
    runtime: Runtime, dying_port: int, use_url: Use, start_server: Start, fixed_clock: FixedClock
) -> None:
    use_url(f"smtp://127.0.0.1:{dying_port}?starttls=never")
    mail_id = queued(runtime)
    deliver(runtime, mail_id)
    assert state_of(runtime, mail_id).state == QUEUED
    server = start_server()
    use_url(f"smtp://127.0.0.1:{server.port}")
    fixed_clock.now += WAITS[0]
    deliver(runtime, mail_id)
    assert state_of(runtime, mail_id).state == SENT
    assert len(server.post.taken) == 1


def test_a_server_killed_and_back_again_gets_the_mail(
    runtime: Runtime, start_server: Start, use_url: Use, fixed_clock: FixedClock
) -> None:
    server = start_server()
    use_url(f"smtp://127.0.0.1:{server.port}")
    server.stop()
    mail_id = queued(runtime)
    deliver(runtime, mail_id)
    assert state_of(runtime, mail_id).state == QUEUED
    again = start_server()
    use_url(f"smtp://127.0.0.1:{again.port}")
    fixed_clock.now += WAITS[0]
    deliver(runtime, mail_id)
    assert state_of(runtime, mail_id).state == SENT


def test_a_password_is_told_only_over_tls(
    runtime: Runtime, start_server: Start, use_url: Use, certificate: Certificate, fixed_clock: FixedClock
) -> None:
    post = Post()
    server = start_server(post, tls_context=certificate.context(), authenticator=post.authenticate)
    use_url(f"smtp://thu:{PASSWORD}@127.0.0.1:{server.port}", mail_ca_file=certificate.file)
    mail_id = queued(runtime)
    deliver(runtime, mail_id)
    assert state_of(runtime, mail_id).state == SENT, state_of(runtime, mail_id).last_error
    assert post.signed_in == [b"thu"]
    assert post.was_encrypted == [True]


def test_without_tls_at_the_server_the_password_stays_here(runtime: Runtime, start_server: Start, use_url: Use) -> None:
    post = Post()
    server = start_server(post, authenticator=post.authenticate, auth_require_tls=False)
    use_url(f"smtp://thu:{PASSWORD}@127.0.0.1:{server.port}")
    mail_id = queued(runtime)
    deliver(runtime, mail_id)
    assert state_of(runtime, mail_id).state == QUEUED
    assert post.signed_in == []


def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(
    runtime: Runtime, start_server: Start, use_url: Use, certificate: Certificate
) -> None:
    server = start_server(tls_context=certificate.context())
    use_url(f"smtp://127.0.0.1:{server.port}?starttls=required")
    mail_id = queued(runtime)
    deliver(runtime, mail_id)
    mail = state_of(runtime, mail_id)
    assert (mail.state, server.post.taken) == (QUEUED, [])
    assert "certificate" in mail.last_error.lower()


def test_tls_from_the_first_byte(runtime: Runtime, start_server: Start, use_url: Use, certificate: Certificate) -> None:
    server = start_server(ssl_context=certificate.context(), server_hostname="127.0.0.1")
    use_url(f"smtps://127.0.0.1:{server.port}", mail_ca_file=certificate.file)
    mail_id = queued(runtime)
    deliver(runtime, mail_id)
    assert state_of(runtime, mail_id).state == SENT, state_of(runtime, mail_id).last_error


def test_a_wrong_password_loses_no_mail(
    runtime: Runtime, start_server: Start, use_url: Use, certificate: Certificate
) -> None:
    post = Post()
    server = start_server(post, tls_context=certificate.context(), authenticator=post.authenticate)
    use_url(f"smtp://thu:sai@127.0.0.1:{server.port}", mail_ca_file=certificate.file)
    mail_id = queued(runtime)
    deliver(runtime, mail_id)
    mail = state_of(runtime, mail_id)
    assert mail.state == QUEUED
    assert mail.last_error.startswith("535")
    assert "sai" not in mail.last_error


def test_two_workers_send_one_mail_once(runtime: Runtime, start_server: Start, use_url: Use) -> None:
    server = start_server()
    use_url(f"smtp://127.0.0.1:{server.port}")
    mail_id = queued(runtime)
    barrier, mine = threading.Barrier(8), []

    def send() -> None:
        barrier.wait(10)
        mine.append(deliver(runtime, mail_id))

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(mine) == [False] * 7 + [True]
    assert len(server.post.taken) == 1


def test_a_sender_that_died_is_replaced_once_its_claim_has_run_out_and_that_is_told(
    runtime: Runtime, start_server: Start, use_url: Use, fixed_clock: FixedClock
) -> None:
    server = start_server()
    use_url(f"smtp://127.0.0.1:{server.port}")
    mail_id = queued(runtime)

    class Killed(BaseException):
        """The process is gone."""

    class Dying:
        def send(self, envelope: object) -> dict[str, object]:
            raise Killed

    with pytest.raises(Killed):
        deliver(runtime, mail_id, Dying())  # type: ignore[arg-type]
    assert not deliver(runtime, mail_id), "still believed to be in its hands"
    fixed_clock.now += CLAIM + timedelta(seconds=1)
    with runtime.database.transaction() as session:
        assert due_mails(session, runtime, 10) == [mail_id]
    assert deliver(runtime, mail_id)
    mail = state_of(runtime, mail_id)
    assert (mail.state, mail.may_be_double) == (SENT, True)


def test_a_sender_that_wakes_up_too_late_writes_nothing(runtime: Runtime, fixed_clock: FixedClock) -> None:
    from core.mail.transports import Envelope, Fate, FolderTransport, Verdict, Verdicts

    mail_id = queued(runtime)

    class Slow:
        def send(self, envelope: Envelope) -> Verdicts:
            fixed_clock.now += CLAIM + timedelta(minutes=1)
            assert deliver(runtime, mail_id, FolderTransport(runtime.settings.mail_directory))
            return {who: Verdict(Fate.PERMANENT, "550 muộn") for who in envelope.recipients}

    deliver(runtime, mail_id, Slow())
    assert state_of(runtime, mail_id).state == SENT
