"""The first bytes of a file go in, what it certainly is goes out: an archive, a play-list, or nothing known. Pure.

Names are never looked at. Archives are refused before anything opens them; a play-list names other files and addresses,
which nobody must open for a stranger.
"""

from enum import StrEnum

#: How much of a file `kind_of` wants to see; the mark of a tar lies at byte 257.
HEAD_BYTES = 1024


class Kind(StrEnum):
    """What is refused by its first bytes."""

    ARCHIVE = "archive"
    PLAYLIST = "playlist"


#: (offset, bytes): gzip, zip (three forms), 7z, rar, xz, bzip2, zstd, lz4, cabinet, ar, tar, compress.
_ARCHIVES = (
    (0, b"\x1f\x8b"),
    (0, b"PK\x03\x04"),
    (0, b"PK\x05\x06"),
    (0, b"PK\x07\x08"),
    (0, b"7z\xbc\xaf\x27\x1c"),
    (0, b"Rar!\x1a\x07"),
    (0, b"\xfd7zXZ\x00"),
    (0, b"BZh"),
    (0, b"\x28\xb5\x2f\xfd"),
    (0, b"\x04\x22\x4d\x18"),
    (0, b"MSCF\x00\x00\x00\x00"),
    (0, b"!<arch>\n"),
    (257, b"ustar"),
    (0, b"\x1f\x9d"),
)
#: HLS and M3U, concat lists, PLS, ASX, DASH, SMIL, XSPF, RTSP descriptions, references of Windows Media and RealMedia.
_PLAYLISTS = (
    b"#extm3u",
    b"ffconcat",
    b"[playlist]",
    b"[reference]",
    b"<asx",
    b"<smil",
    b"<mpd",
    b"<playlist",
    b"v=0\r\no=",
    b"v=0\no=",
    b"rtsp://",
    b"rtsptext",
    b"http://",
    b"https://",
)
#: A play-list written as XML may begin with a declaration and comments.
_XML_ROOTS = (b"<asx", b"<smil", b"<mpd", b"<playlist", b"<smoothstreamingmedia")


def kind_of(head: bytes) -> Kind | None:
    """What the first HEAD_BYTES of a file say; None leaves the question to the decoder."""
    if any(head[offset : offset + len(mark)] == mark for offset, mark in _ARCHIVES):
        return Kind.ARCHIVE
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(_PLAYLISTS):
        return Kind.PLAYLIST
    if text.startswith(b"<?xml") and any(root in text for root in _XML_ROOTS):
        return Kind.PLAYLIST
    return None
