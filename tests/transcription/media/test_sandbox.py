"""What a decoding process gives up: tried from inside, in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parents[3]
TRIES = """
import ctypes, errno, json, os, socket, sys
sys.path.insert(0, sys.argv[1])
from transcription.media import sandbox

def refused(act):
    try:
        act()
    except OSError as error:
        return error.errno == errno.EACCES
    return False

out = os.dup(1)
other = int(sys.argv[2])
ready = os.open(sys.argv[1], os.O_RDONLY)
sandbox.set_limits(512 * 1024 * 1024)
sealed = sandbox.close_in()
told = {
    "sealed": sealed,
    "socket": refused(lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM)),
    "local socket": refused(lambda: socket.socket(socket.AF_UNIX)),
    "open": refused(lambda: os.open("/etc/hostname", os.O_RDONLY)),
    "open beside a folder that is open": refused(lambda: os.open("README.md", os.O_RDONLY, dir_fd=ready)),
    "fork": refused(os.fork),
    "exec": refused(lambda: os.execv("/bin/true", ["true"])),
    "kill": refused(lambda: os.kill(other, 0)),
    "unlink": refused(lambda: os.unlink("/nowhere")),
    "mkdir": refused(lambda: os.mkdir("/tmp/nowhere")),
    "new program": refused(lambda: os.posix_spawn("/bin/true", ["true"], {})),
}
try:
    bytearray(2 * 1024 ** 3)
    told["memory"] = False
except MemoryError:
    told["memory"] = True
os.write(out, json.dumps(told).encode())
"""


def test_nothing_but_reading_and_computing_is_left() -> None:
    tried = subprocess.run(
        [sys.executable, "-I", "-c", TRIES, str(HOUSE), "1"], capture_output=True, check=True, timeout=120
    )
    told = json.loads(tried.stdout)
    assert [name for name, holds in told.items() if not holds] == []
