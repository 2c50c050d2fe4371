"""Every kind of paper against the drawing of the decree, within two millimetres: the PDF, and the DOCX as printed."""

import shutil
import subprocess
from pathlib import Path

import pytest

from minutes.notices.sheet import lay_out
from papers.docx import render_docx
from papers.pdf import render_pdf
from papers.sheet import Sheet
from tests.papers import drawing
from tests.papers.catalogue import DAY, EVERY, NUMBER, reminder
from tests.papers.conftest import Save

_OFFICE = shutil.which("soffice")
#: A letter with every mark a letter can bear, besides the kinds themselves.
URGENT_LETTER = reminder().model_copy(update={"urgency": "THƯỢNG KHẨN", "circulation": "Xem xong trả lại"})


def sheets(*, numbered: bool) -> dict[str, Sheet]:
    given = (NUMBER, DAY) if numbered else ()
    return {name: make(numbered) for name, make in EVERY.items()} | {"khan": lay_out(URGENT_LETTER, *given)}  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [*EVERY, "khan"])
def test_a_printed_page_has_its_boxes_where_the_decree_draws_them(save: Save, name: str) -> None:
    sheet = sheets(numbered=True)[name]
    assert drawing.faults(save(render_pdf(sheet), "a.pdf"), sheet) == []


def test_a_page_that_waits_for_its_number_stands_the_same(save: Save) -> None:
    for name, sheet in sheets(numbered=False).items():
        assert drawing.faults(save(render_pdf(sheet), f"{name}.pdf"), sheet) == [], name


@pytest.mark.slow
@pytest.mark.skipif(_OFFICE is None, reason="LibreOffice Writer is not installed: the DOCX cannot be printed here")
def test_the_docx_printed_by_a_word_processor_stands_the_same(tmp_path: Path) -> None:
    every = sheets(numbered=True)
    files = [tmp_path / f"{name}.docx" for name in every]
    for file, sheet in zip(files, every.values(), strict=True):
        file.write_bytes(render_docx(sheet))
    command = [str(_OFFICE), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf"]
    subprocess.run(  # noqa: S603
        [*command, "--outdir", str(tmp_path), *map(str, files)], check=True, capture_output=True, timeout=180
    )
    wrong = {file.stem: drawing.faults(file.with_suffix(".pdf"), every[file.stem]) for file in files}
    assert {name: said for name, said in wrong.items() if said} == {}
