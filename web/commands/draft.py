"""`diemcau draft`: from a transcript and the facts of its meeting to a drafted notice."""

from pathlib import Path

import click

from web.commands.border import BadInput

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("transcript", metavar="TRANSCRIPT.json", type=FILE)
@click.option("--meeting", required=True, type=FILE, help="Tệp JSON về cuộc họp. | Facts of the meeting, JSON.")
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Thư mục kết quả. | Output folder."
)
def draft(transcript: Path, meeting: Path, out: Path) -> None:
    """Dự thảo thông báo kết luận từ bản gỡ băng: draft.json, draft.docx.

    Draft a notice of conclusions from a transcript.
    """
    from minutes.drafting.readers import DRAFT_DOCX, DRAFT_JSON, draft_file

    try:
        extraction = draft_file(transcript, meeting, out)
    except OSError as error:
        raise BadInput(f"{error.filename or out}: không ghi được ({error.strerror}).") from error
    if extraction.reason:
        click.echo(extraction.reason, err=True)
    click.echo(f"{len(extraction.directives)} nhiệm vụ; dự thảo trong {out / DRAFT_JSON} và {out / DRAFT_DOCX}")
