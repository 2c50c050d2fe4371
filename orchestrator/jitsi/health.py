"""How the parts of the site's Jitsi are, for the operator: all asked at the same time, none waited for long.

In: the addresses of the settings, what recorders told by webhook. Out: `SiteHealth`, plain values with sentences; kept
for some seconds so that ten consoles ask once. Dangers are settings that can be seen from here and break a promise.
"""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.messages import say
from core.runtime import current
from core.settings import Settings
from orchestrator.jitsi.client import BRIDGE, JIBRI, JICOFO, PROSODY, BridgeClient, JibriClient, JicofoClient
from orchestrator.jitsi.dangers import Danger, dangers_of
from orchestrator.jitsi.errors import JitsiUnavailable
from orchestrator.jitsi.models import RecorderStatus
from orchestrator.jitsi.probing import prosody_figures

#: How long an answer stands, and how long the whole round may take.
KEPT_SECONDS = 8.0
ROUND_SECONDS = 7.0
#: Recorders speak up every minute; one that has missed two is silent.
SILENT_AFTER = timedelta(seconds=150)


class PartState(StrEnum):
    """How a part is."""

    WELL = "well"
    UNWELL = "unwell"
    SILENT = "silent"
    UNKNOWN = "unknown"  # the site has named no address


@dataclass(frozen=True)
class PartHealth:
    """One part: `figures` are what it tells of itself, names as it writes them."""

    part: str
    address: str
    state: PartState
    sentence: str
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SiteHealth:
    """Everything at one moment."""

    asked_at: datetime
    parts: tuple[PartHealth, ...]
    dangers: tuple[Danger, ...]

    @property
    def is_well(self) -> bool:
        """Whether every part that was asked is well and no danger was seen."""
        return not self.dangers and all(part.state in (PartState.WELL, PartState.UNKNOWN) for part in self.parts)


_lock = threading.Lock()
#: Keyed by what was asked, so that another configuration is asked anew.
_kept: dict[tuple[object, ...], tuple[float, SiteHealth]] = {}


def site_health(session: Session) -> SiteHealth:
    """Ask every part, or give the answer of some seconds ago. Never raises: silence is an answer here."""
    settings = current().settings
    key = (
        *(settings.jitsi_prosody_url, settings.jitsi_jicofo_url, settings.jitsi_public_url),
        *(settings.jitsi_jibri_urls, settings.jitsi_bridge_urls),
    )
    with _lock:
        known = _kept.get(key)
        if known is None or time.monotonic() - known[0] > KEPT_SECONDS:
            known = (time.monotonic(), _ask_all(settings))
            _kept.clear()
            _kept[key] = known
    reported = _reported(session, known[1].asked_at)
    return SiteHealth(known[1].asked_at, known[1].parts + reported, known[1].dangers)


def forget() -> None:
    """Let the next question be asked anew."""
    with _lock:
        _kept.clear()


def _ask_all(settings: Settings) -> SiteHealth:
    """Every part in a thread of its own; whoever has not answered when the round is over is silent."""
    questions = _questions(settings)
    pool = ThreadPoolExecutor(len(questions) + 1, thread_name_prefix="jitsi-health")
    try:
        asked = [(part, address, pool.submit(question)) for part, address, question in questions]
        looked = pool.submit(dangers_of, settings)
        pending: list[Future[Any]] = [*(future for _, _, future in asked), looked]
        wait(pending, timeout=ROUND_SECONDS)
        parts = tuple(
            future.result() if future.done() else _silent(part, address, "quá thời gian chờ")
            for part, address, future in asked
        )
        dangers = looked.result() if looked.done() else ()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    return SiteHealth(current().clock(), parts, dangers)


def _questions(settings: Settings) -> list[tuple[str, str, Callable[[], PartHealth]]]:
    asked: list[tuple[str, str, Callable[[], PartHealth]]] = [
        (PROSODY, settings.jitsi_prosody_url, lambda: _prosody(settings)),
        (JICOFO, settings.jitsi_jicofo_url, lambda: _jicofo(settings)),
    ]
    asked += [(BRIDGE, url, _bridge_question(url)) for url in settings.jitsi_bridge_urls or ("",)]
    asked += [(JIBRI, url, _recorder_question(settings, url)) for url in settings.jitsi_jibri_urls or ("",)]
    return asked


def _prosody(settings: Settings) -> PartHealth:
    return _asked(PROSODY, settings.jitsi_prosody_url, lambda: (True, prosody_figures(settings)))


def _jicofo(settings: Settings) -> PartHealth:
    def ask() -> tuple[bool, Mapping[str, Any]]:
        client = JicofoClient(settings)
        return client.health(), _chosen(client.stats(), ("conferences", "participants", "largest_conference", "jibri"))

    return _asked(JICOFO, settings.jitsi_jicofo_url, ask)


def _bridge_question(address: str) -> Callable[[], PartHealth]:
    def ask() -> tuple[bool, Mapping[str, Any]]:
        client = BridgeClient(address)
        told = client.stats() or {}
        names = ("conferences", "endpoints", "stress_level", "bit_rate_download", "bit_rate_upload", "total_ice_failed")
        return client.health(), _chosen(told, names)

    return lambda: _asked(BRIDGE, address, ask)


def _recorder_question(settings: Settings, address: str) -> Callable[[], PartHealth]:
    def ask() -> tuple[bool, Mapping[str, Any]]:
        health = JibriClient(settings, address).health()
        return health.is_healthy, {"busy": health.busy.value, "detail": health.detail}

    return lambda: _asked(JIBRI, address, ask)


def _asked(part: str, address: str, ask: Callable[[], tuple[bool, Mapping[str, Any]]]) -> PartHealth:
    """One answer as a value."""
    if not address:
        return PartHealth(part, "", PartState.UNKNOWN, say("part_not_named", part=part))
    try:
        is_well, figures = ask()
    except JitsiUnavailable as trouble:
        return _silent(part, address, str(trouble.params.get("reason", "")))
    state = PartState.WELL if is_well else PartState.UNWELL
    return PartHealth(part, address, state, say(f"part_{state.value}", part=part), figures)


def _silent(part: str, address: str, reason: str) -> PartHealth:
    return PartHealth(part, address, PartState.SILENT, say("jitsi_unavailable", part=part, reason=reason))


def _reported(session: Session, now: datetime) -> tuple[PartHealth, ...]:
    """Recorders that speak for themselves (their own HTTP listens on their own machine only)."""
    rows: Sequence[RecorderStatus] = session.scalars(select(RecorderStatus).order_by(RecorderStatus.jibri_id)).all()
    told = []
    for row in rows:
        state = PartState.WELL if row.is_healthy else PartState.UNWELL
        if now - row.seen_at > SILENT_AFTER:
            state = PartState.SILENT
        name = f"{JIBRI} {row.jibri_id}"
        code = "recorder_silent" if state is PartState.SILENT else f"part_{state.value}"
        told.append(PartHealth(name, "", state, say(code, part=name), {"busy": row.busy, "detail": row.detail}))
    return tuple(told)


def _chosen(told: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: told[name] for name in names if name in told}
