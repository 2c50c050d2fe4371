"""Looks for secrets in the tracked files with the detectors of detect-secrets that know a secret by its form.

Only forms that nothing else has (private keys, tokens of services, tokens of registries): a gate that cries wolf is
switched off. Nothing is asked over a network. Prints `file:line kind`, exit code 1 if there is any.
"""

import subprocess
import sys
from pathlib import Path

from detect_secrets.plugins.artifactory import ArtifactoryDetector
from detect_secrets.plugins.aws import AWSKeyDetector
from detect_secrets.plugins.azure_storage_key import AzureStorageKeyDetector
from detect_secrets.plugins.discord import DiscordBotTokenDetector
from detect_secrets.plugins.github_token import GitHubTokenDetector
from detect_secrets.plugins.gitlab_token import GitLabTokenDetector
from detect_secrets.plugins.jwt import JwtTokenDetector
from detect_secrets.plugins.npm import NpmDetector
from detect_secrets.plugins.openai import OpenAIDetector
from detect_secrets.plugins.private_key import PrivateKeyDetector
from detect_secrets.plugins.pypi_token import PypiTokenDetector
from detect_secrets.plugins.sendgrid import SendGridDetector
from detect_secrets.plugins.slack import SlackDetector
from detect_secrets.plugins.stripe import StripeDetector
from detect_secrets.plugins.twilio import TwilioKeyDetector

ROOT = Path(__file__).parents[1]
DETECTORS = [
    kind()
    for kind in (
        *(ArtifactoryDetector, AWSKeyDetector, AzureStorageKeyDetector, DiscordBotTokenDetector, GitHubTokenDetector),
        *(GitLabTokenDetector, JwtTokenDetector, NpmDetector, OpenAIDetector, PrivateKeyDetector, PypiTokenDetector),
        *(SendGridDetector, SlackDetector, StripeDetector, TwilioKeyDetector),
    )
]
#: What no detector of theirs knows: the private half of the keys that open our backups.
OURS = ("AGE-SECRET-KEY-1",)
#: File → kind: looked at, and no secret.
KNOWN: set[tuple[str, str]] = set()
LARGEST_BYTES = 2_000_000


def leaks(root: Path) -> list[str]:
    """`file:line kind` for everything that looks like a secret."""
    done = subprocess.run(["git", "-C", str(root), "ls-files", "-z"], capture_output=True, check=True)  # noqa: S607
    names = [name for name in done.stdout.decode().split("\0") if name]
    return [line for name in sorted(names) for line in _of_file(root / name, name)]


def _of_file(path: Path, name: str) -> list[str]:
    if not path.is_file() or path.stat().st_size > LARGEST_BYTES:
        return []
    try:
        lines = path.read_text().splitlines()
    except UnicodeDecodeError:
        return []  # a picture, a sound
    return [f"{name}:{number} {kind}" for number, line in enumerate(lines, 1) for kind in _kinds(line)
            if (name, kind) not in KNOWN]  # fmt: skip


def _kinds(line: str) -> list[str]:
    found = [detector.secret_type for detector in DETECTORS if any(detector.analyze_string(line))]
    return found + ["age key" for mark in OURS if mark in line and len(line.split(mark, 1)[1]) > 40]


if __name__ == "__main__":
    told = leaks(ROOT)
    print("\n".join(told) or "no secrets in the tracked files")
    sys.exit(1 if told else 0)
