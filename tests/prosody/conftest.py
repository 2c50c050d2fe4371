"""One real Prosody for all tests of this folder. Where it is not installed they fail and say how to install it."""

from collections.abc import Iterator

import pytest

from tests.prosody.server import Prosody, running_prosody


@pytest.fixture(scope="session")
def prosody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prosody]:
    """Debian's Prosody with our module and the stand-ins, on loopback."""
    with running_prosody(tmp_path_factory.mktemp("prosody")) as server:
        yield server
