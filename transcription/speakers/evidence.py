"""What speaks for a name, how much, and what a voice is called in the end: plain values, no decision.

Kinds, in the order in which they count: where the voice speaks from (`track`, `endpoint`, `presence`), its print
(`voice_print`), what is said (`announces`, `invited`, `concludes`, `gives_word`), who leads the talk (`conducts`), and
who is left of a room in which everybody is known (`roll_call`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

UNNAMED = "Người nói {number}"
UNNAMED_AT = "Người nói {number} (điểm cầu {endpoint})"
#: A channel of a recording whose microphones nobody has named.
UNNAMED_ON = "Người nói {number} ({channel})"
CHANNEL = "kênh "
#: Endpoints are often named "Điểm cầu …" already.
_PREFIX = "điểm cầu "

#: How much one piece of evidence of each kind counts; together they approach 1 like independent witnesses.
WEIGHTS = {"announces": 0.6, "invited": 0.5, "concludes": 0.65, "gives_word": 0.3, "conducts": 0.7}
#: An announcement counts more where the room has ruled out everybody who sits elsewhere.
ANNOUNCED_WHERE_PLACED = 0.75


@dataclass(frozen=True, slots=True)
class Evidence:
    """One observation: what kind, in which segment (empty: the whole voice), at what second.

    `weight` is how much it counts, 0..1; None takes the weight of its kind. `detail` is the endpoint or the likeness.
    """

    kind: str
    segment_id: str
    start: float
    weight: float | None = None
    detail: str = ""

    @property
    def counts(self) -> float:
        return WEIGHTS.get(self.kind, 0.0) if self.weight is None else self.weight

    def to_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {"kind": self.kind, "segment_id": self.segment_id, "start": round(self.start, 3)}
        if self.weight is not None:
            told["weight"] = round(self.weight, 3)
        return {**told, "detail": self.detail} if self.detail else told


@dataclass(frozen=True, slots=True)
class NamedVoice:
    """What a voice is called in the transcript, how sure that is (0..1), and why.

    `endpoint` is where it speaks from, empty where that is not known. `candidates` are the names that were weighed and
    not given, with their certainty: a screen may offer them.
    """

    voice: str
    name: str
    is_named: bool
    certainty: float
    evidence: tuple[Evidence, ...]
    endpoint: str = ""
    candidates: tuple[tuple[str, float], ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "voice": self.voice,
            "name": self.name,
            "is_named": self.is_named,
            "certainty": round(self.certainty, 3),
            "evidence": [item.to_json() for item in self.evidence],
        }
        if self.endpoint:
            told["endpoint"] = self.endpoint
        if self.candidates:
            told["candidates"] = [{"name": name, "certainty": round(sure, 3)} for name, sure in self.candidates]
        return told


def certainty(evidence: Sequence[Evidence]) -> float:
    """All pieces together, as independent witnesses."""
    doubt = 1.0
    for item in evidence:
        doubt *= 1.0 - item.counts
    return 1.0 - doubt


def unnamed(number: int, endpoint: str) -> str:
    """The label of a voice without a name; with the endpoint where that is known."""
    if not endpoint:
        return UNNAMED.format(number=number)
    if endpoint.startswith(CHANNEL):
        return UNNAMED_ON.format(number=number, channel=endpoint)
    bare = endpoint[len(_PREFIX) :] if endpoint.casefold().startswith(_PREFIX) else endpoint
    return UNNAMED_AT.format(number=number, endpoint=bare)
