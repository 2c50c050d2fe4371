"""The bundle that the notice's editor needs: built by npm (`web/frontend`), missing where there is no npm."""

from pathlib import Path

from flask import current_app

#: ProseMirror, below the static folder.
BUNDLE = "built/paper.js"


def has_bundle() -> bool:
    """Whether a notice can be edited on the page as it will be printed; else the form does."""
    return (Path(current_app.static_folder or "") / BUNDLE).is_file()
