"""Logs stay bounded, at a start and in between."""

from pathlib import Path

import pytest

from core.services import logs


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "LARGE_BYTES", 10)


def test_a_small_log_goes_on(tmp_path: Path) -> None:
    for line in (b"mot\n", b"hai\n"):
        with logs.open_log(tmp_path, "web") as stream:
            stream.write(line)
    assert (tmp_path / "web.log").read_bytes() == b"mot\nhai\n"


def test_a_large_log_is_put_aside_and_only_a_few_are_kept(tmp_path: Path) -> None:
    for number in range(8):
        with logs.open_log(tmp_path, "web") as stream:
            stream.write(b"%d" % number * 20)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["web.log", "web.log.1", "web.log.2", "web.log.3"]
    assert (tmp_path / "web.log").read_bytes() == b"7" * 20
    assert (tmp_path / "web.log.3").read_bytes() == b"4" * 20


def test_a_growing_log_is_cut_while_its_process_writes(tmp_path: Path) -> None:
    with logs.open_log(tmp_path, "web") as stream:
        stream.write(b"a" * 20)
        stream.flush()
        logs.trim(tmp_path, "web")
        stream.write(b"b")
    assert (tmp_path / "web.log").read_bytes() == b"b"
    assert (tmp_path / "web.log.1").read_bytes() == b"a" * 20


def test_tail_gives_the_last_line_that_says_something(tmp_path: Path) -> None:
    (tmp_path / "web.log").write_text("đầu\nlỗi cuối\n\n \n")
    assert logs.tail(tmp_path, "web") == "lỗi cuối"
    assert logs.tail(tmp_path, "khong-co") == ""
