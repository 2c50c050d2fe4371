"""Home by role."""

from flask import Blueprint, render_template

from core.runtime import current
from web.home.needs import needs_of
from web.security.callers import acting
from web.security.gate import signed_in

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@signed_in
def index() -> str:
    """What needs me."""
    with current().database.transaction() as session:
        return render_template("home/index.html", lists=needs_of(session, acting(), current().clock()))
