"""Ports for our services: free, with a free neighbour, and out of the way of the machine's own connections."""

import socket

import pytest

from core.services import ports
from core.services.ports import free_port


def test_the_wanted_port_is_taken_where_it_is_free() -> None:
    port = free_port()
    assert free_port(port) == port


@pytest.mark.parametrize("beside", [0, 1])
def test_another_is_found_where_it_or_the_one_for_live_streams_is_taken(beside: int) -> None:
    port = free_port()
    with socket.create_server(("127.0.0.1", port + beside)):
        assert free_port(port) != port


def test_the_system_never_gives_it_to_a_connection_of_its_own() -> None:
    first = int(ports.RANGE.read_text().split()[0])
    assert all(port + 1 < first for port in (free_port() for _ in range(50)))


def test_none_is_said_and_not_invented(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_is_free", lambda _: False)
    with pytest.raises(OSError, match="no free port"):
        free_port()
