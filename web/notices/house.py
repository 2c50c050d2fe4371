"""The house's own templates and its patterns of header and signer."""

from typing import Any
from uuid import UUID

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.permissions import Action
from core.runtime import current
from minutes.house import patterns, templates
from minutes.house.models import TemplateKind
from minutes.notices.issuing import MEDIA_TYPES
from papers.templates.van_ban import TEMPLATE_PATH
from web import forms
from web.files import send_bytes
from web.notices.blueprint import blueprint
from web.notices.page import notice_page
from web.notices.uploads import required_file
from web.screen_acts import Answer, act_or_show
from web.security.callers import acting
from web.security.gate import requires


@blueprint.get("/mau-van-ban")
@requires(Action.MANAGE_TEMPLATES)
def house() -> str:
    """Templates with their versions, patterns, and the forms to add."""
    return _page()


@blueprint.get("/mau-van-ban/khoi-dau.docx")
@requires(Action.MANAGE_TEMPLATES)
def starting_template() -> Response:
    """Our own template, as the start of a house's."""
    return send_bytes(TEMPLATE_PATH.read_bytes(), "mau-van-ban.docx", MEDIA_TYPES["docx"])


@blueprint.post("/mau-van-ban")
@requires(Action.MANAGE_TEMPLATES)
def add_template() -> Answer:
    """Try an uploaded template with sample papers and keep it as the next version."""

    def act(session: Session) -> None:
        kind = forms.choice("kind", TemplateKind, "loại văn bản")
        data, name = required_file("file", "tệp mẫu DOCX")
        templates.add_template(session, acting(), kind, name, data)

    return act_or_show(act, then=url_for("notices.house"), show=_page, done=_("Mẫu đã được thử và đưa vào sử dụng."))


@blueprint.post("/mau-van-ban/<uuid:template_id>/ngung")
@requires(Action.MANAGE_TEMPLATES)
def retire_template(template_id: UUID) -> Answer:
    """Take a version out of use."""
    return act_or_show(
        lambda session: templates.retire_template(session, acting(), template_id),
        then=url_for("notices.house"),
        show=_page,
        done=_("Đã ngừng sử dụng mẫu."),
    )


@blueprint.post("/khuon-ky")
@requires(Action.MANAGE_TEMPLATES)
def add_pattern() -> Answer:
    """Keep a pattern of header and signer."""
    name, data = forms.text("name"), _typed()
    return act_or_show(
        lambda session: patterns.add_pattern(session, acting(), name, patterns.parse_pattern(data)),
        then=url_for("notices.house"),
        show=_page,
        done=_("Đã thêm khuôn."),
    )


@blueprint.post("/khuon-ky/<uuid:pattern_id>/ngung")
@requires(Action.MANAGE_TEMPLATES)
def retire_pattern(pattern_id: UUID) -> Answer:
    """Take a pattern out of use."""
    return act_or_show(
        lambda session: patterns.retire_pattern(session, acting(), pattern_id),
        then=url_for("notices.house"),
        show=_page,
        done=_("Đã ngừng sử dụng khuôn."),
    )


@blueprint.post("/thong-bao/<uuid:notice_id>/khuon")
@requires(Action.EDIT_NOTICE)
def use_pattern(notice_id: UUID) -> Answer:
    """Lay a pattern over the newest revision."""
    pattern_id = forms.required_id("pattern_id", "khuôn")
    base_number = forms.whole_number(forms.text("base_number"), "số bản")
    return act_or_show(
        lambda session: patterns.use_pattern(session, acting(), notice_id, base_number, pattern_id),
        then=url_for("secretary.notice", notice_id=notice_id),
        show=lambda sentence: notice_page(notice_id, sentence),
        done=_("Đã dùng khuôn và lưu thành bản mới."),
    )


def _typed() -> dict[str, Any]:
    signer = {
        "authority_lines": forms.lines("authority_lines"),
        "title": forms.text("title"),
        "name": forms.text("signer_name"),
        "capacity": forms.lines("capacity"),
    }
    head = {name: forms.text(name) for name in ("issuing_parent", "issuing_body", "symbol_suffix", "place")}
    return {**head, "signer": signer}


def _page(sentence: str = "") -> str:
    with current().database.transaction() as session:
        return render_template(
            "notices/house.html",
            templates=templates.list_templates(session, acting()),
            patterns=patterns.list_patterns(session),
            kinds=list(TemplateKind),
            typed=request.form,
            sentence=sentence,
        )
