"""A signed-in caller of the HTTP API, as a site's script would be: requests, a Bearer token, clear refusals."""

from pathlib import Path
from typing import Any

import requests

TIMEOUT_SECONDS = 60


class ApiRefusal(Exception):
    """The service refused; `code` for programs, the text is its Vietnamese sentence."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class Caller:
    """One account at the API."""

    def __init__(self, base_url: str, login: str, password: str) -> None:
        self.base_url = base_url.rstrip("/")
        self.http = requests.Session()
        token = self.post("/sessions", {"login": login, "password": password})["token"]
        self.http.headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str, **query: str) -> Any:
        """GET an object. Raises ApiRefusal."""
        return _answer(self.http.get(self._url(path), params=query, timeout=TIMEOUT_SECONDS))

    def post(self, path: str, body: object | None = None) -> Any:
        """POST JSON. Raises ApiRefusal."""
        return _answer(self.http.post(self._url(path), json=body if body is not None else {}, timeout=TIMEOUT_SECONDS))

    def upload(self, path: str, file: Path) -> Any:
        """POST a file as multipart `file`. Raises ApiRefusal."""
        with file.open("rb") as stream:
            sent = self.http.post(self._url(path), files={"file": (file.name, stream)}, timeout=TIMEOUT_SECONDS)
        return _answer(sent)

    def download(self, path: str) -> bytes:
        """GET a file. Raises ApiRefusal."""
        response = self.http.get(self._url(path), timeout=TIMEOUT_SECONDS)
        if response.status_code >= requests.codes.bad_request:
            _answer(response)
        return response.content

    def close(self) -> None:
        """Let the connection go."""
        self.http.close()

    def _url(self, path: str) -> str:
        return f"{self.base_url}/api/v1{path}"


def _answer(response: requests.Response) -> Any:
    try:
        body = response.json() if response.content else {}
    except requests.JSONDecodeError:
        body = {}
    if response.status_code >= requests.codes.bad_request:
        error = body.get("error", {}) if isinstance(body, dict) else {}
        raise ApiRefusal(
            response.status_code,
            str(error.get("code", response.status_code)),
            str(error.get("message", f"Máy chủ trả lời {response.status_code}.")),
        )
    return body
