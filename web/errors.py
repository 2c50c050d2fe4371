"""The one place where what went wrong becomes an answer: a page for people, `{"error": …}` for scripts.

Refusals speak for themselves; HTTP errors of the framework get our words; a breakdown is logged with the request's id
and shown as that id, never as a trace-back.
"""

import logging
from typing import Any

from flask import Flask, Response, g, jsonify, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response as BaseResponse

from core.errors import Refusal, SignInRequired
from core.messages import register, say
from core.runtime import current
from web.languages.choice import reader_language
from web.security.callers import current_actor

log = logging.getLogger(__name__)

register(
    {
        "bad_request": (
            "Yêu cầu không đúng định dạng. Hãy quay lại, kiểm tra các ô đã nhập và gửi lại.",
            "The request is malformed. Go back, check what was entered and send again.",
        ),
        "form_expired": (
            "Biểu mẫu đã quá hạn hoặc không được gửi từ trang này. Hãy tải lại trang và gửi lại.",
            "The form has expired or was not sent from this page. Reload the page and send again.",
        ),
        "method_not_allowed": (
            "Địa chỉ này không nhận loại yêu cầu vừa gửi.",
            "This address does not take that kind of request.",
        ),
        "too_large": (
            "Tệp hoặc nội dung gửi lên lớn hơn mức cho phép ({limit}). Hãy cắt nhỏ hoặc nén lại tệp rồi gửi lại.",
            "What was sent is larger than allowed ({limit}). Split or compress it and send again.",
        ),
        "unsupported_media_type": (
            "Máy chủ không đọc được kiểu nội dung vừa gửi.",
            "The server cannot read this type of content.",
        ),
        "too_many_requests": (
            "Có quá nhiều yêu cầu trong thời gian ngắn. Hãy chờ một lát rồi thử lại.",
            "Too many requests in a short time. Wait a little and try again.",
        ),
        "internal": (
            "Hệ thống gặp lỗi và đã ghi lại. Hãy thử lại sau ít phút; nếu vẫn lỗi, báo quản trị viên mã {request_id}.",
            "The system failed and has logged it. Try again shortly; if it persists, report the code {request_id}.",
        ),
    }
)

_CODES = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unsupported_media_type",
    429: "too_many_requests",
}


def wants_json() -> bool:
    """Whether the caller is a script: the API and the hooks."""
    return request.path.startswith(("/api/", "/jitsi/", "/healthz", "/readyz"))


def answer(code: str, message: str, status: int, detail: Any = None) -> BaseResponse:
    """One error, as the caller can read it."""
    if wants_json():
        body: dict[str, Any] = {"error": {"code": code, "message": message, "detail": detail or {}}}
        if request.path.startswith("/jitsi/"):
            body["message"] = message  # Prosody shows this field to the person (CONTRACTS §3)
        response: Response = jsonify(body)
        response.status_code = status
        if status == 401:
            response.headers["WWW-Authenticate"] = "Bearer"
        return response
    page = render_template("error.html", message=message, status=status, code=code)
    return Response(page, status=status)


def on_refusal(error: Refusal) -> BaseResponse:
    """A refusal of ours. A browser without a session is led to the sign-in and back."""
    if isinstance(error, SignInRequired) and not wants_json() and request.method == "GET":
        return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")))
    content = error.as_dict()
    return answer(content["code"], content["message"], error.http_status, content["detail"])


def on_csrf(_error: CSRFError) -> BaseResponse:
    """A form without the token of its page."""
    return answer("form_expired", say("form_expired"), 400)


def on_validation(error: ValidationError) -> BaseResponse:
    """A value of the API that pydantic refuses: 422, with the field and the reason."""
    faults = [
        {"field": ".".join(str(part) for part in fault["loc"]), "reason": fault["msg"]}
        for fault in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    first = faults[0] if faults else {"field": "?", "reason": "?"}
    message = say("invalid", field=first["field"] or "nội dung", reason=first["reason"])
    return answer("invalid", message, 422, {"fields": faults})


def on_http(error: HTTPException) -> BaseResponse:
    """What Flask and Werkzeug raise: wrong address, method, size."""
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()
    status = error.code or 500
    if status >= 500:
        return on_breakdown(InternalServerError(original_exception=error))
    if not wants_json():
        # Where no view was found the gate asked nobody; the page is said in the language of whoever it is.
        current_actor()
    code = _CODES.get(status, "bad_request")
    limit = getattr(g, "body_limit_bytes", None) or request.max_content_length or current().settings.upload_limit_bytes
    return answer(code, say(code, limit=readable_bytes(limit)), status)


def on_breakdown(error: InternalServerError) -> BaseResponse:
    """The border of the request: whatever nobody caught, with an id that leads to the log."""
    request_id = g.get("request_id", "-")
    log.error("request %s broke down at %s", request_id, request.endpoint, exc_info=error.original_exception or error)
    return answer("internal", say("internal", request_id=request_id), 500, {"request_id": request_id})


def readable_bytes(size_bytes: float) -> str:
    """`1536` → `1,5 KB`, with the decimal comma of Vietnamese; `1.5 KB` in English."""
    for unit in ("byte", "KB", "MB", "GB"):
        if size_bytes < 1024 or unit == "GB":
            break
        size_bytes /= 1024
    figure = f"{size_bytes:.0f}" if size_bytes >= 100 or size_bytes == int(size_bytes) else f"{size_bytes:.1f}"
    return f"{figure if reader_language() == 'en' else figure.replace('.', ',')} {unit}"


def init_app(app: Flask) -> None:
    """Bind the handlers."""
    app.register_error_handler(Refusal, on_refusal)
    app.register_error_handler(CSRFError, on_csrf)
    app.register_error_handler(InternalServerError, on_breakdown)
    app.register_error_handler(HTTPException, on_http)
