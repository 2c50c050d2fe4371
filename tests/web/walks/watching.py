"""A browser that is watched: no request to another host, no complaint of scripts or policies.

In: a running browser and an address on loopback. Out: a page; its faults are raised when it is closed.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error, Page

#: Names of other hosts are not found.
NO_OTHER_HOST = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
#: The language a browser asks for, by the language of the words.
LOCALES = {"vi": "vi-VN", "en": "en-US"}


@contextmanager
def watched_page(chromium: Browser, address: str, language: str, width: int, height: int) -> Iterator[Page]:
    """A page of a browser of its own, with its own cookies."""
    context = chromium.new_context(
        base_url=address,
        locale=LOCALES[language],
        timezone_id="Asia/Ho_Chi_Minh",
        viewport={"width": width, "height": height},
    )
    foreign: list[str] = []
    complaints: list[str] = []
    # Listening costs less than standing in the way of every request, which also turns the cache off: that nothing gets
    # out is the browser's own rule (NO_OTHER_HOST).
    context.on("request", lambda request: None if _is_ours(request.url) else foreign.append(request.url))
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        yield page
    finally:
        context.close()
    assert not foreign, "requests to other hosts"
    # A refused form is an answer with a 4xx status, which the console reports; scripts and policies must be silent.
    assert not [text for text in complaints if "Failed to load resource" not in text]


_LOOKS = 200
_WIDER = """() => document.documentElement && document.readyState === "complete"
    ? document.documentElement.scrollWidth - document.documentElement.clientWidth : null"""


def _is_ours(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob", "about") or parts.hostname == "127.0.0.1"


def overflow(page: Page) -> int:
    """How many pixels of the page lie beside the screen."""
    for _ in range(_LOOKS):
        # A form that was just sent may be replacing the page.
        with suppress(Error):
            wide = page.evaluate(_WIDER)
            if wide is not None:
                return int(wide)
        page.wait_for_timeout(100)
    raise AssertionError(f"{page.url} does not come to an end")
