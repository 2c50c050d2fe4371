"""Headers of every answer: only our own scripts and styles run, nobody frames us, nothing is kept by proxies.

Two pages may do more, each exactly what it is for: the console embeds the site's own conference, the endpoint's test
page uses the camera and the microphone. Sound may also come from the site's storage, where browsers are sent there.
"""

import re

from flask import Response, g, request

from core.runtime import current

#: Embeds the conference: its one script, its frame, and its use of camera and microphone inside that frame.
CONFERENCE_PAGE = "console.console"
#: Tries the endpoint's own camera and microphone.
DEVICE_PAGE = "check.page"

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "media-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "manifest-src": "'self'",
}
_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]{1,5})?")
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?")
_NO_DEVICES = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"


def _written(policy: dict[str, str]) -> str:
    return "; ".join(f"{name} {sources}" for name, sources in policy.items())


CONTENT_SECURITY_POLICY = _written(_POLICY)


def conference_policy(domain: str) -> str:
    """The policy of the page that embeds the conference of this domain; the ordinary one where it is no host name."""
    if not _HOST.fullmatch(domain):
        return CONTENT_SECURITY_POLICY
    return _written(
        {
            **_POLICY,
            "script-src": f"'self' https://{domain}/external_api.js",
            "frame-src": f"https://{domain}",
        }
    )


def storage_policy(policy: str, public_endpoint: str) -> str:
    """The same policy where sound comes from the site's storage: browsers are sent there and nowhere else."""
    origin = _ORIGIN.match(public_endpoint)
    return policy.replace("media-src 'self'", f"media-src 'self' {origin.group()}") if origin else policy


def device_policy(endpoint: str | None, domain: str) -> str:
    """Permissions-Policy: camera and microphone for the two pages that need them, for nobody else."""
    if endpoint == DEVICE_PAGE:
        return _NO_DEVICES.replace("camera=(), microphone=()", "camera=(self), microphone=(self)")
    if endpoint == CONFERENCE_PAGE and _HOST.fullmatch(domain):
        allowed = f'(self "https://{domain}")'
        return _NO_DEVICES.replace("camera=(), microphone=()", f"camera={allowed}, microphone={allowed}")
    return _NO_DEVICES


def add_headers(response: Response) -> Response:
    """The `after_request` of the whole application."""
    headers = response.headers
    settings = current().settings
    domain = settings.jitsi_domain
    policy = conference_policy(domain) if request.endpoint == CONFERENCE_PAGE else CONTENT_SECURITY_POLICY
    headers.setdefault("Content-Security-Policy", storage_policy(policy, settings.storage_public_endpoint))
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    # Join links carry their proof in the address; no page may hand its address on.
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = device_policy(request.endpoint, domain)
    if request.endpoint != "static":
        headers["Cache-Control"] = "no-store"
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if "request_id" in g:
        headers["X-Request-Id"] = g.request_id
    return response
