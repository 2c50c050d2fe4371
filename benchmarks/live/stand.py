"""A whole installation to play meetings to: started in a folder of its own, or the running one of a given folder."""

import contextlib
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import requests
from sqlalchemy.orm import Session

from benchmarks.live.tracks import SampleMeeting
from core.accounts import create_account
from core.permissions import Actor, Role
from core.runtime import Runtime, install
from core.services.ports import free_port
from core.services.registry import running_supervisor
from core.settings import load_settings
from orchestrator.caps.service import ensure_default_policy
from orchestrator.directory import service as directory
from orchestrator.directory.models import EndpointKind
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.plan import MeetingPlan, PlannedEndpoint, PlannedParticipant
from orchestrator.meetings.service import close_meeting, open_meeting, plan_meeting
from web.composition import build_runtime
from web.demo.client import ApiRefusal, Caller

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 240.0


@dataclass(frozen=True)
class Planned:
    """A meeting of the installation: its identity, its room, and the place of each endpoint there."""

    meeting_id: UUID
    room: str
    nicks: dict[str, str]


@dataclass
class Site:
    """A running installation with an operator and a secretary."""

    runtime: Runtime
    address: str
    operator: Actor
    login: str
    password: str

    @property
    def stream_url(self) -> str:
        """Where the conference sends, without the room."""
        return f"ws://127.0.0.1:{self.runtime.settings.live_listens_on}/streaming-whisper/ws/"

    @property
    def key(self) -> str:
        return self.runtime.settings.jitsi_transcription_secret.get_secret_value()

    def plan(self, sample: SampleMeeting) -> Planned:
        """A meeting that is on now, with the sample's endpoints in the room."""
        with self.runtime.database.transaction() as session:
            ensure_default_policy(session)
            meeting = plan_meeting(session, self.operator, self._plan(session, sample))
            open_meeting(session, self.operator, meeting.id)
            identities = {place.endpoint.name: place.id for place in meeting.endpoints}
            planned = Planned(meeting.id, meeting.room_name or "", {name: uuid4().hex[:8] for name in identities})
        for name, nick in planned.nicks.items():
            self._enter(planned.room, nick, identities[name], name)
        return planned

    def _plan(self, session: Session, sample: SampleMeeting) -> MeetingPlan:
        """The sample's people at their endpoints, all new: two meetings may be played at once."""
        now, mark = self.runtime.clock(), uuid4().hex[:5].upper()
        actor = Actor(uuid4(), "Bộ đo", frozenset({Role.ADMINISTRATOR}))
        unit = directory.create_unit(session, actor, directory.NewUnit(f"DO{mark}", f"Đơn vị đo {mark}"))
        places, people = {}, {}
        for number, name in enumerate(sample.endpoints):
            kind = EndpointKind.COMPONENT if number else EndpointKind.CENTRAL
            new = directory.NewEndpoint(f"{mark}-{number}", name, kind, unit.id)
            places[name] = directory.create_endpoint(session, actor, new).id
        for rank, (name, title, _place) in enumerate(sample.people):
            people[name] = directory.create_person(
                session, actor, directory.NewPerson(name, title, unit.id, None, rank)
            ).id
        seats = {name: place for name, _title, place in sample.people}
        heads = [sum(seat == place for seat in seats.values()) for place in places]
        return MeetingPlan(
            classification=Classification.UNCLASSIFIED,
            title=sample.title,
            starts_at=now - timedelta(minutes=1),
            ends_at=now + timedelta(hours=1),
            endpoints=[
                PlannedEndpoint(place, max(1, heads[number]), number == 0)
                for number, place in enumerate(places.values())
            ],
            chair_id=people.get(sample.chair),
            secretary_id=people.get(sample.secretary),
            participants=[PlannedParticipant(person, places.get(seats[name])) for name, person in people.items()],
        )

    def wait_until_ready(self, seconds: float) -> None:
        """The live process loads its engines when a meeting is near, which it is now. Raises SystemExit."""
        deadline = time.monotonic() + seconds
        address = f"http://127.0.0.1:{self.runtime.settings.live_listens_on}/healthz"
        while not requests.get(address, timeout=30).json()["ready"]:
            if time.monotonic() > deadline:
                raise SystemExit("the live process never had its engines")
            time.sleep(1)

    def close(self, meeting_id: UUID) -> None:
        """The operator declares the meeting over."""
        with self.runtime.database.transaction() as session:
            close_meeting(session, self.operator, meeting_id)

    def caller(self) -> Caller:
        """The secretary as a script."""
        return Caller(self.address, self.login, self.password)

    def browser(self) -> requests.Session:
        """The secretary's browser, signed in as a person does. Raises SystemExit where the sign-in is refused."""
        http = requests.Session()
        form = http.get(f"{self.address}/dang-nhap", timeout=60).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', form)
        values = {"login": self.login, "password": self.password, "csrf_token": token.group(1) if token else ""}
        answer = http.post(f"{self.address}/dang-nhap", data=values, allow_redirects=False, timeout=60)
        if answer.status_code != requests.codes.found:
            raise SystemExit(f"sign-in refused with {answer.status_code}")
        return http

    def _enter(self, room: str, nick: str, endpoint_id: UUID, name: str) -> None:
        secret = self.runtime.settings.jitsi_events_secret.get_secret_value()
        jid = f"{nick}-0000-4000-8000-{uuid4().hex[:12]}@{self.runtime.settings.xmpp_domain}/x"
        occupant = {"occupant_jid": jid, "joined_at": int(time.time()) - 5, "id": str(endpoint_id), "name": name}
        event = {"event_name": "muc-occupant-joined", "room_name": room, "room_jid": room, "is_breakout": False}
        answer = requests.post(
            f"{self.address}/jitsi/events/occupant/joined",
            json={**event, "occupant": occupant},
            headers={"Authorization": f"Bearer {secret}"},
            timeout=30,
        )
        answer.raise_for_status()


