"""What `SECURITY.md` promises is shown by tests that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_every_row_of_the_threat_model_names_a_test_that_is_there() -> None:
    text = (ROOT / "SECURITY.md").read_text()
    threats = text.split("## How it is checked")[0]
    rows = [line for line in threats.splitlines() if line.startswith("| ") and not line.startswith("| who |")]
    assert len(rows) >= 15
    for row in rows:
        assert re.search(r"`tests/[\w/]+\.py`", row), row
    for name in re.findall(r"`(tests/[\w/]+\.py)`", text):
        assert (ROOT / name).is_file(), name
    for name in re.findall(r"`((?:web|core|docs)/[\w/.]+\.(?:py|md))`", text):
        assert (ROOT / name).is_file(), name
