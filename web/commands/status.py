"""`diemcau status`: the health of each service, as the supervisor's record and a question to each of them say."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import click

from core.services.registry import ProcessRecord, running_supervisor
from core.services.service import Service, Step
from core.settings import load_settings
from web.commands.border import SAYS_NO
from web.commands.plan import service_plan


@click.command()
@click.option("--json", "as_json", is_flag=True, help="In JSON cho máy đọc. | Print JSON for machines.")
@click.pass_context
def status(ctx: click.Context, as_json: bool) -> None:
    """Tình trạng từng dịch vụ; mã thoát 1 nếu có dịch vụ không chạy.

    Health of each service; exit code 1 if one is down.
    """
    settings = load_settings()
    record = running_supervisor(settings.home)
    if record is not None:
        # `up --port` may differ from what this shell's settings say.
        settings = load_settings(port=record.port)
    known = {entry.name: entry for entry in record.processes} if record else {}
    services = [service for part in service_plan(settings) if not isinstance(part, Step) for service in part]
    with ThreadPoolExecutor(len(services)) as pool:
        rows = list(pool.map(lambda service: _row(service, known.get(service.name)), services))
    if as_json:
        address = record.address if record else None
        click.echo(
            json.dumps({"running": record is not None, "address": address, "services": rows}, ensure_ascii=False)
        )
    else:
        click.echo(f"Điểm Cầu tại {record.address}" if record else "Điểm Cầu không chạy.")
        for row in rows:
            click.echo(_line(row))
    if not all(row["healthy"] for row in rows):
        ctx.exit(SAYS_NO)


def _row(service: Service, entry: ProcessRecord | None) -> dict[str, Any]:
    alive = entry is not None and entry.alive
    return {
        "name": service.name,
        "title": service.title,
        "healthy": alive and service.is_healthy(),
        "alive": alive,
        "pid": entry.pid if entry is not None and alive else None,
        "restarts": entry.restarts if entry else 0,
    }


def _line(row: dict[str, Any]) -> str:
    state = "hoạt động" if row["healthy"] else ("không trả lời" if row["alive"] else "không chạy")
    process = f"tiến trình {row['pid']}, khởi động lại {row['restarts']} lần" if row["alive"] else ""
    return f"  {'✓' if row['healthy'] else '✗'} {row['title']:<24} {state:<14} {process}".rstrip()
