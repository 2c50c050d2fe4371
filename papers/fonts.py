"""Where the font of the PDF lies: Liberation Serif 2 or Tinos, both of the widths of Times New Roman (I.4).

A font is taken only if all three faces are there and can write Vietnamese: Liberation 1.07, which Debian 12 still calls
`fonts-liberation`, bears the right name and has no ộ.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

from papers.measure import BREAK
from papers.refusals import FontMissing

#: Folders of Debian's packages fonts-liberation2, fonts-liberation (from Debian 13 on) and fonts-croscore.
DEBIAN_DIRECTORIES = tuple(
    Path("/usr/share/fonts/truetype") / name for name in ("liberation2", "liberation", "croscore")
)
_FACES = ("Regular", "Bold", "Italic", "BoldItalic")
_FAMILIES = {"Liberation Serif": "LiberationSerif", "Tinos": "Tinos"}
#: Blocks of Hebrew, Arabic and their like, points and presentation forms included.
_RIGHT_TO_LEFT = ((0x0590, 0x08FF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFF), (0x10800, 0x10FFF), (0x1E800, 0x1EFFF))
#: Each Vietnamese letter is in a font that has these.
_VIETNAMESE = frozenset("ĂÂĐÊÔƠƯăâđêôơưẠặỀểỖộỢữỹ")


@dataclass(frozen=True)
class FontFamily:
    """A family that can print a paper. `letters`: code points all of its faces have."""

    name: str
    directory: Path
    letters: frozenset[int]

    def unprintable(self, text: str) -> list[str]:
        """Letters of the text that cannot be shown, each once, in order.

        Scripts written from right to left count among them also where the font has some: the compiler breaks off on
        their letters and points, and no paper of the office needs them.
        """
        return list(dict.fromkeys(letter for letter in text if letter not in ("\n", BREAK) and not self._shows(letter)))

    def _shows(self, letter: str) -> bool:
        point = ord(letter)
        return point in self.letters and not any(first <= point <= last for first, last in _RIGHT_TO_LEFT)


def find_font(directory: Path | None = None) -> FontFamily:
    """The first usable family: in the folder from the settings if given, else where Debian's packages put them.

    Raises:
        FontMissing: names the package and the command.
    """
    for place in (directory,) if directory is not None else DEBIAN_DIRECTORIES:
        if family := _read(place):
            return family
    raise FontMissing


@lru_cache
def _read(directory: Path) -> FontFamily | None:
    for name, stem in _FAMILIES.items():
        files = [directory / f"{stem}-{face}.ttf" for face in _FACES]
        if not all(file.is_file() for file in files):
            continue
        letters = frozenset.intersection(*(_letters(file) for file in files))
        if letters.issuperset(map(ord, _VIETNAMESE)):
            return FontFamily(name, directory, letters)
    return None


def _letters(file: Path) -> frozenset[int]:
    try:
        with file.open("rb") as stream, TTFont(stream, lazy=True) as font:
            return frozenset(font.getBestCmap() or {})
    except (TTLibError, OSError):
        return frozenset()
