"""Anchors tell what the chain alone cannot: a chain made anew, or one that lost its last rows."""

from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from core import anchors, audit
from core.anchors import AnchorUnreadable
from core.runtime import Runtime
from tests.conftest import FixedClock

TODAY = date(2026, 4, 8)


def say(runtime: Runtime, *actions: str) -> None:
    with runtime.database.transaction() as session:
        for action in actions:
            audit.record(session, None, action, "meeting", uuid4(), reason="vì đã xong")


def tamper(session: Session, statement: str) -> None:
    session.execute(text("ALTER TABLE audit_row DISABLE TRIGGER USER"))
    session.execute(text(statement))
    session.execute(text("ALTER TABLE audit_row ENABLE TRIGGER USER"))


def made_anew(session: Session) -> None:
    """What somebody with the database can do: change a row and compute all hashes again."""
    tamper(session, "UPDATE audit_row SET action = 'khac' WHERE id = 2")
    rows = session.query(audit.AuditRow).order_by(audit.AuditRow.id).all()
    session.expunge_all()
    previous = audit.GENESIS
    for row in rows:
        row.previous_hash = previous
        previous = audit.row_hash(row)
        change = f"previous_hash = '{row.previous_hash}', row_hash = '{previous}' WHERE id = {row.id}"
        tamper(session, f"UPDATE audit_row SET {change}")


def test_the_anchor_of_a_day_is_the_last_row_of_that_day_in_vietnam(runtime: Runtime, fixed_clock: FixedClock) -> None:
    say(runtime, "one", "two")
    fixed_clock.now += timedelta(hours=10, minutes=1)  # past midnight in Hà Nội, not yet in UTC
    say(runtime, "three")
    with runtime.database.transaction() as session:
        first, second = anchors.anchor_of(session, TODAY), anchors.anchor_of(session, TODAY + timedelta(days=1))
        assert (first.rows, second.rows) == (2, 3)
        assert anchors.anchor_of(session, TODAY - timedelta(days=1)).rows == 0
        assert anchors.verify(session, first).is_whole
        assert anchors.verify(session, second).is_whole


def test_an_anchor_survives_being_printed_and_typed_again(runtime: Runtime) -> None:
    say(runtime, "one")
    with runtime.database.transaction() as session:
        anchor = anchors.anchor_of(session, TODAY)
    typed = anchors.to_text(anchor).replace("\n", "\r\n").replace(anchor.head, anchor.head.upper())
    assert anchors.from_text("Bản in\n\n" + typed + "\nKý tên") == anchor


@pytest.mark.parametrize(
    "content", ["", "day: 2026-04-08\nrows: 1", "day: hôm qua\nrows: 1\nhead: " + "0" * 64, "x" * 99]
)
def test_what_is_no_anchor_is_refused(content: str) -> None:
    with pytest.raises(AnchorUnreadable):
        anchors.from_text(content)


def test_a_chain_made_anew_or_cut_off_does_not_hold(runtime: Runtime) -> None:
    say(runtime, "one", "two", "three")
    with runtime.database.transaction() as session:
        anchor = anchors.anchor_of(session, TODAY)
    with runtime.database.transaction() as session:
        made_anew(session)
    with runtime.database.transaction() as session:
        report = anchors.verify(session, anchor)
        assert report.chain.is_whole  # the chain alone looks whole …
        assert not report.holds  # … and only the anchor tells
        tamper(session, "DELETE FROM audit_row WHERE id = 3")
        assert audit.verify(session).is_whole
        assert not anchors.verify(session, anchor).holds


def test_yesterdays_anchor_is_written_once(runtime: Runtime, tmp_path: Path, fixed_clock: FixedClock) -> None:
    say(runtime, "one")
    with runtime.database.transaction() as session:
        path = anchors.keep_yesterdays(session, tmp_path, fixed_clock.now + timedelta(days=1))
        assert path is not None
        assert anchors.from_text(path.read_text()) == anchors.anchor_of(session, TODAY)
        assert anchors.keep_yesterdays(session, tmp_path, fixed_clock.now + timedelta(days=1)) is None


def test_a_blanked_row_stays_in_the_chain_and_any_other_change_breaks_it(runtime: Runtime) -> None:
    say(runtime, "one", "two")
    with runtime.database.transaction() as session:
        first = session.query(audit.AuditRow).order_by(audit.AuditRow.id).first()
        assert first is not None
        anchor = anchors.anchor_of(session, TODAY)
        assert audit.redact(session, None, [first.object_id], uuid4()) == 1
        assert audit.redact(session, None, [first.object_id], uuid4()) == 0
    with runtime.database.transaction() as session:
        report = anchors.verify(session, anchor)
        assert report.is_whole
        assert report.chain.redacted == 1
        # Blanking without the row that says so is tampering like any other.
        tamper(session, """UPDATE audit_row SET detail = '{"redacted": true}' WHERE id = 2""")
        assert audit.verify(session).broken_at == 2
