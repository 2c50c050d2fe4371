"""The blueprints of these screens: the operator's, the personal page's, and that of the mails."""

from flask import Blueprint

blueprint = Blueprint("invitations", __name__)
answers = Blueprint("answers", __name__)
mails = Blueprint("mails", __name__)
