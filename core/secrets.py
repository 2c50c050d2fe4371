"""Secrets of this installation: generated on the first start, kept in `secrets.json` of the data folder, mode 600."""

import json
import os
import secrets
from pathlib import Path

NAMES = (
    "secret_key",
    "jitsi_app_secret",
    "jitsi_hook_secret",
    "jitsi_events_secret",
    "jitsi_recordings_secret",
    "jitsi_transcription_secret",
    "voice_print_secret",
)
FILE_NAME = "secrets.json"


def load_or_create_secrets(home: Path) -> dict[str, str]:
    """All secrets of the installation by name; missing ones are generated and written once.

    Two processes may start at the same time: the file is linked into place, and the loser reads the winner's.
    """
    path = home / FILE_NAME
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    missing = [name for name in NAMES if not known.get(name)]
    if not missing:
        return known
    known.update({name: secrets.token_urlsafe(48) for name in missing})
    return _write_once(path, known, replace=path.exists())


def _write_once(path: Path, values: dict[str, str], *, replace: bool) -> dict[str, str]:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as stream:
        json.dump(values, stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    try:
        if replace:
            draft.replace(path)
        else:
            path.hardlink_to(draft)
    except FileExistsError:
        return dict(json.loads(path.read_text()))
    finally:
        draft.unlink(missing_ok=True)
    return values
