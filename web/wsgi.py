"""Entry of the web server: `gunicorn web.wsgi:app`."""

import logging

from core.settings import load_settings
from web.app import create_app
from web.composition import build_runtime

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
app = create_app(build_runtime(load_settings()))
