"""An invented authority that hands out certificates for the tests: made once a run, of small elliptic keys."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PASSPHRASE = "mật khẩu khóa thử"
SIGNER = "Đặng Thị Thùy Linh"
ORGANISATION = "Bộ Mẫu"
_START, _END = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Issued:
    """A certificate with its key."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    def pkcs12(self, passphrase: str = PASSPHRASE) -> bytes:
        """As the file a person would be handed."""
        sealing: serialization.KeySerializationEncryption = serialization.NoEncryption()
        if passphrase:
            sealing = serialization.BestAvailableEncryption(passphrase.encode())
        return pkcs12.serialize_key_and_certificates(b"khoa", self.key, self.certificate, [root().certificate], sealing)


@cache
def root() -> Issued:
    """The authority itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    return Issued(key, _certificate("Trung tâm Chứng thực Mẫu", "Ban Cơ yếu Mẫu", key, None))


@cache
def person(name: str = SIGNER, *, until: datetime = _END, stamping: bool = False, crl_url: str = "") -> Issued:
    """A certificate for a person or an agency. `crl_url`: where its authority lists those it has revoked."""
    key = ec.generate_private_key(ec.SECP256R1())
    made = _certificate(name, ORGANISATION, key, root(), until=until, stamping=stamping, crl_url=crl_url)
    return Issued(key, made)


def issue_for(key: rsa.RSAPrivateKey, name: str, *, stamping: bool = False) -> x509.Certificate:
    """A certificate for a key made elsewhere: that of a token, or of a time-stamp service."""
    return _certificate(name, ORGANISATION, key, root(), stamping=stamping)


def _certificate(
    name: str,
    organisation: str,
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
    issuer: Issued | None,
    *,
    until: datetime = _END,
    stamping: bool = False,
    crl_url: str = "",
) -> x509.Certificate:
    subject = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, name), x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation)]
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_START)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(_usage(authority=issuer is None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if stamping:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    if crl_url:
        point = x509.DistributionPoint([x509.UniformResourceIdentifier(crl_url)], None, None, None)
        builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
    return builder.sign(issuer.key if issuer else key, hashes.SHA256())


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
