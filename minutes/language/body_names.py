"""Names of bodies read by their grammar alone, without a directory.

In: a cursor before a name. Out: the name as said. A name is a head ("Bộ", "Trung tâm", "Ủy ban nhân dân tỉnh") and
capitalised words
with the small words that belong to them ("Vụ Tổ chức cán bộ"); it ends before the first verb, adverb or next head.
"""

import re
from collections.abc import Iterator

from minutes.language.body_words import STANDING_ALONE
from minutes.language.name_patterns import (
    ABOUT,
    ACT_ON_PAPER,
    AT_PLACE,
    BRANCH,
    COMMON,
    COMPOUND,
    ENDING_NOUN,
    ENDS_NAME,
    FIELD,
    FIELDS_GO_ON,
    FIRM,
    HARD_STOPS,
    HEAD,
    INSPECTS,
    NUMBER,
    OBJECTS,
    OF_PROJECT,
    OF_WHAT,
    OWN_BEHIND_FIELD,
    OWN_NAME,
    OWN_OF_FIRM,
    OWNER,
    PLACE,
    PLACE_NOUN,
    ROOM,
    ROOM_HEAD,
    SEATED,
    SMALL_AFTER_HEAD,
    STOP,
    UNKNOWN_NOUN,
    WANTED_OBJECT,
    WANTS_OBJECT,
    WHOLE,
    WORD,
)
from minutes.language.name_words import CLOSING, CLOSING_HEADS
from minutes.language.scanning import Cursor
from minutes.language.titles import TITLE

#: No word of a name is asked for further back (characters), so that long texts stay linear.
_LOOK_BACK = 40
_SHORTEST_OWN = 4


def read_body_name(cursor: Cursor) -> str | None:
    """Read a name if one begins right here with a capital letter (or a small head before a capital: "sở Tài chính")."""
    start = cursor.position
    name = _proper_name(cursor)
    after = cursor.position
    cursor.position = start
    common = cursor.take_pattern(COMMON)
    if common is not None and cursor.position >= after:
        cursor.take_pattern(OF_WHAT)
        cursor.take_pattern(OWN_NAME)
        cursor.take_pattern(OF_PROJECT)
        return " ".join(cursor.text[common.start() : cursor.position].split())
    cursor.position = start
    listed = _listed_name(cursor)
    if listed is not None and cursor.position > after:
        return listed
    cursor.position = after
    return name


def _listed_name(cursor: Cursor) -> str | None:
    """A name that is known as a whole, or a room by its field: "Phòng Kế hoạch tổng hợp"."""
    start = cursor.position
    whole = cursor.take_pattern(WHOLE)
    if whole is None:
        whole = cursor.take_pattern(ROOM_HEAD)
        field = cursor.take_pattern(ROOM) if whole is not None else None
        if whole is None or field is None or not field.group(0)[0].isupper() or _goes_on_in_capitals(cursor):
            cursor.position = start
            return None
    cursor.take_pattern(NUMBER)
    cursor.take_pattern(OWNER)
    cursor.take_pattern(PLACE)
    return " ".join(cursor.text[whole.start() : cursor.position].split())


def _proper_name(cursor: Cursor) -> str | None:
    """A head and the words behind it; nothing is read if there is no name."""
    start = cursor.position
    head = cursor.take_pattern(HEAD)
    if head is None or not _is_written_as_name(cursor, head) or INSPECTS.match(cursor.text, start, cursor.end):
        cursor.position = start
        return None
    if _field(cursor):
        if FIRM.match(head.group(0)):
            cursor.take_pattern(OWN_BEHIND_FIELD)
    else:
        following = cursor.peek_word()
        # "Ban Quản lý dự án …", "Ban Quản lý khu công nghiệp …": what is managed follows in small letters.
        if _may_begin_name(following) or head.group(0).lower().endswith("quản lý"):
            _words_of_name(cursor)
            cursor.take_pattern(ABOUT)
            if FIRM.match(head.group(0)):
                cursor.take_pattern(OWN_OF_FIRM)
        if SEATED.match(head.group(0)):
            cursor.take_pattern(AT_PLACE)
    cursor.take_pattern(BRANCH)
    name = cursor.text[head.start() : cursor.position].strip(" ,-–")
    if name.lower() == head.group(0).lower() and " ".join(name.lower().split()) not in STANDING_ALONE:
        cursor.position = start
        return None
    return " ".join(name.split())


