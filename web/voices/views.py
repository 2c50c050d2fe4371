"""The screen of consents to voice prints: written down from paper, withdrawn, prints erased. Never a print itself."""

from datetime import date, datetime, time
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from core.clock import VIETNAM, in_vietnam
from core.errors import NotFound, Refusal
from core.permissions import Action
from core.runtime import current
from orchestrator.directory import service as directory
from transcription.speakers.prints import service
from web import forms
from web.screen_acts import Answer
from web.security.callers import acting
from web.security.gate import requires

blueprint = Blueprint("voices", __name__, url_prefix="/mau-giong")


@blueprint.get("/")
@requires(Action.KEEP_VOICE_PRINTS)
def consents() -> str:
    """Everybody who has consented, the living consents first."""
    return _page()


@blueprint.post("/")
@requires(Action.KEEP_VOICE_PRINTS)
def give() -> Answer:
    """Write down a consent that was signed on paper."""
    try:
        with current().database.transaction() as session:
            person_id = forms.required_id("person_id", _("người đồng ý"))
            day = forms.optional_day("given_on", _("ngày đồng ý"))
            service.give_consent(
                session, acting(), person_id, paper=forms.text("paper"), given_at=_moment_of(day) if day else None
            )
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(refusal.sentence()), refusal.http_status
    flash(_("Đã ghi nhận văn bản đồng ý. Mẫu giọng được lấy sau khi có bản gỡ băng đã sửa."), "good")
    return redirect(url_for("voices.consents"))


@blueprint.post("/<uuid:consent_id>/rut")
@requires(Action.KEEP_VOICE_PRINTS)
def withdraw(consent_id: UUID) -> Answer:
    """End a consent; its prints are erased in the same moment."""
    with current().database.transaction() as session:
        erased = service.withdraw_consent(session, acting(), consent_id)
    flash(_("Đã rút văn bản đồng ý và xóa %(count)d mẫu giọng.", count=erased), "good")
    return redirect(url_for("voices.consents"))


@blueprint.post("/<uuid:consent_id>/xoa-mau")
@requires(Action.KEEP_VOICE_PRINTS)
def erase(consent_id: UUID) -> Answer:
    """Erase the prints; the consent stays, so that they can be taken anew."""
    with current().database.transaction() as session:
        erased = service.erase_prints(session, acting(), consent_id)
    flash(_("Đã xóa %(count)d mẫu giọng. Văn bản đồng ý vẫn còn hiệu lực.", count=erased), "good")
    return redirect(url_for("voices.consents"))


def _moment_of(day: date) -> datetime:
    """The beginning of a day in Hà Nội."""
    return datetime.combine(day, time(), tzinfo=VIETNAM)


def _page(sentence: str = "") -> str:
    with current().database.transaction() as session:
        return render_template(
            "voices/consents.html",
            rows=service.list_consents(session, acting()),
            people=[
                (person.id, _called(person.full_name, person.title))
                for person in directory.list_people(session, acting())
            ],
            typed=request.form,
            today=in_vietnam(current().clock()).date().isoformat(),
            sentence=sentence,
        )


def _called(name: str, title: str) -> str:
    return f"{name}, {title}" if title else name
