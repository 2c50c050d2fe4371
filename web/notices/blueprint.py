"""Screens around the issued paper that belong to no single person's job: keys, verification, corrections, templates."""

from flask import Blueprint

blueprint = Blueprint("notices", __name__)
