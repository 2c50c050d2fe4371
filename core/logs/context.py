"""The ids that belong to what a thread is doing: every line it logs carries them, tasks and news it starts as well.

In: ids. Out: the ids that are bound at the moment, as text.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar, Token
from types import MappingProxyType
from uuid import UUID, uuid4

Ids = Mapping[str, str]

#: What a proxy or a script may call its request: long enough to be one of a kind, without signs that could be more.
_REQUEST_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{15,63}")

_bound: ContextVar[Ids] = ContextVar("diemcau_log_ids", default=MappingProxyType({}))


def bind(**ids: str | UUID | int | None) -> Token[Ids]:
    """Add these to what is bound; None is left out. Whoever binds unbinds with the token."""
    told = {name: str(value) for name, value in ids.items() if value is not None}
    return _bound.set(MappingProxyType({**_bound.get(), **told}))


def unbind(token: Token[Ids]) -> None:
    """Go back to what was bound before."""
    _bound.reset(token)


@contextmanager
def bound(**ids: str | UUID | int | None) -> Iterator[None]:
    """Bind for the length of a block."""
    token = bind(**ids)
    try:
        yield
    finally:
        unbind(token)


def start_afresh(**ids: str | UUID | int | None) -> None:
    """Forget what the thread was doing before: a request or a task begins."""
    _bound.set(MappingProxyType({}))
    bind(**ids)


def ids_now() -> Ids:
    """All that is bound."""
    return _bound.get()


def request_id_now() -> str | None:
    """The request that all this goes back to, if there is one."""
    return _bound.get().get("request_id")


def new_request_id() -> str:
    """A name that no other request has."""
    return uuid4().hex


def is_request_id(text: str) -> bool:
    """Whether a request may be called so."""
    return bool(_REQUEST_ID.fullmatch(text))


def request_id_from(text: str | None) -> str:
    """The name that came with a request where it is fit to be one, else a new one."""
    return text if text and is_request_id(text) else new_request_id()
