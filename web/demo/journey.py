"""One briefing walked through every room over the HTTP API, as its six users would: from plan to reported task.

In: the address of a running service and the sign-ins of the sample. Out: the files in the output folder and a summary.
"""

import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from minutes.drafting.measure import compare
from web.demo import corrections
from web.demo.client import ApiRefusal, Caller
from web.demo.gold import Gold
from web.demo.ministry import CHAIR, ENDPOINTS, PEOPLE, SECRETARY
from web.demo.scoring import word_error_rate
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


def walk(journey: Journey) -> dict[str, Any]:
    """All steps in their order. Raises JourneyStopped, ApiRefusal."""
    try:
        meeting = plan(journey)
        ask_as_prosody(journey, meeting)
        job_id = upload(journey, meeting)
        watch(journey, job_id)
        transcript = machine_draft(journey, meeting)
        correct(journey, transcript)
        notice_id = draft_again(journey, meeting)
        issue(journey, notice_id)
        carry_out(journey, notice_id)
        return finish(journey)
    finally:
        journey.close()


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
        _patience(journey, "gỡ băng")
        time.sleep(POLL_SECONDS)
    journey.summary["seconds_of_sound"] = journey.gold.duration_seconds
    journey.summary["seconds_transcribing"] = round(time.monotonic() - began, 1)


def _word(stage: dict[str, Any]) -> str:
    return {"waiting": "", "running": "đang chạy", "done": "xong", "failed": "lỗi"}.get(stage["state"], stage["state"])


def machine_draft(journey: Journey, meeting: dict[str, Any]) -> dict[str, Any]:
    """Wait for what the machine made of it by itself; keep its draft and measure it."""
    journey.screen.step("Dự thảo của máy, chưa ai sửa")
    secretary = journey.as_user("thu.ky")
    transcript: dict[str, Any] = secretary.get(f"/meetings/{meeting['id']}/transcript")
    notice = _wait_for_notice(journey, meeting["id"], after=0)
    (journey.out / "du-thao-may.docx").write_bytes(secretary.download(f"/notices/{notice['id']}/document.docx"))
    heard = [line["text"] for line in transcript["segments"]]
    rate = word_error_rate([line.text for line in journey.gold.lines], heard)
    journey.summary["word_error_rate_machine"] = round(rate, 3)
    journey.summary["speakers_machine"] = sorted({line["speaker"] for line in transcript["segments"]})
    journey.summary["directives_machine"] = _score(journey, notice["id"])
    journey.screen.line(f"Tỷ lệ lỗi từ: {rate:.1%}; người nói: {', '.join(journey.summary['speakers_machine'])}")
    _show_score(journey, journey.summary["directives_machine"])
    return transcript


def correct(journey: Journey, transcript: dict[str, Any]) -> None:
    """Correct line by line, as a secretary with the sound in her ears."""
    gold = journey.gold
    journey.screen.step(f"Thư ký sửa {len(gold.lines)} dòng theo bản nghe đúng, mỗi lần lưu là một phiên bản")
    secretary, number, lines = journey.as_user("thu.ky"), transcript["revision"]["number"], []
    for count, lines in enumerate(corrections.corrected_step_by_step(transcript["segments"], gold.lines), 1):
        body = {"base_number": number, "segments": lines}
        number = secretary.post(f"/transcripts/{transcript['id']}/revisions", body)["number"]
        journey.screen.bars({"Đã sửa": (count / len(gold.lines), f"{count}/{len(gold.lines)}")})
    (journey.out / "transcript.vtt").write_bytes(secretary.download(f"/transcripts/{transcript['id']}/export.vtt"))
    rate = word_error_rate([line.text for line in gold.lines], [line["text"] for line in lines])
    journey.summary["word_error_rate_corrected"] = round(rate, 3)
    journey.summary["speakers"] = sorted({line["speaker"] for line in lines})


