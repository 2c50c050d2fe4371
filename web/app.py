"""The application factory: a Flask application around an installed runtime."""

from datetime import timedelta
from typing import Any

from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI
from werkzeug.middleware.proxy_fix import ProxyFix

from core.runtime import Runtime
from web import blueprints, errors, templating, tracking
from web.languages import choice
from web.receiving import SpoolingRequest
from web.security import callers, closed, csrf, headers, provider
from web.security.gate import guard

SECURITY_SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "diemcau"},
}


class Application(OpenAPI):
    """Flask with the API's document, uploads spooled beside the storage, and no log line of its own for a breakdown."""

    request_class = SpoolingRequest

    def log_exception(self, exc_info: Any) -> None:
        """Nothing: `errors.on_breakdown` logs with the request's id; Flask would log the path, which may be a proof."""


def create_app(runtime: Runtime, *, testing: bool = False) -> OpenAPI:
    """Build the application. The runtime must be the installed one: services and tasks reach it that way."""
    app = Application(
        __name__,
        info=Info(title="Điểm Cầu", version="1.0.0", description="API JSON của hệ thống họp trực tuyến Điểm Cầu."),
        security_schemes=SECURITY_SCHEMES,  # type: ignore[arg-type]
        validation_error_callback=errors.on_validation,
        doc_ui=False,
    )
    settings = runtime.settings
    app.config.update(
        SECRET_KEY=settings.secret_key.get_secret_value(),
        SESSION_COOKIE_NAME="diemcau",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE="vi",
        BABEL_DEFAULT_TIMEZONE="Asia/Ho_Chi_Minh",
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        MAX_FORM_PARTS=5000,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
        TESTING=testing,
        PROPAGATE_EXCEPTIONS=False,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.extensions["runtime"] = runtime
    choice.init_app(app)
    callers.init_app(app)
    csrf.protect.init_app(app)
    closed.init_app(app)
    provider.init_app(app, settings)
    errors.init_app(app)
    templating.init_app(app)
    tracking.init_app(app)
    app.before_request(guard)
    app.after_request(headers.add_headers)
    blueprints.register(app)
    return _behind_proxies(app, settings.proxy_hops)


def _behind_proxies(app: OpenAPI, hops: int) -> OpenAPI:
    # Without it everybody would come from the proxy's address, and share its limits.
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    return app
