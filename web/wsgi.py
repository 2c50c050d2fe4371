"""Entry of the web server: `gunicorn web.wsgi:app`."""

import gc
import logging

from core.settings import load_settings
from web.app import create_app
from web.composition import build_runtime

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
app = create_app(build_runtime(load_settings()))
# What was made at the start stays for ever: left out of later collections, no request waits while it is looked through,
# and the processes forked from here share its pages.
gc.collect()
gc.freeze()
