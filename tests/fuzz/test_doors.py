"""Fuzz over hooks, personal links and uploads: some hundreds in the suite, `make fuzz` sends ten thousand.

`DIEMCAU_FUZZ` says how many; `DIEMCAU_FUZZ_SEED` repeats a run.
"""

import os
import random
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from core import audit
from core.permissions import Role
from core.runtime import Runtime
from orchestrator.meetings.models import Meeting
from tests.fuzz.inputs import SEEDS
from tests.fuzz.running import Attack, stray_files
from tests.web.access.world import build_world
from tests.web.builders import build_meeting, build_office
from tests.web.conftest import Browser

IN_THE_SUITE = 300


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_bad_input_breaks_nothing_and_leaves_nothing(
    app: Flask, runtime: Runtime, add_account: Callable[..., UUID], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = int(os.environ.get("DIEMCAU_FUZZ", IN_THE_SUITE))
    seed = int(os.environ.get("DIEMCAU_FUZZ_SEED", 7 if inputs == IN_THE_SUITE else random.randrange(10**6)))
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    world = build_world(runtime, add_account)
    with runtime.database.transaction() as session:
        world.own.values["room"] = session.scalars(
            select(Meeting.room_name).where(Meeting.id == world.own.values["meeting_id"])
        ).one()
    before = stray_files(runtime, tmp_path / "objects", tmp_path)
    outcome = Attack(app, runtime, world).run(inputs, seed)
    print(  # noqa: T201 (the figures are what is wanted of the long run)
        f"\nfuzz: {outcome.count} inputs with seed {seed}, answers {dict(sorted(outcome.statuses.items()))}, "
        f"slowest {outcome.slowest[0]:.1f} s at {outcome.slowest[1]}, {len(outcome.complaints)} complaints"
    )
    assert not outcome.complaints, "\n".join(outcome.complaints)
    assert outcome.count == inputs
    assert stray_files(runtime, tmp_path / "objects", tmp_path) == before
    assert not list(temporary.rglob("*"))
    with runtime.database.transaction() as session:
        assert audit.verify(session).is_whole


@pytest.mark.parametrize("path", ["/api/v1/meetings/{}/recordings", "/cuoc-hop/{}/ban-ghi"], ids=["api", "screen"])
def test_parts_that_are_refused_together_leave_nothing(
    app: Flask, runtime: Runtime, browser_of: Callable[..., Browser], tmp_path: Path, path: str
) -> None:
    """The first part was stored before the second one was seen to be the same."""
    meeting_id = build_meeting(runtime, build_office(runtime))
    browser = browser_of(Role.SECRETARY)
    files = [(BytesIO(SEEDS[0]), name) for name in ("a.wav", "b.wav")]
    headers = {"X-CSRFToken": browser.token()}
    answer = browser.client.post(path.format(meeting_id), data={"file": files}, headers=headers)
    assert answer.status_code == 422
    assert stray_files(runtime, tmp_path / "objects", tmp_path) == []
    assert not [file for file in (tmp_path / "objects").rglob("*") if file.is_file()]
