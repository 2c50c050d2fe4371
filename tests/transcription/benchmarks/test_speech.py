"""The bench: gold answers and hypotheses in, figures out. No engine runs here."""

import json
from pathlib import Path

import pytest

from benchmarks.speech.figures import Counts, count, errors_by_speaker, line
from benchmarks.speech.hypothesis import Hypothesis, Said, Stage, joined
from benchmarks.speech.measuring import Cost, Failed, run
from benchmarks.speech.names import names_heard, terms_of, words_under_name
from benchmarks.speech.phantoms import count_phantoms
from benchmarks.speech.pictures import draw
from benchmarks.speech.references import Gold, excerpt, read_gold
from tests.transcription import sounds
from tests.transcription.sounds import DEMO
from transcription.engines.contract import Turn

SEGMENTS = (
    (0.0, 4.0, "Lê Thị Hà", "mời đồng chí trần văn nam"),
    (4.0, 8.0, "Trần Văn Nam", "trung tâm thông tin đã sẵn sàng"),
)
TURNS = (Turn(0, 4, "Lê Thị Hà"), Turn(4, 8, "Trần Văn Nam"))
GOLD = Gold(
    name="a",
    sound=Path("a.flac"),
    text=" ".join(segment[3] for segment in SEGMENTS),
    turns=TURNS,
    kind="human",
    segments=SEGMENTS,
    people={"Trần Văn Nam": {"unit": "Trung tâm Thông tin", "endpoint": "Bộ"}, "Lê Thị Hà": {}},
)


def heard(*said: tuple[float, float, str, str], named: bool = False) -> Hypothesis:
    parts = tuple(Said(*item) for item in said)
    return Hypothesis(parts, tuple(Turn(s.start, s.end, s.speaker) for s in parts), (Stage("x", 0, 1),), named)


RIGHT = heard((0, 4, "A", "Mời đồng chí Trần Văn Nam."), (4, 8, "B", "Trung tâm Thông tin đã sẵn sàng."))
SWAPPED = heard((0, 4, "A", "Mời đồng chí Trần Văn Nam."), (4, 8, "A", "Trung tâm Thông tin đã sẵn sàng."))


def test_a_perfect_hearing_has_no_errors_whatever_its_voices_are_called() -> None:
    told = line("ours", {"human": count(GOLD, RIGHT, Cost(2.0, 4.0, 1_000_000), 8.0)}, 0)
    assert (told["wer"], told["cer"], told["der"], told["cpwer"], told["terms"]) == (0, 0, 0, 0, 1)
    assert (told["rtf"], told["cpu"], told["peak_mb"], told["phantoms"]) == (0.25, 0.5, 1, 0)
    assert told["names"] is None  # numbered voices are not names
    assert told["wer_human"] == 0
    assert told["wer_meetings"] is None


def test_the_keys_of_a_line_are_a_contract() -> None:
    told = line("ours", {}, None)
    assert {"system", "wer", "cer", "der", "cpwer", "names", "rtf", "cpu", "peak_mb"} <= set(told)


def test_words_under_a_wrong_voice_are_errors_of_the_assignment() -> None:
    counts = count(GOLD, SWAPPED, Cost(), 8.0)
    assert counts.words[0] == 0
    # Six words too many under the better-fitting speaker, and the six of the other missing.
    assert counts.speaker_words == (12, 13)
    rates = errors_by_speaker(GOLD, SWAPPED)
    assert set(rates) == {"Lê Thị Hà", "Trần Văn Nam"}


def test_nobody_heard_is_everything_wrong_and_a_voice_too_many_adds_its_words() -> None:
    assert count(GOLD, heard(), Cost(), 8.0).speaker_words == (13, 13)
    more = heard(*[(s.start, s.end, s.speaker, s.text) for s in RIGHT.said], (8, 9, "C", "xin chào"))
    assert count(GOLD, more, Cost(), 9.0).speaker_words == (2, 13)


def test_a_system_without_voices_has_no_figures_for_them() -> None:
    told = line("b", {"human": count(GOLD, Hypothesis((Said(0, 8, "", GOLD.text),)), Cost(), 8.0)}, None)
    assert told["der"] is None
    assert told["cpwer"] is None
    assert told["wer"] == 0


def test_names_are_counted_where_they_were_said() -> None:
    assert ["trung", "tâm", "thông", "tin"] in terms_of(GOLD)
    assert ["bộ"] not in terms_of(GOLD)
    assert names_heard(GOLD, RIGHT) == (2, 2)
    wrong = heard((0, 8, "A", "mời đồng chí trần văn nan trung tâm thông tin đã sẵn sàng"))
    assert names_heard(GOLD, wrong) == (1, 2)
    assert names_heard(GOLD, heard()) == (0, 2)


