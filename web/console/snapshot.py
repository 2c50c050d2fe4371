"""The board of a meeting as the console's page reads it: plain JSON with the words already in it, and a version.

The same value fills the page when it is rendered and changes it afterwards, so that both always say the same. Nothing
in it depends on the present: it changes when something has happened, not because a second went by.
"""

import hashlib
import json
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from core.clock import in_vietnam
from core.messages import say
from orchestrator.attendance.roll import Answer, summarise
from orchestrator.live.board import Board, Place
from orchestrator.live.checks import problem_words
from orchestrator.live.incident_rules import Line
from orchestrator.live.models import Incident, LiveAlarm, LiveMessage
from orchestrator.live.recording import RecorderState
from orchestrator.live.wall import PlaceState
from orchestrator.meetings.models import Attendance
from web.console.remembering import remembered
from web.console.room_end import room_end_words
from web.templating import clock, moment
from web.words import tone, word

Snapshot = dict[str, Any]

#: Lines of the log that the page keeps in sight; the whole log has its own page.
LINES_SHOWN = 40


def snapshot_of(board: Board) -> Snapshot:
    """The board as JSON values; `version` stands for all of it, `structure` for what only a fresh page can show."""
    names = {place.row.id: place.row.endpoint.name for place in board.places}
    rows = {row.id: row for row in board.rows}
    roll = summarise(board.roll)
    content: Snapshot = {
        "meeting": _meeting(board),
        "figures": _figures(board),
        "places": [_place(place) for place in board.places],
        "lines": [_line(line, rows, names) for line in reversed(board.log[-LINES_SHOWN:])],
        "open": [_line(line, rows, names) for line in board.open],
        "messages": [_message(row) for row in board.messages],
        "alarms": [_alarm(row) for row in board.alarms],
        "recorder": _recorder(board.recorder),
        "room_end": room_end_words(board),
        "reached": str(board.reached.agenda_item_id) if board.reached else "",
        "roll": [_answer(answer) for answer in board.roll],
        "roll_figures": {
            "present": len(roll.present),
            "late": len(roll.late),
            "absent": len(roll.absent),
            "open": len(roll.open),
            "expected": roll.expected,
        },
    }
    content["structure"] = _hash(
        [board.meeting.state, list(map(str, names)), [row["id"] for row in content["roll"]], _agenda_ids(board)]
    )
    return {"version": _hash(content), **content}


def _agenda_ids(board: Board) -> list[str]:
    return [str(item.id) for item in board.meeting.agenda]


def _hash(content: Any) -> str:
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()[:24]


def _meeting(board: Board) -> Snapshot:
    meeting = board.meeting
    return {
        "state": meeting.state,
        "word": str(word(meeting.state, "meeting")),
        "tone": tone(meeting.state, "meeting"),
        "starts": _milliseconds(meeting.starts_at),
        "ends": _milliseconds(meeting.ends_at),
        "hours": f"{clock(meeting.starts_at)}–{clock(meeting.ends_at)}",
        "opened": clock(meeting.opened_at) if meeting.opened_at else "",
    }


def _figures(board: Board) -> Snapshot:
    in_room, total = board.count(PlaceState.IN_ROOM), len(board.places)
    ready = board.count(PlaceState.IN_ROOM, PlaceState.READY)
    counted = board.people_counted
    urgent = sum(place.needs_a_look for place in board.places)
    return {
        "in_room": f"{in_room}/{total}",
        "in_room_tone": "good" if in_room == total else "",
        "seats": f"{board.seats.used}/{board.seats.most}",
        "seats_tone": "bad" if board.seats.strangers else "warn" if board.seats.used >= board.seats.most else "",
        "seats_note": _("%(count)s kết nối lạ", count=board.seats.strangers) if board.seats.strangers else "",
        "ready": f"{ready}/{total}",
        "ready_tone": "good" if ready == total else "warn",
        "people": f"{counted if counted is not None else '–'}/{board.people_registered}",
        "people_tone": "bad" if any(place.is_over_cap for place in board.places) else "",
        "recorder": str(word(board.recorder.phase, "recorder")),
        "recorder_tone": tone(board.recorder.phase, "recorder"),
        "recorder_note": _("từ %(time)s", time=clock(board.recorder.since)) if board.recorder.since else "",
        "urgent": str(urgent),
        "urgent_tone": "bad" if urgent or board.alarms else "good",
        "urgent_note": _("%(count)s cảnh báo", count=len(board.alarms)) if board.alarms else "",
    }


def _recorder(state: RecorderState) -> Snapshot:
    return {
        "phase": state.phase.value,
        "sentence": state.sentence,
        "can_start": state.can_start,
        "can_stop": state.can_stop,
    }


def _place(place: Place) -> Snapshot:
    state = place.standing.state
    troubles = ", ".join(_word(line.kind, "incident") for line in place.troubles)
    return {
        "id": str(place.row.id),
        "name": place.row.endpoint.name,
        "state": state.value,
        "word": _word(state, "place"),
        "note": _place_note(place),
        "trouble": troubles,
        "urgent": place.needs_a_look,
        "people": _people(place),
        "over": place.is_over_cap,
        "counted": place.counted.count if place.counted else "",
        "check": _check(place),
        "contact": _contact(place.contact),
    }


