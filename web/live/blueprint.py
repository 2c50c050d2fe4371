"""The blueprint of the live text."""

from flask import Blueprint

blueprint = Blueprint("live", __name__, url_prefix="/loi-noi")
