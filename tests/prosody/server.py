"""Debian's own Prosody, run as an ordinary process on loopback with a configuration and data of its own.

In: a folder. Out: a running `Prosody` with four sites (`meet.test`, `strict.test`, `plain.test`, `open.test`) that
differ in what guards their rooms. Jitsi's modules are not in Debian; what stands for them is in `modules/` and says so.
"""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from core.services.ports import free_port

HERE = Path(__file__).parent
OUR_MODULES = HERE.parents[1] / "deploy" / "prosody"
APP_ID = "diemcau"
APP_SECRET = "k7Qz-Rw3Tn9-Vb5Xm2-Lp8Hd4-Jc6Gf1-Ys0"
ADMIN = "diemcau-admin@auth.meet.test"
ADMIN_PASSWORD = "mW4-tY8-qB2-zK6-rN0"
RECORDER = "recorder@recorder.meet.test"
RECORDER_PASSWORD = "hT3-vP7-xD1-cL5-gS9"

#: What guards the rooms of each: cap and seat, the same with the other policy, the cap alone, nothing at all.
SITES = {
    "meet.test": 'modules_enabled = { "test_token_verification", "muc_one_seat", "test_cap", "test_events" }',
    "strict.test": 'modules_enabled = { "test_token_verification", "muc_one_seat", "test_cap", "test_events" }\n'
    '    muc_one_seat_policy = "refuse"\n    muc_one_seat_without_id = "refuse"',
    "plain.test": 'modules_enabled = { "test_token_verification", "test_cap", "test_events" }',
    "open.test": 'modules_enabled = { "test_events" }',
}


class ProsodyMissing(Exception):
    """Debian's Prosody is not installed, or does not start."""


@dataclass(frozen=True)
class Prosody:
    """A running server."""

    folder: Path
    client_port: int
    http_port: int
    accounts_host: str = "auth.meet.test"

    @property
    def websocket(self) -> str:
        """Where browsers connect."""
        return f"ws://127.0.0.1:{self.http_port}/xmpp-websocket"

    @property
    def certificate(self) -> Path:
        """The self-signed certificate of its accounts' host."""
        return self.folder / "certs" / f"{self.accounts_host}.crt"

    def events(self, room: str) -> list[tuple[str, str, str]]:
        """What was reported of a room: (event, real address, endpoint), in order."""
        path = self.folder / "events"
        rows = [line.split() for line in path.read_text().splitlines()] if path.exists() else []
        return [(name, jid, endpoint) for name, node, jid, endpoint in rows if node == room]

    def log(self) -> str:
        """Everything it said."""
        return (self.folder / "prosody.log").read_text(errors="replace")


@contextmanager
def running_prosody(folder: Path) -> Iterator[Prosody]:
    """Start the four sites below this folder, wait until they answer, stop them at the end.

    Raises:
        ProsodyMissing: with what to do.
    """
    server = new_server(folder)
    configuration = _configure(server)
    with launched(server, configuration, {ADMIN: ADMIN_PASSWORD, RECORDER: RECORDER_PASSWORD}):
        yield server


def new_server(folder: Path, accounts_host: str = "auth.meet.test") -> Prosody:
    """Places and ports for a server that does not run yet."""
    (folder / "data").mkdir()
    (folder / "certs").mkdir()
    return Prosody(folder, free_port(), free_port(), accounts_host)


@contextmanager
def launched(server: Prosody, configuration: Path, accounts: dict[str, str]) -> Iterator[None]:
    """Run Prosody with this configuration and these accounts.

    Raises:
        ProsodyMissing: with what to do, or what it said.
    """
    program = shutil.which("prosody")
    if program is None:
        raise ProsodyMissing("Debian's Prosody is not installed: run `make system` (apt package `prosody`)")
    for jid, password in accounts.items():
        _register(configuration, jid, password)
    process = subprocess.Popen(
        [program, "--config", str(configuration), "-F"],
        cwd=server.folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_it_answers(server, process)
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _configure(server: Prosody) -> Path:
    folder = server.folder
    for host in ("auth.meet.test", "recorder.meet.test"):
        write_certificate(folder / "certs", host)
    text = (HERE / "prosody.cfg.lua").read_text()
    values = {
        "folder": folder,
        "test_modules": HERE / "modules",
        "our_modules": OUR_MODULES,
        "client_port": server.client_port,
        "http_port": server.http_port,
        "app_id": APP_ID,
        "app_secret": APP_SECRET,
        "admin": ADMIN,
    }
    text += "".join(_site(domain, guards) for domain, guards in SITES.items())
    for name, value in values.items():
        text = text.replace(f"@{name}@", str(value))
    path = folder / "prosody.cfg.lua"
    path.write_text(text)
    return path


def _site(domain: str, guards: str) -> str:
    return f'''
VirtualHost "{domain}"
    authentication = "anonymous"
    modules_enabled = {{ "test_token" {', "websocket"' if domain == "meet.test" else ""} }}

Component "focus.{domain}" "test_focus"

Component "conference.{domain}" "muc"
    storage = "memory"
    restrict_room_creation = true
    muc_room_locking = false
    muc_room_default_public_jids = true
    component_admins_as_room_owners = true
    admins = {{ "focus@focus.{domain}", "@admin@" }}
    muc_max_occupants = 500
    muc_access_whitelist = {{ "focus.{domain}", "recorder.meet.test", "auth.meet.test" }}
    token_verification_allowlist = {{ "recorder.meet.test" }}
    {guards}
'''


def _register(configuration: Path, jid: str, password: str) -> None:
    user, _, host = jid.partition("@")
    done = subprocess.run(
        [shutil.which("prosodyctl") or "prosodyctl", "--config", str(configuration), "register", user, host, password],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    if done.returncode != 0:
        raise ProsodyMissing(f"prosodyctl register: {done.stdout}{done.stderr}")


def _wait_until_it_answers(server: Prosody, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        if _listens(server.client_port) and _listens(server.http_port):
            return
        time.sleep(0.02)  # a process of another house: there is no clock of ours to move
    raise ProsodyMissing(f"Prosody did not start: {server.log()[-2000:]}")


def _listens(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def write_certificate(folder: Path, host: str) -> None:
    """A self-signed certificate and its key, as `prosodyctl cert generate` would leave them."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / f"{host}.crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / f"{host}.key").write_bytes(private)
