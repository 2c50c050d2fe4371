"""`python -m tests.chaos`: so many shots at a running installation with several briefings; prints a report.

Web, workers, timetable, supervisor, database and broker are the service's own; only the speech engines are stand-ins
(see `application`), since it is not hearing that is tried here. New briefings begin as long as there are shots left;
two more have recordings that kill and that hang. Exit: 0 nothing lost, nothing twice; 1 otherwise.
"""

import argparse
import contextlib
import json
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from benchmarks.scaling.sound import SAMPLE, write_recording
from core.services.ports import free_port
from tests.chaos.checks import broken_promises, still_open
from tests.chaos.installation import Installation, running
from tests.chaos.people import HANGS, POISON, Briefing, sign_in
from tests.chaos.shots import Shots, say

MINUTES = 1.85
#: After the last shot everything that waits must come to its end.
CALM_SECONDS = 900.0
DISK_MEGABYTES = 768


class PostOffice:
    """A mail server that counts which letter came how often."""

    def __init__(self) -> None:
        self.received: Counter[str] = Counter()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name
        letter = message_from_bytes(envelope.content if isinstance(envelope.content, bytes) else b"")
        self.received[str(letter["Message-ID"])] += len(envelope.rcpt_tos)
        return "250 OK"


@contextlib.contextmanager
def post_office() -> Iterator[tuple[PostOffice, str]]:
    """The mail server, and the setting that leads to it."""
    post, port = PostOffice(), free_port()
    controller = Controller(post, hostname="127.0.0.1", port=port, ready_timeout=10)
    controller.start()
    try:
        yield post, f"smtp://127.0.0.1:{port}?starttls=never"
    finally:
        controller.stop()


class Office:
    """Briefings side by side, one after the other, until no new one shall begin."""

    def __init__(self, installation: Installation, folder: Path, side_by_side: int) -> None:
        self._people = sign_in(installation.address, installation.sign_ins)
        self._folder = folder
        self._free = threading.Semaphore(side_by_side)
        self._threads: list[threading.Thread] = []
        self.briefings: list[Briefing] = []
        self.deadline = float("inf")

    def begin(self, name: str = "", *, is_bad: bool = False) -> None:
        """One more, as soon as another has ended."""
        self._free.acquire()
        number = len(self.briefings) + 1
        sound = self._folder / f"{name}{number}.wav"
        # Each a little softer than the one before: what was heard once is not heard again.
        write_recording([SAMPLE], MINUTES, sound, gain=0.995**number)
        briefing = Briefing(number, self._people, sound, is_bad)
        self.briefings.append(briefing)
        thread = threading.Thread(target=self._go, args=(briefing,), daemon=True)
        self._threads.append(thread)
        thread.start()

    def _go(self, briefing: Briefing) -> None:
        try:
            briefing.go(lambda: time.monotonic() > self.deadline)
        finally:
            self._free.release()
            briefing.recording.unlink(missing_ok=True)

    def finish(self) -> None:
        """Wait for those who are on their way."""
        for thread in self._threads:
            thread.join()


def run(options: argparse.Namespace, home: Path, scratch: Path) -> int:
    """The whole of it. Returns how many promises were broken."""
    chance = random.Random(options.seed)  # noqa: S311 - repeatable is wanted
    with (
        post_office() as (post, mail_url),
        small_disk(scratch / "kho") as disk,
        running(home, _environment(mail_url, disk)) as installation,
    ):
        began = time.monotonic()
        shots = Shots(home, chance, options.kills, options.pause, disk=disk)
        office = Office(installation, scratch, options.meetings)
        gunner = threading.Thread(target=shots.fire, daemon=True)
        gunner.start()
        office.begin(POISON, is_bad=True)
        office.begin(HANGS, is_bad=True)
        while not shots.is_over or len(office.briefings) < options.least:
            office.begin()
        gunner.join()
        fired = time.monotonic()
        office.deadline = fired + CALM_SECONDS
        office.finish()
        quiet_after = _calm(installation, office.deadline)
        broken = broken_promises(installation.runtime, office.briefings, post.received)
        broken += [f"still open: {what}" for what in still_open(installation.runtime).items()]
        broken += [f"not running: {name}" for name in _not_running(installation)]
        times = {"seconds_under_fire": round(fired - began), "seconds_until_quiet": round(quiet_after - fired)}
        counted = {"services_started_again": _restarts(installation), "mails": len(post.received)}
        _report(options, shots, office, broken, {**times, **counted})
    return len(broken)


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """A disk of its own for the stored files; None where this account may not mount one."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MEGABYTES}m,mode=0700", "diemcau-chaos", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield folder
    finally:
        release = ["umount", str(folder)]
        subprocess.run(release, check=True)


def _environment(mail_url: str, disk: Path | None) -> dict[str, str]:
    told = {"DIEMCAU_LIVE_TRANSCRIPTION": "false", "DIEMCAU_PIECE_WORKERS": "1", "DIEMCAU_MAIL_URL": mail_url}
    return {**told, "STORAGE_URL": disk.as_uri()} if disk else told


def _calm(installation: Installation, deadline: float) -> float:
    while time.monotonic() < deadline and (still_open(installation.runtime) or _not_running(installation)):
        time.sleep(1.0)
    return time.monotonic()


def _restarts(installation: Installation) -> int:
    record = installation.record
    return sum(entry.restarts for entry in record.processes) if record else 0


def _not_running(installation: Installation) -> list[str]:
    record = installation.record
    return [entry.name for entry in record.processes if entry.state != "running"] if record else ["supervisor"]


def _report(
    options: argparse.Namespace,
    shots: Shots,
    office: Office,
    broken: list[str],
    seen: dict[str, int],
) -> None:
    good = [briefing for briefing in office.briefings if not briefing.is_bad]
    told: dict[str, Any] = {
        "seed": options.seed,
        "kills": sum(shots.done.values()),
        "killed": dict(shots.done),
        "broker_emptied": shots.emptied,
        "workers_frozen": shots.frozen,
        "disk_filled": shots.filled,
        "clocks_jumped": shots.jumps,
        **seen,
        "briefings": len(good),
        "reported": sum(briefing.ended_as == "reported" for briefing in good),
        "asked_again_without_answer": sum(briefing.unanswered for briefing in office.briefings),
        "run_again_by_hand": sum(briefing.reruns for briefing in good),
        "set_apart": [briefing.ended_as for briefing in office.briefings if briefing.is_bad],
        "lost": sum(line.startswith("LOST") for line in broken),
        "doubled": sum(line.startswith("DOUBLED") for line in broken),
        "broken_promises": broken,
    }
    say(json.dumps(told, ensure_ascii=False, indent=1))


def main() -> int:
    """Read the command line, run, clear away."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--meetings", type=int, default=3, help="side by side")
    parser.add_argument("--least", type=int, default=5, help="briefings at least, the two bad ones included")
    parser.add_argument("--pause", type=float, default=4.0, help="seconds between two shots, on average")
    parser.add_argument("--keep", type=Path, help="data folder to use and to leave; by default it goes")
    options = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="diemcau-chaos-"))
    say(f"seed {options.seed}")
    try:
        return 1 if run(options, options.keep or scratch / "home", scratch) else 0
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
