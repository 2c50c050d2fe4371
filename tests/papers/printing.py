"""Notices of the minutes printed in one go: the paper with the richest body, which most tests of the form look at."""

from datetime import date
from pathlib import Path
from typing import Any

from minutes.notices.content import NoticeContent
from minutes.notices.sheet import lay_out
from papers.docx import render_docx
from papers.pdf import render_pdf


def notice_docx(
    content: NoticeContent, number: int | None = None, issued_on: date | None = None, **options: Any
) -> bytes:
    """A notice as DOCX."""
    return render_docx(lay_out(content, number, issued_on, **options))


def notice_pdf(
    content: NoticeContent,
    number: int | None = None,
    issued_on: date | None = None,
    font_directory: Path | None = None,
    **options: Any,
) -> bytes:
    """A notice as PDF."""
    return render_pdf(lay_out(content, number, issued_on, **options), font_directory)
