"""The least a web server of this kind can do: one page of words for every address, without a database or a rule.

Started in the same way as the service, it gives the limit that a figure of the service is read against.
"""

from flask import Flask

#: As long as a middling page of the service, with the field its forms have, so that the same people can use it.
PAGE = '<!doctype html><form><input name="csrf_token" value="bare"></form>' + "<p>Điểm Cầu</p>" * 800

app = Flask(__name__)


@app.route("/", defaults={"path": ""}, methods=["GET", "POST"])
@app.route("/<path:path>", methods=["GET", "POST"])
def answer(**_path: str) -> str:
    """The same for whatever was asked."""
    return PAGE
