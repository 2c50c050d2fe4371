"""The blueprint that every group of the API hangs on, and the shape of its errors in the document."""

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


api = APIBlueprint(
    "api",
    __name__,
    url_prefix="/api/v1",
    abp_security=[{"bearer": []}, {"cookie": []}],
    abp_responses={status: ErrorOut for status in ("400", "401", "403", "404", "409", "422")},
)
api.before_request(refuse_bad_json)
