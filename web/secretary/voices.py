"""Why each voice of a transcript is called what it is, as a screen shows it.

In: what the machine noted of the voices of its own revision (`NamedVoice.to_json`). Out: names with certainty, reasons
in words with the place to listen to, other names that were weighed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from transcription.document import TranscriptDocument

#: From here on a name is shown as sure.
SURE = 0.85
MOST_PLACES = 3


@dataclass(frozen=True)
class Reason:
    """One kind of evidence: in words, how often, and stretches to listen to as `start-end` seconds."""

    words: str
    times: int
    places: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Voice:
    """One voice; `percent` is the certainty of its name, `others` are names that were weighed and not given."""

    number: int
    name: str
    is_named: bool
    percent: int
    endpoint: str
    reasons: tuple[Reason, ...]
    others: tuple[tuple[str, int], ...]

    @property
    def tone(self) -> str:
        """Of its badge."""
        if not self.is_named:
            return "warn"
        return "good" if self.percent >= 100 * SURE else "info"


def voices_of(quality: Mapping[str, Any], machine: TranscriptDocument) -> tuple[Voice, ...]:
    """The voices of the machine's revision in the order in which they are first heard."""
    return tuple(_voice(number, told, machine) for number, told in enumerate(quality.get("voices") or (), start=1))


def sure_names(voices: Sequence[Voice], machine: TranscriptDocument, shown: TranscriptDocument) -> dict[str, Voice]:
    """Voices by segment, where the name that stands there now is still the machine's."""
    by_name = {voice.name: voice for voice in voices if voice.is_named}
    before = {segment.id: segment.speaker for segment in machine.segments}
    return {
        segment.id: by_name[segment.speaker]
        for segment in shown.segments
        if segment.speaker in by_name and before.get(segment.id) == segment.speaker
    }


def _voice(number: int, told: Mapping[str, Any], machine: TranscriptDocument) -> Voice:
    kinds: dict[tuple[str, str], list[str]] = {}
    for item in told.get("evidence") or ():
        kinds.setdefault((str(item["kind"]), str(item.get("detail", ""))), []).append(str(item.get("segment_id", "")))
    return Voice(
        number=number,
        name=str(told["name"]),
        is_named=bool(told["is_named"]),
        percent=round(100 * float(told["certainty"])),
        endpoint=str(told.get("endpoint", "")),
        reasons=tuple(
            Reason(_reason(kind, detail), len(ids), _places(ids, machine)) for (kind, detail), ids in kinds.items()
        ),
        others=tuple(
            (str(item["name"]), round(100 * float(item["certainty"]))) for item in told.get("candidates") or ()
        ),
    )


def _places(segment_ids: Sequence[str], machine: TranscriptDocument) -> tuple[tuple[float, float], ...]:
    found = (machine.find(segment_id) for segment_id in dict.fromkeys(segment_ids) if segment_id)
    return tuple((segment.start, segment.end) for segment in found if segment is not None)[:MOST_PLACES]


def _reason(kind: str, detail: str) -> str:
    words = {
        "track": _("nói bằng micrô riêng của %(place)s", place=detail),
        "endpoint": _("%(place)s là điểm cầu lên tiếng lúc đó", place=detail),
        "presence": _("chỉ %(place)s có mặt trong phòng lúc đó", place=detail),
        "voice_print": _("giống mẫu giọng đã đăng ký, độ giống %(likeness)s", likeness=detail.replace(".", ",")),
        "announces": _("tự xưng tên hoặc đơn vị khi nói"),
        "invited": _("được mời phát biểu ngay trước đó"),
        "concludes": _("kết luận cuộc họp như người chủ trì"),
        "gives_word": _("mời người khác phát biểu như người chủ trì"),
        "conducts": _("điều khiển cuộc họp từ đầu đến cuối"),
        "roll_call": _("người còn lại theo điểm danh tại %(place)s", place=detail),
    }
    return words.get(kind, kind)
