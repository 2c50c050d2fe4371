"""The journey on real sound: plan, refuse, reserve, record, transcribe, correct, draft, approve, issue, carry out."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from tests.journeys import sealed
from tests.journeys.conftest import Installation
from web.demo.gold import Gold, load_gold
from web.demo.journey import Journey, plan
from web.demo.screen import Screen
from web.demo.walk import walk

pytestmark = [pytest.mark.journey, pytest.mark.speech, pytest.mark.timeout(900)]

FILES = {"du-thao-may.docx", "thong-bao-ket-luan.docx", "thong-bao-ket-luan.pdf", "transcript.vtt", "summary.json"}


def start(installation: Installation, out: Path) -> Journey:
    return Journey(
        base_url=installation.address,
        sign_ins=installation.sign_ins,
        hook_secret=installation.settings.jitsi_hook_secret.get_secret_value(),
        gold=load_gold(),
        out=out,
        screen=Screen(io.StringIO()),
    )


@pytest.fixture(scope="module")
def walked(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """One walk for all questions below."""
    out = tmp_path_factory.mktemp("out")
    return out, walk(start(installation, out))


def test_the_five_files_are_left(walked: tuple[Path, dict[str, Any]]) -> None:
    out, _ = walked
    assert {file.name for file in out.iterdir()} == FILES
    assert json.loads((out / "summary.json").read_text())["seconds_of_sound"] == pytest.approx(111.03)


def test_the_plan_over_the_cap_was_refused_with_number_and_basis(walked: tuple[Path, dict[str, Any]]) -> None:
    sentence = walked[1]["refused_over_cap"]
    assert "20" in sentence
    assert "35" in sentence


def test_the_reservation_has_a_seat_for_each_endpoint_and_no_null(walked: tuple[Path, dict[str, Any]]) -> None:
    reservation = walked[1]["reservation"]
    assert reservation["max_occupants"] >= 4
    assert None not in reservation.values()


def test_all_five_directives_of_the_corrected_text(walked: tuple[Path, dict[str, Any]]) -> None:
    directives = walked[1]["directives"]
    assert [item["lead"] for item in directives] == [
        ["Trung tâm Thông tin"],
        ["Các đơn vị"],
        ["Cục Văn thư và Lưu trữ nhà nước"],
        ["Học viện Hành chính Quốc gia"],
        ["Văn phòng Bộ"],
    ]
    assert [item["coordinating"] for item in directives] == [["Văn phòng Bộ"], [], [], [], []]
    deadlines = [item["deadline"] for item in directives]
    assert [deadline["iso"] for deadline in deadlines if not deadline["rrule"]] == [
        "2026-04-15",
        "2026-04-30",
        "2026-04-20",
    ]
    assert "FREQ=DAILY" in deadlines[1]["rrule"]
    assert "FREQ=WEEKLY" in deadlines[4]["rrule"]
    assert "FR" in deadlines[4]["rrule"]


def test_every_directive_plays_the_second_it_was_said_in(walked: tuple[Path, dict[str, Any]], gold: Gold) -> None:
    said = [line for line in gold.lines if line.text.split(",")[0] in {"Một là", "Hai là", "Ba là", "Bốn là", "Năm là"}]
    for item, line in zip(walked[1]["directives"], said, strict=True):
        assert min(part["start"] for part in item["evidence"]) == pytest.approx(line.start, abs=2.0)
        assert max(part["end"] for part in item["evidence"]) <= line.end + 1.0


def test_what_the_machine_drafted_alone_plays_where_the_chair_spoke(
    walked: tuple[Path, dict[str, Any]], gold: Gold
) -> None:
    orders = [line for line in gold.lines if "là, " in line.text[:9]]
    drafted = walked[1]["drafted_by_machine"]
    assert drafted, "the machine alone finds some of the five"
    for item in drafted:
        start, end = item["evidence"][0]["start"], item["evidence"][-1]["end"]
        assert any(line.start - 1.0 <= start and end <= line.end + 1.0 for line in orders), item


def test_the_last_step_is_a_reported_task(walked: tuple[Path, dict[str, Any]]) -> None:
    assert walked[1]["delivered"] >= 4
    assert walked[1]["reported_task"] == {"action": "Khắc phục đường truyền tại các điểm cầu", "state": "done"}


def test_nothing_was_invented_in_the_issued_text(walked: tuple[Path, dict[str, Any]]) -> None:
    out, summary = walked
    assert summary["directives_corrected"]["precision"] == 1.0
    text = "\n".join(paragraph.text for paragraph in Document(str(out / "thong-bao-ket-luan.docx")).paragraphs)
    assert "thiết bị âm thanh" not in text, "a participant's proposal is no conclusion"


def test_the_pdf_reads_and_carries_its_fonts(walked: tuple[Path, dict[str, Any]]) -> None:
    reader = PdfReader(walked[0] / "thong-bao-ket-luan.pdf")
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert walked[1]["symbol"] in text.replace(" ", "")


def test_the_machine_alone_is_measured_honestly(walked: tuple[Path, dict[str, Any]]) -> None:
    summary = walked[1]
    assert 0.0 < summary["word_error_rate_machine"] < 0.6
    assert summary["word_error_rate_corrected"] == 0.0


@pytest.mark.usefixtures("walked")
def test_nobody_asked_for_a_way_out_of_the_house(installation: Installation) -> None:
    """From the plan to the reported task, by any of the processes; a try that failed in silence is counted too."""
    if not installation.is_sealed:
        pytest.skip("this account may not make a network, so the journey ran in the machine's own")
    processes = [process.pid for process in installation.record.processes]
    networks = {Path(f"/proc/{pid}/ns/net").readlink() for pid in processes}
    assert len(networks) == 1
    assert Path("/proc/self/ns/net").readlink() not in networks
    assert sealed.attempts(processes[0]) == 0


@pytest.mark.parametrize("reach", ["connect(('192.0.2.1', 443))", "sendto(b'x', ('192.0.2.1', 53))"])
def test_a_try_is_refused_and_counted(reach: str) -> None:
    """That the test above can fail."""
    if not sealed.is_possible():
        pytest.skip("this account may not make a network")
    kind = "SOCK_STREAM" if reach.startswith("connect") else "SOCK_DGRAM"
    program = f"""
