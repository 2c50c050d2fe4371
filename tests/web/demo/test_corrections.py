"""Corrections of the rehearsal: the last state is the truth, every state in between is a whole transcript."""

from web.demo.corrections import corrected_step_by_step
from web.demo.gold import GoldLine

TRUTH = (
    GoldLine(1.0, 5.0, "Phan Quốc Bảo", "Chào các đồng chí."),
    GoldLine(6.0, 9.0, "Đặng Thị Thùy Linh", "Báo cáo Thứ trưởng."),
    GoldLine(10.0, 14.0, "Phan Quốc Bảo", "Tôi kết luận."),
)


def line(start: float, end: float, text: str) -> dict[str, object]:
    return {"start": start, "end": end, "speaker": "Người nói 1", "text": text}


def test_the_last_state_is_the_truth() -> None:
    machine = [line(1, 4, "chào các đồng chị"), line(4, 9, "báo cáo"), line(10, 15, "tôi kết luật")]
    *_, last = corrected_step_by_step(machine, TRUTH)
    assert [entry["text"] for entry in last] == [gold.text for gold in TRUTH]


def test_lines_not_yet_reached_stay_the_machines() -> None:
    machine = [line(1, 4, "chào"), line(6, 9, "báo cáo"), line(10, 15, "tôi kết luật")]
    first = next(iter(corrected_step_by_step(machine, TRUTH)))
    assert [entry["text"] for entry in first] == ["Chào các đồng chí.", "báo cáo", "tôi kết luật"]


def test_one_long_machine_line_over_all_does_not_overlap_what_is_right() -> None:
    states = list(corrected_step_by_step([line(1, 14, "tất cả một dòng")], TRUTH))
    for state in states:
        assert all(before["end"] <= after["start"] for before, after in zip(state, state[1:], strict=False))


def test_a_machine_that_heard_nothing_is_corrected_all_the_same() -> None:
    *_, last = corrected_step_by_step([], TRUTH)
    assert len(last) == 3
