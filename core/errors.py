"""Refusals: one small class per way of failing, with a code, an HTTP status and a sentence from the catalogue.

A refusal is an answer, not a breakdown. Foreign errors are translated into one at the border, with `raise … from`.
"""

from typing import Any, ClassVar

from core.messages import say


class Refusal(Exception):
    """The request is understood and not granted; `code` finds the sentence that says what to do next."""

    code: ClassVar[str] = "refused"
    http_status: ClassVar[int] = 400

    def __init__(self, **params: Any) -> None:
        super().__init__(self.code, params)
        self.params: dict[str, Any] = params

    def sentence(self, locale: str = "") -> str:
        """The words for a person, in `locale` or the reader's language."""
        return say(self.code, locale, **self.params)

    def as_dict(self, locale: str = "") -> dict[str, Any]:
        """`{"code", "message", "detail"}` for the API; details are shown as text where they are not plain JSON."""
        detail = {
            key: value if isinstance(value, str | int | float | bool | None | list | dict) else str(value)
            for key, value in self.params.items()
        }
        return {"code": self.code, "message": self.sentence(locale), "detail": detail}

    def __str__(self) -> str:
        # What is written to a log or kept with a row has no reader yet.
        return self.sentence("vi")


class NotFound(Refusal):
    """No such object, or the caller must not learn that it exists."""

    code = "not_found"
    http_status = 404


class Forbidden(Refusal):
    """The caller may see the object but not do this to it."""

    code = "forbidden"
    http_status = 403


class SignInRequired(Refusal):
    """Nobody is signed in."""

    code = "sign_in_required"
    http_status = 401


class Invalid(Refusal):
    """A value is missing or wrong; parameters `field` and `reason` (a Vietnamese phrase)."""

    code = "invalid"
    http_status = 422


class VersionConflict(Refusal):
    """The caller decided on a version that is no longer the newest."""

    code = "version_conflict"
    http_status = 409


class TransitionRefused(Refusal):
    """The life cycle has no such move from the present state; parameters `event` and `state`."""

    code = "transition_refused"
    http_status = 409


class ClassifiedRefused(Refusal):
    """The meeting is marked mật or above: no room, recording, upload or transcript (Decree 26/2020/NĐ-CP, art. 6)."""

    code = "classified_refused"
    http_status = 403
