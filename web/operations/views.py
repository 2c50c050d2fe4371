"""The administrator's page of operations: what is out of order and what to do, then the figures behind it."""

from datetime import datetime, timedelta
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.clock import in_vietnam
from core.errors import NotFound, Refusal
from core.permissions import Action
from core.runtime import current
from core.services.registry import ProcessRecord
from transcription.pipeline import steering
from web.operations import figures, house, queues, words
from web.operations.findings import Figures, findings
from web.screen_acts import Answer
from web.security.callers import acting
from web.security.gate import requires
from web.service_points import parts_work

blueprint = Blueprint("operations", __name__, url_prefix="/quan-tri/van-hanh")


@blueprint.get("/")
@requires(Action.OPERATE_SERVICE)
def index() -> str:
    """Everything at a glance."""
    return _page()


@blueprint.post("/cong-viec/<uuid:job_id>/chay-lai")
@requires(Action.OPERATE_SERVICE)
def resume(job_id: UUID) -> Answer:
    """Go on with a recording that stopped, from the step where it did."""
    try:
        with current().database.transaction() as session:
            steering.resume_job(session, acting(), job_id)
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(refusal.sentence()), refusal.http_status
    flash(_("Đã cho chạy lại từ bước bị dừng."), "good")
    return redirect(url_for("operations.index"))


def _page(sentence: str = "") -> str:
    runtime = current()
    now, home = runtime.clock(), runtime.settings.home
    parts = parts_work()
    messages = queues.messages_waiting() if parts["broker"] else {}
    services, workers = house.services_here(home), house.workers(now)
    with runtime.database.transaction() as session:
        told = _figures(session, now, parts, services, workers)
        return render_template(
            "operations/index.html",
            sentence=sentence,
            words=words,
            found=[(finding, *words.sentences(finding)) for finding in findings(told)],
            told=told,
            parts=parts,
            services=services,
            workers=workers,
            queues=[(line, _age(line.since, now)) for line in queues.waiting(session, messages)],
            running=[(stage, _age(stage.at, now)) for stage in figures.running_stages(session)],
            stopped=figures.stopped_jobs(session),
            last_removal=house.last_removal(session),
        )


def _figures(
    session: Session,
    now: datetime,
    parts: dict[str, bool],
    services: list[ProcessRecord],
    workers: list[house.Worker] | None,
) -> Figures:
    stopped, set_apart = figures.stopped_count(session)
    home = current().settings.home
    return Figures(
        now=now,
        yesterday=in_vietnam(now).date() - timedelta(days=1),
        parts_away=[name for name, works in parts.items() if not works],
        services_down=[service.name for service in services if not service.alive or service.state == "silent"],
        workers=workers,
        stage_seconds=figures.oldest(session, figures.STAGE_SINCE, now),
        stopped=stopped,
        set_apart=set_apart,
        outbox_seconds=figures.oldest(session, figures.OUTBOX_SINCE, now),
        given_up=figures.given_up(session),
        mail_seconds=figures.oldest(session, figures.MAIL_SINCE, now),
        mails_lost=figures.mails_lost(session, now),
        draft_seconds=figures.oldest(session, figures.DRAFT_SINCE, now),
        disk=house.disk(home),
        backup_at=house.last_backup(session),
        anchor_day=house.last_anchor(home),
        periodic=house.periodic(now),
    )


def _age(since: datetime | None, now: datetime) -> float | None:
    return max(0.0, (now - since).total_seconds()) if since else None
