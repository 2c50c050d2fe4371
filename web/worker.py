"""Entry of worker and beat: `celery -A web.worker:celery worker|beat`. Every task finds the runtime installed here."""

from core.settings import load_settings
from web.composition import build_runtime

celery = build_runtime(load_settings()).celery
