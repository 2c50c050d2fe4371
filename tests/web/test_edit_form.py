"""The notice's edit form: what was typed, and nothing else, changes."""

from uuid import UUID

import pytest

from core.errors import Invalid
from minutes.notices.content import DeadlineFacts
from tests.web.builders import notice_content
from web.notices.edit_form import edited

BASE = notice_content()
ITEM = BASE.sections[0].items[0]


def test_an_untouched_form_changes_nothing() -> None:
    typed = {
        "subject": BASE.subject,
        "opening-0": BASE.opening[0].text,
        "text-muc-1": ITEM.text,
        "lead-muc-1": "Trung tâm Thông tin",
        "coordinating-muc-1": "Cục Văn thư và Lưu trữ",
        "deadline-muc-1": "trước ngày 15/4/2026",
        "iso-muc-1": "2026-04-15",
        "recipients": "\n".join(BASE.recipients),
        "to_check": "\n".join(BASE.to_check),
        "authority_lines": "TL. BỘ TRƯỞNG",
        "signer_title": BASE.signer.title,
        "signer_name": BASE.signer.name,
    }
    assert edited(BASE, typed) == BASE
    assert edited(BASE, {}) == BASE


def test_text_changes_and_evidence_stays() -> None:
    item = edited(BASE, {"text-muc-1": "Trung tâm Thông tin kiểm tra lại."}).sections[0].items[0]
    assert item.text == "Trung tâm Thông tin kiểm tra lại."
    assert (item.id, item.evidence) == (ITEM.id, ITEM.evidence)


def test_a_dropped_item_is_gone() -> None:
    assert not list(edited(BASE, {"drop-muc-1": "yes"}).items())


def test_a_new_item_has_no_evidence() -> None:
    typed = {
        "new-text-0": "Cục Văn thư nộp báo cáo.",
        "new-lead-0": "Cục Văn thư và Lưu trữ",
        "new-iso-0": "2026-05-01",
    }
    added = edited(BASE, typed).sections[0].items[1]
    assert added.kind == "directive"
    assert added.lead == ("Cục Văn thư và Lưu trữ",)
    assert added.evidence == ()
    assert added.deadline is not None
    assert added.deadline.iso == "2026-05-01"


def test_a_changed_lead_forgets_whom_it_meant() -> None:
    known = ITEM.model_copy(update={"lead_unit_ids": (UUID(int=1),)})
    base = BASE.model_copy(update={"sections": (BASE.sections[0].model_copy(update={"items": (known,)}),)})
    same = edited(base, {"lead-muc-1": "Trung tâm Thông tin"}).sections[0].items[0]
    other = edited(base, {"lead-muc-1": "Văn phòng Bộ; Thanh tra Bộ"}).sections[0].items[0]
    assert len(same.lead_unit_ids) == 1
    assert other.lead == ("Văn phòng Bộ", "Thanh tra Bộ")
    assert other.lead_unit_ids == ()


@pytest.mark.parametrize(
    ("raw", "iso", "expected"),
    [
        ("", "", None),
        ("trong tháng 4", "", DeadlineFacts(raw="trong tháng 4", kind="none")),
        ("", "2026-04-30", DeadlineFacts(raw="", iso="2026-04-30", kind="absolute")),
    ],
)
def test_deadlines_as_typed(raw: str, iso: str, expected: DeadlineFacts | None) -> None:
    item = edited(BASE, {"deadline-muc-1": raw, "iso-muc-1": iso}).sections[0].items[0]
    assert item.deadline == expected


def test_an_empty_paragraph_is_left_out() -> None:
    assert edited(BASE, {"opening-0": "  "}).opening == ()


@pytest.mark.parametrize("typed", [{"subject": "x" * 501}, {"kind-muc-1": "lạ"}])
def test_what_does_not_fit_is_refused(typed: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        edited(BASE, typed)
