"""Bring a database to the newest schema. The history itself lies in `migrations/`."""

from pathlib import Path

from alembic import command
from alembic.config import Config

ROOT = Path(__file__).resolve().parent.parent


def alembic_config(database_url: str) -> Config:
    """Alembic's configuration without a file: the folder and the address are all it needs."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["database_url"] = database_url
    return config


def upgrade_to_head(database_url: str) -> None:
    """Apply every migration that is missing; does nothing on a current database."""
    command.upgrade(alembic_config(database_url), "head")
