"""Entry of the web server: `gunicorn web.wsgi:app`."""

import gc

from core.logs import tracing
from core.logs.setup import configure
from core.settings import load_settings
from web.app import create_app
from web.composition import build_runtime

settings = load_settings()
configure(settings.log_format)
tracing.start(settings.otel_endpoint)
app = create_app(build_runtime(settings))
# What was made at the start stays for ever: left out of later collections, no request waits while it is looked through,
# and the processes forked from here share its pages.
gc.collect()
gc.freeze()
