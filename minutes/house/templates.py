"""A house's own DOCX templates: tried in the sandbox with sample papers before one is accepted; every version is kept.

In: a DOCX with Jinja fields of `papers.sheet.Sheet`. Out: a row, or a refusal that says what to correct. The template
decides how the DOCX looks; the PDF of the same words is printed in the form of the decree.
"""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID
from zipfile import ZipFile

from docx import Document
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import audit
from core.errors import NotFound
from core.permissions import Action, Actor, require
from core.runtime import current
from core.zipped import UNREADABLE
from minutes.house.models import PaperTemplate, TemplateKind
from papers.checks import check_file
from papers.content import PaperContent
from papers.docx import render_docx, render_template
from papers.layout import lay_out_paper
from papers.record import RecordContent, RecordPart, lay_out_record
from papers.refusals import TemplateRefused
from papers.sheet import Block, Sheet
from papers.signers import SignerBlock

STORAGE_PREFIX = "templates"
LARGEST_BYTES, LARGEST_UNPACKED_BYTES, MOST_PARTS = 2 * 1024 * 1024, 20 * 1024 * 1024, 300
#: Parts that can run, or bring something in from outside.
_ACTIVE = ("vbaproject", "activex", "oleobject", "embeddings/", "customui", "attachedtemplate")


def add_template(session: Session, actor: Actor, kind: TemplateKind, file_name: str, data: bytes) -> PaperTemplate:
    """Accept the next version of a kind. Raises TemplateRefused, Forbidden."""
    require(actor, Action.MANAGE_TEMPLATES)
    remarks = tried(kind, data)
    newest = session.scalar(select(func.max(PaperTemplate.version)).where(PaperTemplate.kind == kind))
    stored = current().storage.put_bytes(data, prefix=STORAGE_PREFIX, suffix=".docx")
    row = PaperTemplate(
        kind=kind,
        version=(newest or 0) + 1,
        file_name=file_name[-150:],
        object_key=stored.key,
        sha256=stored.sha256,
        remarks=remarks,
        added_by_name=actor.name,
        created_at=current().clock(),
    )
    session.add(row)
    session.flush()
    audit.record(
        session, actor, "paper_template.added", "paper_template", row.id, kind=str(kind), version=row.version,
        sha256=row.sha256,
    )  # fmt: skip
    return row


def list_templates(session: Session, actor: Actor) -> list[PaperTemplate]:
    """Every version, newest first."""
    require(actor, Action.MANAGE_TEMPLATES)
    return list(session.scalars(select(PaperTemplate).order_by(PaperTemplate.kind, PaperTemplate.version.desc())))


def retire_template(session: Session, actor: Actor, template_id: UUID) -> None:
    """Take a version out of use; the one before it, or the form of the decree, prints from then on."""
    require(actor, Action.MANAGE_TEMPLATES)
    row = session.get(PaperTemplate, template_id)
    if row is None:
        raise NotFound
    row.retired_at = row.retired_at or current().clock()
    audit.record(session, actor, "paper_template.retired", "paper_template", row.id, version=row.version)


def docx_of(session: Session, kind: TemplateKind, sheet: Sheet) -> bytes:
    """The sheet in the house's newest template of this kind, else in ours. Raises ObjectDamaged, TemplateRefused."""
    query = select(PaperTemplate).where(PaperTemplate.kind == kind, PaperTemplate.retired_at.is_(None))
    row = session.scalar(query.order_by(PaperTemplate.version.desc()).limit(1))
    if row is None:
        return render_docx(sheet)
    current().storage.verify(row.object_key, row.sha256)
    return render_template(current().storage.read_bytes(row.object_key), sheet)


def tried(kind: TemplateKind, data: bytes) -> list[str]:
    """Print a sample; the form checks it fails, as lines. Raises TemplateRefused where it cannot be accepted."""
    _check_package(data)
    sheet = sample(kind)
    try:
        printed = render_template(data, sheet)
    except TemplateRefused:
        raise
    except UNREADABLE as error:
        raise TemplateRefused(reason=f"không dựng được văn bản mẫu ({type(error).__name__})") from error
    words = _words(printed)
    if "{{" in words or "{%" in words:
        raise TemplateRefused(reason="còn trường chưa được điền sau khi dựng")
    if missing := [name for name, text in _must_show(sheet).items() if text and text not in words]:
        raise TemplateRefused(reason=f"văn bản mẫu thiếu: {', '.join(missing)}")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "mau.docx"
        file.write_bytes(printed)
        return [result.line() for result in check_file(file) if result.ok is False]


