"""The OpenAPI document: the shape of the API, open to everyone, for it holds no data."""

from typing import cast

from flask import Blueprint, Response, current_app, jsonify
from flask_openapi3.openapi import OpenAPI

blueprint = Blueprint("api_document", __name__)


@blueprint.get("/api/v1/openapi.json")
def openapi_json() -> Response:
    """OpenAPI 3.1."""
    return jsonify(cast(OpenAPI, current_app).api_doc)
