"""How Prosody judges a token: `luajwtjitsi.lib.lua` and `token/util.lib.lua` as CONTRACTS §1 tells them.

In: a token, the site, the present. Out: its claims, or the words of the SASL failure.
"""

import hashlib
import http.client
from typing import Any
from urllib.parse import urlsplit

import jwt

from tests.fakes.prosody_site import Refused, Site


class KeyRing:
    """Public keys fetched from a key server, kept in memory per key id for as long as Prosody runs."""

    def __init__(self, base: str | None) -> None:
        self._base = base
        self._known: dict[str, str] = {}
        self.fetched: list[str] = []

    def find(self, key_id: str) -> str | None:
        if key_id not in self._known and (pem := self._fetch(key_id)) is not None:
            self._known[key_id] = pem
        return self._known.get(key_id)

    def _fetch(self, key_id: str) -> str | None:
        if self._base is None:
            return None
        address = urlsplit(f"{self._base}/{hashlib.sha256(key_id.encode()).hexdigest()}.pem")
        self.fetched.append(address.path)
        for _ in range(3):
            connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=30)
            try:
                connection.request("GET", address.path)
                answer = connection.getresponse()
                body = answer.read().decode()
                return body if answer.status == 200 else None
            except OSError:
                continue
            finally:
                connection.close()
        return None


def verify_token(token: str | None, site: Site, keys: KeyRing, now: float) -> dict[str, Any]:
    """The claims. Raises Refused at stage `auth` with Prosody's words."""
    if not token:
        raise _denied("token required")
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError as error:
        raise _denied("Invalid token") from error
    if header.get("typ") != "JWT":
        raise _denied("Invalid typ")
    wanted = "RS256" if site.key_server is not None else "HS256"
    if header.get("alg") != wanted:
        raise _denied("Invalid or incorrect alg")
    claims = _decode(token, wanted, _key(header, site, keys))
    _check_times(claims, now)
    if claims.get("iss") != site.app_id:
        raise _denied("invalid 'iss' claim")
    if not isinstance(claims.get("aud"), str) or claims["aud"] != site.audience:
        raise _denied("invalid 'aud' claim")
    return claims


def is_for_room(claims: dict[str, Any], room: str, site: Site) -> bool:
    """`verify_room`: the claims `room` and `sub` against the room that is entered."""
    wanted = claims.get("room")
    if not isinstance(wanted, str) or wanted != "*" and wanted.lower() != room.lower():
        return False
    if not site.verify_domain:
        return True
    subject = claims.get("sub")
    return isinstance(subject, str) and (subject == "*" or subject.lower() == site.domain)


def _key(header: dict[str, Any], site: Site, keys: KeyRing) -> str:
    if site.key_server is None:
        return site.app_secret or ""
    if not header.get("kid"):
        raise _denied("'kid' claim is missing")
    pem = keys.find(header["kid"])
    if pem is None:
        raise _denied("could not obtain public key")
    return pem


def _decode(token: str, algorithm: str, key: str) -> dict[str, Any]:
    # Times, issuer and audience are judged below, in Prosody's own way.
    options: Any = {"verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_aud": False}
    try:
        claims: dict[str, Any] = jwt.decode(token, key, algorithms=[algorithm], options=options)
    except jwt.PyJWTError as error:
        raise _denied("Invalid signature") from error
    return claims


def _check_times(claims: dict[str, Any], now: float) -> None:
    """No leeway either way; a token without `exp` never ends."""
    until, since = claims.get("exp"), claims.get("nbf")
    if until is not None and until < now:
        raise _denied(f"Not acceptable by exp ({int(now - until)} sec since expired)")
    if since is not None and since > now:
        raise _denied("Not acceptable by nbf")


def _denied(text: str) -> Refused:
    return Refused("auth", condition="not-allowed", text=text)
