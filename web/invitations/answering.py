"""The personal page of an endpoint: what the meeting is, the answer, the way into the room. No account.

Whatever is wrong with a link, the page is the same 404: nobody learns whether it ever existed.
"""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from core.errors import NotFound, Refusal
from core.runtime import current
from orchestrator.invitations.answers import give_answer, personal_page
from orchestrator.meetings.doors import Door
from orchestrator.meetings.entrance import door_of, door_sentence, opens_at
from web.invitations.answer_form import Typed, read_answer, typed_before, typed_now
from web.invitations.blueprint import answers as blueprint
from web.invitations.limits import TooManyLinks, count_answer, remember_unknown, require_patience
from web.screen_acts import Answer


@blueprint.get("/tra-loi/<token>")
def page(token: str) -> Answer:
    """The page, open to whoever holds the link."""
    try:
        return _page(token)
    except NotFound:
        return _unknown()
    except TooManyLinks as refusal:
        return render_template("answers/gone.html", sentence=refusal.sentence()), refusal.http_status


@blueprint.post("/tra-loi/<token>")
def give(token: str) -> Answer:
    """Keep the answer; a refusal comes back on the page with everything typed still there."""
    typed = Typed()
    runtime = current()
    try:
        with runtime.database.transaction() as session:
            require_patience(session, _caller(), runtime.clock())
            personal_page(session, token, runtime.clock())
            count_answer(session, token, runtime.clock())
        typed = typed_now()
        given = read_answer(typed)
        with runtime.database.transaction() as session:
            give_answer(session, token, given, runtime.clock())
    except NotFound:
        return _unknown()
    except Refusal as refusal:
        if isinstance(refusal, TooManyLinks):
            return render_template("answers/gone.html", sentence=refusal.sentence()), refusal.http_status
        return _page(token, sentence=refusal.sentence(), typed=typed), refusal.http_status
    flash(_("Đã ghi nhận câu trả lời. Có thể sửa lại cho đến khi cuộc họp mở."), "good")
    return redirect(url_for("answers.page", token=token), code=303)


def _page(token: str, *, sentence: str = "", typed: Typed | None = None) -> str:
    runtime = current()
    now = runtime.clock()
    with runtime.database.transaction() as session:
        require_patience(session, _caller(), now)
        found = personal_page(session, token, now)
        door = door_of(found.meeting, now)
        return render_template(
            "answers/page.html",
            token=token,
            page=found,
            typed=typed or typed_before(found.invitation, found.place.head_count),
            sentence=sentence,
            is_open=door is Door.OPEN,
            is_waiting=door is Door.NOT_YET,
            opens_at=opens_at(found.meeting),
            is_over=door in (Door.ENDED, Door.CANCELLED),
            door=door_sentence(found.meeting, now),
        )


def _unknown() -> Answer:
    runtime = current()
    with runtime.database.transaction() as session:
        remember_unknown(session, _caller(), runtime.clock())
    return render_template("answers/gone.html", sentence=""), 404


def _caller() -> str:
    return request.remote_addr or "-"