def test_words_stand_under_the_name_of_who_spoke_at_that_moment() -> None:
    named = heard((0, 4, "Lê Thị Hà", "một hai"), (4, 8, "Lê Thị Hà", "ba bốn"), named=True)
    assert words_under_name(GOLD, named) == (2, 4)


def test_rates_of_several_recordings_are_pooled() -> None:
    one, other = Counts(words=(1, 10), seconds=10), Counts(words=(30, 90), seconds=90)
    told = line("x", {"human": one, "synthetic": other}, None)
    assert told["wer"] == 0.31
    assert told["wer_human"] == 0.1
    assert told["wer_meetings"] == pytest.approx(0.3333)


def test_text_of_one_program_goes_under_the_voices_of_another() -> None:
    text = Hypothesis((Said(0, 3.5, "", "a"), Said(3.5, 8, "", "b"), Said(9, 10, "", "c")), None, (Stage("t", 0, 5),))
    both = joined(text, Hypothesis(turns=TURNS, stages=(Stage("v", 0, 2),)))
    assert [item.speaker for item in both.said] == ["Lê Thị Hà", "Trần Văn Nam", "Trần Văn Nam"]
    assert both.stages == (Stage("t", 0, 5), Stage("v", 5, 7))


def test_a_hypothesis_is_read_as_it_was_written(tmp_path: Path) -> None:
    RIGHT.write(tmp_path / "h.json")
    assert Hypothesis.read(tmp_path / "h.json") == RIGHT


def test_folders_are_read_by_their_manifest_and_by_what_lies_there(tmp_path: Path) -> None:
    for name in ("một", "hai"):
        sounds.write_wav(tmp_path / f"{name}.wav", sounds.silence(0.2))
        told = {"segments": [{"start": 0, "end": 0.2, "speaker": "A", "text": name}], "kind": "human"}
        (tmp_path / f"{name}.json").write_text(json.dumps(told), encoding="utf-8")
    entry = {"id": "hai", "audio": "hai.wav", "json": "hai.json"}
    (tmp_path / "manifest.json").write_text(json.dumps({"files": [entry, {"audio": "thiếu.wav"}]}), encoding="utf-8")
    assert [gold.name for gold in read_gold(tmp_path)] == ["hai", "một"]


def test_an_excerpt_ends_between_two_sentences(tmp_path: Path) -> None:
    (gold,) = read_gold(DEMO.parent)
    cut = excerpt(gold, 30.0, tmp_path)
    assert 0 < len(cut.segments) < len(gold.segments)
    last, following = cut.segments[-1][1], gold.segments[len(cut.segments)][0]
    assert cut.segments[-1][1] <= 30.0
    assert max(turn.end for turn in cut.turns) <= (last + following) / 2
    assert cut.answers is not None
    assert len(json.loads(cut.answers.read_text(encoding="utf-8"))["segments"]) == len(cut.segments)
    assert excerpt(gold, 1e9, tmp_path) is gold


def test_what_a_program_costs_is_measured_and_its_failure_told() -> None:
    cost = run("timeit", ["-n", "1", "-r", "1", "sum(range(2_000_000))"], threads=1)
    assert cost.wall_seconds > 0
    assert cost.cpu_seconds > 0
    assert cost.peak_bytes > 1_000_000
    with pytest.raises(Failed, match="nicht_da"):
        run("nicht_da", [], threads=1)


def test_phantoms_are_sentences_on_sounds_without_speech(tmp_path: Path) -> None:
    for name in ("silence_60s.flac", "music_1.wav", "garbage.mp4"):
        (tmp_path / name).touch()
    found = count_phantoms(tmp_path, lambda path: RIGHT if path.stem.startswith("music") else heard())
    assert found == {"music_1.wav": 2, "silence_60s.flac": 0}


def test_pictures_are_drawn_even_where_figures_are_missing(tmp_path: Path) -> None:
    lines = [
        line("ours", {"human": count(GOLD, RIGHT, Cost(2, 4, 1_000_000), 8.0)}, 0),
        line("faster-whisper", {"human": count(GOLD, Hypothesis(), Cost(1, 1, 1), 8.0)}, None),
    ]
    drawn = draw(tmp_path, lines, {"ours": {"A": 0.1}, "faster-whisper": {}}, {"ours": [Stage("x", 0, 1)]})
    assert [path.name for path in drawn] == ["errors.png", "cost.png", "speakers.png", "stages.png"]
    assert all(path.stat().st_size > 5_000 for path in drawn)
