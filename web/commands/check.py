"""`diemcau check`: the form rules F01–F15 on DOCX and PDF files."""

from pathlib import Path

import click

from web.commands.border import SAYS_NO


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--invitation",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Giấy mời của cuộc họp, để đối chiếu ngày họp và người chủ trì (F13). | The meeting's invitation (F13).",
)
@click.pass_context
def check(ctx: click.Context, files: tuple[Path, ...], invitation: Path | None) -> None:
    """Kiểm tra thể thức F01–F15 của thông báo, giấy mời, báo cáo…, mỗi mục một dòng; mã thoát 1 nếu có mục không đạt.

    Check the form rules F01–F15, a line each; exit code 1 if one fails.
    """
    from papers.checks import check_file, facts_of_invitation

    facts = facts_of_invitation(invitation) if invitation is not None else None
    wrong = 0
    for file in files:
        results = check_file(file, facts)
        if len(files) > 1:
            click.echo(f"{file}:")
        for result in results:
            click.echo(result.line())
        wrong += sum(result.ok is False for result in results)
    if wrong:
        click.echo(f"{wrong} mục không đạt.", err=True)
        ctx.exit(SAYS_NO)
