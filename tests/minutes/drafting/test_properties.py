"""Promises that hold for any meeting: no directive without evidence, no figure that was not said."""

import re
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minutes.drafting.extract import extract_text, extract_transcript
from minutes.language.numbers import to_figures
from minutes.language.speech import office_style
from tests.minutes.drafting.builders import meeting, transcript

UNITS = ("Văn phòng Bộ", "Trung tâm Thông tin", "Vụ Pháp chế", "các đơn vị", "đồng chí Chánh Văn phòng")
ORDERS = (
    "giao {u} rà soát hồ sơ",
    "yêu cầu {u} báo cáo tôi",
    "{u} gửi báo cáo",
    "{u} bố trí ba cán bộ",
    "không được chậm trễ",
)
WHEN = (
    "", " trước ngày mười lăm tháng tư", " trong tháng 5", " trước 16 giờ hằng ngày", " trong quý hai",
    " trước ngày 31/4",
    " vào thứ sáu hằng tuần", " khẩn trương", " trước ngày 20, à không, trước ngày 18 tháng 4",
)  # fmt: skip
NOISE = (
    "Cảm ơn các đồng chí.",
    "Tình hình còn 3 khó khăn.",
    "Các đồng chí có ý kiến gì không?",
    "Đạt hai mươi phần trăm.",
)

order = st.builds(
    lambda unit, words, when: words.format(u=unit) + when + ".",
    st.sampled_from(UNITS),
    st.sampled_from(ORDERS),
    st.sampled_from(WHEN),
)
talk = st.lists(st.one_of(order, st.sampled_from(NOISE)), min_size=1, max_size=6).map(" ".join)
line = st.builds(
    lambda who, said: f"{who}: {said}",
    st.sampled_from(("Khổng Văn Lực", "Tô Quang Minh", "Người nói 3")),
    st.one_of(talk, talk.map(lambda said: f"Tôi kết luận như sau. Một là, {said}")),
)
anything = st.text(alphabet="giaoưđSởYtếNộivụ ,.;:-/0123456789\nhạntrước", max_size=300)
relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def figures(value: str) -> set[str]:
    return {number.lstrip("0") for number in re.findall(r"\d+", value)} - {""}


@relaxed
@given(st.lists(line, max_size=5), st.booleans())
def test_every_item_of_a_transcript_has_evidence_inside_the_recording(lines: list[str], words: bool) -> None:
    document = transcript(*lines, words=words)
    for item in extract_transcript(document, meeting()).items:
        assert item.evidence
        assert all(0 <= span.start < span.end <= document.duration_seconds for span in item.evidence)


@relaxed
@given(st.lists(line, max_size=5))
def test_no_figure_in_an_action_or_deadline_that_was_not_said(lines: list[str]) -> None:
    said = figures(office_style(" ".join(to_figures(line) for line in lines))) | figures(
        " ".join(map(to_figures, lines))
    )
    for item in extract_transcript(transcript(*lines), meeting()).items:
        assert figures(item.action) - {"00"} <= said
        if item.deadline is not None:
            assert figures(item.deadline.raw) <= said


@relaxed
@given(st.lists(line, max_size=5))
def test_no_lead_that_was_not_said(lines: list[str]) -> None:
    units = {"Văn phòng Bộ", "Trung tâm Thông tin", "Vụ Pháp chế", "Các đơn vị"}
    for item in extract_transcript(transcript(*lines), meeting()).items:
        assert set(item.lead) <= units


@relaxed
@given(anything)
def test_any_text_is_read_without_breaking_and_with_evidence_inside(text: str) -> None:
    for item in extract_text(text, (), date(2026, 4, 8)).items:
        assert item.evidence
        assert all(0 <= span.start < span.end <= len(text) for span in item.evidence)
        assert item.action


@relaxed
@given(talk)
def test_what_a_participant_says_is_never_a_task(said: str) -> None:
    assert extract_transcript(transcript(f"Tô Quang Minh: {said}"), meeting()).items == ()
