"""The blueprint of the administrator's screens."""

from flask import Blueprint

blueprint = Blueprint("administrator", __name__, url_prefix="/quan-tri")
