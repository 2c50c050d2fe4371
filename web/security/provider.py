"""The site's own sign-in service (OpenID Connect Core 1.0, authorization code with PKCE): there and back.

Goes out: a redirect with a state, a nonce and a code challenge (RFC 7636) that stay in this browser's signed cookie.
Comes in: the answer of the service. What is believed of it is one thing: issuer and subject of an ID token that it has
signed, for us, with our nonce, and that has not run out. Names, mails and groups it tells are not read.
"""

import logging
from dataclasses import dataclass

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import FlaskOAuth2App, OAuth
from flask import Flask, current_app, url_for
from joserfc.errors import JoseError
from werkzeug.wrappers import Response

from core.errors import Refusal
from core.runtime import current
from core.settings import Settings

log = logging.getLogger(__name__)

_EXTENSION = "sign_in_service"
_NAME = "site"
TIMEOUT_SECONDS = 10
#: Keys of ours are none of its: an ID token is signed with its private key, never with a shared secret.
_ALGORITHMS = ("RS256", "PS256", "ES256", "ES384", "EdDSA")


class ProviderFailed(Refusal):
    """The service cannot be reached, or says what cannot be believed."""

    code = "provider_failed"
    http_status = 502


class ProviderRefused(Refusal):
    """The person did not finish there, came back too late, or the answer does not belong to this browser."""

    code = "provider_refused"
    http_status = 401


@dataclass(frozen=True)
class Identity:
    """Who somebody is at the service."""

    issuer: str
    subject: str


def init_app(app: Flask, settings: Settings) -> None:
    """Know the service, if the site has one; nothing is asked of it yet."""
    app.extensions[_EXTENSION] = None
    if settings.oidc_issuer:
        app.extensions[_EXTENSION] = _client(app, settings)


def _client(app: Flask, settings: Settings) -> FlaskOAuth2App:
    ca_file = settings.oidc_ca_file
    client: FlaskOAuth2App = OAuth(app).register(
        _NAME,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret.get_secret_value(),
        server_metadata_url=f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid",
            "code_challenge_method": "S256",
            "default_timeout": TIMEOUT_SECONDS,
            **({"verify": str(ca_file)} if ca_file else {}),
        },
    )
    return client


def is_there() -> bool:
    """Whether this site has such a service."""
    return current_app.extensions[_EXTENSION] is not None


def leave_for_it() -> Response:
    """Send this browser there. Raises ProviderFailed."""
    address = f"{current().settings.external_url}{url_for('account.return_from_provider')}"
    try:
        answer: Response = _known().authorize_redirect(address)
    except (requests.RequestException, AuthlibBaseError, JoseError, ValueError, RuntimeError, KeyError) as error:
        raise _failed(error) from error
    return answer


def returned() -> Identity:
    """Who came back. Raises ProviderRefused, ProviderFailed."""
    issuer = current().settings.oidc_issuer
    try:
        client = _known()
        # Its own list of algorithms may name weaker ones; the issuer must be the one this site was set up with.
        token = client.authorize_access_token(claims_options={"iss": {"essential": True, "values": [issuer]}})
    except OAuthError as error:
        log.info("single sign-on refused: %s", error.error)
        raise ProviderRefused from error
    except (requests.RequestException, AuthlibBaseError, JoseError, ValueError, RuntimeError, KeyError) as error:
        raise _failed(error) from error
    subject = (token.get("userinfo") or {}).get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise ProviderFailed
    return Identity(issuer, subject)


def _known() -> FlaskOAuth2App:
    client: FlaskOAuth2App = current_app.extensions[_EXTENSION]
    if client is None:
        raise ProviderRefused
    metadata = client.load_server_metadata()
    metadata["id_token_signing_alg_values_supported"] = list(_ALGORITHMS)
    return client


def _failed(error: Exception) -> ProviderFailed:
    # The kind of the error only: its text may carry codes and addresses.
    log.warning("single sign-on failed: %s", type(error).__name__)
    return ProviderFailed()
