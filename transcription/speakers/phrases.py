"""The set phrases of a briefing: a segment's text goes in, who is invited, announced or chairing comes out.

All comparison is done on letters without tones, since a recogniser's tones are its weakest part.
"""

import re
from functools import lru_cache

from rapidfuzz import fuzz

from transcription.speakers.context import KnownPerson, SpeakerContext
from transcription.vocabulary.folding import bare

#: How well (0..1) what was heard must fit a name, title or unit.
LEAST_FIT = 0.82
#: An announcement stands in the first clauses: "Báo cáo Thứ trưởng, Văn phòng Bộ xin báo cáo".
OPENING_CLAUSES = 3

_INVITED = re.compile(r"\b(?:xin )?(?:moi|de nghi) (?:dong chi |anh |chi |dai dien |diem cau )?(?P<who>.{4,70})")
_INVITED_END = re.compile(
    r"\b(?:bao cao|phat bieu|cho y kien|co y kien|trinh bay|tham gia|len tieng|cho biet|phat y kien)\b.*"
)
_ANNOUNCED = re.compile(
    r"^(?:kinh thua .{2,60}? |bao cao .{2,40}? |da )?(?:toi la |em la |toi ten la )?(?P<who>.{3,70}?) "
    r"xin (?:phep )?(?:duoc )?(?:bao cao|co y kien|phat bieu|tiep thu|cam on|giai trinh|trinh bay|bo sung|tham gia)"
)
#: A unit that speaks for itself: "Vụ Tổ chức cán bộ có ý kiến", "Văn phòng Bộ nhất trí".
_SPEAKS_FOR = re.compile(r"^(?:bao cao .{2,40}? |da )?(?P<who>.{6,60}?) (?:co y kien|nhat tri|dong tinh|thong nhat)\b")
#: … but not where somebody else is asked for an opinion or given a task.
_ASKS = re.compile(r"\b(?:de nghi|moi|giao|yeu cau|hoi|neu|khi|cac dong chi|toi|chung toi|chung ta)\b")
_INTRODUCED = re.compile(r"\b(?:toi|em) (?:la|ten la|ten) (?P<who>.{4,60})")
_CONCLUDES = re.compile(
    r"\btoi (?:xin )?ket luan|ket luan nhu sau|ket luan cuoc hop|cuoc hop (?:den day )?(?:ket thuc|be mac)|toi giao\b"
)
_GIVES_WORD = re.compile(r"^(?:cam on dong chi|cam on cac dong chi|(?:xin )?moi )|\bmoi dong chi\b|chung ta hop\b")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Folded without tones and punctuation, single blanks."""
    return " ".join(part for part in (bare(word) for word in text.split()) if part)


def chairing(text: str) -> list[str]:
    """Kinds of evidence that the voice of this text leads the meeting."""
    letters = plain(text)
    found = ["concludes"] if _CONCLUDES.search(letters) else []
    return [*found, "gives_word"] if _GIVES_WORD.search(letters) else found


def invited(text: str) -> str:
    """Whom this text gives the word, as heard; the last one if there are several. Empty if nobody."""
    found = ""
    for sentence in re.split(r"[.?!]", text):
        match = _INVITED.search(plain(sentence))
        if match:
            found = _INVITED_END.sub("", match["who"]).strip()
    return found


def announced(text: str) -> str:
    """As whom the voice of this text announces itself at its beginning. Empty if it does not."""
    clauses = re.split(r"[,.;:?!]", text)[:OPENING_CLAUSES]
    openings = [plain(clause) for clause in clauses] + [plain(text)]
    found = (_ANNOUNCED.search(opening) for opening in openings)
    match = next((match for match in found if match), None)
    match = match or _INTRODUCED.search(" ".join(plain(text).split()[:14]))
    if match:
        return match["who"].strip()
    spoken_for = (_SPEAKS_FOR.search(opening) for opening in openings)
    who = next((found["who"].strip() for found in spoken_for if found), "")
    return "" if _ASKS.search(who) else who


def fits(heard: str, person: KnownPerson, context: SpeakerContext) -> float:
    """How well the heard words name this person, 0..1: by name, title, unit or endpoint."""
    names = [person.name, person.title, person.unit, person.endpoint]
    names += [alias for alias, unit in context.aliases if unit and unit == person.unit]
    return max((_likeness(heard, plain(name)) for name in names if len(plain(name)) >= 4), default=0.0)


def _likeness(heard: str, name: str) -> float:
    """Whole against whole, or the name inside what was heard; a short word inside a long title proves nothing."""
    whole = fuzz.ratio(heard, name)
    inside = fuzz.partial_ratio(name, heard) if len(heard) >= len(name) else 0.0
    titled = fuzz.partial_ratio(heard, name) if len(heard) >= 0.5 * len(name) and len(heard) >= 10 else 0.0
    return max(whole, inside, titled * 0.97) / 100.0
