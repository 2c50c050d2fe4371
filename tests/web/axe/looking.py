"""One page in a real browser: what axe finds, whether it fits, how much script it loads.

In: a signed-in page of a browser, an address. Out: a line for each thing that is not as it should be.
"""

import gzip
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.web.walks.watching import overflow

STATIC = Path(__file__).parents[3] / "web" / "static"
#: Everything that WCAG 2.2 asks at levels A and AA and that a machine can see. The size of targets (2.5.8) is off in
#: axe unless asked for.
OPTIONS: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    # Not the style sheets: axe copies those of a drawn sound (a shadow root) into an inline style, which our policy
    # refuses in the page's name. No rule that is asked for reads them.
    "preload": {"assets": ["media"]},
}
NARROWEST = 360
MOST_SCRIPT_BYTES = 300_000
#: The two editors may load more: a drawing of the sound, an editor of structured text.
EDITORS = frozenset({"secretary.desk", "notices.editor", "secretary.edit_notice"})
_SCRIPTS = """() => performance.getEntriesByType('resource').map(entry => entry.name)
  .filter(name => new URL(name).pathname.endsWith('.js'))"""


def look(page: Page, axe: Axe, address: str, endpoint: str) -> list[str]:
    """Open the address and look; each complaint names what is wrong and where."""
    answer = page.goto(address, wait_until="load")
    assert answer is not None
    if answer.status >= 400:
        return [f"{endpoint}: answered {answer.status}"]
    found = [f"{endpoint}: {complaint}" for complaint in violations(page, axe)]
    found += [f"{endpoint}: {complaint}" for complaint in _too_wide(page)]
    loaded = script_bytes(page)
    if loaded > MOST_SCRIPT_BYTES and endpoint not in EDITORS:
        found.append(f"{endpoint}: {loaded} bytes of script")
    return found


def violations(page: Page, axe: Axe) -> list[str]:
    """What axe complains of: the rule, and the first places."""
    result = axe.run(page, options=OPTIONS).response
    return [
        f"{rule['id']} ({rule['impact']}): " + " | ".join(_place(node) for node in rule["nodes"][:3])
        for rule in result["violations"]
    ]


def _too_wide(page: Page) -> list[str]:
    """Whether it runs out of its own screen, and out of the smallest one it is made for."""
    own = page.viewport_size
    assert own is not None
    found = []
    for width in dict.fromkeys((own["width"], NARROWEST)):
        page.set_viewport_size({**own, "width": width})
        if (wider := overflow(page)) > 0:
            found.append(f"{wider} px wider than a screen of {width}")
    page.set_viewport_size(own)
    return found


def script_bytes(page: Page) -> int:
    """All scripts that the page has loaded, compressed as a server would send them."""
    return sum(_compressed(urlsplit(name).path) for name in page.evaluate(_SCRIPTS))


@cache
def _compressed(path: str) -> int:
    file = STATIC / path.removeprefix("/static/")
    return len(gzip.compress(file.read_bytes(), 9)) if file.is_file() else 0


def _place(node: dict[str, Any]) -> str:
    reasons = "; ".join(check["message"] for check in [*node["any"], *node["all"], *node["none"]][:1])
    return f"{' '.join(map(str, node['target']))} [{node['html'][:120]}] {reasons}"
