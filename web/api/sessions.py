"""Sign-in of scripts: login and password for a Bearer token."""

from flask import Response
from pydantic import Field, SecretStr

from core.runtime import current
from web.api.blueprint import api
from web.api.shapes import In, Out, answer
from web.security.callers import acting
from web.security.gate import signed_in
from web.security.sign_in import sign_in
from web.security.tokens import LIFETIME_SECONDS, mint_token


class SessionIn(In):
    """Login and password; `code` of the authenticator app (or a paper code) where the account has a second factor."""

    login: str = Field(max_length=200)
    password: SecretStr = Field(max_length=1000)
    code: str = Field(default="", max_length=40)


class SessionOut(Out):
    """A token for `Authorization: Bearer …` and how long it is good."""

    token: str
    expires_in_seconds: int


class MeOut(Out):
    """Who the token or the cookie belongs to."""

    account_id: str
    name: str
    roles: list[str]
    unit_ids: list[str]


@api.post("/sessions", responses={201: SessionOut}, security=[])
def create_session(body: SessionIn) -> Response:
    """Đăng nhập: đổi tên và mật khẩu lấy mã truy cập ngắn hạn."""
    account, _actor = sign_in(body.login, body.password.get_secret_value(), body.code)
    runtime = current()
    token = mint_token(account.id, account.session_epoch, runtime.settings, runtime.clock())
    return answer(SessionOut(token=token, expires_in_seconds=LIFETIME_SECONDS), 201)


@api.get("/me", responses={200: MeOut})
@signed_in
def me() -> Response:
    """Tài khoản đang gọi."""
    actor = acting()
    return answer(
        MeOut(
            account_id=str(actor.account_id),
            name=actor.name,
            roles=sorted(actor.roles),
            unit_ids=sorted(str(unit_id) for unit_id in actor.unit_ids),
        )
    )
