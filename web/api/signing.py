"""Signing over the API: keys one may sign with, approval and issue with a signature, what the signatures say.

A passphrase or PIN travels in the body of the one request that needs it and is kept nowhere.
"""

from datetime import datetime
from uuid import UUID

from flask import Response
from pydantic import Field, SecretStr

from core.permissions import Action, can
from core.runtime import current
from minutes.notices import issuing, service
from minutes.notices.signed import SealOrder, approve_and_sign
from minutes.signing.keyring import RIGHTS, usable_keys
from minutes.signing.verifying import load_roots, verify
from web.api.blueprint import api
from web.api.notices import IssueOut, NoticeOut, NoticePath, notice_out
from web.api.shapes import In, Out, answer, answer_list
from web.security.callers import acting
from web.security.gate import requires


class SigningKeyOut(Out):
    """A key this caller may sign with: `person` for approvals, `seal` for issues."""

    id: UUID
    kind: str
    holder: str
    organisation: str
    issuer: str
    serial: str
    valid_from: datetime
    valid_until: datetime


class SigningKeysOut(Out):
    """Keys in use."""

    items: list[SigningKeyOut]


class SignatureOut(Out):
    """One signature of a PDF. `trusted` is null where no root certificates are configured."""

    field: str
    signer: str
    organisation: str
    issuer: str
    signed_at: datetime | None
    time_is_stamped: bool
    intact: bool
    coverage: str
    changes: str
    trusted: bool | None
    problem: str


class SignaturesOut(Out):
    """Whether all signatures hold, and each by itself."""

    good: bool
    items: list[SignatureOut]


class SignIn(In):
    """The revision that was read, the key to sign it with, its passphrase or PIN."""

    revision_id: UUID
    key_id: UUID
    secret: SecretStr = Field(max_length=1024)


class SealIn(In):
    """The seal of the agency, its passphrase or PIN."""

    key_id: UUID
    secret: SecretStr = Field(max_length=1024)


@api.get("/signing-keys", responses={200: SigningKeysOut})
@requires(Action.APPROVE_NOTICE, Action.ISSUE_NOTICE)
def signing_keys() -> Response:
    """Các chứng thư số người gọi được dùng để ký."""
    actor = acting()
    with current().database.transaction() as session:
        rows = [row for kind, right in RIGHTS.items() if can(actor, right) for row in usable_keys(session, actor, kind)]
        return answer_list(SigningKeyOut, rows)


@api.post("/notices/<uuid:notice_id>/sign", responses={200: NoticeOut})
@requires(Action.APPROVE_NOTICE)
def sign(path: NoticePath, body: SignIn) -> Response:
    """Duyệt và ký số đúng một bản."""
    with current().database.transaction() as session:
        approve_and_sign(
            session,
            acting(),
            path.notice_id,
            body.revision_id,
            key_id=body.key_id,
            secret=body.secret.get_secret_value(),
        )
        return answer(notice_out(session, service.get_notice(session, acting(), path.notice_id)))


@api.post("/notices/<uuid:notice_id>/seal", responses={201: IssueOut})
@requires(Action.ISSUE_NOTICE)
def seal(path: NoticePath, body: SealIn) -> Response:
    """Cấp số, ghi ngày, đóng dấu số và ban hành văn bản đã ký số."""
    order = SealOrder(body.key_id, body.secret.get_secret_value())
    with current().database.transaction() as session:
        return answer(IssueOut.of(issuing.issue(session, acting(), path.notice_id, seal=order)), 201)


@api.get("/notices/<uuid:notice_id>/signatures", responses={200: SignaturesOut})
@requires(Action.VIEW_NOTICE, Action.VIEW_ISSUED_NOTICE)
def signatures(path: NoticePath) -> Response:
    """Kết quả kiểm tra các chữ ký số trên tệp PDF hiện lưu."""
    with current().database.transaction() as session:
        file = issuing.document(session, acting(), path.notice_id, "pdf")
    report = verify(file.data, file.filename, load_roots(current().settings.signing_trust_directory))
    return answer(SignaturesOut(good=report.good, items=[SignatureOut.of(row) for row in report.signatures]))
