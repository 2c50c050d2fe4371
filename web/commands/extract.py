"""`diemcau extract`: what a transcript, a notice or a letter orders, as JSON on standard output."""

import json
from datetime import datetime
from pathlib import Path

import click

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
@click.option("--units", type=FILE, help="Danh sách đơn vị, CSV. | Directory of units, CSV.")
@click.option(
    "--date",
    "meeting_date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Ngày họp hoặc ngày văn bản. | Day of the meeting.",
)
def extract(file: Path, units: Path | None, meeting_date: datetime | None) -> None:
    """Trích nhiệm vụ được giao từ transcript.json, .txt hoặc .docx; in JSON.

    Extract directives from a transcript.json, a .txt or a .docx; prints JSON.
    """
    from minutes.drafting.readers import extract_file

    found = extract_file(file, units, meeting_date.date() if meeting_date else None)
    click.echo(json.dumps(found, ensure_ascii=False, indent=1))
