"""Keys to sign with: an approver's own, and the seals that the registrar keeps."""

from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.permissions import Action, can
from core.runtime import current
from minutes.signing import keyring
from minutes.signing.models import KeyKind
from web import forms
from web.notices.blueprint import blueprint
from web.notices.uploads import optional_file, required_file
from web.screen_acts import Answer, act_or_show
from web.security.callers import acting
from web.security.gate import requires


@blueprint.get("/chu-ky-so")
@requires(Action.APPROVE_NOTICE, Action.ISSUE_NOTICE)
def keys() -> str:
    """The keys this person may sign with."""
    return _page()


@blueprint.post("/chu-ky-so/them")
@requires(Action.APPROVE_NOTICE, Action.ISSUE_NOTICE)
def add_key() -> Answer:
    """Add a PKCS#12 file, or a certificate on the token of this server."""
    return act_or_show(
        _add, then=url_for("notices.keys"), show=_page, done=_("Đã thêm chứng thư số. Mật khẩu không được lưu.")
    )


@blueprint.post("/chu-ky-so/<uuid:key_id>/ngung")
@requires(Action.APPROVE_NOTICE, Action.ISSUE_NOTICE)
def retire_key(key_id: UUID) -> Answer:
    """Take a key out of use."""
    return act_or_show(
        lambda session: keyring.retire(session, acting(), key_id),
        then=url_for("notices.keys"),
        show=_page,
        done=_("Đã ngừng sử dụng chứng thư số."),
    )


def _add(session: Session) -> None:
    kind = forms.choice("kind", KeyKind, "loại chữ ký")
    secret, picture = forms.text("secret"), optional_file("picture")[0]
    if forms.text("source") == "pkcs11":
        token, certificate = forms.text("token_label"), forms.text("certificate_label")
        keyring.add_token(session, acting(), kind, token, certificate, secret, picture)
        return
    data, _name = required_file("file", "tệp chứng thư số (.p12, .pfx)")
    keyring.add_file(session, acting(), kind, data, secret, picture)


def _page(sentence: str = "") -> str:
    actor = acting()
    with current().database.transaction() as session:
        lists = [
            (kind, keyring.usable_keys(session, actor, kind))
            for kind, right in keyring.RIGHTS.items()
            if can(actor, right)
        ]
        return render_template(
            "notices/keys.html",
            lists=lists,
            tokens=current().settings.signing_pkcs11_module is not None,
            now=current().clock(),
            sentence=sentence,
        )
