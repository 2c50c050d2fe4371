"""A real SMTP server on loopback whose answers a test chooses, and a runtime that sends to it."""

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pydantic import SecretStr
from sqlalchemy.orm import Session as OrmSession

from core.runtime import Runtime
from core.services.ports import free_port


@pytest.fixture
def session(runtime: Runtime) -> Iterator[OrmSession]:
    """A session that a test may commit as often as it likes."""
    with OrmSession(runtime.database.engine, expire_on_commit=False) as session:
        yield session
        session.commit()


@dataclass
class Post:
    """What the server answers, and what it was given."""

    #: recipient → answers to RCPT, the last one for good; without an entry: taken.
    recipients: dict[str, list[str]] = field(default_factory=dict)
    data_answers: list[str] = field(default_factory=list)
    taken: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    signed_in: list[bytes] = field(default_factory=list)
    was_encrypted: list[bool] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answers = self.recipients.get(address, [])
        answer = answers.pop(0) if len(answers) > 1 else answers[0] if answers else "250 OK"
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.was_encrypted.append(session.ssl is not None)
        answer = self.data_answers.pop(0) if self.data_answers else "250 OK"
        if answer.startswith("2"):
            assert isinstance(envelope.content, bytes)
            self.taken.append((str(envelope.mail_from), list(envelope.rcpt_tos), envelope.content))
        return answer

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, kind: str, data: Any) -> AuthResult:
        if isinstance(data, LoginPassword) and data.password == b"mat:khau":
            self.signed_in.append(data.login)
            return AuthResult(success=True)
        return AuthResult(success=False, handled=False)


@dataclass(frozen=True)
class Server:
    """A running server: its post and its address."""

    post: Post
    port: int
    stop: Callable[[], None]


@pytest.fixture
def start_server() -> Iterator[Callable[..., Server]]:
    """`start_server(…options of aiosmtpd…)` → a server on a free port."""
    running: list[Controller] = []

    def start(post: Post | None = None, **options: Any) -> Server:
        post = post or Post()
        controller = Controller(post, hostname="127.0.0.1", port=free_port(), ready_timeout=10, **options)
        controller.start()
        running.append(controller)

        def stop() -> None:
            running.remove(controller)
            controller.stop()

        return Server(post, controller.port, stop)

    yield start
    for controller in list(running):
        controller.stop()


@pytest.fixture
def use_url(runtime: Runtime) -> Callable[..., None]:
    """`use_url("smtp://127.0.0.1:2525", …other settings…)` → the runtime sends there."""

    def use(url: str, **changes: Any) -> None:
        values = {"mail_url": SecretStr(url), "mail_timeout_seconds": 2.0, **changes}
        runtime.settings = runtime.settings.model_copy(update=values)

    return use


@dataclass(frozen=True)
class Certificate:
    """A certificate for 127.0.0.1 that signs itself."""

    file: Path
    key_file: Path

    def context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file, self.key_file)
        return context


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    from ipaddress import ip_address

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    made = Certificate(tmp_path / "server.pem", tmp_path / "server.key")
    made.file.write_bytes(built.public_bytes(Encoding.PEM))
    made.key_file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return made
