"""Bad input without end: what the conference, strangers with a link and people with files might send.

Goes in: a seed and the world of `tests/web/access/world.py`. Goes out: requests, the same ones for the same seed.
"""

import gzip
import io
import json
import random
import string
import wave
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from tests.web.access.world import World

#: Values that have broken programs before.
NASTY: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1e308, 2**63, -(2**63) - 1, 2**200, [], {}, [[]], "", " ", "\x00", "a\x00b"),
    *("\ud800", "ê" * 5000, "😀" * 300, "\u202egnp.exe", "'; DROP TABLE account; --", "{{ 7*7 }}", "{% raw %}"),
    *("<script>alert(1)</script>", "../../../etc/passwd", "%s%n%x", "=HYPERLINK(1)", "NaN", "Infinity", "1e400"),
    *("2026-02-30", "0000-00-00T00:00:00Z", "9999-12-31T23:59:59.999999999+99:99", "١٢٣", "\n\r\n\r", {"a": {"b": []}}),
)
NAMES = (
    *("họp.wav", "a.mp4", "../../../etc/passwd", "a\x00.wav", "CON", ".", "..", "a" * 300 + ".wav", "\u202evaw.a"),
    *(
        "list.m3u8",
        "a.zip",
        "a.docx",
        "a.pdf",
        "a.csv",
        "a.xlsx",
        "",
        " ",
        "a/b\\c.wav",
        "😀.wav",
        "x.wav\r\nSet-Cookie: a=b",
    ),
)


@dataclass(frozen=True)
class Sent:
    """One request; `who` is a letter of the access table, `-` nobody, `hook` the conference itself."""

    door: str
    who: str
    method: str
    path: str
    body: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Door:
    name: str
    who: str
    make: Callable[[random.Random], tuple[str, str, dict[str, Any]]]


def requests(seed: int, world: World, secrets: dict[str, str]) -> Iterator[Sent]:
    """Requests for ever, each door in turn. `secrets`: those of the conference, by family."""
    chance = random.Random(seed)
    doors = [*_hooks(world, secrets), *_links(world), *_files(world)]
    while True:
        door = chance.choice(doors)
        method, path, body = door.make(chance)
        yield Sent(door.name, door.who, method, path, body)


def _hooks(world: World, secrets: dict[str, str]) -> list[_Door]:
    room, place = str(world.own.values["room"]), str(world.own.values["place_id"])
    moment = 1_775_631_600
    form = {"name": room, "mail_owner": "a@meet.rig", "start_time": "2026-04-08T07:00:00.000Z", "id": "1"}
    occupant = {"occupant_jid": "a300cc2b-1@meet.rig/x", "joined_at": moment, "left_at": moment + 9, "id": place}
    event = {"event_name": "muc-occupant-joined", "room_name": room, "occupant": occupant, "created_at": moment}
    event |= {"destroyed_at": moment + 60, "is_breakout": False, "all_occupants": [occupant]}
    health = {"jibriId": "j1", "status": {"busyStatus": "IDLE", "health": {"healthStatus": "HEALTHY"}}}
    session = {"session": {"sessionId": str(uuid4()), "status": "on", "failure": {"error": "x"}}}
    key = secrets["recordings"]

    def event_path(chance: random.Random) -> str:
        named = chance.choice(("room/created", "room/destroyed", "occupant/joined", "occupant/left", "x/y"))
        return f"/jitsi/events/{named}"

    return [
        _Door("reserve", "hook:hook", lambda c: ("POST", "/jitsi/conference", {"data": _form(c, form)})),
        _Door("reservation", "hook:hook", lambda c: (c.choice(("GET", "DELETE")), f"/jitsi/conference/{_word(c)}", {})),
        _Door("event", "hook:events", lambda c: ("POST", event_path(c), _json(c, event))),
        _Door("event", "hook:events", lambda c: ("POST", event_path(c), _json(c, event))),
        _Door("jibri", "hook:recordings", lambda c: ("POST", "/jitsi/recordings", _json(c, {"directory": _word(c)}))),
        _Door("status", "-", lambda c: ("POST", f"/jitsi/recorder/{key}/v1/status", _json(c, health))),
        _Door("session", "-", lambda c: ("POST", f"/jitsi/recorder/{key}/v1/session/status", _json(c, session))),
        _Door("forged", "-", lambda c: ("POST", f"/jitsi/recorder/{_word(c)}/v1/status", _json(c, health))),
    ]