import contextlib, os, socket
from tests.journeys.sealed import attempts
with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.{kind}) as line:
    line.{reach}
    print("got out")
print(attempts(os.getpid()))
"""
    told = subprocess.run(sealed.sealed(sys.executable, "-c", program), capture_output=True, text=True, check=True)
    assert told.stdout.strip() != "0"
    assert "got out" not in told.stdout


def test_a_worker_killed_while_recognising_costs_nothing(installation: Installation, tmp_path: Path) -> None:
    journey = start(installation, tmp_path)
    try:
        meeting = plan(journey)
        operator = journey.as_user("van.hanh")
        operator.post(f"/meetings/{meeting['id']}/close")
        received = operator.upload(f"/meetings/{meeting['id']}/recordings", journey.gold.audio)
        job = _when(journey, received["job_id"], lambda stages: stages["recognise"]["state"] == "running")
        # Pieces are shared: whoever has one now is among these.
        for worker in installation.record.processes:
            if worker.name in {"worker-speech", "worker-pieces"}:
                os.kill(worker.pid, signal.SIGKILL)
        job = _when(journey, received["job_id"], lambda stages: stages["publish"]["state"] == "done")
        stages = {stage["stage"]: stage for stage in job["stages"]}
        assert len(stages) == len(job["stages"]) == 9, "no stage lost, none twice"
        assert all(stage["state"] == "done" for stage in stages.values())
        assert max(stages["recognise"]["attempt"], stages["diarise"]["attempt"]) >= 2
        transcript = journey.as_user("thu.ky").get(f"/meetings/{meeting['id']}/transcript")
        assert transcript["revision"]["number"] == 0
    finally:
        journey.close()


@pytest.fixture
def gold() -> Gold:
    return load_gold()


def _when(journey: Journey, job_id: str, reached: Any) -> dict[str, Any]:
    deadline = time.monotonic() + 600
    while time.monotonic() < deadline:
        job: dict[str, Any] = journey.as_user("van.hanh").get(f"/jobs/{job_id}")
        if reached({stage["stage"]: stage for stage in job["stages"]}):
            return job
        time.sleep(0.2)
    raise AssertionError(f"job {job_id} did not get there: {job}")
