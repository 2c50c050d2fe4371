"""Serving a stored object with HTTP ranges, so that a browser can jump to a second of sound."""

import os
from http import HTTPStatus
from typing import BinaryIO

from flask import Response, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wsgi import FileWrapper

CHUNK_BYTES = 256 * 1024


def serve(stream: BinaryIO, *, mimetype: str, etag: str) -> Response:
    """The whole object, or the range that was asked for (206; 416 beyond its end). Closes the stream."""
    size_bytes = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    response = Response(FileWrapper(stream, CHUNK_BYTES), mimetype=mimetype, direct_passthrough=True)
    response.content_length = size_bytes
    response.set_etag(etag)
    response.headers["Cache-Control"] = "private, max-age=3600"
    try:
        response.make_conditional(request.environ, accept_ranges=True, complete_length=size_bytes)
    except RequestedRangeNotSatisfiable:
        stream.close()
        raise
    if request.method == "HEAD" or response.status_code == HTTPStatus.NOT_MODIFIED:
        # Nothing of the body is sent, so no server would close it.
        stream.close()
    return response