def _place_note(place: Place) -> str:
    standing = place.standing
    if standing.state is PlaceState.IN_ROOM:
        twice = _(", %(count)s kết nối", count=place.connections) if place.connections > 1 else ""
        return _since(clock(standing.since)) + twice
    if standing.state is PlaceState.DROPPED:
        return _since(clock(standing.since))
    if standing.check_is_old:
        return _("lần cuối %(time)s", time=moment(standing.since))
    if standing.state is PlaceState.PROBLEMS and place.check:
        return problem_words(place.check.problems)
    return _at(clock(standing.since)) if standing.since else ""


def _people(place: Place) -> str:
    return _people_words(place.registered, place.counted.count if place.counted else None, place.cap)


@remembered
def _people_words(registered: int, counted: int | None, cap: int | None) -> str:
    words = _("đăng ký %(count)s người", count=registered)
    if counted is not None:
        words = _("%(there)s người có mặt, đăng ký %(count)s", there=counted, count=registered)
    return words + (_(", trần %(cap)s", cap=cap) if cap is not None else "")


def _check(place: Place) -> str:
    check = place.check
    if check is None:
        return _check_words(None, None, None, None, None, (), ())
    names = (check.camera_name, check.microphone_name, check.speakers_name, check.note)
    line = (check.down_kbps, check.up_kbps, check.round_trip_ms)
    return _check_words(check.at, check.source, *line, names, tuple(check.problems))


@remembered
def _check_words(
    at: datetime | None,
    source: str | None,
    down_kbps: int | None,
    up_kbps: int | None,
    round_trip_ms: int | None,
    names: tuple[str, ...],
    problems: tuple[str, ...],
) -> str:
    if at is None:
        return _("Chưa có lần kiểm tra nào.")
    parts = [f"{moment(at)}, {word(source, 'check_source')}"]
    if down_kbps is not None and up_kbps is not None:
        parts.append(_("xuống %(down)s, lên %(up)s Mbit/s", down=_mbit(down_kbps), up=_mbit(up_kbps)))
    if round_trip_ms is not None:
        parts.append(_("độ trễ %(ms)s ms", ms=round_trip_ms))
    parts += [name for name in names if name]
    return _("Kiểm tra: ") + "; ".join([*parts, problem_words(problems) or _("mọi mục đạt")]) + "."


@remembered
def _contact(who: str) -> str:
    return _("Đầu mối: %(who)s", who=who) if who else ""


@remembered
def _word(code: str, family: str) -> str:
    return str(word(code, family))


@remembered
def _since(time: str) -> str:
    return _("từ %(time)s", time=time)


@remembered
def _at(time: str) -> str:
    return _("lúc %(time)s", time=time)


def _mbit(kbps: int) -> str:
    return f"{kbps / 1000:.1f}".replace(".", ",")


def _line(line: Line, rows: dict[Any, Incident], names: dict[Any, str]) -> Snapshot:
    row = rows[line.id]
    return {
        "id": str(line.id),
        "time": _second(line.at),
        "kind": line.kind.value,
        "word": _word(line.kind, "incident"),
        "tone": tone(line.kind, "incident"),
        "place": names.get(line.place, "") if line.place else _("Cả cuộc họp"),
        "place_id": str(line.place or ""),
        "note": line.note,
        "by": row.actor_name,
        "corrected": _("đã đính chính") if line.corrects else "",
    }


def _message(row: LiveMessage) -> Snapshot:
    return {
        "id": str(row.id),
        "time": _second(row.created_at),
        "text": row.text,
        "by": row.actor_name,
        "sent": row.sent_at is not None,
        "state": _("đã gửi vào phòng") if row.sent_at else _("chờ bảng điều hành vào phòng để gửi"),
        "tone": "good" if row.sent_at else "warn",
    }


def _alarm(row: LiveAlarm) -> Snapshot:
    return {
        "id": str(row.id),
        "time": _second(row.created_at),
        "word": say(f"alarm_{row.kind}", **{**row.payload, "room": row.room_name}),
        "times": _("%(count)s lần", count=row.times) if row.times > 1 else "",
    }


def _answer(answer: Answer) -> Snapshot:
    arrived = _("đến lúc %(time)s", time=clock(answer.arrived_at)) if answer.arrived_at else ""
    return {
        "id": str(answer.participant_id),
        "attendance": answer.attendance.value,
        "word": _word(answer.attendance, "attendance"),
        "tone": tone(answer.attendance, "attendance"),
        "reason": answer.reason,
        "arrived": arrived,
        "arrived_clock": clock(answer.arrived_at) if answer.arrived_at else "",
        "open": answer.attendance is Attendance.EXPECTED,
    }


def _second(value: datetime) -> str:
    return in_vietnam(value).strftime("%H:%M:%S")


def _milliseconds(value: datetime) -> int:
    return int(value.timestamp() * 1000)
