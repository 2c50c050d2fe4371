"""What a decoding process may use. Frozen values; the defaults fit a recording of twelve hours."""

from dataclasses import dataclass

SAMPLE_RATE = 16_000
LONGEST_SECONDS = 12.5 * 3600


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one decoding.

    Attributes:
        longest_seconds: sound beyond this is refused (TooLong).
        memory_bytes: address space beyond what the process needs before it opens anything.
        cpu_seconds: processor time without any progress; a decoder that turns in circles ends here.
        stall_seconds: wall time without any sign of life (a disk that does not answer).
        most_channels: a file with more is no recording of a meeting.
    """

    longest_seconds: float = LONGEST_SECONDS
    memory_bytes: int = 1536 * 1024 * 1024
    cpu_seconds: int = 60
    stall_seconds: float = 300.0
    most_channels: int = 64
