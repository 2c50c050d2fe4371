"""Writes `requirements-hashes.txt`: the pinned list with the SHA-256 of every file it may be installed from.

Run by `make hashes` in an environment of its own with uv and pip. In: `requirements.txt`; an index that states hashes
(PEP 691). Out: the list that `deploy/environment.py` installs. Of torch only that file counts which pip would take
here: its build without CUDA lies beside the index, and pip would prefer any file whose hash the index states.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINNED, HASHED = ROOT / "requirements.txt", ROOT / "requirements-hashes.txt"
HEAD = "# Made by `make lock` from requirements.txt; installed with --require-hashes --no-deps (docs/decisions/0002).\n"
#: Pinned packages of which a build that lies beside the index is wanted.
BESIDE_THE_INDEX = ("torch",)


def main(uv: str) -> int:
    """Ask for the hashes, put in those of files beside the index, write."""
    asked = [uv, "pip", "compile", "--quiet", "--no-deps", "--generate-hashes", "--no-annotate", "--no-header"]
    environment = {**os.environ, "UV_NATIVE_TLS": "1"}
    listed = subprocess.run([*asked, str(PINNED)], capture_output=True, text=True, check=True, env=environment).stdout
    for name in BESIDE_THE_INDEX:
        listed = _with(listed, name, _taken(re.search(rf"^{name}==\S+", listed, re.MULTILINE)[0]))
    HASHED.write_text(HEAD + listed)
    return 0


def _taken(pin: str) -> str:
    """The SHA-256 of the file that pip would take here."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed", "--no-deps"]
    told = subprocess.run([*command, "--report", "-", pin], capture_output=True, text=True, check=True).stdout
    return str(json.loads(told)["install"][0]["download_info"]["archive_info"]["hashes"]["sha256"])


def _with(listed: str, name: str, digest: str) -> str:
    """The list with this hash alone for that package."""
    hashes = r"(?: \\\n    --hash=\S+)+"
    return re.sub(rf"^({name}==\S+){hashes}", rf"\1 \\\n    --hash=sha256:{digest}", listed, flags=re.MULTILINE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
