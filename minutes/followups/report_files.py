"""Files that come with a report on a task: photographs, tables, papers. Checked, then kept under a key of ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from core.errors import NotFound
from core.permissions import Action, Actor, require
from core.runtime import current
from minutes.followups.models import Task, TaskReport, TaskReportFile
from minutes.notices.refusals import FileRefused

STORAGE_PREFIX = "task-reports"
MOST_FILES, LARGEST_BYTES = 5, 3 * 1024 * 1024
#: Ending → how such a file begins; what a browser would run is not among them.
_BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "docx": (b"PK\x03\x04",),
    "xlsx": (b"PK\x03\x04",),
    "pptx": (b"PK\x03\x04",),
    "odt": (b"PK\x03\x04",),
    "ods": (b"PK\x03\x04",),
    "zip": (b"PK\x03\x04",),
    "png": (b"\x89PNG\r\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
}
_LONGEST_NAME = 150


@dataclass(frozen=True)
class ReportFile:
    """A file as it was sent."""

    name: str
    data: bytes


def checked_files(files: Sequence[ReportFile]) -> list[ReportFile]:
    """The files with plain names. Raises FileRefused for a kind, size or number that is not taken."""
    if len(files) > MOST_FILES:
        raise FileRefused(name=files[MOST_FILES].name, reason=f"mỗi báo cáo gửi tối đa {MOST_FILES} tệp")
    return [ReportFile(_checked_name(file), file.data) for file in files]


def keep_files(session: Session, report: TaskReport, files: Sequence[ReportFile]) -> None:
    """Store checked files beside their report."""
    for position, file in enumerate(files, start=1):
        stored = current().storage.put_bytes(file.data, prefix=STORAGE_PREFIX)
        session.add(
            TaskReportFile(
                report_id=report.id,
                position=position,
                name=file.name,
                size_bytes=stored.size_bytes,
                object_key=stored.key,
                sha256=stored.sha256,
                created_at=report.created_at,
            )
        )
    session.flush()


def read_file(session: Session, actor: Actor, task_id: UUID, file_id: UUID) -> ReportFile:
    """A file of a report on this task, held against its SHA-256. Raises NotFound, ObjectDamaged, ObjectMissing."""
    row, task = session.get(TaskReportFile, file_id), session.get(Task, task_id)
    report = session.get(TaskReport, row.report_id) if row else None
    if row is None or task is None or report is None or report.task_id != task.id:
        raise NotFound
    require(actor, Action.VIEW_TASKS, task)
    current().storage.verify(row.object_key, row.sha256)
    return ReportFile(row.name, current().storage.read_bytes(row.object_key))


def _checked_name(file: ReportFile) -> str:
    name = " ".join(file.name.replace("\\", "/").rpartition("/")[2].split())[-_LONGEST_NAME:]
    beginnings = _BEGINNINGS.get(name.rpartition(".")[2].lower())
    if beginnings is None:
        raise FileRefused(name=name, reason="chỉ nhận PDF, Word, Excel, PowerPoint, OpenDocument, ZIP và ảnh PNG, JPG")
    if len(file.data) > LARGEST_BYTES:
        raise FileRefused(name=name, reason="lớn hơn 3 MB")
    if not file.data.startswith(beginnings):
        raise FileRefused(name=name, reason="nội dung không đúng với phần mở rộng của tệp")
    return name
