"""Entry of the web server: `gunicorn web.wsgi:app`."""

import gc

from sqlalchemy.orm import configure_mappers

from core.logs import tracing
from core.logs.setup import configure
from core.settings import load_settings
from web.app import create_app
from web.composition import build_runtime

settings = load_settings()
configure(settings.log_format)
tracing.start(settings.otel_endpoint)
app = create_app(build_runtime(settings))
# Compiled once here rather than in each process by every thread that is asked first. It takes a second of the start; at
# `make load` it made no difference that could be told from noise.
configure_mappers()
for name in app.jinja_env.list_templates(extensions=["html"]):
    app.jinja_env.get_template(name)
# What was made at the start stays for ever: left out of later collections, no request waits while it is looked through,
# and the processes forked from here share its pages.
gc.collect()
gc.freeze()