def read_bare_head(cursor: Cursor) -> str | None:
    """Read a head that stands alone for a name said before: "Giao Cục nghiên cứu …"."""
    start = cursor.position
    head = cursor.take_pattern(HEAD)
    follows = cursor.rest().lstrip()[:1]
    stands_alone = follows.islower() and ENDS_NAME.match(cursor.text, cursor.position) is not None
    if head is None or not head.group(0)[0].isupper() or not stands_alone:
        cursor.position = start
        return None
    return head.group(0)


def read_field(cursor: Cursor) -> str | None:
    """Read the field alone, as in "các Bộ: Tài chính, Nội vụ"; None if no known field comes next."""
    match = cursor.take_pattern(FIELD)
    return match.group(0) if match else None


def head_places(text: str) -> Iterator[int]:
    """Where heads of names stand, for those who look through a whole text."""
    return (match.start() for match in HEAD.finditer(text) if match.group(0)[0].isupper())


def starts_with_head(cursor: Cursor) -> bool:
    """Does a head come next?"""
    before = cursor.position
    found = cursor.take_pattern(HEAD) is not None
    cursor.position = before
    return found


def _starts_head_at(cursor: Cursor, position: int) -> bool:
    return HEAD.match(cursor.text, position, cursor.end) is not None


def _is_written_as_name(cursor: Cursor, head: re.Match[str]) -> bool:
    if head.group(0)[0].isupper():
        return True
    following = cursor.peek_word()
    return bool(following) and following[0].isupper()


def _may_begin_name(word: str) -> bool:
    """ "Bộ Nội vụ", "Công an tỉnh"; not "Trường hợp", "Ban hành"."""
    return bool(word) and (word[0].isupper() or word[0].isdigit() or word in SMALL_AFTER_HEAD)


def _field(cursor: Cursor) -> bool:
    before = cursor.position
    match = cursor.take_pattern(FIELD)
    if match is None or not match.group(0)[0].isupper() or _goes_on_in_capitals(cursor):
        cursor.position = before
        return False
    cursor.take_pattern(OWNER)
    cursor.take_pattern(PLACE)
    return True


def _goes_on_in_capitals(cursor: Cursor) -> bool:
    """ "Phòng Kinh tế - Kỹ thuật" is no "Phòng Kinh tế"."""
    before = cursor.position
    hyphen = cursor.take_marks("-–")
    goes_on = hyphen and cursor.peek_word()[:1].isupper() and not starts_with_head(cursor)
    cursor.position = before
    return goes_on


def _words_of_name(cursor: Cursor) -> None:
    """Words as long as they belong to the name; the cursor ends behind the last one.

    A capital begins a compound ("Tổ chức", "Vận tải"), which takes its small syllables; behind a whole compound only
    known nouns go on in small letters. So an unknown verb ends a name rather than joining it.
    """
    last = ""
    complete = proper = False
    seen_capital = False
    while _between_words(cursor, seen_capital):
        word = cursor.peek_word()
        if word[:1].isupper() or word[:1].isdigit():
            after_name = last[:1].isupper() and not last.isupper()
            taken = cursor.take_pattern(COMPOUND) or cursor.take_pattern(WORD)
            if taken is None:
                return
            proper = after_name or taken.group(0).isupper() or word[:1].isdigit()
            complete = proper or " " in taken.group(0)
            seen_capital = True
        elif (taken := _small_word(cursor, last, complete=complete, proper=proper)) is None:
            return
        else:
            complete, proper = True, False
        last = taken.group(0).split()[-1]


