"""The test page of an endpoint and the four small addresses it measures with; the link is the proof of all of them.

Everything measured comes from a browser we do not know: sizes are bounded, numbers are checked, names are cut.
"""

import os
import time
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import TooManyRequests

from core.errors import Invalid, NotFound, Refusal
from core.messages import say
from core.runtime import current
from orchestrator.invitations.service import hash_token
from orchestrator.live import checks
from orchestrator.live.models import CheckResult
from orchestrator.live.readiness import LEAST_DOWN_KBPS, LEAST_UP_KBPS, LONGEST_ROUND_TRIP_MS, Measured
from orchestrator.meetings import states
from web.check.limits import LinkLimit, Turns

blueprint = Blueprint("check", __name__, url_prefix="/kiem-tra")

#: One transfer, in bytes: long enough to see a line of some Mbit/s, short enough to be no weapon.
TRANSFER_BYTES = 1024 * 1024
#: Made once: a line is measured by bytes that nothing on the way can squeeze.
_NOISE = os.urandom(TRANSFER_BYTES)

limit = LinkLimit()
turns = Turns()

Answer = Response | tuple[Response, int]


@blueprint.get("/<token>")
def page(token: str) -> str | tuple[str, int]:
    """The page; says so where the link leads nowhere, or the meeting is over and nothing is to be tested any more."""
    with current().database.transaction() as session:
        try:
            place = checks.place_of_token(session, token)
        except NotFound:
            # Whoever holds an old link has no account: the general page would send them to the sign-in.
            return render_template("check/gone.html"), 404
        last = checks.latest_checks(session, place.meeting_id).get(place.id)
        return render_template(
            "check/page.html",
            meeting=place.meeting,
            endpoint=place.endpoint,
            last=last,
            problem_words=checks.problem_words,
            is_over=states.MEETING.is_final(place.meeting.state),
            token=token,
            bytes=TRANSFER_BYTES,
            least={"down": LEAST_DOWN_KBPS, "up": LEAST_UP_KBPS, "round_trip": LONGEST_ROUND_TRIP_MS},
        )


@blueprint.get("/<token>/tre")
def ping(token: str) -> Response:
    """Nothing, quickly: the page measures how long it took."""
    _require_turn(token)
    return Response(status=204)


@blueprint.get("/<token>/xuong")
def download(token: str) -> Answer:
    """Bytes to measure the way down."""
    _require_turn(token)
    with turns.turn() as free:
        if not free:
            return _busy()
        return Response(_NOISE, mimetype="application/octet-stream")


@blueprint.post("/<token>/len")
def upload(token: str) -> Answer:
    """Takes bytes and forgets them: the page measures the way up."""
    _require_turn(token)
    if request.content_length is None or request.content_length > TRANSFER_BYTES:
        raise Invalid(field=_("dữ liệu đo"), reason=_("lớn hơn mức cho phép"))
    with turns.turn() as free:
        if not free:
            return _busy()
        received = 0
        while chunk := request.stream.read(64 * 1024):
            received += len(chunk)
    return jsonify({"received": received})


@blueprint.post("/<token>/ket-qua")
def result(token: str) -> Answer:
    """Keep what the page found; the wall shows it at once."""
    _require_turn(token)
    try:
        problems = _keep(token)
    except Refusal as refusal:
        return jsonify({"ready": False, "sentence": refusal.sentence()}), refusal.http_status
    sentence = _("Đã gửi kết quả: mọi mục đạt. Điểm cầu sẵn sàng.")
    if problems:
        sentence = _("Đã gửi kết quả, còn vấn đề: %(problems)s. Bộ phận kỹ thuật sẽ liên hệ.", problems=problems)
    return jsonify({"ready": not problems, "sentence": sentence})


def _keep(token: str) -> str:
    told = request.get_json(silent=True)
    if not isinstance(told, dict):
        raise Invalid(field=_("kết quả"), reason=_("không đọc được"))
    with current().database.transaction() as session:
        row = checks.record_browser_check(session, token, _report(told))
        return checks.problem_words(row.problems)


def _require_turn(token: str) -> None:
    if not limit.allows(hash_token(token), time.monotonic()):
        raise TooManyRequests
    # An invented link measures nothing here.
    with current().database.transaction() as session:
        checks.place_of_token(session, token)


def _busy() -> Answer:
    answer = jsonify({"sentence": say("transfer_limit")})
    answer.headers["Retry-After"] = "2"
    return answer, 503


def _report(told: dict[str, Any]) -> checks.Report:
    return checks.Report(
        Measured(
            camera=_result(told, "camera"),
            microphone=_result(told, "microphone"),
            speakers=_result(told, "speakers"),
            down_kbps=_number(told, "down_kbps"),
            up_kbps=_number(told, "up_kbps"),
            round_trip_ms=_number(told, "round_trip_ms"),
            browser_fits=told.get("browser_fits") is True,
        ),
        camera_name=_text(told, "camera_name"),
        microphone_name=_text(told, "microphone_name"),
        speakers_name=_text(told, "speakers_name"),
        browser=_text(told, "browser"),
    )


def _result(told: dict[str, Any], name: str) -> CheckResult:
    try:
        return CheckResult(str(told.get(name)))
    except ValueError as error:
        raise Invalid(field=name, reason=_("không phải kết quả kiểm tra")) from error


def _number(told: dict[str, Any], name: str) -> int | None:
    value = told.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e12:
        raise Invalid(field=name, reason=_("không phải số đo"))
    return round(value)


def _text(told: dict[str, Any], name: str) -> str:
    value = told.get(name, "")
    if not isinstance(value, str):
        raise Invalid(field=name, reason=_("không phải chữ"))
    return value[:1000]
