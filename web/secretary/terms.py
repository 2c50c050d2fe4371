"""Words that secretaries set right, learned for the next meetings of their units: seen, and forgotten for good."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from core.permissions import Action
from core.runtime import current
from orchestrator.directory import service as directory
from transcription.vocabulary.learned.service import erase_term, list_terms
from web.screen_acts import Answer
from web.secretary.blueprint import blueprint
from web.security.callers import acting
from web.security.gate import requires


@blueprint.get("/go-bang/tu-da-hoc")
@requires(Action.CORRECT_TRANSCRIPT)
def terms() -> str:
    """Living terms, those taught most often first; of all units or of one."""
    unit_id = request.args.get("unit", type=UUID)
    with current().database.transaction() as session:
        return render_template(
            "secretary/terms.html",
            rows=list_terms(session, acting(), unit_id=unit_id),
            units=[(unit.id, unit.name) for unit in directory.list_units(session, acting())],
            unit_id=unit_id,
        )


@blueprint.post("/go-bang/tu-da-hoc/<uuid:term_id>/xoa")
@requires(Action.CORRECT_TRANSCRIPT)
def erase(term_id: UUID) -> Answer:
    """Forget a term."""
    with current().database.transaction() as session:
        erase_term(session, acting(), term_id)
    flash(_("Đã xóa từ này. Máy không học lại từ những chỗ sửa giống vậy."), "good")
    return redirect(url_for("secretary.terms", unit=request.args.get("unit") or None))
