"""Opening a key: a PKCS#12 file with its passphrase, or a PKCS#11 token with its PIN, for as long as one signing.

In: bytes and a passphrase. Out: facts of the certificate, or a signer of pyHanko. Nothing is remembered.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates, load_pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.sign.signers import Signer, SimpleSigner

from minutes.signing.refusals import KeyUnreadable, TokenNotConfigured

MAXIMUM_PKCS12_BYTES = 200_000


@dataclass(frozen=True)
class CertificateFacts:
    """What people want to know of a certificate; times are aware."""

    holder: str
    organisation: str
    issuer: str
    serial: str
    fingerprint: str
    valid_from: datetime
    valid_until: datetime


def facts_of(certificate: x509.Certificate) -> CertificateFacts:
    """Read a certificate."""
    return CertificateFacts(
        holder=_name(certificate.subject, NameOID.COMMON_NAME) or certificate.subject.rfc4514_string(),
        organisation=_name(certificate.subject, NameOID.ORGANIZATION_NAME),
        issuer=_name(certificate.issuer, NameOID.COMMON_NAME) or certificate.issuer.rfc4514_string(),
        serial=f"{certificate.serial_number:X}",
        fingerprint=certificate.fingerprint(SHA256()).hex(),
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
    )


def read_pkcs12(data: bytes, passphrase: str) -> CertificateFacts:
    """The certificate of a PKCS#12 file that can sign.

    Raises:
        KeyUnreadable: no such file, a wrong or an empty passphrase, no private key, a certificate not meant to sign.
    """
    certificate = _open(data, passphrase).cert
    assert certificate is not None  # noqa: S101  (checked by _open)
    require_signing(certificate.certificate)
    return facts_of(certificate.certificate)


def pkcs12_signer(data: bytes, passphrase: str) -> Signer:
    """A signer with the key of this file. Raises KeyUnreadable."""
    _open(data, passphrase)
    signer = SimpleSigner.load_pkcs12_data(data, other_certs=[], passphrase=passphrase.encode())
    if signer is None:
        raise KeyUnreadable(reason="loại khóa không dùng được để ký PDF")
    return signer


@contextmanager
def token_signer(module: Path | None, token_label: str, certificate_label: str, pin: str) -> Iterator[Signer]:
    """A signer with a key on a PKCS#11 token, while the block runs; the session is closed afterwards.

    Raises:
        TokenNotConfigured: no library is set, or support for tokens is not installed. KeyUnreadable: wrong PIN, no such
        token or certificate.
    """
    if module is None:
        raise TokenNotConfigured
    try:
        from pkcs11.exceptions import PKCS11Error
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
    except ImportError as error:
        raise TokenNotConfigured from error
    try:
        with open_pkcs11_session(str(module), token_criteria=TokenCriteria(token_label), user_pin=pin) as session:
            yield PKCS11Signer(session, cert_label=certificate_label)
    except PKCS11Error as error:
        raise KeyUnreadable(reason=_token_says(error, module, token_label, certificate_label)) from error


def _open(data: bytes, passphrase: str) -> PKCS12KeyAndCertificates:
    if len(data) > MAXIMUM_PKCS12_BYTES:
        raise KeyUnreadable(reason="tệp lớn bất thường")
    if not passphrase:
        raise KeyUnreadable(reason="chưa nhập mật khẩu; tệp không có mật khẩu không được nhận")
    try:
        opened = load_pkcs12(data, passphrase.encode())
    except ValueError as error:
        raise KeyUnreadable(reason="sai mật khẩu hoặc không phải tệp PKCS#12") from error
    if opened.key is None or opened.cert is None:
        raise KeyUnreadable(reason="tệp không có khóa riêng hoặc không có chứng thư")
    return opened


def _token_says(error: Exception, module: Path, token_label: str, certificate_label: str) -> str:
    """What went wrong on a token, in words; the names are those of PKCS#11's own errors."""
    words = {
        "PinIncorrect": "sai mã PIN",
        "PinLenRange": "sai mã PIN",
        "PinLocked": "thiết bị đã khóa vì nhập sai mã PIN nhiều lần",
        "TokenNotPresent": "thiết bị đã bị rút ra",
        "DeviceRemoved": "thiết bị đã bị rút ra",
    }
    name = type(error).__name__
    if name != "PKCS11Error":
        return words.get(name, f"thiết bị trả lời {name}")
    # What is not found under these labels is told by errors of the general kind; so is a library that does not load.
    if module.name in str(error) or not module.is_file():
        return f"không nạp được thư viện PKCS#11 “{module.name}”"
    if "token" in str(error).casefold():
        return f"không thấy thiết bị có tên “{token_label}”"
    return f"thiết bị không có đúng một khóa và một chứng thư mang nhãn “{certificate_label}”"


def require_signing(certificate: x509.Certificate) -> None:
    """Raises KeyUnreadable where a certificate was given for something else than signing."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise KeyUnreadable(reason="chứng thư không được cấp để ký số")


def _name(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""
