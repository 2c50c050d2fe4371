"""The operator's page of a meeting's invitations: the letter, who has it, who has answered, and the acts."""

from uuid import UUID

from flask import Response, flash, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.permissions import Action
from core.runtime import current
from orchestrator.invitations.board import Standing, board_of, link_to_copy
from orchestrator.invitations.letters import LetterWords, letter_of, preview_file, preview_sheet, set_number, set_words
from orchestrator.invitations.sending import SendReport, send_invitations, set_addresses
from orchestrator.words import plain_letters
from web import forms
from web.invitations.blueprint import blueprint
from web.screen_acts import Answer, act_or_show
from web.security.callers import acting
from web.security.gate import requires

_PATH = "/cuoc-hop/<uuid:meeting_id>/giay-moi"


@blueprint.get(_PATH)
@requires(Action.VIEW_DIRECTORY)
def board(meeting_id: UUID) -> str:
    """Letter and endpoints."""
    return _page(meeting_id)


@blueprint.post(f"{_PATH}/gui")
@requires(Action.PLAN_MEETING)
def send(meeting_id: UUID) -> Answer:
    """Send to everybody who does not have the letter as it stands."""
    report = SendReport()

    def act(session: Session) -> None:
        nonlocal report
        report = send_invitations(session, acting(), meeting_id)

    answer = _act(meeting_id, act)
    if report.sent or report.unchanged:
        _tell(report)
    return answer


@blueprint.post(f"{_PATH}/gui-lai")
@requires(Action.PLAN_MEETING)
def send_one(meeting_id: UUID) -> Answer:
    """Send once more to one endpoint."""
    return _act(
        meeting_id,
        lambda session: send_invitations(session, acting(), meeting_id, only=[_place_id()], again=True),
        done=_("Đã xếp hàng gửi lại giấy mời."),
    )


@blueprint.post(f"{_PATH}/duong-dan")
@requires(Action.PLAN_MEETING)
def show_link(meeting_id: UUID) -> Answer:
    """The personal link of one endpoint, to be sent by another way."""
    place_id = _place_id()
    with current().database.transaction() as session:
        link = link_to_copy(session, acting(), meeting_id, place_id)
    return _page(meeting_id, link=link, link_of=place_id)


@blueprint.post(f"{_PATH}/dia-chi")
@requires(Action.PLAN_MEETING)
def addresses(meeting_id: UUID) -> Answer:
    """Where the invitation of one endpoint goes."""
    return _act(
        meeting_id,
        lambda session: set_addresses(session, acting(), meeting_id, _place_id(), forms.words("addresses")),
        done=_("Đã lưu địa chỉ nhận giấy mời."),
    )


@blueprint.post(f"{_PATH}/soan")
@requires(Action.PLAN_MEETING)
def words(meeting_id: UUID) -> Answer:
    """What the office adds to the plan."""
    typed = LetterWords(
        inviter=forms.text("inviter"),
        signer_authority=forms.lines("signer_authority"),
        signer_title=forms.text("signer_title"),
        signer_name=forms.text("signer_name"),
        notes=forms.lines("notes"),
        contact=forms.text("contact"),
        recipients=forms.lines("recipients"),
    )
    return _act(
        meeting_id,
        lambda session: set_words(session, acting(), meeting_id, typed, _version()),
        done=_("Đã lưu phần soạn giấy mời."),
    )


@blueprint.post(f"{_PATH}/so")
@requires(Action.PLAN_MEETING, Action.ISSUE_NOTICE)
def number(meeting_id: UUID) -> Answer:
    """Number and date, from the registrar's register."""

    def act(session: Session) -> None:
        given = forms.optional_number("number", _("số giấy mời"))
        issued_on = forms.optional_day("issued_on", _("ngày ban hành"))
        set_number(session, acting(), meeting_id, given, issued_on, _version())

    return _act(meeting_id, act, done=_("Đã lưu số và ngày của giấy mời."))


@blueprint.get(f"{_PATH}/<any(docx, pdf):kind>")
@requires(Action.VIEW_DIRECTORY)
def file(meeting_id: UUID, kind: str) -> Response:
    """The letter as it would be sent now."""
    with current().database.transaction() as session:
        view = letter_of(session, acting(), meeting_id)
        data, media_type = preview_file(view, kind)
    name = f"giay-moi-{plain_letters(view.content.subject)[:60] or 'cuoc-hop'}.{kind}"
    response = Response(data, mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _act(meeting_id: UUID, act: object, *, done: str = "") -> Answer:
    return act_or_show(
        act,  # type: ignore[arg-type]
        then=url_for("invitations.board", meeting_id=meeting_id),
        show=lambda sentence: _page(meeting_id, sentence=sentence),
        done=done,
    )


def _tell(report: SendReport) -> None:
    if report.sent:
        flash(_("Đã xếp hàng gửi giấy mời cho %(count)s điểm cầu.", count=len(report.sent)), "good")
    else:
        flash(_("Các điểm cầu đều đã có giấy mời mới nhất; không gửi thêm."), "good")
    if report.without_address:
        names = ", ".join(report.without_address)
        flash(
            _("Chưa có địa chỉ thư: %(names)s. Hãy nhập địa chỉ hoặc lấy đường dẫn để gửi cách khác.", names=names),
            "warn",
        )


def _page(meeting_id: UUID, *, sentence: str = "", link: str = "", link_of: UUID | None = None) -> str:
    with current().database.transaction() as session:
        found = board_of(session, acting(), meeting_id)
        return render_template(
            "invitations/board.html",
            board=found,
            meeting=found.meeting,
            letter=found.letter.letter,
            sheet_page=preview_sheet(found.letter),
            waiting=found.count(Standing.WAITING, Standing.OLD_ANSWER, Standing.OUTDATED),
            coming=found.count(Standing.COMING),
            declined=found.count(Standing.DECLINED),
            troubled=found.count(Standing.BOUNCED, Standing.NO_ADDRESS),
            unsent=found.count(Standing.NOT_SENT),
            sentence=sentence,
            link=link,
            link_of=link_of,
        )


def _place_id() -> UUID:
    place_id = forms.read_id(request.form.get("place_id", ""), _("điểm cầu"))
    if place_id is None:
        raise NotFound
    return place_id


def _version() -> int:
    return forms.whole_number(forms.text("version"), _("phiên bản"))