def sample(kind: TemplateKind) -> Sheet:
    """An invented paper that uses every part of its kind."""
    content = PaperContent(
        issuing_parent="Bộ Mẫu",
        issuing_body="Văn phòng Bộ",
        symbol_suffix="TB-VP",
        place="Hà Nội",
        subject="Kết luận của Thứ trưởng Phan Quốc Bảo tại cuộc họp giao ban",
        recipients=("Bộ trưởng (để báo cáo)", "Các đơn vị thuộc Bộ", "Lưu: VT, TH (05)"),
        signer=SignerBlock(
            authority_lines=("KT. CHÁNH VĂN PHÒNG",), title="PHÓ CHÁNH VĂN PHÒNG", name="Đặng Thị Thùy Linh"
        ),
    )
    blocks = (
        Block("text", "Thứ trưởng Phan Quốc Bảo kết luận như sau:"),
        Block("section", "I. NHIỆM VỤ"),
        Block("item", "1. Trung tâm Thông tin khắc phục đường truyền, hoàn thành trước ngày 15/4/2026./."),
    )
    if kind is TemplateKind.RECORD:
        return lay_out_record(_record(content), 5)
    letter = kind is TemplateKind.LETTER
    return lay_out_paper(
        content,
        title="" if letter else "THÔNG BÁO",
        blocks=blocks,
        number=5,
        issued_on=date(2026, 4, 9),
        letter=letter,
        addressees=("Kính gửi: Trung tâm Thông tin",) if letter else (),
    )


def _record(content: PaperContent) -> RecordContent:
    own = content.model_dump() | {"symbol_suffix": "BB-VP", "subject": "Họp giao ban trực tuyến"}
    return RecordContent.model_validate(
        own
        | {
            "starts_at": datetime(2026, 4, 8, 7, tzinfo=UTC),
            "ends_at": datetime(2026, 4, 8, 9, tzinfo=UTC),
            "chair": "Phan Quốc Bảo",
            "secretary": "Lò Thị Ánh",
            "parts": (RecordPart(heading="Báo cáo", paragraphs=("Văn phòng Bộ báo cáo.",)),),
            "secretary_signer": SignerBlock(title="THƯ KÝ", name="Lò Thị Ánh"),
        }
    )


def _must_show(sheet: Sheet) -> dict[str, str]:
    return {
        "tên cơ quan ban hành": sheet.body_name.split("\n")[0],
        "số, ký hiệu": sheet.number,
        "địa danh, ngày": sheet.place_and_date,
        "tên loại": sheet.title,
        "trích yếu": (sheet.subject or sheet.reference).split("\n")[0],
        "nội dung": sheet.blocks[-1].text,
        "nơi nhận": sheet.recipients[0],
        "chức vụ người ký": sheet.signer_lines[-1],
        "họ tên người ký": sheet.signer_name,
        "thư ký": sheet.left_signer_name,
        "kính gửi": sheet.addressees[0] if sheet.addressees else "",
    }


def _words(printed: bytes) -> str:
    """All text of the package: body, tables, headers, footers."""
    parts = []
    document = Document(BytesIO(printed))
    sections = document.sections
    containers = [document.element.body, *(part._element for s in sections for part in (s.header, s.footer))]
    for element in containers:
        for paragraph in element.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
            parts.append("".join(paragraph.itertext()))
    return "\n".join(parts)


def _check_package(data: bytes) -> None:
    """Refuse macros, embedded objects, links to the outside, and archives that unpack to unreasonable sizes."""
    if len(data) > LARGEST_BYTES:
        raise TemplateRefused(reason="tệp lớn hơn 2 MB")
    try:
        with ZipFile(BytesIO(data)) as package:
            entries = package.infolist()
            if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED_BYTES:
                raise TemplateRefused(reason="tệp nén quá lớn khi giải ra")
            names = [entry.filename.lower() for entry in entries]
            relations = b"".join(package.read(entry) for entry in entries if entry.filename.endswith(".rels"))
    except UNREADABLE as error:
        raise TemplateRefused(reason="không phải tệp DOCX hoặc đã hỏng") from error
    if "word/document.xml" not in names:
        raise TemplateRefused(reason="không phải tệp DOCX")
    if any(word in name for name in names for word in _ACTIVE):
        raise TemplateRefused(reason="tệp có macro hoặc đối tượng nhúng")
    lowered = relations.lower()
    if b'targetmode="external"' in lowered or b"attachedtemplate" in lowered:
        raise TemplateRefused(reason="tệp liên kết ra ngoài (ảnh, mẫu hoặc đường dẫn)")
