"""The call to an OpenAI-compatible service: one question, one answer, nothing else.

In: an address inside the house, the name of a model, lines of a transcript. Out: the text of the answer. Proxies and
redirections are not followed, the answer is bounded in time and size.
"""

import json
from dataclasses import dataclass

import requests

from minutes.drafting.model.inside import require_inside
from minutes.drafting.model.proposals import INSTRUCTION

LARGEST_ANSWER_BYTES = 2 * 1024 * 1024
_CHUNK_BYTES = 64 * 1024


class ModelUnavailable(Exception):
    """The model did not answer, or with something that is no answer; the draft is made without it."""


@dataclass(frozen=True)
class ModelService:
    """Where the model listens: `url` up to and without `/chat/completions`; `timeout_seconds` for the whole answer."""

    url: str
    model: str
    key: str = ""
    timeout_seconds: float = 60.0


def ask(service: ModelService, lines: str) -> str:
    """Raises ModelUnavailable, OutsideTheHouse."""
    require_inside(service.url)
    body = {
        "model": service.model,
        "temperature": 0,
        "messages": [{"role": "system", "content": INSTRUCTION}, {"role": "user", "content": lines}],
    }
    headers = {"Authorization": f"Bearer {service.key}"} if service.key else {}
    with requests.Session() as session:
        session.trust_env = False  # no proxy of the environment may carry it outside
        try:
            with session.post(
                f"{service.url.rstrip('/')}/chat/completions",
                json=body,
                headers=headers,
                timeout=service.timeout_seconds,
                allow_redirects=False,
                stream=True,
            ) as response:
                return _content(response)
        except requests.RequestException as error:
            raise ModelUnavailable(type(error).__name__) from error


def _content(response: requests.Response) -> str:
    if response.status_code != requests.codes.ok:
        raise ModelUnavailable(f"status {response.status_code}")
    body = b""
    for chunk in response.iter_content(_CHUNK_BYTES):
        body += chunk
        if len(body) > LARGEST_ANSWER_BYTES:
            raise ModelUnavailable("answer too large")
    try:
        content = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise ModelUnavailable("no answer in it") from error
    if not isinstance(content, str):
        raise ModelUnavailable("no answer in it")
    return content
