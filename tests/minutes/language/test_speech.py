"""From speech to writing: corrections, fillers, first person, figures, references, stray commas."""

import pytest

from minutes.language.clause_pieces import read_clauses
from minutes.language.directory import Directory, KnownUnit
from minutes.language.mending import misheard_assignment, without_stray_commas
from minutes.language.parties import names_of
from minutes.language.references import KnownDocument, find_references, spoken_references
from minutes.language.repairs import repair
from minutes.language.speech import office_style, third_person, without_fillers
from minutes.language.text import Text

HOUSE = Directory.of([KnownUnit("Trung tâm Thông tin"), KnownUnit("Văn phòng Bộ")])


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("trước ngày 20, à không, trước ngày 18 tháng 4", "trước ngày 18 tháng 4"),
        ("giao Văn phòng Bộ, à nhầm, Vụ Pháp chế chủ trì", "giao Vụ Pháp chế chủ trì"),
        ("bố trí 3, xin lỗi, 4 cán bộ", "bố trí 4 cán bộ"),
    ],
)
def test_what_a_speaker_takes_back_is_gone(said: str, meant: str) -> None:
    assert repair(Text.of(said)).text.value == meant


def test_a_day_is_taken_back_whole() -> None:
    said = Text.of("giao trước ngày 20 tháng 10, ủa không, 25 tháng 10")
    assert repair(said).text.value == "giao trước ngày 25 tháng 10"
    asked = Text.of("xong trước ngày 20, à thôi, cho các anh đến ngày 25 tháng 7")
    assert repair(asked).text.value == "xong trước ngày 25 tháng 7"


def test_a_correction_that_fits_nothing_is_a_question() -> None:
    repaired = repair(Text.of("việc này làm sớm, xin lỗi, hôm nay trời mưa"))
    assert repaired.text.value == "việc này làm sớm, xin lỗi, hôm nay trời mưa"
    assert repaired.questions


def test_a_correction_does_not_reach_into_the_sentence_before() -> None:
    said = "Báo cáo trước ngày 20. Mời đồng chí phát biểu. Xin lỗi, trước ngày 18 nộp hồ sơ."
    assert "trước ngày 20" in repair(Text.of(said)).text.value


def test_fillers_go_and_words_stay() -> None:
    assert without_fillers(Text.of("à, các đơn vị báo cáo nhé")).value.split() == ["các", "đơn", "vị", "báo", "cáo"]


def test_the_first_person_becomes_the_office() -> None:
    assert third_person("báo cáo tôi", "Thứ trưởng") == "báo cáo Thứ trưởng"
    assert third_person("trình tôi ký", "Giám đốc") == "trình Giám đốc ký"
    assert third_person("báo cáo tôi", "") == "báo cáo người chủ trì"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("trước 16 giờ hằng ngày", "trước 16h00 hằng ngày"),
        ("trước 4 giờ chiều", "trước 16h00"),
        ("8 giờ 30 phút", "08h30"),
        ("bố trí 2 cán bộ", "bố trí 02 cán bộ"),
        ("đạt 2% kế hoạch", "đạt 2% kế hoạch"),
        ("ngày 5 tháng 6", "ngày 5 tháng 6"),
    ],
)
def test_figures_in_the_style_of_the_office(said: str, written: str) -> None:
    assert office_style(said) == written


def test_references_are_found_whole() -> None:
    said = "theo Kế hoạch số 1458/KH-BNV ngày 20/3/2020; Nghị quyết số 37/NQ-CP; Kết luận số 07-KL/TW"
    assert find_references(said).found == (
        "Kế hoạch số 1458/KH-BNV ngày 20/3/2020",
        "Nghị quyết số 37/NQ-CP",
        "Kết luận số 07-KL/TW",
    )


def test_a_spoken_number_stands_only_on_the_meetings_list() -> None:
    listed = find_references("thực hiện công văn 1904", [KnownDocument("1904/BM-VP")])
    assert listed.found == ("Công văn số 1904/BM-VP",)
    assert listed.questions == ()
    unlisted = find_references("thực hiện công văn 1904")
    assert unlisted.found == ()
    assert "cần xác minh" in unlisted.questions[0]


def test_two_documents_of_one_number_are_a_question() -> None:
    documents = [KnownDocument("12/BM-VP"), KnownDocument("12/BM-TC")]
    assert find_references("theo công văn 12", documents).questions


def test_symbols_read_aloud_are_written() -> None:
    assert spoken_references("chỉ thị số mười sáu xê tê tê tê gờ") == "chỉ thị số 16/CT-TTg"
    assert spoken_references("kế hoạch số bốn mươi lăm ca hát u bê en dê") == "kế hoạch số 45/KH-UBND"


def test_stray_commas_of_a_recogniser_go() -> None:
    said = "trước ngày, mười, lăm tháng tư các đơn vị báo, cáo, gửi về"
    assert without_stray_commas(Text.of(said)).value == "trước ngày mười lăm tháng tư các đơn vị báo cáo, gửi về"


def test_a_misheard_order_is_read_behind_a_number() -> None:
    text = "rau trung tâm thông tin kiểm tra đường truyền"
    assert not any(clause.lead for clause in read_clauses(text, 0, len(text), HOUSE))
    clause = misheard_assignment(text, 0, len(text), HOUSE, numbered=True)
    assert clause is not None
    assert names_of(clause.lead) == ("Trung tâm Thông tin",)
    assert text[clause.predicate_start : clause.predicate_end] == "kiểm tra đường truyền"


def test_without_a_number_nothing_is_guessed() -> None:
    text = "rau trung tâm thông tin kiểm tra đường truyền"
    assert misheard_assignment(text, 0, len(text), HOUSE, numbered=False) is None
