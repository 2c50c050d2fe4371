"""Base classes of what comes in and goes out, and the small helpers that every group of the API uses."""

from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import UUID

from flask import Response, jsonify
from pydantic import BaseModel, ConfigDict

OutT = TypeVar("OutT", bound="Out")


class In(BaseModel):
    """A body as sent; a field nobody knows is refused, for it is a misspelt one that would be lost in silence."""

    model_config = ConfigDict(extra="forbid")


class Out(BaseModel):
    """An answer, read from a row or a value."""

    model_config = ConfigDict(from_attributes=True)

    @classmethod
    def of(cls: type[OutT], value: Any) -> OutT:
        """Read the attributes of a row."""
        return cls.model_validate(value)


class Created(Out):
    """The identity of what was made."""

    id: UUID


def answer(value: Out, status: int = 200) -> Response:
    """One object."""
    response: Response = jsonify(value.model_dump(mode="json"))
    response.status_code = status
    return response


def answer_list(shape: type[Out], rows: Iterable[Any]) -> Response:
    """A list, as `{"items": […]}`."""
    response: Response = jsonify({"items": [shape.of(row).model_dump(mode="json") for row in rows]})
    return response
