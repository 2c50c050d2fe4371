"""A little network of this machine's own: hosts as network namespaces on one bridge, each with a line that can be cut.

In: names. Out: an address for each, and words that run a command there. Nothing of it is reachable from outside, and it
is gone afterwards. Takes root.
"""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

#: A range for benchmarks of networks (RFC 2544): nobody's address.
NETWORK = "198.18.77"
BRIDGE = "chaos-br"


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


@dataclass(frozen=True)
class Host:
    """One host: its name, its address, its line."""

    name: str
    address: str

    @property
    def namespace(self) -> str:
        return f"chaos-{os.getpid()}-{self.name}"

    @property
    def line(self) -> str:
        """The end of its line at the bridge."""
        return f"ch{os.getpid() % 100000}{self.name[:4]}"

    def inside(self) -> list[str]:
        """Words before a command that is to run there, under the host's own name."""
        named = f'hostname {self.name} && exec "$@"'
        return ["ip", "netns", "exec", self.namespace, "unshare", "--uts", "sh", "-c", named, "sh"]


@dataclass(frozen=True)
class Network:
    """The hosts by name; the first one holds the bridge."""

    hosts: dict[str, Host]

    def __getitem__(self, name: str) -> Host:
        return self.hosts[name]

    @property
    def _centre(self) -> str:
        return next(iter(self.hosts.values())).namespace

    def cut(self, name: str) -> None:
        """The host's line is down: what it sends is lost, and nobody is told."""
        _run("ip", "-n", self._centre, "link", "set", self[name].line, "down")

    def mend(self, name: str) -> None:
        """And up again."""
        _run("ip", "-n", self._centre, "link", "set", self[name].line, "up")


def is_possible() -> bool:
    """Whether this account may make network namespaces."""
    probe = f"chaos-{os.getpid()}-probe"
    try:
        _run("ip", "netns", "add", probe)
        _run("ip", "netns", "del", probe)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


@contextlib.contextmanager
def network(*names: str) -> Iterator[Network]:
    """Hosts of these names; the first one's address is on the bridge itself."""
    made = Network({name: Host(name, f"{NETWORK}.{number}") for number, name in enumerate(names, 1)})
    centre, *others = made.hosts.values()
    with contextlib.ExitStack() as stack:
        for host in made.hosts.values():
            _run("ip", "netns", "add", host.namespace)
            stack.callback(subprocess.run, ["ip", "netns", "del", host.namespace], check=False, capture_output=True)
            _run("ip", "-n", host.namespace, "link", "set", "lo", "up")
        _run("ip", "-n", centre.namespace, "link", "add", BRIDGE, "type", "bridge")
        _run("ip", "-n", centre.namespace, "address", "add", f"{centre.address}/24", "dev", BRIDGE)
        _run("ip", "-n", centre.namespace, "link", "set", BRIDGE, "up")
        for host in others:
            far = ("peer", "name", "eth0", "netns", host.namespace)
            _run("ip", "-n", centre.namespace, "link", "add", host.line, "type", "veth", *far)
            _run("ip", "-n", centre.namespace, "link", "set", host.line, "master", BRIDGE, "up")
            _run("ip", "-n", host.namespace, "address", "add", f"{host.address}/24", "dev", "eth0")
            _run("ip", "-n", host.namespace, "link", "set", "eth0", "up")
        yield made
