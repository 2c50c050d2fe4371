"""Forms ready to use, with the figures of the papers: people in quarantine, F0–F4, ways of working, duty roster.

Health forms hold counts only: no text field, a short note, and no names in it (REQUIREMENTS C5, C6, C7).
"""

from dataclasses import dataclass
from datetime import time

from orchestrator.reports.definition import (
    Constraint,
    FormDefinition,
    Indicator,
    NilMeaning,
    RosterRules,
    Shape,
)
from orchestrator.reports.schedule import Cadence, Schedule

PEOPLE = "người"


@dataclass(frozen=True)
class Preset:
    """A form to begin with; `key` is also the proposed code."""

    key: str
    name: str
    summary: str
    definition: FormDefinition
    schedule: Schedule


def _people(code: str, label: str, group: str = "", **more: object) -> Indicator:
    return Indicator(code=code, label=label, unit=PEOPLE, group=group, **more)  # type: ignore[arg-type]


QUARANTINE = Preset(
    "cach-ly",
    "Báo cáo nhanh số liệu cách ly",
    "Tổng số người thuộc diện tự cách ly, đã hoàn thành, đang thực hiện; tổng số = đã hoàn thành + đang thực hiện.",
    FormDefinition(
        indicators=(
            _people("tong_so", "Tổng số thuộc diện tự cách ly tại nhà", cumulative=True, hint="Lũy kế từ đầu đợt"),
            _people("hoan_thanh", "Đã hoàn thành việc cách ly", cumulative=True, hint="Lũy kế từ đầu đợt"),
            _people("dang_cach_ly", "Đang thực hiện cách ly"),
        ),
        constraints=(Constraint("tong_so = hoan_thanh + dang_cach_ly"),),
        nil=NilMeaning.SAME,
        numbers_only=True,
        note_limit=300,
        guidance="Chỉ ghi số đếm đến thời điểm báo cáo; không ghi họ tên hay thông tin sức khỏe của cá nhân.",
    ),
    Schedule(),
)

CONTACTS = Preset(
    "f0-f4",
    "Báo cáo nhanh số ca F0 đến F4",
    "Số người theo từng cấp tiếp xúc F0, F1, F2, F3, F4 và số phát sinh trong ngày; chỉ số đếm.",
    FormDefinition(
        indicators=(
            *(_people(f"f{level}", f"F{level}", "Đang theo dõi") for level in range(5)),
            _people("tiep_xuc", "Tổng số tiếp xúc (F1 đến F4)", "Đang theo dõi", formula="f1 + f2 + f3 + f4"),
            _people("f0_moi", "F0 phát sinh trong ngày", "Trong ngày", within_period=True),
            _people("f1_moi", "F1 phát sinh trong ngày", "Trong ngày", within_period=True),
        ),
        constraints=(Constraint("f0_moi <= f0"), Constraint("f1_moi <= f1")),
        nil=NilMeaning.SAME,
        numbers_only=True,
        note_limit=300,
        guidance="Chỉ ghi số đếm; không ghi họ tên hay thông tin sức khỏe của cá nhân.",
    ),
    Schedule(working_days_only=False),
)

WAYS_OF_WORKING = Preset(
    "hinh-thuc-lam-viec",
    "Báo cáo hình thức làm việc trong ngày",
    "Số người làm việc tại cơ quan, tại nhà, đang cách ly, nghỉ; cộng lại phải bằng tổng số có mặt trong biên chế.",
    FormDefinition(
        indicators=(
            _people("tong_so", "Tổng số công chức, viên chức, người lao động"),
            _people("tai_co_quan", "Làm việc tại cơ quan", "Hình thức làm việc"),
            _people("tai_nha", "Làm việc tại nhà", "Hình thức làm việc"),
            _people("cach_ly", "Đang cách ly", "Hình thức làm việc"),
            _people("nghi", "Nghỉ phép, nghỉ khác", "Hình thức làm việc"),
        ),
        constraints=(Constraint("tong_so = tai_co_quan + tai_nha + cach_ly + nghi"),),
        nil=NilMeaning.SAME,
        note_limit=500,
        guidance="Tính đến thời điểm báo cáo trong ngày.",
    ),
    Schedule(),
)

ROSTER = Preset(
    "lich-truc",
    "Lịch trực cơ quan tuần sau",
    "Danh sách trực từng ngày của tuần sau; mỗi ngày ít nhất một lãnh đạo. Nộp trước 16 giờ thứ Sáu.",
    FormDefinition(
        shape=Shape.ROSTER,
        nil=NilMeaning.NONE,
        note_limit=500,
        guidance="Mỗi ngày ít nhất một lãnh đạo trực.",
        roster=RosterRules(),
    ),
    Schedule(cadence=Cadence.WEEKLY, weekday=4, next_week=True, cut_off=time(16, 0)),
)

PRESETS: tuple[Preset, ...] = (QUARANTINE, CONTACTS, WAYS_OF_WORKING, ROSTER)


def find_preset(key: str) -> Preset | None:
    """The preset of this key."""
    return next((preset for preset in PRESETS if preset.key == key), None)