@contextlib.contextmanager
def running_site(home: Path | None) -> Iterator[Site]:
    """The installation of `home` if one runs there, else one of our own, stopped and removed afterwards."""
    if home is not None:
        record = running_supervisor(home)
        if record is None:
            raise SystemExit(f"no installation runs in {home}: ./diemcau up")
        yield _site(home, record.port)
        return
    with tempfile.TemporaryDirectory(prefix="diemcau-live-") as folder:
        with _started(Path(folder)) as port:
            yield _site(Path(folder), port)
        install(None)


@contextlib.contextmanager
def _started(home: Path) -> Iterator[int]:
    port = free_port()
    weights = os.environ.get("DIEMCAU_WEIGHTS_PATH") or str(ROOT / "var" / "weights")
    environment = {**os.environ, "DIEMCAU_HOME": str(home), "DIEMCAU_WEIGHTS_PATH": weights}
    os.environ["DIEMCAU_WEIGHTS_PATH"] = weights
    command = [sys.executable, "-m", "web.commands", "up", "--port", str(port)]
    with (home / "up.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        deadline = time.monotonic() + START_SECONDS
        while not ((record := running_supervisor(home)) is not None and record.ready):
            if time.monotonic() > deadline or process.poll() is not None:
                raise SystemExit((home / "up.log").read_text()[-2000:])
            time.sleep(0.3)
        yield port
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(90)


def _site(home: Path, port: int) -> Site:
    runtime = build_runtime(load_settings(home=home, port=port))
    login, password = f"do-{uuid4().hex[:8]}", secrets.token_urlsafe(24)
    with runtime.database.transaction() as session:
        create_account(
            session, login=login, password=password, display_name="Thư ký đo", roles={Role.SECRETARY, Role.OPERATOR}
        )
    operator = Actor(uuid4(), "Điều hành đo", frozenset({Role.OPERATOR}))
    return Site(runtime, f"http://127.0.0.1:{port}", operator, login, password)


def wait_for(caller: Caller, path: str, seconds: float) -> tuple[float, dict[str, object]]:
    """Ask until the object is there; the moment (monotonic) and the object. Raises SystemExit after `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(ApiRefusal):
            found = caller.get(path)
            return time.monotonic(), dict(found)
        time.sleep(0.25)
    raise SystemExit(f"{path} was not there after {seconds:.0f} s")
