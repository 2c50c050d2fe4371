"""A signing token made of software (SoftHSM 2), as the tests plug one in: one for each test process, in a folder of its
own. The PKCS#11 library reads where its tokens lie once, when it is loaded."""

import atexit
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.minutes.authority import ORGANISATION, issue_for

TOKEN, CERTIFICATE, PIN, OFFICER_PIN = "thiet-bi-van-thu", "con-dau", "24681357", "13572468"
_PLACES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
)


def module() -> Path | None:
    """The library, None where it is not installed."""
    found = next((Path(place) for place in _PLACES if Path(place).is_file()), None)
    return found if shutil.which("softhsm2-util") else None


@cache
def plugged_in() -> x509.Certificate:
    """Make the token with an RSA key, as offices are handed them, and its certificate; returns the certificate."""
    folder = Path(mkdtemp(prefix="softhsm-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "tokens").mkdir()
    configuration = folder / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(configuration)
    made = ["softhsm2-util", "--init-token", "--free", "--label", TOKEN, "--pin", PIN, "--so-pin", OFFICER_PIN]
    subprocess.run(made, check=True, capture_output=True)  # noqa: S603
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    certificate = issue_for(key, ORGANISATION)
    _put(key, certificate)
    return certificate


def _put(key: rsa.RSAPrivateKey, certificate: x509.Certificate) -> None:
    import pkcs11
    from pkcs11 import Attribute
    from pkcs11.util.rsa import decode_rsa_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    der = key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    named = {Attribute.LABEL: CERTIFICATE, Attribute.ID: b"\x01", Attribute.TOKEN: True}
    token = pkcs11.lib(str(module())).get_token(token_label=TOKEN)
    with token.open(user_pin=PIN, rw=True) as session:
        guarded = {Attribute.PRIVATE: True, Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False}
        session.create_object({**decode_rsa_private_key(der), **named, **guarded})
        session.create_object({**decode_x509_certificate(certificate.public_bytes(Encoding.DER)), **named})
