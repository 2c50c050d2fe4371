"""A time-stamp service and a list of revoked certificates on the loopback interface, for tests (RFC 3161, RFC 5280)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from asn1crypto import keys, tsp  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign.timestamps import DummyTimeStamper

from tests.minutes.authority import Issued, issue_for, root

_BEGAN, _NEXT = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)


@dataclass
class Service:
    """What was asked, and how to answer: `mode` is honest, error, garbage or hangs-up."""

    address: str = ""
    mode: str = "honest"
    revoked: tuple[Issued, ...] = ()
    asked: list[str] = field(default_factory=list)

    @property
    def stamp_url(self) -> str:
        """Where time stamps are asked for."""
        return f"{self.address}/tsa"

    @property
    def crl_url(self) -> str:
        """Where the list of revoked certificates lies."""
        return f"{self.address}/crl"


@contextmanager
def running() -> Iterator[Service]:
    """A service on a free port while the block runs."""
    service = Service()
    _stamper()  # an RSA key takes a moment: made before anybody waits
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(service))
    service.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@cache
def _stamper() -> DummyTimeStamper:
    """pyHanko's own authority for tests signs with RSA only."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    certificate = issue_for(key, "Dịch vụ cấp dấu thời gian Mẫu", stamping=True)
    der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(
        asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER)), keys.PrivateKeyInfo.load(der)
    )


def _revocations(revoked: tuple[Issued, ...]) -> bytes:
    builder = x509.CertificateRevocationListBuilder(issuer_name=root().certificate.subject)
    builder = builder.last_update(_BEGAN).next_update(_NEXT)
    for one in revoked:
        entry = x509.RevokedCertificateBuilder(one.certificate.serial_number, _BEGAN)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(root().key, hashes.SHA256()).public_bytes(Encoding.DER)


def _handler(service: Service) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            service.asked.append("stamp")
            question = self.rfile.read(int(self.headers["Content-Length"]))
            if service.mode == "error":
                self.send_error(500)
            elif service.mode == "garbage":
                self._answer(b"no time stamp", "application/timestamp-reply")
            elif service.mode == "honest":
                reply = _stamper().request_tsa_response(tsp.TimeStampReq.load(question))
                self._answer(reply.dump(), "application/timestamp-reply")

        def do_GET(self) -> None:
            service.asked.append("crl")
            self._answer(_revocations(service.revoked), "application/pkix-crl")

        def _answer(self, body: bytes, media_type: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    return Handler
