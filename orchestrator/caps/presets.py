"""Caps that the papers name, ready to be put in force by one click. Only what those papers say; nothing is guessed.

Sources: Thông báo 2047/TB-BCĐ of 11/5/2021, item 3 (no more than 20 people), and the table of distancing levels of the
requirements (A13): Directive 15: 20 in a room, 10 outside offices, 2 m; Directive 16: 2 people; Directive 19: 1 m.
Directive 19 names no number here, so its number must be filled in.
"""

from dataclasses import dataclass

from orchestrator.caps.caps import Scope


@dataclass(frozen=True)
class Preset:
    """A policy as a paper has it; `maximum` None where the paper names no number."""

    code: str
    name: str
    scope: Scope
    maximum: int | None
    legal_basis: str
    note: str = ""


PRESETS: tuple[Preset, ...] = (
    Preset(
        code="bo-20",
        name="Trần phòng họp trực tiếp",
        scope=Scope.ROOM,
        maximum=20,
        legal_basis="Thông báo số 2047/TB-BCĐ ngày 11/5/2021",
    ),
    Preset(
        code="ct-15",
        name="Giãn cách theo Chỉ thị 15",
        scope=Scope.ROOM,
        maximum=20,
        legal_basis="Chỉ thị số 15/CT-TTg ngày 27/3/2020",
        note="Không quá 10 người ngoài phạm vi công sở; giữ khoảng cách 2 m. Hệ thống chỉ đếm người trong phòng họp.",
    ),
    Preset(
        code="ct-16",
        name="Giãn cách theo Chỉ thị 16",
        scope=Scope.ROOM,
        maximum=2,
        legal_basis="Chỉ thị số 16/CT-TTg ngày 31/3/2020",
        note="Không quá 2 người. Nên cho dự họp cá nhân tại nhà.",
    ),
    Preset(
        code="ct-19",
        name="Giãn cách theo Chỉ thị 19",
        scope=Scope.ROOM,
        maximum=None,
        legal_basis="Chỉ thị số 19/CT-TTg ngày 24/4/2020",
        note="Giữ khoảng cách 1 m. Chỉ thị không nêu số người một phòng: nhập số theo diện tích hoặc quyết định của "
        "địa phương.",
    ),
)

BY_CODE: dict[str, Preset] = {preset.code: preset for preset in PRESETS}
