"""Ports for our services: free, with a free neighbour, and out of the way of the machine's own connections."""

import socket
import subprocess
import sys

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


def test_nobody_is_given_a_port_that_another_is_about_to_bind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server with seven ports, started while others start: two of them were once the same."""
    monkeypatch.setattr(ports, "LOWEST", ports._first_outgoing() - 2 - 60)
    ask = "import sys; from core.services import ports; ports.LOWEST = int(sys.argv[1]); print(ports.free_port())"
    mine = [free_port() for _ in range(10)]
    asked = [sys.executable, "-c", ask, str(ports.LOWEST)]
    others = [int(subprocess.run(asked, check=True, capture_output=True, text=True).stdout) for _ in range(10)]
    taken = [number for port in mine for number in (port, port + 1)]
    assert len(set(taken)) == len(taken)
    assert not {number for port in others for number in (port, port + 1)} & set(taken)


def test_what_was_spoken_for_long_ago_may_be_given_again() -> None:
    given = [free_port() for _ in range(ports.SPOKEN_FOR + 1)]
    assert len(ports._claims) == ports.SPOKEN_FOR
    assert ports._claim(given[0])


def test_none_is_said_and_not_invented(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_is_free", lambda _: False)
    with pytest.raises(OSError, match="no free port"):
        free_port()
