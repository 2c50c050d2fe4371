"""Ways in which signing and verifying are refused."""

import minutes.signing.messages  # noqa: F401  (registers the sentences)
from core.errors import Refusal


class KeyUnreadable(Refusal):
    """No PKCS#12, a wrong passphrase, no private key, or a token that does not answer; parameter `reason`."""

    code = "key_unreadable"
    http_status = 422


class KeyNotValidNow(Refusal):
    """The certificate has expired or is not valid yet; parameters `holder`, `start`, `end`."""

    code = "key_not_valid_now"
    http_status = 409


class SignerMismatch(Refusal):
    """The paper names another signer than the certificate; parameters `holder`, `signer` (annex I, II.7c)."""

    code = "signer_mismatch"
    http_status = 409


class SignatureRequired(Refusal):
    """This house asks for a digital signature, and none was given."""

    code = "signature_required"
    http_status = 409


class SealRequired(Refusal):
    """A paper signed digitally gets its number by digital stamps as well, and no seal was chosen."""

    code = "seal_required"
    http_status = 409


class PictureRefused(Refusal):
    """The picture of a signature or seal is no transparent PNG; parameter `reason`."""

    code = "picture_refused"
    http_status = 422


class TokenNotConfigured(Refusal):
    """A key on a token, and no PKCS#11 library is configured."""

    code = "token_not_configured"
    http_status = 409


class TimestampFailed(Refusal):
    """The time-stamp service that is configured did not answer; parameter `reason`."""

    code = "timestamp_failed"
    http_status = 503


class CertificateUnproven(Refusal):
    """A long-term signature needs a certificate that is proven to be valid, and this one is not; parameter `holder`."""

    code = "certificate_unproven"
    http_status = 409


class SignedFileUnreadable(Refusal):
    """No PDF, broken, locked or too large; parameters `name`, `reason`."""

    code = "signed_file_unreadable"
    http_status = 422


class SignedPdfBroken(Refusal):
    """The stored PDF that a leader signed does not verify any more; parameter `reason`."""

    code = "signed_pdf_broken"
    http_status = 500
