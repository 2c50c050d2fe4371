"""First half of the rehearsal: plan, ask for the room as Prosody would, hand in the recording, watch the stages."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from web.demo.client import ApiRefusal, Caller
from web.demo.gold import Gold
from web.demo.ministry import CHAIR, ENDPOINTS, PEOPLE, SECRETARY
from web.demo.screen import Screen

CAP = 20
OVER_CAP = 35
POLL_SECONDS = 0.5
PATIENCE_SECONDS = 20 * 60


class JourneyStopped(Exception):
    """Some step did not lead to the next; the text says which and why."""


@dataclass
class Journey:
    """What one walk knows on its way."""

    base_url: str
    sign_ins: dict[str, str]
    hook_secret: str
    gold: Gold
    out: Path
    screen: Screen
    started: float = field(default_factory=time.monotonic)
    callers: dict[str, Caller] = field(default_factory=dict)
    summary: dict[str, Any] = field(default_factory=dict)

    def as_user(self, login: str) -> Caller:
        """The signed-in caller of this login."""
        if login not in self.callers:
            self.callers[login] = Caller(self.base_url, login, self.sign_ins[login])
        return self.callers[login]

    def close(self) -> None:
        """Let all connections go."""
        for caller in self.callers.values():
            caller.close()


def plan(journey: Journey) -> dict[str, Any]:
    """Plan over the cap (refused), then within it."""
    operator, screen = journey.as_user("van.hanh"), journey.screen
    people = {item["full_name"]: item for item in operator.get("/people")["items"]}
    endpoints = {item["code"]: item for item in operator.get("/endpoints")["items"]}
    screen.step(f"Lập cuộc họp “{journey.gold.title}” với {len(ENDPOINTS)} điểm cầu")
    _clear_away(operator, journey.gold.title)
    body = _plan_body(journey.gold, people, endpoints)
    body["endpoints"][0]["head_count"] = OVER_CAP
    screen.line(f"Thử đăng ký {OVER_CAP} người trong một phòng họp:")
    try:
        operator.post("/meetings", body)
    except ApiRefusal as refusal:
        screen.refusal(str(refusal))
        journey.summary["refused_over_cap"] = str(refusal)
    else:
        raise JourneyStopped("Kế hoạch vượt mức trần lẽ ra phải bị từ chối.")
    body["endpoints"][0]["head_count"] = CAP
    meeting: dict[str, Any] = operator.post("/meetings", body)
    links = operator.post(f"/meetings/{meeting['id']}/links")["items"]
    screen.line(f"Đã lập, phòng {meeting['room_name']}; {len(links)} đường dẫn riêng, mỗi điểm cầu một đường dẫn.")
    return meeting


def _clear_away(operator: Caller, title: str) -> None:
    """A rehearsal that broke off leaves its meeting planned or open, and with it the rooms taken."""
    for meeting in operator.get("/meetings")["items"]:
        if meeting["title"] == title and meeting["state"] in ("planned", "open"):
            operator.post(f"/meetings/{meeting['id']}/cancel", {"reason": "Diễn tập lại từ đầu"})


def _plan_body(gold: Gold, people: dict[str, Any], endpoints: dict[str, Any]) -> dict[str, Any]:
    places = [endpoints[endpoint.code] for endpoint in ENDPOINTS]
    by_unit = {place["unit_id"]: place["id"] for place in places}
    central = places[0]["id"]
    return {
        "classification": "unclassified",
        "title": gold.title,
        "kind": "weekly_briefing",
        "starts_at": f"{gold.date}T{gold.time}:00+07:00",
        "ends_at": f"{gold.date}T15:00:00+07:00",
        "chair_id": people[CHAIR.full_name]["id"],
        "secretary_id": people[SECRETARY.full_name]["id"],
        "endpoints": [
            {"endpoint_id": place["id"], "head_count": 6, "is_central": place["id"] == central} for place in places
        ],
        "participants": [
            {
                "person_id": people[person.full_name]["id"],
                "endpoint_id": by_unit.get(people[person.full_name]["unit_id"], central),
                "role": "reporter",
            }
            for person in PEOPLE[2:5]
        ],
        "agenda": [
            {"title": "Báo cáo công tác tuần", "unit_id": people[SECRETARY.full_name]["unit_id"]},
            {"title": "Tình hình đường truyền các điểm cầu", "unit_id": people["Hồ Văn Tiến"]["unit_id"]},
            {"title": "Nộp hồ sơ điện tử", "unit_id": people["Lương Thị Hạnh"]["unit_id"]},
        ],
    }


def ask_as_prosody(journey: Journey, meeting: dict[str, Any]) -> None:
    """Open the room, ask for it as Jitsi's Prosody does (CONTRACTS §3), and let it go again."""
    journey.screen.step("Mở phòng họp và hỏi dịch vụ đặt phòng như Prosody của Jitsi")
    operator = journey.as_user("van.hanh")
    operator.post(f"/meetings/{meeting['id']}/open")
    address = f"{journey.base_url}/jitsi/conference"
    headers = {"Authorization": f"Bearer {journey.hook_secret}"}
    form = {"name": meeting["room_name"], "start_time": "2026-04-08T07:00:00.000Z", "mail_owner": "a@meet.example.vn"}
    granted = requests.post(address, data=form, headers=headers, timeout=20)
    unknown = requests.post(address, data={**form, "name": "phong-la"}, headers=headers, timeout=20)
    if not granted.ok or unknown.ok:
        raise JourneyStopped(f"Dịch vụ đặt phòng trả lời {granted.status_code} và {unknown.status_code}.")
    reservation = granted.json()
    journey.screen.line(f"200: tối đa {reservation['max_occupants']} kết nối, {reservation['duration']} giây.")
    journey.screen.refusal(f"Phòng lạ bị từ chối: {unknown.json()['message']}")
    requests.delete(f"{address}/{reservation['id']}", headers=headers, timeout=20)
    operator.post(f"/meetings/{meeting['id']}/close")
    journey.summary["reservation"] = reservation


