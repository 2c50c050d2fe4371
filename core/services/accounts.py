"""The system account under which the embedded database runs when we ourselves are root (PostgreSQL refuses root)."""

import logging
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)

NAME = "diemcau"
#: Exists everywhere; used only where no account can be added (read-only /etc).
FALLBACK = "nobody"


@dataclass(frozen=True)
class SystemAccount:
    """A line of the system's list of accounts."""

    name: str
    uid: int
    gid: int


def running_as_root() -> bool:
    """Whether this process may, and for PostgreSQL must, become somebody else."""
    return os.geteuid() == 0


def account_for(data: Path) -> SystemAccount | None:
    """Account that shall run the server of this data folder; None means: ours.

    A folder that already belongs to an ordinary account stays with it, so that root may start what a person set up.
    """
    if not running_as_root():
        return None
    if data.exists() and (owner := data.stat().st_uid) != 0:
        return _known(owner)
    return _find(NAME) or _create(NAME) or _known(pwd.getpwnam(FALLBACK).pw_uid)


def _known(uid: int) -> SystemAccount:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        # A data folder carried over from another machine; the number is all that counts.
        return SystemAccount(str(uid), uid, uid)
    return SystemAccount(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _find(name: str) -> SystemAccount | None:
    try:
        return _known(pwd.getpwnam(name).pw_uid)
    except KeyError:
        return None


def _create(name: str) -> SystemAccount | None:
    tool = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if tool is None:
        return None
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    done = subprocess.run([tool, *options, "--shell", "/usr/sbin/nologin", name], capture_output=True, check=False)
    if done.returncode:
        log.warning("system account not created, code %s; using %s", done.returncode, FALLBACK)
    return _find(name)
