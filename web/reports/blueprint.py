"""The blueprint that the screens of quick reports hang on."""

from flask import Blueprint

blueprint = Blueprint("reports", __name__, url_prefix="/bao-cao-nhanh")
