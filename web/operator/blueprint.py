"""The blueprint of the operator's screens."""

from flask import Blueprint

blueprint = Blueprint("operator", __name__)
