"""The stretch around what was found."""

from core.search.excerpts import Piece, excerpt, marked
from core.search.words import typed


def _lexemes(text: str) -> frozenset[str]:
    return typed(text).lexemes(by_marks=True)


def test_hits_beside_each_other_make_one_mark() -> None:
    assert marked("Họp giao ban tuần", _lexemes("giao ban")) == (
        Piece("Họp "),
        Piece("giao ban", is_hit=True),
        Piece(" tuần"),
    )


def test_a_word_with_marks_is_marked_for_one_typed_without_but_not_for_another() -> None:
    assert marked("bão", _lexemes("bao")) == (Piece("bão", is_hit=True),)
    assert marked("báo", _lexemes("bão")) == (Piece("báo"),)


def test_a_long_text_is_shown_around_the_place_with_most_hits() -> None:
    text = " ".join(["bão", *(f"từ{n}" for n in range(200)), "lũ quét", *(f"chữ{n}" for n in range(200))])
    pieces = excerpt(text, _lexemes("bão lũ quét"), words=20)
    assert pieces[0] == Piece("… ")
    assert pieces[-1] == Piece(" …")
    assert Piece("lũ quét", is_hit=True) in pieces
    assert sum(len(piece.text.split()) for piece in pieces) <= 22


def test_without_a_hit_the_beginning_is_shown() -> None:
    text = " ".join(f"từ{n}" for n in range(100))
    assert excerpt(text, frozenset(), words=5) == (Piece("từ0 từ1 từ2 từ3 từ4"), Piece(" …"))
    assert excerpt("", frozenset()) == ()
    assert excerpt("…", frozenset()) == (Piece("…"),)


def test_every_letter_is_there_once() -> None:
    for text in ("<b>họp</b> & 'giao'", "giao", "a giao b giao", "Giao, giao ban!"):
        assert "".join(piece.text for piece in marked(text, _lexemes("giao"))) == text
        assert "".join(piece.text for piece in excerpt(text, _lexemes("giao"))) == text