def _small_word(cursor: Cursor, last: str, *, complete: bool, proper: bool) -> re.Match[str] | None:
    """The next small word or noun phrase of a name; None (nothing read) where the name ends."""
    before = cursor.position
    wants = WANTS_OBJECT.search(cursor.text, max(0, before - _LOOK_BACK), before) is not None
    if last.lower() in CLOSING or ACT_ON_PAPER.match(cursor.text, before, cursor.end):
        return None
    place = cursor.take_pattern(PLACE_NOUN)
    cursor.position = before
    noun = cursor.take_pattern(OBJECTS)
    if place is not None and (noun is None or len(place.group(0)) >= len(noun.group(0))):
        cursor.position = place.end()
        return place
    cursor.position = before
    if last in CLOSING_HEADS:
        return None
    if last.islower() and (ending := cursor.take_pattern(ENDING_NOUN)) is not None:
        return ending
    stop = cursor.take_pattern(STOP)
    cursor.position = before
    noun = cursor.take_pattern(OBJECTS)
    # "Phòng Đào tạo công bố thời khóa biểu": the longer word is a verb.
    swallowed = noun is not None and stop is not None and stop.group(0).lower().startswith(f"{noun.group(0).lower()} ")
    if (
        noun is not None
        and not swallowed
        and (wants or stop is None or len(noun.group(0)) > len(stop.group(0)) or not complete)
    ):
        return noun
    cursor.position = before
    if stop is not None and stop.group(0) not in HARD_STOPS and _ends_with(cursor, "phòng,"):
        return cursor.take_pattern(STOP)
    if stop is None and wants and (taken := cursor.take_pattern(WANTED_OBJECT)) is not None:
        return taken
    if complete or not last[:1].isupper():
        return cursor.take_pattern(UNKNOWN_NOUN) if stop is None and last and not proper else None
    if stop is not None and (" " in stop.group(0) or stop.group(0) in HARD_STOPS):
        return None
    return cursor.take_pattern(WORD)


def _ends_with(cursor: Cursor, ending: str) -> bool:
    """Does what was read end with `ending`?"""
    return cursor.text[max(0, cursor.position - _LOOK_BACK) : cursor.position].rstrip().lower().endswith(ending)


def _between_words(cursor: Cursor, seen_capital: bool) -> bool:
    """Step over "và", a hyphen or the comma of "phòng, chống"; False (nothing read) where the name must end."""
    if cursor.at_end():
        return False
    before = cursor.position
    if _steps_over(cursor, seen_capital):
        return True
    cursor.position = before
    return False


def _ends_with_capitals(text: str, position: int) -> bool:
    """ "Ban QLDA ĐTXD" before "và PTQĐ": initials on both sides are one name."""
    before = text[max(0, position - _LOOK_BACK) : position].split()
    return bool(before) and before[-1].isupper() and len(before[-1]) > 1


def _steps_over(cursor: Cursor, seen_capital: bool) -> bool:
    before = cursor.position
    if cursor.take("và"):
        following = cursor.peek_word()
        # "Tập đoàn Điện lực Việt Nam và NSMO": a short form is a body of its own.
        letters = _ends_with_capitals(cursor.text, before)
        own = following.isupper() and len(following) >= _SHORTEST_OWN and not letters
        titled = TITLE.match(cursor.text[cursor.position : cursor.position + _LOOK_BACK].lstrip()) is not None
        return seen_capital and following[:1].isupper() and not own and not titled and not starts_with_head(cursor)
    if cursor.take_marks("-–"):
        following = cursor.peek_word()
        return seen_capital and (following[:1].isupper() or following.isdigit()) and not starts_with_head(cursor)
    if cursor.take_marks(","):
        if cursor.text[max(0, before - _LOOK_BACK) : before].lower().rstrip().endswith("phòng"):
            return cursor.peek_word().lower() == "chống"
        fields = FIELDS_GO_ON.match(cursor.text, cursor.position, cursor.end) if seen_capital else None
        return fields is not None and not HEAD.search(fields.group(0)) and not _starts_head_at(cursor, fields.end())
    return cursor.rest().lstrip()[:1].isalnum()
