"""What is known about a meeting before anybody speaks, as plain values; the pipeline fills it from the plan."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody who is expected to speak."""

    name: str
    title: str = ""
    unit: str = ""
    endpoint: str = ""
    is_chair: bool = False
    is_secretary: bool = False


@dataclass(frozen=True, slots=True)
class SpeakerContext:
    """The people of a meeting; empty where nothing is known (a file from the command line)."""

    people: tuple[KnownPerson, ...] = ()
    #: Other names under which a unit is spoken of: abbreviation or alias → the unit's name.
    aliases: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        people = [
            {
                "name": person.name,
                "title": person.title,
                "unit": person.unit,
                "endpoint": person.endpoint,
                "is_chair": person.is_chair,
                "is_secretary": person.is_secretary,
            }
            for person in self.people
        ]
        return {"people": people, "aliases": [list(pair) for pair in self.aliases]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "SpeakerContext":
        people = tuple(KnownPerson(**person) for person in data.get("people", ()))
        return cls(people, tuple((str(a), str(b)) for a, b in data.get("aliases", ())))
