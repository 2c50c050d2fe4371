"""Every form of LANGUAGE §1.4 by its own examples, and the dates that set nothing."""

from datetime import date

import pytest

from minutes.language.deadline_recurring import EXAMPLES as RECURRING
from minutes.language.deadline_values import Example, Form, Today
from minutes.language.deadlines import FORMS, binding, find_deadlines
from orchestrator.calendar.working_days import WorkingCalendar

MEETING = date(2026, 4, 8)
OF_FORMS = [(form, example) for form in FORMS for example in form.examples]


@pytest.mark.parametrize(("form", "example"), OF_FORMS, ids=[example.said for _form, example in OF_FORMS])
def test_each_form_reads_its_examples(form: Form, example: Example) -> None:
    (hit,) = find_deadlines(f"Hoàn thành và báo cáo {example.said}.", Today(example.meeting))
    assert hit.deadline.iso == example.iso
    assert hit.deadline.kind == (example.kind or form.kind)
    assert hit.deadline.rrule is None


@pytest.mark.parametrize("example", RECURRING, ids=[example.said for example in RECURRING])
def test_each_recurrence_reads_its_examples(example: Example) -> None:
    (hit,) = find_deadlines(f"Tổng hợp, báo cáo {example.said}.", Today(example.meeting))
    assert hit.deadline.kind == "recurring"
    assert hit.deadline.iso is None
    assert hit.deadline.rrule == example.rrule


@pytest.mark.parametrize(
    "sentence",
    [
        "Bám sát Công văn số 1904/BNV-BCĐ ngày 04/5/2021 của Ban Chỉ đạo.",
        "Tính toán số liệu đến hết quý III năm 2017.",
        "Chuẩn bị tổ chức bầu cử vào ngày 23/5/2027.",
        "Áp dụng giá tạm thời tại ngày 31 tháng 8 năm 2026.",
        "Chuẩn bị nội dung phục vụ Hội nghị vận tải toàn quốc tổ chức vào quý IV/2026.",
        "Tham gia phong trào “Chung tay xóa nhà tạm trong năm 2026” của tỉnh.",
        "Đưa nhiệm vụ vào kế hoạch phát triển kinh tế - xã hội 5 năm, hằng năm của địa phương.",
        "Chịu trách nhiệm trước pháp luật, trước Bộ trưởng.",
        "Ứng phó trước tình hình diễn biến phức tạp.",
        "Các dự án đã được phê duyệt trước ngày 01/7/2020 thì chuyển tiếp.",
        "Xử lý công việc hàng ngày trên môi trường số.",
        "Thực hiện chế độ báo cáo hằng tuần nghiêm túc.",
        "Thực hiện kế hoạch năm 2026.",
        "Báo cáo kết quả họp ngày 16/3.",
    ],
)
def test_dates_that_set_nothing(sentence: str) -> None:
    assert find_deadlines(sentence, Today(MEETING)) == ()


def test_work_given_before_a_day_is_due_before_that_day() -> None:
    (hit,) = find_deadlines("Hoàn thành nhiệm vụ được giao trước ngày 30/6/2026.", Today(MEETING))
    assert hit.deadline.iso == "2026-06-30"


@pytest.mark.parametrize("said", ["trước ngày 31/4/2026", "trước ngày 30 tháng 2", "trước ngày 45/4"])
def test_a_day_that_does_not_exist_is_a_question(said: str) -> None:
    (hit,) = find_deadlines(f"Báo cáo {said}.", Today(MEETING))
    assert hit.deadline.iso is None
    assert hit.question is not None
    assert "không có trên lịch" in hit.question


def test_a_day_before_the_meeting_is_kept_and_asked_about() -> None:
    (hit,) = find_deadlines("Nộp báo cáo trước ngày 10/3/2026.", Today(MEETING))
    assert hit.deadline.iso == "2026-03-10"
    assert hit.question is not None
    assert "trước ngày họp" in hit.question


def test_without_the_day_of_the_meeting_no_year_is_made_up() -> None:
    (hit,) = find_deadlines("Báo cáo trước ngày 15/5.", Today(None))
    assert hit.deadline.iso is None
    assert hit.question is not None


def test_with_a_year_the_day_of_the_meeting_is_not_needed() -> None:
    (hit,) = find_deadlines("Báo cáo trước ngày 15/5/2026.", Today(None))
    assert hit.deadline.iso == "2026-05-15"


def test_working_days_step_over_the_holidays_given() -> None:
    calendar = WorkingCalendar(off=frozenset({date(2026, 4, 9)}))
    sentence = "Trả lời trong thời hạn 03 ngày làm việc kể từ ngày kết thúc cuộc họp."
    (hit,) = find_deadlines(sentence, Today(MEETING, calendar))
    assert hit.deadline.iso == "2026-04-14"


def test_the_hour_may_stand_apart_from_its_period() -> None:
    (hit,) = find_deadlines("Hàng ngày Văn phòng Bộ có báo cáo nhanh vào 16 giờ chiều", Today(MEETING))
    assert hit.deadline.rrule == "FREQ=DAILY;BYHOUR=16;BYMINUTE=0"


def test_of_several_deadlines_the_last_day_binds() -> None:
    found = find_deadlines("Lấy ý kiến trước ngày 15/4/2026, trình Bộ trước ngày 30/4/2026.", Today(MEETING))
    chosen = binding(found)
    assert chosen is not None
    assert chosen.deadline.iso == "2026-04-30"


def test_a_day_binds_before_a_recurrence() -> None:
    found = find_deadlines("Hoàn thành trước ngày 15/4/2026, định kỳ hằng tuần báo cáo.", Today(MEETING))
    chosen = binding(found)
    assert chosen is not None
    assert chosen.deadline.iso == "2026-04-15"


def test_nothing_said_nothing_bound() -> None:
    assert binding(()) is None


def test_raw_words_leave_the_carrier_out() -> None:
    (hit,) = find_deadlines("Khắc phục, xong trước ngày 10/5/2026.", Today(MEETING))
    assert hit.deadline.raw == "trước ngày 10/5/2026"
