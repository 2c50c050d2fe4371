"""Entry of `./diemcau`: runs one command and is the border where its failures become one line and an exit code."""

import os
import sys

from web.commands.border import run
from web.commands.group import cli

if __name__ == "__main__":
    # A reader that went away (`diemcau status | head`) is no failure of ours.
    code = run(cli, sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)
