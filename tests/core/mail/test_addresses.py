"""Addresses and header texts: what is taken, what is encoded, what is refused."""

import pytest

from core.errors import Invalid
from core.mail.addresses import checked_address, checked_line, usable_addresses
from core.mail.server_url import MailServer, Security, parse_mail_url


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("lan@bo.example", "lan@bo.example"),
        ("  Lan.Le+hop@BO.Example ", "Lan.Le+hop@bo.example"),
        ("lan@bộ-nội-vụ.vn", "lan@xn--b-ni-v-v2a7440bbva.vn"),
        ("diemcau@localhost", "diemcau@localhost"),
    ],
)
def test_good_addresses_are_kept_as_servers_take_them(typed: str, kept: str) -> None:
    if "xn--" in kept:
        assert checked_address(typed).startswith("lan@xn--")
        assert checked_address(typed).isascii()
    else:
        assert checked_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "", "lan", "@bo.example", "lan@", "lan@@bo.example", "lan bo@bo.example", "lan@bo example",
        "lan@bo.example\r\nBcc: x@evil.example", "lan@bo.example, x@evil.example", "lan@bo.example;x@evil.example",
        '"lan le"@bo.example', "lan@[127.0.0.1]", "lân@bo.example", "lan..le@bo.example", ".lan@bo.example",
        "lan@-bo.example", "lan@bo..example", "lan@bo.example\x00", "lan\u202e@bo.example", "a" * 65 + "@bo.example",
        "lan@" + "a" * 64 + ".example", "lan@" + "a." * 130 + "vn", "<lan@bo.example>", "lan@bo.example>",
        "lan@\ud800.vn", "lan@‮.vn",
    ],
)  # fmt: skip
def test_bad_addresses_are_refused_with_a_reason_fit_to_be_shown(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked_address(typed)
    sentence = refused.value.sentence()
    assert "địa chỉ thư" in sentence
    assert "\n" not in sentence
    assert "\x00" not in sentence


def test_a_list_kept_by_hand_gives_those_that_can_be_used() -> None:
    typed = ["lan@bo.example", None, "", "sai", "LAN@bo.example", "lan@bo.example", "minh@bo.example"]
    assert usable_addresses(typed) == ["lan@bo.example", "LAN@bo.example", "minh@bo.example"]


def test_a_title_over_two_lines_stays_one_line() -> None:
    assert checked_line("Giấy mời\r\nBcc: x@evil.example", "tiêu đề") == "Giấy mời Bcc: x@evil.example"


@pytest.mark.parametrize("typed", ["a\x00b", "a\x1bb", "a\u202eb", "a\u200bb", "x" * 501])
def test_control_and_direction_characters_are_refused_in_headers(typed: str) -> None:
    with pytest.raises(Invalid):
        checked_line(typed, "tiêu đề")


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("smtp://thu.bo.example", MailServer("thu.bo.example", 587, Security.STARTTLS_IF_OFFERED)),
        ("smtp://a:b@thu.bo.example:25", MailServer("thu.bo.example", 25, Security.STARTTLS, "a", "b")),
        ("smtps://a:p%40ss@thu.bo.example", MailServer("thu.bo.example", 465, Security.TLS, "a", "p@ss")),
        ("smtp://127.0.0.1:2525?starttls=never", MailServer("127.0.0.1", 2525, Security.NONE)),
        ("smtp://[::1]:2525", MailServer("::1", 2525, Security.STARTTLS_IF_OFFERED)),
    ],
)
def test_the_address_of_the_server_is_read(address: str, server: MailServer) -> None:
    assert parse_mail_url(address) == server
    assert "p@ss" not in repr(parse_mail_url(address))


@pytest.mark.parametrize(
    "address",
    ["thu.bo.example", "http://thu.bo.example", "smtp://", "smtp://a@thu", "smtp://:b@thu", "smtp://thu:0x",
     "smtp://thu:99999", "smtp://thu?starttls=vâng", "smtp://lân:mật@thu"],
)  # fmt: skip
def test_a_wrong_address_of_the_server_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="must|port|together|starttls"):
        parse_mail_url(address)
