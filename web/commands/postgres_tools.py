"""pg_dump and pg_restore of the embedded PostgreSQL, on whichever database the settings name.

In: an SQLAlchemy address. Out: a dump file, or a filled database. The password travels in the environment, where other
people of the machine cannot see it.
"""

import os
import subprocess
from pathlib import Path

from sqlalchemy.engine import make_url

from core.services import ServiceError
from core.services.postgres import PostgresService
from core.settings import Settings


def dump(settings: Settings, target: Path) -> None:
    """Write the whole database in PostgreSQL's own format, as of one moment. Raises ServiceError."""
    _run(settings, "pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"])


def fill(settings: Settings, source: Path) -> None:
    """Fill an empty database, whole or not at all. Raises ServiceError."""
    _run(
        settings,
        "pg_restore",
        ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", str(source)],
    )


def _run(settings: Settings, program: str, arguments: list[str]) -> None:
    url = make_url(settings.database_url).set(drivername="postgresql")
    password = url.password
    address = url.set(password=None).render_as_string()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    if password:
        environment["PGPASSWORD"] = str(password)
    tool = PostgresService(settings.home).program(program)
    done = subprocess.run(
        [tool, f"--dbname={address}", *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ServiceError(f"{program}: {(done.stderr.strip().splitlines() or ['?'])[-1]}")
