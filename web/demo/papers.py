"""Second half of the rehearsal: machine's draft, secretary's corrections, approval, number, issue, follow-up."""

import json
import time
from typing import Any

import requests

from minutes.drafting.measure import compare
from web.demo import corrections
from web.demo.client import ApiRefusal, Caller
from web.demo.journey import POLL_SECONDS, Journey, patience
from web.demo.scoring import word_error_rate


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
    drafted = secretary.get(f"/notices/{notice['id']}/directives")["items"]
    journey.summary["drafted_by_machine"] = drafted
    journey.summary["directives_machine"] = compare(drafted, journey.gold.directives).to_json()
    journey.screen.line(f"Tỷ lệ lỗi từ: {rate:.1%}; người nói: {', '.join(journey.summary['speakers_machine'])}")
    _show_score(journey, journey.summary["directives_machine"])
    return transcript


def correct(journey: Journey, transcript: dict[str, Any]) -> None:
    """Correct line by line, as a secretary with the sound in her ears."""
    gold = journey.gold
    journey.screen.step(f"Thư ký sửa {len(gold.lines)} dòng theo bản nghe đúng, mỗi lần lưu là một phiên bản")
    secretary, number = journey.as_user("thu.ky"), transcript["revision"]["number"]
    lines: list[corrections.Line] = []
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
    journey.summary["directives_corrected"] = compare(directives, journey.gold.directives).to_json()
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
        patience(journey, "dự thảo")
        time.sleep(POLL_SECONDS)


def _show_score(journey: Journey, score: dict[str, Any]) -> None:
    journey.screen.line(
        f"Nhiệm vụ: dự thảo {score['drafted']}, đúng {score['found']} trên {score['wanted']}; trong số đúng: "
        f"chủ trì {score['lead']}, phối hợp {score['coordinating']}, thời hạn {score['deadline']}."
    )


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
    task = _first_task(journey, unit, notice_id)
    unit.post(f"/tasks/{task['id']}/reports", {"text": "Đã thay đường truyền dự phòng.", "done": True})
    reported = next(item for item in unit.get("/tasks")["items"] if item["id"] == task["id"])
    journey.screen.line(f"Đã tiếp nhận và báo cáo xong: {reported['action']}")
    journey.summary["delivered"] = len(deliveries)
    journey.summary["reported_task"] = {"action": reported["action"], "state": reported["state"]}


def _first_task(journey: Journey, unit: Caller, notice_id: str) -> dict[str, Any]:
    """Tasks follow the issue through the outbox, a moment later."""
    while True:
        for task in unit.get("/tasks")["items"]:
            if task["notice_id"] == notice_id:
                return dict(task)
        patience(journey, "sổ nhiệm vụ")
        time.sleep(POLL_SECONDS)


def finish(journey: Journey) -> dict[str, Any]:
    """Write the summary."""
    journey.summary["seconds_taken"] = round(time.monotonic() - journey.started, 1)
    text = json.dumps(journey.summary, ensure_ascii=False, indent=1)
    (journey.out / "summary.json").write_text(text, encoding="utf-8")
    journey.screen.step("Xong")
    for file in sorted(journey.out.iterdir()):
        journey.screen.line(f"{file.name} ({file.stat().st_size} byte)")
    return journey.summary
