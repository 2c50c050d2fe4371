"""Bounces: what is read out of delivery status notifications, what is not believed, and what they change."""

import socket
import sys
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from core.mail.bounces import LARGEST_BYTES, Bounce, UnreadableBounce, read_bounces
from core.mail.delivery import deliver
from core.mail.models import OutgoingMail
from core.mail.service import queue_mail, record_bounce, send_again
from core.mail.states import BOUNCED, QUEUED, SENT
from core.permissions import Actor, Role
from core.runtime import Runtime

REPORT = """\
Return-Path: <>
From: MAILER-DAEMON@thu.bo.example
To: diemcau@localhost
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=utf-8

Thư không tới nơi.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; thu.bo.example

{groups}
--B
Content-Type: {kind}

From: diemcau@localhost
Message-ID: {message_id}
Subject: Giay moi

--B--
"""
GROUP = """\
{original}Final-Recipient: rfc822; {recipient}
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <{recipient}>: khong co hop thu

"""


def report(
    *recipients: str,
    message_id: str = "<a@b>",
    action: str = "failed",
    kind: str = "message/rfc822",
    original: str = "",
) -> bytes:
    first = f"Original-Recipient: rfc822;{original}\n" if original else ""
    groups = "".join(GROUP.format(recipient=who, action=action, original=first) for who in recipients)
    return REPORT.format(groups=groups, kind=kind, message_id=message_id).encode()


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_names_the_mail_the_recipient_and_the_reason(kind: str) -> None:
    assert read_bounces(report("lan@bo.example", message_id="<x.1@bo>", kind=kind)) == (
        Bounce("<x.1@bo>", "lan@bo.example", "5.1.1 550 5.1.1 <lan@bo.example>: khong co hop thu"),
    )


def test_each_recipient_of_a_report_is_told_of() -> None:
    found = read_bounces(report("lan@bo.example", "minh@bo.example", "lan@bo.example"))
    assert [item.recipient for item in found] == ["lan@bo.example", "minh@bo.example"]


def test_the_address_we_wrote_to_wins_over_where_an_alias_led() -> None:
    (found,) = read_bounces(report("lan.le@noi-khac.example", original="lan@bo.example"))
    assert found.recipient == "lan@bo.example"


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_delay_and_success_are_no_bounce(action: str) -> None:
    assert read_bounces(report("lan@bo.example", action=action)) == ()


def test_an_ordinary_mail_is_no_bounce() -> None:
    assert read_bounces(b"From: lan@bo.example\r\nSubject: Cam on\r\n\r\nDa nhan.\r\n") == ()


@pytest.mark.parametrize("data", [b"", b"  \r\n", b"\x00\x01\x02", b"x" * (LARGEST_BYTES + 1)])
def test_what_is_no_mail_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableBounce):
        read_bounces(data)


@given(st.binary(max_size=300), st.integers(0, 900))
def test_a_damaged_report_never_breaks_the_reader(noise: bytes, where: int) -> None:
    whole = report("lan@bo.example")
    try:
        found = read_bounces(whole[:where] + noise + whole[where:])
    except UnreadableBounce:
        return
    for bounce in found:
        assert "\x00" not in bounce.recipient + bounce.diagnostic + bounce.message_id
        assert "\n" not in bounce.diagnostic


@pytest.fixture
def sent(runtime: Runtime, session: Session) -> Callable[..., OutgoingMail]:
    """`sent("lan@bo.example", …)` → a mail that went out to these."""

    def make(*to: str) -> OutgoingMail:
        mail = queue_mail(session, to=to, subject="Giấy mời", body="…", dedupe_key=f"thu/{to}")
        session.commit()
        deliver(runtime, mail.id)
        session.refresh(mail)
        assert mail.state == SENT
        return mail

    return make


def test_a_bounce_marks_its_mail_once(session: Session, sent: Callable[..., OutgoingMail]) -> None:
    mail = sent("lan@bo.example")
    for _ in range(2):
        assert record_bounce(session, mail.message_id, "5.1.1 không có", recipient="LAN@bo.example") is mail
    assert (mail.state, mail.last_error, mail.recipients[0].state) == (BOUNCED, "5.1.1 không có", BOUNCED)
    assert mail.version == 3


def test_a_mail_that_reached_somebody_else_is_not_lost(session: Session, sent: Callable[..., OutgoingMail]) -> None:
    mail = sent("lan@bo.example", "minh@bo.example")
    record_bounce(session, mail.message_id, "5.2.2 đầy", recipient="minh@bo.example")
    assert mail.state == SENT
    assert [item.address for item in mail.bounced] == ["minh@bo.example"]
    record_bounce(session, mail.message_id, "5.2.2 đầy", recipient="lan@bo.example")
    assert mail.state == BOUNCED


def test_an_unknown_recipient_is_the_only_one_or_nobody(session: Session, sent: Callable[..., OutgoingMail]) -> None:
    alone, many = sent("lan@bo.example"), sent("lan@bo.example", "minh@bo.example")
    record_bounce(session, alone.message_id, "5.0.0", recipient="noi-khac@bo.example")
    record_bounce(session, many.message_id, "5.0.0", recipient="noi-khac@bo.example")
    assert (alone.state, many.state, many.last_error) == (BOUNCED, SENT, "5.0.0")


@pytest.mark.parametrize("name", ["", "<khong-co@localhost>", "' OR 1=1 --"])
def test_a_bounce_of_a_mail_that_is_not_ours_changes_nothing(
    session: Session, sent: Callable[..., OutgoingMail], name: str
) -> None:
    mail = sent("lan@bo.example")
    assert record_bounce(session, name, "5.0.0", recipient="lan@bo.example") is None
    assert mail.state == SENT


def test_a_bounced_mail_is_sent_again_to_those_it_missed(
    runtime: Runtime, session: Session, sent: Callable[..., OutgoingMail], actor_factory: Callable[..., Actor]
) -> None:
    mail = sent("lan@bo.example")
    record_bounce(session, mail.message_id, "5.2.2 đầy")
    send_again(session, actor_factory(Role.OPERATOR), mail.id)
    assert (mail.state, mail.recipients[0].state, mail.last_error) == (QUEUED, QUEUED, "")
    session.commit()
    assert deliver(runtime, mail.id)


def test_our_own_message_comes_back_and_is_recognised(
    runtime: Runtime, session: Session, sent: Callable[..., OutgoingMail]
) -> None:
    mail = sent("lan@bo.example")
    own = (runtime.settings.mail_directory / f"{mail.id}.eml").read_bytes()
    name = message_from_bytes(own, policy=default)["Message-ID"]
    (bounce,) = read_bounces(report("lan@bo.example", message_id=name))
    assert record_bounce(session, bounce.message_id, bounce.diagnostic, recipient=bounce.recipient) is mail


def test_no_name_server_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: sys.exit("asked"))
    assert read_bounces(report("lan@bo.example"))
