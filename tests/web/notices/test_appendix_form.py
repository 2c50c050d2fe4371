"""Appendices in the edit form: what is typed comes in, what is not touched stays, tables as lines."""

from collections.abc import Callable
from uuid import UUID

import pytest

from core.errors import Invalid
from core.permissions import Role
from core.runtime import Runtime
from minutes.notices import service
from papers.content import AppendixContent
from papers.figures import ReportColumn, ReportTable
from tests.web.builders import build_meeting, build_notice, build_office, notice_content
from tests.web.conftest import Browser
from web.notices.appendix_form import table_lines
from web.notices.edit_form import edited

TABLE = ReportTable(
    columns=(ReportColumn(heading="STT", kind="index"), ReportColumn(heading="Đơn vị"), ReportColumn(heading="Số máy")),
    rows=((1, "Cục Văn thư | Lưu trữ", 1200), (2, "Trung tâm Thông tin", None)),
    total=("", "Tổng số", 1200),
    unit="máy",
    notes=("Số liệu đến hết tháng 3",),
)
BASE = notice_content().model_copy(
    update={"appendices": (AppendixContent(title="Danh sách", paragraphs=("Một.", "Hai."), tables=(TABLE,)),)}
)


def test_an_untouched_appendix_keeps_what_the_lines_do_not_show() -> None:
    lines = table_lines(BASE.appendices[0].tables)
    assert lines.splitlines()[1] == "1 | Cục Văn thư / Lưu trữ | 1.200"
    typed = {
        "appendix-title-0": "Danh sách",
        "appendix-text-0": "Một.\r\nHai.",
        "appendix-tables-0": lines.replace("\n", "\r\n"),
        "appendix-title-new": " ",
        "appendix-text-new": "",
        "appendix-tables-new": "",
    }
    assert edited(BASE, typed) == BASE
    assert edited(BASE, {}) == BASE


def test_a_table_pasted_from_a_spreadsheet() -> None:
    rows = ["TT\tĐơn vị\tSố máy\tTỷ lệ", "1\tThanh tra\t1.250\t12,5%", "2\tVụ Pháp chế\t-", "\tTổng cộng\t1.250"]
    pasted = "\n".join([*rows, "", "Tên | Ghi chú", "A | b"])
    content = edited(BASE, {"appendix-title-new": "Bảng kê", "appendix-tables-new": pasted})
    first, second = content.appendices[1].tables
    assert [column.kind for column in first.columns] == ["index", "text", "number", "number"]
    assert first.rows == (("1", "Thanh tra", "1.250", "12,5%"), ("2", "Vụ Pháp chế", "-", ""))
    assert first.total == ("", "Tổng cộng", "1.250", "")
    assert [column.heading for column in second.columns] == ["Tên", "Ghi chú"]
    assert content.appendices[0] == BASE.appendices[0]


def test_taken_out_or_refused() -> None:
    assert edited(BASE, {"appendix-drop-0": "yes"}).appendices == ()
    with pytest.raises(Invalid, match="dòng 2 có nhiều ô hơn"):
        edited(BASE, {"appendix-tables-0": "Một | hai\n1 | 2 | 3"})


def test_on_the_screen_and_on_paper(browser_of: Callable[..., Browser], runtime: Runtime) -> None:
    meeting_id = build_meeting(runtime, build_office(runtime))
    with runtime.database.transaction() as session:
        notice_id: UUID = build_notice(session, meeting_id)
    secretary, page = browser_of(Role.SECRETARY), f"/thong-bao/{notice_id}"
    assert "Thêm phụ lục" in secretary.get(f"{page}/sua").text
    form = {"base_number": "1", "layout_number": "1", "appendix-title-new": "Danh sách điểm cầu"}
    refused = secretary.post(f"{page}/sua", {**form, "appendix-tables-new": "Một\n1 | 2"})
    assert refused.status_code == 422
    assert "Danh sách điểm cầu" in refused.text, "nothing typed is lost"
    saved = secretary.post(f"{page}/sua", {**form, "appendix-tables-new": "STT | Điểm cầu\n1 | Trụ sở Bộ"})
    assert saved.status_code == 302
    assert "1 | Trụ sở Bộ" in secretary.get(f"{page}/sua").text
    shown = secretary.get(page).text
    assert "DANH SÁCH ĐIỂM CẦU" in shown
    with runtime.database.transaction() as session:
        assert service.latest_revision(session, notice_id).read().appendices[0].tables[0].rows == (("1", "Trụ sở Bộ"),)
