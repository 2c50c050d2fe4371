"""A transcript of any length: two voices without a name, a doubtful word now and then."""

from transcription.document import Flag, Segment, TranscriptDocument, Word

TEXT = "Đề nghị các đơn vị kiểm tra đường truyền và báo cáo về Trung tâm Thông tin trước ngày mười lăm"
WORDS = tuple(TEXT.split())
SECONDS_OF_LINE = 4.8


def long_document(lines: int) -> TranscriptDocument:
    """So many lines of 4.8 seconds each; 1,500 are two hours."""
    return TranscriptDocument(
        "viet-asr", lines * SECONDS_OF_LINE, tuple(_line(number) for number in range(1, lines + 1))
    )


def _line(number: int) -> Segment:
    start = round((number - 1) * SECONDS_OF_LINE, 3)
    step = SECONDS_OF_LINE / len(WORDS)
    words = tuple(
        Word(round(start + place * step, 3), round(start + (place + 0.9) * step, 3), word,
             0.3 if (number + place) % 37 == 0 else 0.95)
        for place, word in enumerate(WORDS)
    )  # fmt: skip
    speaker = ("Người nói 1", "Người nói 2")[number // 5 % 2]
    flags = (Flag.DOUBTFUL,) if number % 20 == 0 else ()
    return Segment(f"s{number:04d}", words[0].start, words[-1].end, speaker, TEXT, flags, words)
