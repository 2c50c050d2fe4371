"""Sentences of quick reports: what was refused and what to do next."""

from core.messages import register

register(
    {
        "report_definition_invalid": (
            "Biểu mẫu còn {count} chỗ cần sửa. {first}",
            "The form has {count} faults. {first}",
        ),
        "report_invalid": (
            "Báo cáo còn {count} chỗ cần xem lại. {first}",
            "The report has {count} faults. {first}",
        ),
        "report_form_code_taken": (
            "Mã biểu mẫu “{taken}” đã được dùng. Hãy chọn mã khác.",
            "The form code “{taken}” is already used. Choose another.",
        ),
        "report_form_without_units": (
            "Chưa chọn đơn vị nào phải báo cáo. Hãy chọn ít nhất một đơn vị.",
            "No unit has to report. Choose at least one.",
        ),
        "report_period_not_open": (
            "Kỳ báo cáo {period} chưa mở; nhận báo cáo từ {opens}. Hãy quay lại sau thời điểm đó.",
            "The period {period} opens at {opens}. Come back then.",
        ),
        "report_period_cancelled": (
            "Kỳ báo cáo {period} đã được bỏ nên không nhận báo cáo. Hãy chọn kỳ khác trong danh sách.",
            "The period {period} was cancelled. Choose another one.",
        ),
        "report_reason_missing": (
            "Báo cáo này đã nộp. Muốn điều chỉnh, hãy ghi lý do điều chỉnh rồi gửi lại.",
            "This report was already submitted. To correct it, give the reason and send again.",
        ),
        "report_nil_not_allowed": (
            "Biểu mẫu này không nhận báo cáo “không phát sinh”. Hãy nhập đủ số liệu.",
            "This form takes no nil report. Fill in the figures.",
        ),
        "report_conflict": (
            "{author} đã nộp bản số {current} lúc {at}, sau khi bạn mở trang này. Hãy so sánh hai bản bên dưới, sửa "
            "cho đúng, ghi lý do điều chỉnh rồi gửi lại.",
            "{author} submitted revision {current} at {at}, after you opened this page. Compare, "
            "correct, give the reason and send again.",
        ),
        "report_nothing_reported": (
            "Chưa đơn vị nào nộp báo cáo của kỳ này nên chưa có gì để tổng hợp. Hãy đợi hoặc đôn đốc các đơn vị.",
            "No unit has reported for this period yet. Wait, or remind the units.",
        ),
    }
)
