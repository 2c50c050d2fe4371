"""Backup and restore: everything comes back, into an empty place only, readable for the holder of the key alone.

The last test takes a half-finished journey to another place and finishes it there.
"""

import json
import stat
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from core import audit
from core.audit import AuditRow
from core.permissions import Role
from core.purging.models import Purge, PurgeReason
from core.runtime import Runtime, install
from core.settings import load_settings
from minutes.notices import issuing
from minutes.notices import service as notices
from minutes.notices.models import Notice
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import Meeting
from tests.commands.conftest import Caller, call, one_line
from tests.web.builders import STARTS, build_meeting, build_notice, build_office, system
from web.commands.stores import runtime_for
from web.object_check import object_faults
from web.purging import service as purges
from web.purging.finishing import finish_open
from web.purging.service import PurgeOrder

pytestmark = pytest.mark.slow

SOUND = "tiếng nói".encode() * 1000


@pytest.fixture(scope="module")
def key(home: Path, open_folder: Path) -> tuple[Path, str]:
    """A private key in its file, and its public half."""
    path = open_folder / "khoa.txt"
    result = call(home, "backup-key", path)
    assert result.returncode == 0, result.stderr
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    return path, result.stdout.strip()


@pytest.fixture(scope="module")
def approved(home: Path) -> UUID:
    """An installation in mid-journey: two notices issued, a third one approved and not yet numbered."""
    with runtime_for(load_settings(home=home)) as runtime:
        try:
            runtime.storage.put_bytes(SOUND, prefix="recordings", suffix=".flac")
            office = build_office(runtime)
            ids = [_approve(runtime, build_meeting(runtime, office, STARTS.replace(day=day))) for day in (6, 7, 8)]
            with runtime.database.transaction() as session:
                for notice_id in ids[:2]:
                    issuing.issue(session, system(Role.REGISTRAR), notice_id)
        finally:
            install(None)
    return ids[2]


def _approve(runtime: Runtime, meeting_id: UUID) -> UUID:
    with runtime.database.transaction() as session:
        notice_id = build_notice(session, meeting_id)
        notices.submit(session, system(Role.SECRETARY), notice_id)
        revision = notices.latest_revision(session, notice_id)
        notices.approve(session, system(Role.APPROVER), notice_id, revision.id)
        return notice_id


@pytest.fixture(scope="module")
def archive(home: Path, open_folder: Path, key: tuple[Path, str], approved: UUID) -> Path:  # noqa: ARG001
    """A sealed backup of it."""
    target = open_folder / "bản sao lưu.tar.age"
    result = call(home, "backup", target, DIEMCAU_BACKUP_RECIPIENTS=key[1])
    assert result.returncode == 0, result.stderr
    assert "5 tệp" in result.stdout
    return target


@pytest.fixture(scope="module")
def purged(archive: Path, home: Path) -> str:  # noqa: ARG001
    """After the backup was made, the meeting of the first notice is purged; returns its code."""
    with runtime_for(load_settings(home=home)) as runtime:
        try:
            with runtime.database.transaction() as session:
                code = session.scalars(select(Meeting.code).order_by(Meeting.starts_at)).first() or ""
                order = PurgeOrder(code, Classification.SECRET, PurgeReason.SAID)
                purge = purges.ask(session, system(Role.ADMINISTRATOR), order)
                purges.confirm(session, system(Role.APPROVER), purge.id, code)
            assert finish_open(runtime) == 1
        finally:
            install(None)
    return code


