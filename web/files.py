"""Handing out a file whose bytes are at hand: always as a download, under a plain name."""

from urllib.parse import quote

from flask import Response

from minutes.notices.issuing import DocumentFile


def send_document(file: DocumentFile) -> Response:
    """A paper as DOCX or PDF."""
    return send_bytes(file.data, file.filename, file.media_type)


def send_bytes(data: bytes, filename: str, media_type: str) -> Response:
    """Any bytes; the name may hold Vietnamese letters (RFC 6266)."""
    response = Response(data, mimetype=media_type)
    plain = filename.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    response.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename)}"
    return response