def upload(journey: Journey, meeting: dict[str, Any]) -> str:
    """Hand in the recording through the API; returns the id of its transcription job."""
    journey.screen.step(f"Tải lên bản ghi âm {journey.gold.audio.name} ({journey.gold.duration_seconds:.0f} giây)")
    received = journey.as_user("van.hanh").upload(f"/meetings/{meeting['id']}/recordings", journey.gold.audio)
    journey.screen.line(f"Đã nhận {received['size_bytes']} byte, SHA-256 {received['sha256'][:16]}…")
    journey.summary["recording_sha256"] = received["sha256"]
    return str(received["job_id"])


def watch(journey: Journey, job_id: str) -> None:
    """Show the stages until the transcript is there."""
    journey.screen.step("Gỡ băng: Whisper, bộ nhận dạng tiếng Việt và pyannote.audio")
    secretary, began = journey.as_user("thu.ky"), time.monotonic()
    while True:
        job = secretary.get(f"/jobs/{job_id}")
        journey.screen.bars({stage["label"]: (stage["progress"], _word(stage)) for stage in job["stages"]})
        if job["state"] == "done":
            break
        faults = [stage["fault"]["message"] for stage in job["stages"] if stage["fault"]]
        if job["state"] == "failed":
            raise JourneyStopped(faults[0] if faults else "Gỡ băng không thành công.")
        patience(journey, "gỡ băng")
        time.sleep(POLL_SECONDS)
    journey.summary["seconds_of_sound"] = journey.gold.duration_seconds
    journey.summary["seconds_transcribing"] = round(time.monotonic() - began, 1)


def _word(stage: dict[str, Any]) -> str:
    return {"waiting": "", "running": "đang chạy", "done": "xong", "failed": "lỗi"}.get(stage["state"], stage["state"])


def patience(journey: Journey, what: str) -> None:
    if time.monotonic() - journey.started > PATIENCE_SECONDS:
        raise JourneyStopped(f"Chờ {what} quá {PATIENCE_SECONDS // 60} phút. Hãy xem nhật ký trong var/logs.")