def draft_again(journey: Journey, meeting: dict[str, Any]) -> str:
    """Draft from the corrected transcript; shows each directive with the span it was said in."""
    journey.screen.step("Dự thảo lại từ bản đã sửa")
    secretary = journey.as_user("thu.ky")
    before = secretary.get(f"/meetings/{meeting['id']}/notice")["revision"]["number"]
    secretary.post(f"/meetings/{meeting['id']}/drafts")
    notice = _wait_for_notice(journey, meeting["id"], after=before)
    directives = secretary.get(f"/notices/{notice['id']}/directives")["items"]
    for number, item in enumerate(directives, 1):
        span = ", ".join(f"{_clock(part['start'])}–{_clock(part['end'])}" for part in item["evidence"])
        deadline = item["deadline"] or {}
        when = deadline.get("iso") or deadline.get("rrule") or deadline.get("raw") or "chưa có thời hạn"
        also = f"; phối hợp: {', '.join(item['coordinating'])}" if item["coordinating"] else ""
        journey.screen.line(f"{number}. [{span}] {', '.join(item['lead'])}{also}: {item['action']} ({when})")
    journey.summary["directives"] = directives
    journey.summary["directives_corrected"] = _score(journey, notice["id"])
    _show_score(journey, journey.summary["directives_corrected"])
    return str(notice["id"])


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60:02d}:{seconds % 60:04.1f}"


def _wait_for_notice(journey: Journey, meeting_id: str, after: int) -> dict[str, Any]:
    secretary = journey.as_user("thu.ky")
    while True:
        try:
            notice: dict[str, Any] = secretary.get(f"/meetings/{meeting_id}/notice")
        except ApiRefusal as refusal:
            if refusal.status != requests.codes.not_found:
                raise
        else:
            if notice["revision"]["number"] > after:
                return notice
        _patience(journey, "dự thảo")
        time.sleep(POLL_SECONDS)


def _score(journey: Journey, notice_id: str) -> dict[str, Any]:
    found = journey.as_user("thu.ky").get(f"/notices/{notice_id}/directives")["items"]
    return compare(found, journey.gold.directives).to_json()


def _show_score(journey: Journey, score: dict[str, Any]) -> None:
    journey.screen.line(json.dumps(score, ensure_ascii=False))


def issue(journey: Journey, notice_id: str) -> None:
    """Review, approval of exactly one revision, number and issue."""
    journey.screen.step("Trình, duyệt, cấp số và phát hành")
    secretary, approver, registrar = (journey.as_user(login) for login in ("thu.ky", "lanh.dao", "van.thu"))
    secretary.post(f"/notices/{notice_id}/submit")
    revision = approver.get(f"/notices/{notice_id}")["revision"]
    approver.post(f"/notices/{notice_id}/approve", {"revision_id": revision["id"]})
    issued = registrar.post(f"/notices/{notice_id}/issue")
    for kind in ("docx", "pdf"):
        data = registrar.download(f"/notices/{notice_id}/document.{kind}")
        (journey.out / f"thong-bao-ket-luan.{kind}").write_bytes(data)
    journey.screen.line(f"Số {issued['symbol']}, ban hành ngày {issued['issued_on']}.")
    journey.summary["symbol"] = issued["symbol"]


def carry_out(journey: Journey, notice_id: str) -> None:
    """Distribute; one unit acknowledges and reports its task done."""
    journey.screen.step("Gửi các đơn vị; Trung tâm Thông tin tiếp nhận và báo cáo")
    deliveries = journey.as_user("van.thu").post(f"/notices/{notice_id}/distribute")["items"]
    journey.screen.line(f"Đã gửi {len(deliveries)} đơn vị.")
    unit = journey.as_user("tttt")
    for delivery in unit.get("/deliveries")["items"]:
        if delivery["notice_id"] == notice_id:
            unit.post(f"/deliveries/{delivery['id']}/acknowledge")
    tasks = [task for task in unit.get("/tasks")["items"] if task["notice_id"] == notice_id]
    if tasks:
        unit.post(f"/tasks/{tasks[0]['id']}/reports", {"text": "Đã thay đường truyền dự phòng.", "done": True})
        journey.screen.line(f"Đã tiếp nhận và báo cáo xong: {tasks[0]['action']}")
    journey.summary["delivered"] = len(deliveries)


def finish(journey: Journey) -> dict[str, Any]:
    """Write the summary."""
    journey.summary["seconds_taken"] = round(time.monotonic() - journey.started, 1)
    text = json.dumps(journey.summary, ensure_ascii=False, indent=1)
    (journey.out / "summary.json").write_text(text, encoding="utf-8")
    journey.screen.step("Xong")
    for file in sorted(journey.out.iterdir()):
        journey.screen.line(f"{file.name} ({file.stat().st_size} byte)")
    return journey.summary


def _patience(journey: Journey, what: str) -> None:
    if time.monotonic() - journey.started > PATIENCE_SECONDS:
        raise JourneyStopped(f"Chờ {what} quá {PATIENCE_SECONDS // 60} phút. Hãy xem nhật ký trong var/logs.")
