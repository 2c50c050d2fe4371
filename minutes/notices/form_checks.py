"""The fifteen form checks F01–F15 on a notice as it would be printed, for whoever answers for its form.

In: a notice. Out: for each check what it says of the DOCX and of the PDF. What is checked is the paper without the mark
"Dự thảo" and without the list of what is to be checked: those are no part of the form. Issued papers are checked as
they are stored.
"""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlalchemy.orm import Session

from core.clock import in_vietnam
from core.permissions import Action, Actor, require
from core.runtime import current
from minutes.house.templates import docx_of
from minutes.notices.content import NoticeContent
from minutes.notices.issuing import DocumentKind, document, kind_of
from minutes.notices.models import Notice
from minutes.notices.service import get_notice, issue_of, latest_revision
from minutes.notices.sheet import lay_out
from orchestrator.meetings.context import meeting_context
from papers.checks import CheckResult, MeetingFacts, check_file
from papers.pdf import render_pdf

KINDS: tuple[DocumentKind, ...] = ("docx", "pdf")


@dataclass(frozen=True)
class FormCheck:
    """One of F01–F15 on both files."""

    code: str
    docx: CheckResult
    pdf: CheckResult

    @property
    def fails(self) -> bool:
        """Whether either file breaks the rule."""
        return self.docx.ok is False or self.pdf.ok is False

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was found, once where both say the same; a check that does not apply is silent beside one that does."""
        found = [result.sentence for result in (self.docx, self.pdf) if result.ok is not None]
        return tuple(dict.fromkeys(found or [self.docx.sentence]))

    @property
    def applies(self) -> bool:
        """Whether it can be judged on either file."""
        return self.docx.ok is not None or self.pdf.ok is not None


def form_checks(session: Session, actor: Actor, notice_id: UUID) -> list[FormCheck]:
    """All fifteen, in order. Raises NotFound, Forbidden, ObjectDamaged."""
    notice = get_notice(session, actor, notice_id)
    require(actor, Action.VIEW_NOTICE, notice)
    content = latest_revision(session, notice_id).read()
    facts = _facts(session, notice, content)
    files = _files(session, actor, notice, content)
    with TemporaryDirectory() as folder:
        results = []
        for kind in KINDS:
            path = Path(folder) / f"van-ban.{kind}"
            path.write_bytes(files[kind])
            results.append(check_file(path, facts))
    return [FormCheck(docx.code, docx, pdf) for docx, pdf in zip(*results, strict=True)]


def _files(session: Session, actor: Actor, notice: Notice, content: NoticeContent) -> dict[DocumentKind, bytes]:
    if issue_of(session, notice.id) is not None:
        return {kind: document(session, actor, notice.id, kind).data for kind in KINDS}
    runtime = current()
    sheet = lay_out(content, year=in_vietnam(runtime.clock()).year)
    return {
        "docx": docx_of(session, kind_of(content), sheet),
        "pdf": render_pdf(sheet, runtime.settings.font_directory),
    }


def _facts(session: Session, notice: Notice, content: NoticeContent) -> MeetingFacts | None:
    """What the paper must agree with; papers about another paper speak of that one, not of the meeting."""
    if notice.predecessor_id is not None:
        return None
    context = meeting_context(session, notice.meeting_id)
    # Whoever signs for another (TL., KT.) need not have been there.
    people = () if content.signer.authority_lines else tuple(person.name for person in context.present)
    return MeetingFacts(context.date, people, context.chair.name if context.chair else "")
