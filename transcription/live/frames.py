"""One binary message of the conference goes in, whose sound it is and the samples come out (CONTRACTS §14).

60 bytes `track|language` filled up with zeros, then 16-bit little-endian samples of 16 kHz mono. A single byte says
that everybody has left. Jigasi writes the participant's place in the room as the track.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

HEADER_BYTES = 60
SAMPLE_RATE = 16_000
#: One message holds at most this much sound; conferences send some hundredths of a second.
MOST_SECONDS = 30
END_OF_STREAM = b"\x00"

Samples = NDArray[np.int16]


class FrameInvalid(ValueError):
    """The message is none of ours; the text says what is wrong, for the log (never its content)."""


@dataclass(frozen=True)
class Frame:
    """Sound of one track."""

    track: str
    language: str
    samples: Samples


def read_frame(message: bytes) -> Frame:
    """Take a message apart. Raises FrameInvalid."""
    if len(message) < HEADER_BYTES:
        raise FrameInvalid("shorter than its header")
    track, language = _read_header(message[:HEADER_BYTES])
    sound = message[HEADER_BYTES:]
    if len(sound) % 2:
        raise FrameInvalid("half a sample at the end")
    if len(sound) > MOST_SECONDS * SAMPLE_RATE * 2:
        raise FrameInvalid("more sound than one message may hold")
    return Frame(track, language, np.frombuffer(sound, dtype="<i2").astype(np.int16))


def write_frame(track: str, language: str, samples: Samples) -> bytes:
    """The message a conference would send; for the client that plays meetings. Raises FrameInvalid."""
    header = f"{track}|{language}".encode()
    if len(header) > HEADER_BYTES:
        raise FrameInvalid("name of the track too long")
    return header.ljust(HEADER_BYTES, b"\x00") + samples.astype("<i2").tobytes()


def _read_header(header: bytes) -> tuple[str, str]:
    try:
        told = header.rstrip(b"\x00").decode()
    except UnicodeDecodeError as error:
        raise FrameInvalid("header is no text") from error
    track, bar, language = told.rpartition("|")
    # Older senders name the whole address of the participant: its last part is the place in the room.
    track = track.rpartition("/")[2].strip()
    if not bar or not track or not track.isprintable() or not language.isprintable():
        raise FrameInvalid("header is not track|language")
    return track, language
