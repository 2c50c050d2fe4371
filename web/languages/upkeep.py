"""Keep the English catalogue in line with the sources: `python -m web.languages`, or `make translations`.

In: the sources, as `babel.cfg` says where words stand; the catalogue as it is. Out: the catalogue with every message of
the sources and none besides, in the order of their words; what still has no English is named.
"""

import json
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import write_po

from web.languages.catalogue import path_of, read_catalogue

ROOT = Path(__file__).parents[2]
#: Rooms whose words reach a screen.
ROOMS = ("core", "minutes", "orchestrator", "papers", "transcription", "web")
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None, "_many": ((1, "c"), 2)}
HEADER = """\
# English words of the screens. Kept in line with the sources by `make translations`.
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


@cache
def wanted() -> Catalog:
    """Every message of the sources, with the files it stands in."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    catalog = Catalog()
    # From the root, so that the patterns of babel.cfg and the places in the catalogue read alike.
    found = extract_from_dir(ROOT, methods, options, KEYWORDS, directory_filter=_is_of_a_room)
    for path, _line, words, _comments, context in found:
        catalog.add(words, locations=[(path, 0)], context=context)
    return catalog


def renewed(old: Catalog) -> Catalog:
    """The catalogue with the sources' messages and the English it had for them."""
    new = Catalog(locale="en")
    for message in messages(wanted()):
        known = old.get(message.id, message.context)
        string = known.string if known is not None else None
        new.add(message.id, string, sorted(set(message.locations)), context=message.context)
    return new


def missing(catalog: Catalog) -> list[Message]:
    """Messages of the sources without English."""
    return [message for message in messages(renewed(catalog)) if not _is_translated(message)]


def messages(catalog: Catalog) -> Iterator[Message]:
    """The messages of a catalogue, its header left out."""
    return (message for message in catalog if message.id)


def written(catalog: Catalog) -> bytes:
    """The catalogue as its file is written: in the order of its words, without days and places, which change daily."""
    body = BytesIO()
    write_po(body, catalog, width=0, omit_header=True, sort_output=True, ignore_obsolete=True, no_location=True)
    return HEADER.encode() + body.getvalue()


def main() -> int:
    """Write the renewed catalogue; 1 where English is missing."""
    catalog = renewed(read_catalogue("en"))
    path_of("en").write_bytes(written(catalog))
    lacking = missing(catalog)
    for message in lacking:
        print(f"{message.locations[0][0]}: {json.dumps(message.id, ensure_ascii=False)}")  # noqa: T201 (a command)
    print(f"{len(catalog)} messages, {len(lacking)} without English")  # noqa: T201 (a command)
    return 1 if lacking else 0


def _is_of_a_room(folder: str | Path) -> bool:
    parts = Path(folder).relative_to(ROOT).parts
    return not parts or parts[0] in ROOMS


def _is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple | list) else [message.string]
    return bool(strings) and all(strings)
