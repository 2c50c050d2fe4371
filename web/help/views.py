"""Help: the guide of one's own work first, the others beside it; to be read on a screen or printed.

In: a signed-in person. Out: the guides and their pictures; nothing of a meeting stands in them.
"""

from flask import Blueprint, Response, render_template

from core.errors import NotFound
from web.help.guides import GUIDES, PICTURES, Guide, guide_named, picture_names
from web.security.callers import acting
from web.security.gate import signed_in

blueprint = Blueprint("help", __name__, url_prefix="/tro-giup")


@blueprint.get("/")
@signed_in
def index() -> str:
    """All guides; those of the person's own roles stand first."""
    roles = acting().roles
    mine = [name for name, role in GUIDES.items() if role in roles]
    others = [name for name in GUIDES if name not in mine]
    return render_template("help/index.html", mine=_shown(mine), others=_shown(others))


@blueprint.get("/<any(" + ", ".join(f"'{name}'" for name in GUIDES) + "):guide>")
@signed_in
def show(guide: str) -> str:
    """One guide."""
    return render_template("help/guide.html", guide=guide_named(guide), role=GUIDES[guide])


@blueprint.get("/hinh/<picture>.png")
@signed_in
def picture(picture: str) -> Response:
    """A picture of a guide. Raises NotFound."""
    if picture not in picture_names():
        raise NotFound
    return Response((PICTURES / f"{picture}.png").read_bytes(), mimetype="image/png")


def _shown(names: list[str]) -> list[tuple[str, Guide]]:
    """Guides with the role whose work each describes."""
    return [(GUIDES[name].value, guide_named(name)) for name in names]
