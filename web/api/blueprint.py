"""The blueprint that every group of the API hangs on, and the shape of its errors in the document."""

from copy import deepcopy
from functools import cache
from typing import Any

from flask_openapi3.blueprint import APIBlueprint
from pydantic import BaseModel

from web.security.gate import refuse_bad_json


class ErrorContent(BaseModel):
    """What went wrong, for a person (`message`) and for a program (`code`, `detail`)."""

    code: str
    message: str
    detail: dict[str, object]


class ErrorOut(BaseModel):
    """The body of every answer from 400 on."""

    error: ErrorContent

    @classmethod
    def model_json_schema(cls, *args: Any, **options: Any) -> dict[str, Any]:
        """The schema as pydantic gives it, worked out once: every operation asks for it once per status.

        That was most of the processor time of importing the API, in every process.
        """
        return deepcopy(_schema(args, tuple(sorted(options.items()))))


@cache
def _schema(args: tuple[Any, ...], options: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    return super(ErrorOut, ErrorOut).model_json_schema(*args, **dict(options))


api = APIBlueprint(
    "api",
    __name__,
    url_prefix="/api/v1",
    abp_security=[{"bearer": []}, {"cookie": []}],
    abp_responses={status: ErrorOut for status in ("400", "401", "403", "404", "409", "422")},
)
api.before_request(refuse_bad_json)
