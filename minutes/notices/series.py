"""Taking the next number of a series: under its row lock, in the transaction that freezes the text.

Fifty issues at once wait for each other here and get fifty numbers without a gap; one that fails gives its number back
with its rollback.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.errors import Invalid
from core.permissions import Action, Actor, require
from core.runtime import current
from minutes.notices.models import NumberSeries, NumberSeriesRule
from minutes.notices.numbering import series_key


@dataclass(frozen=True)
class TakenNumber:
    """A number that is ours once the transaction commits."""

    series_id: UUID
    year: int
    number: int


def take_number(session: Session, *, body: str, suffix: str, issued_on: date) -> TakenNumber:
    """The next number of the series this document counts in; the series stays locked until the transaction ends."""
    rules = session.scalars(select(NumberSeriesRule)).all()
    series = _locked(session, series_key(rules, body=body, suffix=suffix), issued_on.year)
    series.last_number += 1
    session.flush()
    return TakenNumber(series.id, series.year, series.last_number)


def continue_series_at(session: Session, actor: Actor, *, key: str, year: int, last_number: int) -> NumberSeries:
    """Say which number was the last given before this service came. Raises Invalid where one would be given twice."""
    require(actor, Action.ISSUE_NOTICE)
    series = _locked(session, key, year)
    if last_number < series.last_number:
        raise Invalid(field="số cuối", reason=f"đã cấp đến số {series.last_number}")
    series.last_number = last_number
    session.flush()
    return series


def _locked(session: Session, key: str, year: int) -> NumberSeries:
    row = {"series_key": key, "year": year, "last_number": 0, "created_at": current().clock()}
    session.execute(insert(NumberSeries).values(**row).on_conflict_do_nothing(index_elements=["series_key", "year"]))
    query = select(NumberSeries).where(NumberSeries.series_key == key, NumberSeries.year == year)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).one()
