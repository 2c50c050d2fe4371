"""Home by role."""

from flask import Blueprint, render_template

from web.security.gate import signed_in

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@signed_in
def index() -> str:
    """What needs me."""
    return render_template("home/index.html")
