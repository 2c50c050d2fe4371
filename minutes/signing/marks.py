"""What each field of a signed paper shows: the leader's signature, the registrar's number, date and seal. Pure but for
the font; names of fields are those of `papers.places`."""

from collections.abc import Mapping
from pathlib import Path

from core.runtime import current
from minutes.signing.increments import Mark, shown_time
from minutes.signing.models import SigningKey
from papers.places import Place
from papers.stamps import (
    Words,
    date_words,
    draw_picture,
    draw_words,
    number_words,
    person_words,
    seal_words,
    year_words,
)

_REASONS = {"number": "Cấp số", "day": "Ghi ngày", "month": "Ghi tháng", "year": "Ghi năm"}


def person_mark(key: SigningKey, picture: bytes | None, places: Mapping[str, Place], fonts: Path | None) -> Mark:
    """The leader's: the blue picture, or name, agency and time where there is none."""
    words = person_words(
        tuple(
            line
            for line in (
                f"Người ký: {key.holder}",
                f"Cơ quan: {key.organisation}" if key.organisation else "",
                f"Thời gian ký: {shown_time(current().clock())}",
            )
            if line
        )
    )
    return Mark("signature", _drawn(picture, words, places["signature"], fonts), "Phê duyệt văn bản")


def registrar_marks(
    key: SigningKey,
    picture: bytes | None,
    words: Mapping[str, str],
    places: Mapping[str, Place],
    fonts: Path | None,
) -> list[Mark]:
    """Number, day, month and year where their places are blank, then the seal, which closes the paper."""
    marks = [
        Mark(name, _drawn(None, _line(name, text), places[name], fonts), _REASONS[name])
        for name, text in words.items()
        if name in places
    ]
    seal = seal_words(tuple(line for line in (key.organisation or key.holder, shown_time(current().clock())) if line))
    return [*marks, Mark("seal", _drawn(picture, seal, places["seal"], fonts), "Chữ ký số của cơ quan ban hành")]


def _line(name: str, text: str) -> Words:
    if name == "number":
        return number_words(text)
    return year_words(text) if name == "year" else date_words(text)


def _drawn(picture: bytes | None, words: Words, place: Place, fonts: Path | None) -> bytes:
    if picture is not None:
        return draw_picture(picture, place.width, place.height, fonts)
    return draw_words(words, place.width, place.height, fonts)
