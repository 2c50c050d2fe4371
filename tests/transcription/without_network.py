"""A program to be run under a kernel's filter that ends it the moment any library, Python or native, opens a socket of
the internet: not refused, ended, so that nobody can try quietly. Children inherit the filter.

`python -m tests.transcription.without_network KIND ARGUMENTS…` runs one of `KINDS`; the exit status is -SIGSYS where
somebody tried. Loopback counts too: what runs in one process needs none. IPv6 is refused without ending anything:
urllib3 asks for it when it is imported, to see whether the machine knows it, and whoever wants to reach somebody goes
on to IPv4. Unix sockets reach nobody outside.
"""

import ctypes
import errno
import os
import platform
import socket
import struct
import sys
from collections.abc import Callable
from pathlib import Path

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _END, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000 | errno.EAFNOSUPPORT
_NUMBER_AT, _MACHINE_AT, _FIRST_ARGUMENT_AT = 0, 4, 16
#: audit's mark of the machine, and the number of socket; that of io_uring_setup is the same on both.
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_RING = 425


def close_network() -> bool:
    """False where this kernel or machine has no such filter."""
    if platform.machine() not in _MACHINES:
        return False
    machine, open_socket = _MACHINES[platform.machine()]
    lines = [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_EQUAL, 0, 9, machine),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_EQUAL, 7, 0, _RING),
        (_EQUAL, 0, 4, open_socket),
        (_LOAD, 0, 0, _FIRST_ARGUMENT_AT),
        (_EQUAL, 4, 0, socket.AF_INET),
        (_EQUAL, 2, 0, socket.AF_INET6),
        (_EQUAL, 1, 0, socket.AF_PACKET),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _END),
    ]
    library = ctypes.CDLL(None, use_errno=True)
    program = b"".join(struct.pack("=HBBI", *line) for line in lines)
    code = ctypes.create_string_buffer(program, len(program))
    described = struct.pack("@HP", len(lines), ctypes.addressof(code))
    if library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(library.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, described, 0, 0) == 0)


def transcribe(sound: str, out: str, weights: str) -> None:
    """The whole way with the default engines, then a site's own pyannote pipeline on the same sound."""
    from transcription.engines import registry
    from transcription.engines.contract import EngineSettings, SpeakerBounds
    from transcription.oneshot import transcribe_file
    from transcription.stages.sound import SoundFile
    from transcription.weights import PYANNOTE

    settings = EngineSettings(Path(weights), threads=1)
    transcribe_file(Path(sound), Path(out), settings=settings)
    site = EngineSettings(Path(weights), pyannote_model=str(Path(weights) / PYANNOTE), threads=1)
    with SoundFile(Path(sound)) as opened:
        registry.make_diarizer("pyannote", site).diarize(opened, SpeakerBounds())
    _send_what_waits()


def telemetry() -> None:
    """What pyannote.audio does, as the library comes, when a pipeline is made."""
    from transcription import offline

    offline.prepare_pyannote()
    for name in ("PYANNOTE_METRICS_ENABLED", "OTEL_SDK_DISABLED"):
        del os.environ[name]
    from pyannote.audio.telemetry import metrics

    metrics.track_pipeline_init("a pipeline")
    _send_what_waits()


def _send_what_waits() -> None:
    from pyannote.audio.telemetry import metrics

    metrics.provider.force_flush()


def address() -> None:
    """Somebody asks for a name on the network."""
    socket.getaddrinfo("example.invalid", 443)


KINDS: dict[str, Callable[..., None]] = {"transcribe": transcribe, "telemetry": telemetry, "address": address}

if __name__ == "__main__":
    if not close_network():
        raise SystemExit("no filter on this machine")
    KINDS[sys.argv[1]](*sys.argv[2:])
