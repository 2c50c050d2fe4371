"""What is known about how well and at what cost each recogniser hears: figures in, the best of those at hand out.

Figures were measured on human voices (`python -m benchmarks.recognisers`); a site that measures its own models writes
them beside the weights, in `profiles.json`, and they go before ours.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from transcription.faults import WeightsFault

FILE = "profiles.json"
#: A recogniser dearer than this could not keep up on two cores beside the telling apart of voices.
MOST_PROCESSOR_SECONDS = 0.6
BASE = "whisper-base"


@dataclass(frozen=True, slots=True)
class Profile:
    """One measurement.

    Attributes:
        engine: name in the registry.
        model: folder or file of the site's Whisper model; `whisper-base` for the one that comes with the product.
        word_errors: errors for each word of the reference, on human voices.
        processor_seconds: for each second of sound, one thread.
    """

    engine: str
    model: str
    word_errors: float
    processor_seconds: float


#: Human voices of seven speakers, 123 s; one thread of a two-core machine, November 2026.
SHIPPED = (
    Profile("viet-asr+whisper", BASE, 0.040, 0.19),
    Profile("viet-asr", BASE, 0.040, 0.11),
    Profile("faster-whisper", BASE, 0.242, 0.13),
    Profile("openai-whisper", BASE, 0.238, 0.24),
)


def known_profiles(weights_directory: Path) -> tuple[Profile, ...]:
    """The site's own measurements, then ours. Raises WeightsFault where the site's file cannot be read."""
    path = weights_directory / FILE
    if not path.is_file():
        return SHIPPED
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        site = [
            Profile(str(one["engine"]), str(one["model"]), float(one["word_errors"]), float(one["processor_seconds"]))
            for one in told
        ]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise WeightsFault(what=FILE, path=str(path)) from error
    return (*site, *SHIPPED)


def best(profiles: Iterable[Profile], available: Iterable[str], model: str) -> Profile | None:
    """Fewest errors, to a point of a hundred, among the affordable recognisers at hand with that Whisper model.

    Of equals the one named first in SHIPPED goes first: it writes punctuation, or costs less.
    """
    names = set(available)
    fitting = [
        profile
        for profile in profiles
        if profile.engine in names and profile.model == model and profile.processor_seconds <= MOST_PROCESSOR_SECONDS
    ]
    order = {profile.engine: place for place, profile in enumerate(SHIPPED)}
    return min(fitting, key=lambda one: (round(one.word_errors, 2), order.get(one.engine, 9)), default=None)


def told(profile: Profile) -> str:
    """The figures of a profile in Vietnamese: "4,0 % lỗi từ trên giọng người, …"."""
    errors = f"{100 * profile.word_errors:.1f}".replace(".", ",")
    cost = f"{profile.processor_seconds:.2f}".replace(".", ",")
    return f"{errors} % lỗi từ trên giọng người, {cost} giây xử lý cho mỗi giây âm thanh"
