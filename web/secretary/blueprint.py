"""The blueprint of the secretary's screens."""

from flask import Blueprint

blueprint = Blueprint("secretary", __name__)
