"""The page of one's own account: what is open in one's name, and by which ways it is entered."""

from flask import render_template
from sqlalchemy.orm import Session

from core.accounts import Account
from core.runtime import current
from core.sign_ins import api_tokens, identities, second_factor, sessions
from core.sign_ins.scopes import offered_to
from web.account.proving import is_fresh
from web.security import provider
from web.security.callers import acting, limits, session_id
from web.words import word

#: Lengths of life of a token to choose from, in days.
LIVES = (7, 30, 90, 365)


def mine_page(sentence: str = "") -> str:
    """The page, with a sentence where something was refused."""
    runtime, actor = current(), acting()
    with runtime.database.transaction() as session:
        account = session.get_one(Account, actor.account_id)
        return render_template(
            "account/mine.html",
            rows=sessions.live(session, actor.account_id, limits(runtime.settings), runtime.clock()),
            this=session_id(),
            has_second_factor=second_factor.is_on(session, actor.account_id),
            codes_left=second_factor.codes_left(session, actor.account_id),
            sentence=sentence,
            idle_minutes=runtime.settings.session_idle_minutes,
            hours=runtime.settings.session_hours,
            tokens=api_tokens.living(session, account, runtime.clock()),
            scopes=[(scope.value, word(scope.value, "token_scope")) for scope in offered_to(actor)],
            lives=LIVES,
            is_fresh=is_fresh(session),
            **_provider(session, account),
        )


def _provider(session: Session, account: Account) -> dict[str, object]:
    settings, there = current().settings, provider.is_there()
    linked = identities.identity_of(session, account.id, settings.oidc_issuer) if there else None
    return {"has_provider": there, "provider_name": settings.oidc_name, "linked": linked}
