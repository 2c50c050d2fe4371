"""Two recognisers put together: words of the first, spelling of the second, doubt where they differ."""

from hypothesis import given
from hypothesis import strategies as st

from transcription.document import Flag, Word
from transcription.engines.alignment import align, tokens
from transcription.engines.contract import Quality, Slot, Utterance
from transcription.engines.fusion import ONLY_SECOND, fuse_utterances, fuse_words
from transcription.filters.judgement import flags_of


def words(text: str, start: float = 0.0, probability: float = 0.75) -> tuple[Word, ...]:
    return tuple(Word(start + 0.4 * i, start + 0.4 * i + 0.3, part, probability) for i, part in enumerate(text.split()))


def utterance(text: str, start: float = 0.0, probability: float = 0.75) -> Utterance:
    found = words(text, start, probability)
    return Utterance(found[0].start, found[-1].end, found, Quality(-0.3, 0.05, 1.1))


def fused_text(first: str, second: str) -> str:
    return " ".join(word.text for word in fuse_words(words(first), words(second)).words)


def test_agreement_takes_capitals_and_marks_and_raises_certainty() -> None:
    fused = fuse_words(words("trung tâm thông tin báo cáo"), words("Trung tâm Thông tin báo cáo."))
    assert " ".join(word.text for word in fused.words) == "Trung tâm Thông tin báo cáo."
    assert fused.agreement == 1.0
    assert all(word.probability > 0.75 for word in fused.words)


def test_disagreement_keeps_the_first_and_doubts_it_more() -> None:
    fused = fuse_words(words("hoàn thành trong tháng tư"), words("hoàng thanh trong tháng sáu"))
    assert [word.text for word in fused.words] == ["hoàn", "thành", "trong", "tháng", "tư"]
    other_word, other_tone, same = (fused.words[place].probability for place in (0, 1, 2))
    assert other_word < other_tone < 0.75 < same


def test_a_word_only_the_first_heard_is_more_doubtful() -> None:
    fused = fuse_words(words("xin báo cáo"), words("báo cáo", 0.4))
    assert fused.words[0].probability < 0.75


def test_a_figure_of_the_second_confirms_the_syllables_of_the_first_and_is_left_to_one_rule_for_all() -> None:
    fused = fuse_words(words("trước ngày mười lăm tháng tư"), words("trước ngày 15 tháng 4"))
    assert [word.text for word in fused.words] == ["trước", "ngày", "mười", "lăm", "tháng", "tư"]
    assert all(word.probability > 0.75 for word in fused.words)


def test_slots_learn_what_the_second_heard() -> None:
    heard = words("rau trung tâm")
    slots = tuple(Slot(word.start, word.end, word.text, ((word.text, 0.75),)) for word in heard)
    silence = Slot(1.2, 1.24, "", (("thông", 0.2),))
    first = Utterance(heard[0].start, heard[-1].end, heard, Quality(), (*slots, silence))
    (fused,) = fuse_utterances((first,), (utterance("giao trung tâm thông"),))
    assert [slot.second for slot in fused.slots] == ["giao", "trung", "tâm", "thông"]


def test_marks_of_other_words_are_not_taken() -> None:
    assert fused_text("giao trung tâm", "rau, trung tâm") == "giao trung tâm"


def test_nothing_of_the_second_is_inserted_unless_the_first_is_silent_there() -> None:
    unsure = fuse_words(words("báo cáo"), words("báo cáo hay đấy", probability=0.6))
    assert [word.text for word in unsure.words] == ["báo", "cáo"]
    late = words("xin cảm ơn", 10.0, 0.95)
    fused = fuse_words(words("báo cáo"), (*words("báo cáo"), *late))
    assert [word.text for word in fused.words] == ["báo", "cáo", "xin", "cảm", "ơn"]
    assert fused.words[-1].probability <= ONLY_SECOND


def test_pauses_of_the_first_divide_and_take_the_mark_of_the_second() -> None:
    first = (utterance("chào các đồng chí"), utterance("mời đồng chí báo cáo", 3.0))
    second = (utterance("Chào các đồng chí."), utterance("Mời đồng chí báo cáo.", 3.0))
    fused = fuse_utterances(first, second)
    assert [item.text for item in fused] == ["Chào các đồng chí.", "Mời đồng chí báo cáo."]


def test_where_the_first_heard_nothing_only_a_sure_second_counts() -> None:
    assert fuse_utterances((), (utterance("hãy subscribe nhé", probability=0.3),)) == ()
    (alone,) = fuse_utterances((), (utterance("xin mời vào", probability=0.95),))
    assert flags_of(alone) == ()
    (phantom,) = fuse_utterances((), (utterance("hãy subscribe cho kênh ghiền mì gõ", probability=0.99),))
    assert Flag.PHANTOM.value in flags_of(phantom)


@given(st.lists(st.sampled_from(["báo", "cáo", "đồng", "chí", "15", "tháng", "tư"]), max_size=12), st.data())
def test_every_token_is_paired_once_and_in_order(first: list[str], data: st.DataObject) -> None:
    second = data.draw(st.lists(st.sampled_from(["báo", "cáo", "đồng", "chí", "mười", "lăm", "tháng"]), max_size=12))
    ours, theirs = tokens(words(" ".join(first))), tokens(words(" ".join(second)))
    pairs = align(ours, theirs)
    assert [pair.first for pair in pairs if pair.first is not None] == list(range(len(ours)))
    assert [pair.second for pair in pairs if pair.second is not None] == list(range(len(theirs)))


@given(st.lists(st.sampled_from(["một", "hai", "ba", "bốn", "năm", "15", "mười", "lăm"]), min_size=1, max_size=15))
def test_fusing_never_moves_times_backwards(texts: list[str]) -> None:
    fused = fuse_words(words(" ".join(texts)), words(" ".join(reversed(texts))))
    starts = [word.start for word in fused.words]
    assert starts == sorted(starts)
    assert all(0 <= word.probability <= 1 for word in fused.words)
