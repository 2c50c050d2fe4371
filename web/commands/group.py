"""The list of commands. Their modules are imported when called, so that `--help` answers at once."""

import importlib

import click

#: name → (module, function, one line of help in both languages)
COMMANDS: dict[str, tuple[str, str, str]] = {
    "up": ("web.commands.up", "up", "Chạy toàn bộ dịch vụ. | Run all services in the foreground."),
    "down": ("web.commands.down", "down", "Dừng dịch vụ đang chạy. | Stop the running services."),
    "status": ("web.commands.status", "status", "Tình trạng từng dịch vụ. | Health of each service."),
    "demo": ("web.commands.demo", "demo", "Chạy thử trọn một cuộc họp. | The whole journey on sample data."),
    "transcribe": ("web.commands.transcribe", "transcribe", "Gỡ băng một tệp âm thanh. | Transcribe one file."),
    "draft": ("web.commands.draft", "draft", "Dự thảo thông báo từ bản gỡ băng. | Draft a notice from a transcript."),
    "extract": ("web.commands.extract", "extract", "Trích nhiệm vụ được giao. | Extract directives as JSON."),
    "check": ("web.commands.check", "check", "Kiểm tra thể thức DOCX, PDF. | Check the form of documents."),
    "verify-signatures": (
        "web.commands.verify_signatures",
        "verify_signatures",
        "Kiểm tra chữ ký số của PDF. | Verify the digital signatures of PDF files.",
    ),
    "jitsi-probe": (
        "web.commands.jitsi_probe",
        "jitsi_probe",
        "Thử máy chủ Jitsi. | Put a running Jitsi site to the test.",
    ),
    "verify-audit": ("web.commands.verify_audit", "verify_audit", "Kiểm tra nhật ký. | Verify the audit trail."),
    "verify-objects": ("web.commands.integrity", "verify_objects", "Kiểm tra tệp lưu trữ. | Verify the stored files."),
    "verify-notices": ("web.commands.integrity", "verify_notices", "Kiểm tra thông báo. | Verify approved notices."),
    "purge": ("web.commands.purge", "purge", "Tiêu hủy nội dung mật. | Destroy what should never have come in."),
    "backup": ("web.commands.backup", "backup", "Sao lưu. | Back up database and files."),
    "backup-secrets": ("web.commands.backup", "backup_secrets", "Sao lưu khóa bí mật. | Back up the secrets, apart."),
    "backup-key": ("web.commands.backup", "backup_key", "Tạo khóa mở bản sao lưu. | Make the key that opens backups."),
    "restore-secrets": ("web.commands.restore", "restore_secrets", "Đặt lại khóa bí mật. | Put the secrets back."),
    "restore": ("web.commands.restore", "restore", "Phục hồi bản sao lưu. | Restore a backup into an empty place."),
    "load-sample": ("web.commands.sample", "load_sample", "Nạp dữ liệu mẫu. | Load a ministry of invented people."),
    "load-year": ("web.commands.load_year", "load_year", "Nạp một năm họp hư cấu. | A year of invented meetings."),
    "import-units": ("web.commands.import_units", "import_units", "Nhập đơn vị từ CSV, XLSX. | Import units."),
    "import-people": ("web.commands.import_units", "import_people", "Nhập người dự họp từ CSV, XLSX. | Import people."),
    "import-endpoints": ("web.commands.import_units", "import_endpoints", "Nhập điểm cầu. | Import endpoints."),
    "read-bounces": (
        "web.commands.read_bounces",
        "read_bounces_command",
        "Đọc thư báo không gửi được. | Read reports of undeliverable mail.",
    ),
    "reindex": ("web.commands.reindex", "reindex", "Lập lại chỉ mục tìm kiếm. | Make the search index again."),
    "migrate": ("web.commands.migrate", "migrate", "Cập nhật cấu trúc dữ liệu. | Bring the schema up to date."),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """Names in the order of the table, which is the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command's module."""
        if cmd_name not in COMMANDS:
            return None
        module, function, _ = COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module), function)
        if not isinstance(command, click.Command):
            raise TypeError(f"{module}.{function} is not a click command")
        command.name = cmd_name
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list for `--help`, from the table alone."""
        with formatter.section("Lệnh | Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()], col_max=16)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option("1.0.0", prog_name="diemcau")
def cli() -> None:
    """Điểm Cầu: từ kế hoạch họp trực tuyến đến thông báo kết luận đã ban hành.

    From the plan of an online briefing to the issued notice of conclusions.

    Cấu hình đọc từ biến môi trường DIEMCAU_… (xem docs/operations/running.md); thư mục dữ liệu là DIEMCAU_HOME (mặc
    định: var). Mã thoát: 0 xong, 1 kết quả không đạt, 2 gọi sai hoặc dữ liệu vào không hợp lệ.

    Settings come from DIEMCAU_… variables; DIEMCAU_HOME is the data folder. Exit codes: 0 done, 1 the result says no,
    2 wrong call or bad input.
    """
