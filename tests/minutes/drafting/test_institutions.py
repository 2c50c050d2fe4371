"""Bodies of the state, of parties and unions, firms, schools and the many, by the names they really have.

`tests/data/institutions.txt` holds one a line. Each must be read whole as the one told to act, however it is told.
"""

from datetime import date
from pathlib import Path

import pytest

from minutes.drafting.extract import extract_text

NAMES = (Path(__file__).parents[2] / "data" / "institutions.txt").read_text(encoding="utf-8").splitlines()
HEAD = (
    "THÔNG BÁO\nKết luận của Phó Chủ tịch UBND tỉnh tại cuộc họp\n"
    "Ngày 12/5/2026, Phó Chủ tịch UBND tỉnh chủ trì cuộc họp. Sau khi nghe báo cáo, Phó Chủ tịch UBND tỉnh kết luận:\n"
)


@pytest.mark.parametrize(
    "said",
    [
        "1. {} rà soát danh mục dự án, báo cáo kết quả.",
        "1. Giao {} khẩn trương hoàn thiện hồ sơ.",
        "1. {}:\n- Rà soát danh mục dự án.",
    ],
    ids=["acts", "is given", "stands above"],
)
def test_the_whole_name_is_the_one_who_acts(said: str) -> None:
    wrong = {}
    for name in NAMES:
        leads = [item.lead for item in extract_text(HEAD + said.format(name), [], date(2026, 5, 12)).items]
        if leads != [(name,)]:
            wrong[name] = leads
    assert not wrong


def test_the_list_is_long_enough_to_mean_something() -> None:
    assert len(NAMES) == len(set(NAMES)) > 450
