"""What recognisers invent is marked; what people say survives."""

import pytest

from transcription.engines.contract import Quality
from transcription.filters.phantoms import is_known_phrase, is_phantom
from transcription.filters.repeats import is_circling

WEAK, STRONG = Quality(-1.4, 0.7, 1.1), Quality(-0.2, 0.01, 1.1)


@pytest.mark.parametrize(
    "text",
    [
        "Hãy subscribe cho kênh Ghiền Mì Gõ để không bỏ lỡ những video hấp dẫn",
        "Cảm ơn các bạn đã theo dõi và hẹn gặp lại.",
        "Các bạn hãy đăng ký kênh để ủng hộ kênh của mình nhé!",
        "Hẹn gặp lại các bạn trong những video tiếp theo.",
    ],
)
def test_known_sentences_with_weak_evidence_are_phantoms(text: str) -> None:
    assert is_phantom(text.split(), WEAK)
    assert not is_phantom(text.split(), STRONG)


def test_the_second_recogniser_decides_where_there_is_one() -> None:
    text = ["cảm", "ơn", "các", "bạn", "đã", "theo", "dõi"]
    assert is_phantom(text, Quality(agreement=0.1))
    assert not is_phantom(text, Quality(agreement=0.9))


@pytest.mark.parametrize("text", ["Cảm ơn các đồng chí.", "Đề nghị các đơn vị theo dõi, đôn đốc.", "Kênh truyền hình"])
def test_ordinary_sentences_are_never_phantoms(text: str) -> None:
    assert not is_known_phrase(text.split())
    assert not is_phantom(text.split(), WEAK)


@pytest.mark.parametrize("text", ["tìm " * 30, "của tên đường " * 9, "báo cáo " + "dễ " * 20])
def test_circles_are_noticed(text: str) -> None:
    assert is_circling(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "rất rất rất tốt",
        "một là một hai là hai ba là ba",
        "không không",
        "",
        "các đơn vị báo cáo, các đơn vị thực hiện",
    ],
)
def test_speech_that_repeats_itself_is_no_circle(text: str) -> None:
    assert not is_circling(text.split())
