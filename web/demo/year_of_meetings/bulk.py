"""Many rows in few statements."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from core.database import Base

Row = dict[str, Any]
_CHUNK = 5_000


def keep(session: Session, model: type[Base], rows: Sequence[Row]) -> list[UUID]:
    """Insert rows of one shape; returns their ids."""
    for start in range(0, len(rows), _CHUNK):
        session.execute(insert(model), rows[start : start + _CHUNK])
    return [row["id"] for row in rows]
