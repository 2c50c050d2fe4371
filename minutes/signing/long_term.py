"""The long-term profile: a time stamp, and what is needed to verify later, where a time-stamp service is configured."""

from typing import Any

from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko_certvalidator import ValidationContext

from core.runtime import current
from minutes.signing.increments import LongTerm
from minutes.signing.verifying import load_roots

_SECONDS = 15


class HouseTimeStamper(HTTPTimeStamper):
    """A time-stamp service (RFC 3161) whose answers are not believed to be answers before they are read."""

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
        """Raises TimestampRequestError for whatever is no time stamp."""
        try:
            return await super().async_timestamp(message_digest, md_algorithm)
        except (ValueError, TypeError) as error:
            raise TimestampRequestError("the service answered with something else than a time stamp") from error


def long_term() -> LongTerm | None:
    """The service of the settings; None where there is none, and signatures then carry the time of this machine.

    With root certificates the answers of the authorities about revocation are fetched and embedded (PAdES B-LTA).
    """
    settings = current().settings
    if not settings.signing_timestamp_url:
        return None
    roots = load_roots(settings.signing_trust_directory)
    validation = ValidationContext(trust_roots=list(roots), allow_fetching=True) if roots else None
    return LongTerm(HouseTimeStamper(settings.signing_timestamp_url, timeout=_SECONDS), validation)
