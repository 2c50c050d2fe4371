"""Small files of a form: read whole, refused where none was sent."""

from flask import request

from core.errors import Invalid


def required_file(name: str, field: str) -> tuple[bytes, str]:
    """Bytes and name of an uploaded file. Raises Invalid."""
    data, filename = optional_file(name)
    if not filename:
        raise Invalid(field=field, reason="chưa chọn tệp nào")
    if not data:
        raise Invalid(field=field, reason="tệp rỗng")
    return data, filename


def optional_file(name: str) -> tuple[bytes, str]:
    """Bytes and name of an uploaded file; both empty where none was chosen."""
    file = request.files.get(name)
    return (file.read(), file.filename) if file is not None and file.filename else (b"", "")
