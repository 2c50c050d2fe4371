"""Home by role."""

from flask import Blueprint, render_template

from core.runtime import current
from web.home.need import how_far
from web.home.needs import needs_of, pressing
from web.security.callers import acting
from web.security.gate import signed_in

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@signed_in
def index() -> str:
    """What needs me."""
    now = current().clock()
    with current().database.transaction() as session:
        lists = needs_of(session, acting(), now)
        return render_template("home/index.html", lists=lists, pressing=pressing(lists), how_far=how_far)
