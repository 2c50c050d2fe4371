"""Entry of the web server: `gunicorn web.wsgi:app`."""

from core.settings import load_settings
from web.app import create_app
from web.composition import build_runtime

app = create_app(build_runtime(load_settings()))
