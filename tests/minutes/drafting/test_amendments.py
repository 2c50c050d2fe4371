"""Deadlines that the chair moves."""

import pytest

from minutes.drafting.extract import extract_transcript
from tests.minutes.drafting.builders import meeting, transcript

TWO = (
    "Khổng Văn Lực: Tôi kết luận như sau. Một là, giao Trung tâm Thông tin sửa đường truyền trước ngày 15 tháng 4. "
    "Hai là, giao Vụ Pháp chế trình quy chế trước ngày 20 tháng 4."
)


def deadlines(*lines: str) -> tuple[list[str | None], tuple[str, ...]]:
    extraction = extract_transcript(transcript(TWO, *lines), meeting())
    return [item.deadline.iso if item.deadline else None for item in extraction.items], extraction.questions


@pytest.mark.parametrize(
    "answer",
    [
        "Được, đồng ý lùi đến ngày 25 tháng 4.",
        "Đồng ý gia hạn đến ngày 25 tháng 4, nhưng không lùi thêm nữa.",
        "Thống nhất chuyển sang ngày 25 tháng 4.",
    ],
)
def test_by_the_day_that_was_asked_about(answer: str) -> None:
    found, questions = deadlines(
        "Phùng Thị Yến: Mốc ngày 20 hơi gấp, đề nghị cho đến ngày 25.", f"Khổng Văn Lực: {answer}"
    )
    assert found == ["2026-04-15", "2026-04-25"]
    assert questions == ()


def test_by_the_unit_that_asks() -> None:
    found, _questions = deadlines(
        "Tô Quang Minh: Thời hạn hơi gấp ạ.", "Khổng Văn Lực: Đồng ý lùi đến ngày 25 tháng 4."
    )
    assert found == ["2026-04-25", "2026-04-20"]


def test_by_its_number() -> None:
    found, _questions = deadlines("Khổng Văn Lực: Nhiệm vụ thứ hai đồng ý lùi đến ngày 30 tháng 4.")
    assert found == ["2026-04-15", "2026-04-30"]


def test_the_sentence_that_moves_it_is_evidence_too() -> None:
    lines = (TWO, "Khổng Văn Lực: Nhiệm vụ thứ hai đồng ý lùi đến ngày 30 tháng 4.")
    second = extract_transcript(transcript(*lines), meeting()).items[1]
    assert [span.start for span in second.evidence] == [0.0, 10.0]


def test_if_it_is_not_clear_which_nothing_moves() -> None:
    found, questions = deadlines("Khổng Văn Lực: Được, đồng ý lùi đến ngày 30 tháng 4.")
    assert found == ["2026-04-15", "2026-04-20"]
    assert any("chưa rõ của nhiệm vụ nào" in question for question in questions)


def test_a_request_alone_moves_nothing() -> None:
    found, _questions = deadlines("Tô Quang Minh: Đề nghị lùi đến ngày 25 tháng 4.")
    assert found == ["2026-04-15", "2026-04-20"]
