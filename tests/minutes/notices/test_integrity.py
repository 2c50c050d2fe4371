"""One notice, one file tampered with: each is named."""

from sqlalchemy import select, text

from core.permissions import Role
from core.runtime import Runtime
from minutes.notices import issuing
from minutes.notices import service as notices
from minutes.notices.integrity import notice_faults
from minutes.notices.models import Issue
from tests.web.builders import build_meeting, build_notice, build_office, system
from web.object_check import named_objects, object_faults


def issued(runtime: Runtime) -> Issue:
    office = build_office(runtime)
    meeting_id = build_meeting(runtime, office)
    with runtime.database.transaction() as session:
        notice_id = build_notice(session, meeting_id)
        notices.submit(session, system(Role.SECRETARY), notice_id)
        notices.approve(session, system(Role.APPROVER), notice_id, notices.latest_revision(session, notice_id).id)
        return issuing.issue(session, system(Role.REGISTRAR), notice_id)


def words(runtime: Runtime) -> list[str]:
    with runtime.database.transaction() as session:
        checked, faults = notice_faults(session)
        assert checked == 1
        return [fault.words for fault in faults]


def test_each_kind_of_tampering_with_a_notice_is_named(runtime: Runtime) -> None:
    row = issued(runtime)
    assert words(runtime) == []
    with runtime.database.transaction() as session:
        session.execute(text("ALTER TABLE notice_revision DISABLE TRIGGER USER"))
        session.execute(text("""UPDATE notice_revision SET content = jsonb_set(content, '{closing}', '"Khác"')"""))
        session.execute(text("ALTER TABLE notice_revision ENABLE TRIGGER USER"))
    assert words(runtime) == ["nội dung phiên bản 1 không còn là nội dung đã duyệt"]
    with runtime.database.transaction() as session:
        session.execute(text("ALTER TABLE notice_issue DISABLE TRIGGER USER"))
        session.execute(text("UPDATE notice_issue SET symbol = '99/TB-VP'"))
        session.execute(text("ALTER TABLE notice_issue ENABLE TRIGGER USER"))
    assert "số, ký hiệu không khớp nhật ký lúc ban hành" in words(runtime)
    pdf = runtime.storage._path(row.pdf_key)  # type: ignore[attr-defined]
    pdf.write_bytes(pdf.read_bytes()[:-1] + b" ")
    runtime.storage.delete(row.docx_key)
    assert {"tệp DOCX: không còn", "tệp PDF: đã bị sửa"} <= set(words(runtime))
    with runtime.database.transaction() as session:
        report = object_faults(session, runtime.storage)
        assert {(fault.key, fault.is_missing) for fault in report.faults} == {
            (row.pdf_key, False),
            (row.docx_key, True),
        }
        assert report.checked == 2
        assert session.scalar(select(Issue.id)) == row.id


def test_every_key_with_a_hash_beside_it_is_looked_at() -> None:
    found = {f"{table.name}.{key.name}" for table, key, _sha256 in named_objects()}
    assert {"recording.object_key", "stage_run.artifact_key", "notice_signature.pdf_key"} <= found
    assert {"task_report_file.object_key", "finished_piece.artifact_key", "paper_template.object_key"} <= found
