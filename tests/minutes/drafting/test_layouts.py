"""Three layouts of one meeting: nothing lost, nothing doubled."""

import pytest

from minutes.drafting.compose import NO_ASSESSMENT, House, compose_notice
from minutes.drafting.extract import extract_transcript
from minutes.drafting.layouts import Layout
from tests.minutes.drafting.builders import meeting, transcript

TALK = (
    "Khổng Văn Lực: Tôi kết luận như sau. Trong tháng qua các đơn vị đã hoàn thành tốt nhiệm vụ, "
    "tuy nhiên báo cáo còn chậm. Về hạ tầng, giao Trung tâm Thông tin sửa đường truyền trước ngày 15 tháng 4. "
    "Về hạ tầng, giao Vụ Pháp chế rà soát hợp đồng. Giao Văn phòng Bộ đôn đốc các đơn vị. "
    "Giao Trung tâm Thông tin chủ trì, phối hợp với Vụ Pháp chế đảm bảo an toàn dữ liệu hàng ngày."
)


def texts(layout: Layout) -> list[str]:
    content = compose_notice(extract_transcript(transcript(TALK), meeting()), meeting(), House(layout=layout))
    return [item.text or f"# {item.heading}" for item in content.items()]


def test_by_topic_items_of_one_topic_stand_under_it() -> None:
    assert texts("topic")[0] == "# Về hạ tầng"
    assert len(texts("topic")) == 5


def test_by_unit_the_unit_is_the_heading_and_the_office_last() -> None:
    found = texts("unit")
    headings = [text for text in found if text.startswith("# ")]
    assert headings == ["# Trung tâm Thông tin", "# Vụ Pháp chế", "# Văn phòng Bộ"]
    assert "Chủ trì, phối hợp với Vụ Pháp chế bảo đảm an toàn dữ liệu hằng ngày." in found


def test_assessment_stands_before_the_tasks() -> None:
    extraction = extract_transcript(transcript(TALK), meeting())
    content = compose_notice(extraction, meeting(), House(layout="assessment"))
    assessment, tasks = content.sections
    assert [section.heading for section in content.sections] == ["Đánh giá chung", "Nhiệm vụ"]
    assert "tuy nhiên báo cáo còn chậm" in assessment.items[0].text
    assert assessment.items[0].evidence
    assert tasks.items


def test_a_missing_assessment_is_listed_and_not_invented() -> None:
    said = "Khổng Văn Lực: Tôi kết luận như sau. Một là, giao Vụ Pháp chế rà soát thủ tục."
    content = compose_notice(extract_transcript(transcript(said), meeting()), meeting(), House(layout="assessment"))
    assert content.sections[0].items == ()
    assert NO_ASSESSMENT in content.to_check


@pytest.mark.parametrize("layout", ["topic", "unit", "assessment"])
def test_every_directive_is_printed_once(layout: Layout) -> None:
    extraction = extract_transcript(transcript(TALK), meeting())
    content = compose_notice(extraction, meeting(), House(layout=layout))
    assert sorted(item.evidence for item in content.directives()) == sorted(
        item.evidence for item in compose_notice(extraction, meeting(), House()).directives()
    )
    assert len(content.directives()) == len(extraction.directives) == 4
