"""A file arrives whole over a line that breaks three times and a server that is killed in between; the bar never goes
back, and the server holds no more of it in memory than of any other.

`DIEMCAU_UPLOAD_PROOF_MB` says how large it is: 60 in the suite, 2048 with `make upload-proof`.
"""

import hashlib
import json
import os
import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from core.permissions import Role
from core.runtime import Runtime
from tests.web.conftest import PASSWORD
from tests.web.uploads.line import BadLine
from tests.web.uploads.standing import Standing
from transcription.recordings.models import Recording

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800), pytest.mark.usefixtures("bundle")]

MIB = 1024**2
SIZE_MB = int(os.environ.get("DIEMCAU_UPLOAD_PROOF_MB", 60))
#: What a process of the server may hold beyond what it held before the first byte.
MOST_GROWTH_BYTES = 48 * MIB
#: The most that one request of the browser brings.
PART_BYTES = min(8, max(1, -(-SIZE_MB // 256))) * MIB

#: Notes every figure that the bar shows and every kind of line below it, where the page's own reload leaves them.
WATCH = """() => {
  const [shares, lines] = [[], new Set()];
  new MutationObserver(() => {
    const bar = document.querySelector(".upload progress");
    if (!bar) return;
    shares.push(bar.value);
    lines.add(document.querySelector(".upload [data-line]").textContent.replace(/[0-9]+(,[0-9]+)?/g, "#"));
    sessionStorage.setItem("seen", JSON.stringify([shares, [...lines]]));
  }).observe(document.querySelector("[data-upload-list]"), { subtree: true, attributes: true, childList: true });
}"""


@pytest.fixture
def server(runtime: Runtime) -> Iterator[Standing]:
    server = Standing(runtime.settings)
    server.start()
    yield server
    server.kill()


def write_file(path: Path) -> str:
    """Bytes that repeat nowhere; returns their SHA-256."""
    source, digest = random.Random(6), hashlib.sha256()
    with path.open("wb") as out:
        for _ in range(SIZE_MB):
            piece = source.randbytes(MIB)
            digest.update(piece)
            out.write(piece)
    return digest.hexdigest()


def test_a_large_file_arrives_whole(
    chromium: Browser,
    runtime: Runtime,
    server: Standing,
    add_account: Callable[..., UUID],
    meeting_id: UUID,
    tmp_path: Path,
) -> None:
    add_account("van.hanh", Role.OPERATOR)
    digest, size = write_file(tmp_path / "họp giao ban.mp4"), SIZE_MB * MIB
    killed = threading.Event()

    def kill() -> None:
        server.kill()
        killed.set()

    def nothing() -> None:
        pass

    breaks = [(int(size * share), act) for share, act in ((0.2, nothing), (0.45, kill), (0.6, nothing), (0.9, nothing))]
    line = BadLine(server.settings.port, breaks)
    context = chromium.new_context(base_url=f"http://127.0.0.1:{line.port}", locale="vi-VN")
    page = context.new_page()
    page.goto("/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill("van.hanh")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/")
    page.goto(f"/cuoc-hop/{meeting_id}")
    before = server.measure()
    page.evaluate(WATCH)
    page.get_by_label("Tải bản ghi âm hoặc ghi hình lên").set_input_files(tmp_path / "họp giao ban.mp4")
    page.get_by_role("button", name="Tải lên và gỡ băng").click()
    assert killed.wait(SIZE_MB + 300)
    expect(page.locator(".upload")).to_have_attribute("data-state", "offline", timeout=120_000)
    server.start()
    expect(page.locator(".recording strong", has_text="họp giao ban.mp4")).to_be_visible(timeout=(SIZE_MB + 300) * 1000)
    shares, lines = json.loads(page.evaluate("sessionStorage.getItem('seen')"))
    growth = server.measure() - before

    assert shares == sorted(shares), "the bar went back"
    assert (shares[-1], len(set(shares)) > 5) == (1, True)
    assert any("trong" in said and "%" in said for said in lines)
    assert (line.broken, server.starts) == (4, 2)
    # Each break costs at most the part that was on its way.
    assert line.sent_bytes < size + line.broken * (PART_BYTES + MIB) + 2 * MIB
    with runtime.database.transaction() as session:
        recording = session.scalars(select(Recording)).one()
        assert (recording.sha256, recording.size_bytes) == (digest, size)
        runtime.storage.verify(recording.object_key, digest)
    print(  # noqa: T201 (the figures are what is wanted of the long run)
        f"\nupload: {SIZE_MB} MB, {line.broken} breaks, one of them a killed server; sent {line.sent_bytes / size:.3f} "
        f"times its size; {len(set(shares))} figures of the bar, none smaller than the one before; memory of a process "
        f"of the server {before / MIB:.0f} MB before, {growth / MIB:+.1f} MB"
    )
    assert growth < MOST_GROWTH_BYTES
    line.close()
    context.close()
