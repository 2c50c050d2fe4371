"""The words of tus 1.0 (resumable uploads over HTTP): headers in, values out, and what every answer must carry.

Extensions: creation, termination, checksum, expiration. Why our own server, and what it leaves out:
docs/decisions/0007-resumable-uploads.md.
"""

import base64
import binascii
from datetime import datetime
from typing import BinaryIO, cast
from uuid import UUID

from flask import Request, Response, request
from werkzeug.exceptions import ClientDisconnected, UnsupportedMediaType
from werkzeug.http import http_date

from core.errors import Invalid, Refusal
from core.messages import register
from core.runtime import current
from transcription.recordings.uploads.receiving import CHECKSUMS, Checksum, LineBroken, read_checksum

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,checksum,expiration"
BYTES = "application/offset+octet-stream"
#: Views that speak the protocol.
ENDPOINTS = frozenset(
    {"api.begin_upload", "api.list_uploads", "api.get_upload", "api.send_bytes", "api.discard_upload"}
)
#: More digits than any file has.
_MOST_DIGITS = 15

register(
    {
        "upload_protocol": (
            "Máy chủ nhận tệp theo giao thức tus {version}. Hãy gửi kèm tiêu đề Tus-Resumable: {version}.",
            "The server takes files by the protocol tus {version}. Send the header Tus-Resumable: {version}.",
        ),
    }
)


class ProtocolUnknown(Refusal):
    """The caller speaks another version; parameter `version`."""

    code = "upload_protocol"
    http_status = 412


class Line:
    """The body of a request; where the sender is gone in mid-sentence it says so as a value of ours."""

    def __init__(self, asked: Request) -> None:
        self._stream = asked.stream

    def read(self, size: int) -> bytes:
        """At most `size` bytes, empty at the end. Raises LineBroken."""
        try:
            return self._stream.read(size)
        except (ClientDisconnected, OSError) as error:
            raise LineBroken from error


def body() -> BinaryIO:
    """What this request brings, unread. Raises UnsupportedMediaType unless it is announced as plain bytes."""
    if request.mimetype != BYTES:
        raise UnsupportedMediaType
    return cast(BinaryIO, Line(request))


def require_version() -> None:
    """Raise ProtocolUnknown unless the caller speaks our version. Asked once the caller may know of the object."""
    if request.headers.get("Tus-Resumable") != VERSION:
        raise ProtocolUnknown(version=VERSION)


def count(header: str) -> int:
    """A number of bytes in a header of this request. Raises Invalid."""
    said = request.headers.get(header, "")
    if not (said.isascii() and said.isdigit() and len(said) <= _MOST_DIGITS):
        raise Invalid(field=header, reason="cần một số byte")
    return int(said)


def checksum() -> Checksum | None:
    """What the sender says its bytes sum up to; None where it says nothing. Raises Invalid."""
    said = request.headers.get("Upload-Checksum")
    return read_checksum(said) if said is not None else None


def metadata() -> dict[str, str]:
    """`Upload-Metadata`: pairs `key base64` apart by commas. Raises Invalid."""
    found: dict[str, str] = {}
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _, coded = pair.strip().partition(" ")
        if not key:
            continue
        try:
            found[key] = base64.b64decode(coded, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise Invalid(field="Upload-Metadata", reason=f"giá trị của “{key}” phải là UTF-8 mã hóa base64") from error
    if "\x00" in "".join(found.values()):
        raise Invalid(field="Upload-Metadata", reason="có ký tự không lưu được")
    return found


def batch_of(said: dict[str, str]) -> tuple[UUID | None, int]:
    """Which files were chosen together with this one, and how many they are. Raises Invalid."""
    try:
        return (UUID(said["batch"]) if said.get("batch") else None), int(said.get("batch_size") or 1)
    except ValueError as error:
        raise Invalid(field="Upload-Metadata", reason="mã hoặc số tệp của lần gửi không đúng") from error


def tell(response: Response, *, offset: int, size: int | None = None, expires: datetime | None = None) -> Response:
    """Put into the answer how far the file has come."""
    response.headers["Upload-Offset"] = str(offset)
    if size is not None:
        response.headers["Upload-Length"] = str(size)
    if expires is not None:
        response.headers["Upload-Expires"] = http_date(expires)
    return response


def add_headers(response: Response) -> Response:
    """The `after_request` of the views of the protocol, refusals included."""
    if request.endpoint not in ENDPOINTS:
        return response
    response.headers["Tus-Resumable"] = VERSION
    if request.method == "OPTIONS" or response.status_code == 412:
        response.headers["Tus-Version"] = VERSION
        response.headers["Tus-Extension"] = EXTENSIONS
        response.headers["Tus-Max-Size"] = str(current().settings.upload_limit_bytes)
        response.headers["Tus-Checksum-Algorithm"] = ",".join(CHECKSUMS)
    return response