def _links(world: World) -> list[_Door]:
    token = str(world.own.values["token"])
    reply = {
        "answer": "coming",
        "head_count": "3",
        "contact_name": "Lan",
        "contact_phone": "0123",
        "person_name": "Mai",
    }
    found = {"camera": "good", "microphone": "good", "speakers": "bad", "down_kbps": 9000, "up_kbps": 800}
    found |= {"round_trip_ms": 20, "browser_fits": True, "camera_name": "c"}

    def some(chance: random.Random) -> str:
        return token if chance.random() < 0.7 else _word(chance)

    return [
        _Door("join", "-", lambda c: ("GET", f"/join/{some(c)}", {})),
        _Door("answer", "-", lambda c: ("POST", f"/tra-loi/{some(c)}", {"data": _form(c, reply)})),
        _Door("check", "-", lambda c: ("POST", f"/kiem-tra/{some(c)}/ket-qua", _json(c, found))),
        _Door("measure", "-", lambda c: ("POST", f"/kiem-tra/{some(c)}/len", {"data": c.randbytes(c.randrange(4096))})),
        _Door("key", "-", lambda c: ("GET", f"/jitsi/keys/login/{_word(c)}", {})),
    ]


def _files(world: World) -> list[_Door]:
    values = world.own.values
    meeting, notice, task = values["meeting_id"], values["notice_id"], values["task_id"]
    api, screen = f"/api/v1/meetings/{meeting}", f"/cuoc-hop/{meeting}"

    def door(name: str, who: str, path: str, part: str = "file", **fields: str) -> _Door:
        return _Door(name, who, lambda c: ("POST", path, {"data": _multipart(c, part, fields)}))

    return [
        door("recording", "S", f"{api}/recordings"),
        door("recording", "S", f"{screen}/ban-ghi"),
        door("captions", "S", f"{api}/captions"),
        door("captions", "O", f"{screen}/phu-de"),
        door("directory", "M", "/api/v1/directory/units/import"),
        door("directory", "M", "/quan-tri/don-vi/nhap"),
        door("word", "S", f"/thong-bao/{notice}/tai-len", base_number="1"),
        door("template", "M", "/mau-van-ban", kind="notice"),
        door("key file", "A", "/chu-ky-so/them", kind="person", secret="x", source="pkcs12"),
        door("signed file", "S", "/kiem-tra-chu-ky"),
        door("report", "U", f"/nhiem-vu/{task}/bao-cao", "files", text="Đang làm"),
    ]


def _word(chance: random.Random) -> str:
    """Something in an address or a name: percent-encoded by the client."""
    kinds = (
        lambda: chance.choice([value for value in NASTY if isinstance(value, str) and value.isprintable()] or ["x"]),
        lambda: "".join(chance.choices(string.printable.replace("/", "") + "ếộữ", k=chance.randrange(1, 60))),
        lambda: str(uuid4()),
        lambda: "/tmp/" + "x" * chance.randrange(600),  # noqa: S108 (a name that is sent, nothing is opened)
    )
    word: str = chance.choice(kinds)()
    return word.encode("utf-8", "replace").decode()


def _form(chance: random.Random, sound: dict[str, str]) -> dict[str, str]:
    bent = _bent(chance, sound)
    fields = bent if isinstance(bent, dict) else {"x": bent}
    return {str(name): _sendable(str(value)) for name, value in fields.items()}