def test_a_half_finished_journey_goes_on_in_the_new_place_and_what_was_purged_since_does_not_come_back(
    archive: Path, home: Path, open_folder: Path, key: tuple[Path, str], approved: UUID, purged: str
) -> None:
    secrets = open_folder / "secrets.age"
    assert call(home, "backup-secrets", secrets, "--recipient", key[1]).returncode == 0
    new_home = open_folder / "nơi mới"
    result = call(new_home, "restore", archive, "--identity", key[0])
    assert result.returncode == 0, result.stderr
    assert f"Đã tiêu hủy lại nội dung cuộc họp {purged}." in result.stdout
    assert call(new_home, "restore-secrets", secrets, "--identity", key[0]).returncode == 0
    kept = [path.relative_to(home / "objects") for path in sorted((home / "objects").rglob("*")) if path.is_file()]
    came = [
        path.relative_to(new_home / "objects") for path in sorted((new_home / "objects").rglob("*")) if path.is_file()
    ]
    assert came == kept
    assert len(came) == 3, "the two files of the purged notice are gone here as they are there"
    assert json.loads((new_home / "secrets.json").read_text()) == json.loads((home / "secrets.json").read_text())
    assert stat.S_IMODE((new_home / "secrets.json").stat().st_mode) == 0o600
    with runtime_for(load_settings(home=new_home)) as runtime:
        try:
            with runtime.database.transaction() as session:
                assert len(session.scalars(select(Notice.id)).all()) == 2
                assert [row.state for row in session.scalars(select(Purge))] == ["done"]
                issue = issuing.issue(session, system(Role.REGISTRAR), approved)
                assert audit.verify(session).is_whole
                assert not object_faults(session, runtime.storage).faults
            runtime.storage.verify(issue.pdf_key, issue.pdf_sha256)
        finally:
            install(None)
    assert issue.number == 3
    verified = call(new_home, "verify-notices")
    assert verified.returncode == 0, (verified.stdout, verified.stderr)


def test_only_the_holder_of_the_key_can_read_it_and_the_trail_names_it(archive: Path, home: Path) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    content = archive.read_bytes()
    assert content.startswith(b"age-encryption.org/v1")
    assert SOUND[:40] not in content
    secrets = json.loads((home / "secrets.json").read_text())
    assert not [name for name, value in secrets.items() if value.encode() in content]
    with runtime_for(load_settings(home=home)) as runtime:
        try:
            with runtime.database.transaction() as session:
                details = session.scalars(select(AuditRow.detail).where(AuditRow.action == "backup.made")).all()
        finally:
            install(None)
    assert [(detail["file"], detail["sealed"]) for detail in details] == [(archive.name, True)]


def test_without_a_key_nothing_is_written_and_nothing_is_overwritten(archive: Path, diemcau: Caller) -> None:
    result = diemcau("backup", archive.with_name("trần.tar"))
    assert result.returncode == 2
    assert "backup-key" in one_line(result)
    assert not archive.with_name("trần.tar").exists()
    result = diemcau("backup", archive, "--plain")
    assert result.returncode == 2
    assert "đã có" in one_line(result)


def test_without_the_register_of_purges_nothing_is_restored(
    archive: Path, open_folder: Path, key: tuple[Path, str]
) -> None:
    alone = open_folder / "mang đi"
    alone.mkdir()
    (alone / archive.name).hardlink_to(archive)
    result = call(open_folder / "nơi khác", "restore", alone / archive.name, "--identity", key[0])
    assert result.returncode == 2
    assert "sổ tiêu hủy" in one_line(result)
    assert not (open_folder / "nơi khác" / "objects").exists() or not any(
        (open_folder / "nơi khác" / "objects").iterdir()
    )


def test_a_filled_place_is_not_restored_over(archive: Path, diemcau: Caller, key: tuple[Path, str]) -> None:
    result = diemcau("restore", archive, "--identity", key[0])
    assert result.returncode == 2
    assert "nơi còn trống" in one_line(result)


def test_nothing_to_back_up_is_said_instead_of_an_empty_backup(open_folder: Path) -> None:
    result = call(open_folder / "nhầm", "backup", open_folder / "nham.tar", "--plain")
    assert result.returncode == 2
    assert "DIEMCAU_HOME" in one_line(result)
    assert not (open_folder / "nham.tar").exists()
