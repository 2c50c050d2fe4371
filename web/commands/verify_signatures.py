"""`diemcau verify-signatures`: the digital signatures of PDF files."""

from pathlib import Path

import click

from web.commands.border import SAYS_NO

_CHANGES = {
    "none": "không có gì thêm sau chữ ký",
    "allowed": "sau đó chỉ có chữ ký tiếp theo",
    "forbidden": "BỊ SỬA sau khi ký",
}
_COVERAGE = {"whole": "toàn bộ tệp", "revision": "toàn bộ tệp lúc ký", "part": "CHỈ MỘT PHẦN tệp"}
_TRUST = {True: "nơi cấp tin cậy", False: "nơi cấp KHÔNG có trong danh sách tin cậy", None: "chưa khai báo nơi cấp"}


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--roots",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Thư mục chứng thư gốc tin cậy (PEM, DER). | Folder of trusted root certificates.",
)
@click.pass_context
def verify_signatures(ctx: click.Context, files: tuple[Path, ...], roots: Path | None) -> None:
    """Kiểm tra chữ ký số của tệp PDF; mã thoát 1 nếu không có chữ ký hoặc có chữ ký không toàn vẹn.

    Verify the digital signatures of PDF files; exit code 1 if there is none or one is not whole.
    """
    from minutes.signing.verifying import load_roots, verify

    trusted = load_roots(roots)
    wrong = 0
    for file in files:
        report = verify(file.read_bytes(), file.name, trusted)
        click.echo(
            f"{file}: {'toàn vẹn' if report.good else 'KHÔNG toàn vẹn' if report.signatures else 'không có chữ ký'}"
        )
        for row in report.signatures:
            when = f"{row.signed_at:%d/%m/%Y %H:%M:%S %z}" if row.signed_at else "không rõ giờ"
            shown = f" “{row.shown}”" if row.shown else ""
            click.echo(
                f"  {row.field}{shown}: {row.signer}, {when}, {'khớp' if row.intact else 'KHÔNG khớp'}, "
                f"bảo vệ {_COVERAGE[row.coverage]}, {_CHANGES[row.changes]}, {_TRUST[row.trusted]}"
            )
        wrong += not report.good
    if wrong:
        ctx.exit(SAYS_NO)