def _sendable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _json(chance: random.Random, sound: dict[str, Any]) -> dict[str, Any]:
    """A body that is nearly right, or no JSON at all."""
    text = json.dumps(_bent(chance, sound) if chance.random() < 0.9 else sound)
    data = text.encode()
    if chance.random() < 0.25:
        data = _damaged(chance, data)
    if chance.random() < 0.02:
        data = b"[" * 20_000
    kind = chance.choice(("application/json",) * 9 + ("text/plain", "", "application/json; charset=utf-16", "a/b"))
    return {"data": data, "content_type": kind}


def _bent(chance: random.Random, value: Any, depth: int = 0) -> Any:
    """The value with one place in it made wrong."""
    if isinstance(value, dict) and value and chance.random() < 0.85:
        key = chance.choice(sorted(value))
        if chance.random() < 0.15:
            return {name: item for name, item in value.items() if name != key}
        return {**value, key: _bent(chance, value[key], depth + 1)}
    if isinstance(value, list) and value and chance.random() < 0.7:
        place = chance.randrange(len(value))
        return [_bent(chance, item, depth + 1) if n == place else item for n, item in enumerate(value)]
    return chance.choice(NASTY)


def _multipart(chance: random.Random, part: str, fields: dict[str, str]) -> dict[str, Any]:
    data = chance.choice(SEEDS)
    for _ in range(chance.randrange(3)):
        data = _damaged(chance, data)
    name = chance.choice(NAMES)
    sent: dict[str, Any] = {
        key: chance.choice((value, value, _sendable(_word(chance)))) for key, value in fields.items()
    }
    if chance.random() < 0.05:
        return sent
    files = [(io.BytesIO(data), name) for _ in range(2 if chance.random() < 0.05 else 1)]
    return {**sent, part: files}


def _damaged(chance: random.Random, data: bytes) -> bytes:
    """Cut, flipped, doubled, padded, or with another's beginning."""
    where = chance.randrange(len(data) + 1)
    kind = chance.randrange(6)
    if kind == 0:
        return data[:where]
    if kind == 1:
        return data[:where] + chance.randbytes(chance.randrange(1, 40)) + data[where + 1 :]
    if kind == 2:
        return data + data
    if kind == 3:
        return chance.choice(SEEDS)[:32] + data[32:]
    if kind == 4:
        return data[:where] + b"\0" * chance.randrange(1, 2000)
    return chance.randbytes(chance.randrange(2000))


def _sound() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16_000)
        sound.writeframes(b"\0\0" * 1600)
    return out.getvalue()


def _package(inside: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in inside.items():
            package.writestr(name, data)
    return out.getvalue()


_WORD = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><w:document>{{ ma }}&b;</w:document>'
#: One small file of each kind that people and attackers send.
SEEDS: tuple[bytes, ...] = (
    _sound(),
    b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Kids[2 0 R]>>endobj trailer<</Root 1 0 R>>%%EOF",
    _package({"[Content_Types].xml": b"<Types/>", "word/document.xml": _WORD}),
    _package({"../../evil.sh": b"x", "a" * 200: b"0" * 200_000}),
    _package({"xl/workbook.xml": b"<workbook/>"}),
    "Mã đơn vị,Tên đơn vị\nABC,Phòng Thử\n=1+1,@SUM(A1)\n".encode(),
    b"WEBVTT\n\n00:00.000 --> 00:02.000\nXin ch\xc3\xa0o\n\n99:99:99.999 --> 00:00.000\n<v A>b\n",
    b'{"segments": [{"start": 0, "end": 1e400, "text": null}]}',
    b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
    gzip.compress(b"0" * 100_000),
    b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2mp41" + b"\x00" * 200,
    b"\x1aE\xdf\xa3" + b"\x00" * 100,
    b"-----BEGIN PKCS12-----\nAAAA\n-----END PKCS12-----\n",
    b"",
)
