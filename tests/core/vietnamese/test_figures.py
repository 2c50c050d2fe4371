"""Spoken numbers, days, hours and symbols become figures; words that only look like numbers stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.vietnamese.figures import figure_changes, to_figures
from core.vietnamese.readings import spoken
from core.vietnamese.spoken_words import phrase_words

_NUMBER_WORDS = sorted(
    phrase_words(
        "không một hai ba bốn năm sáu bảy tám chín mười mươi lăm mốt trăm nghìn triệu tỷ linh rưỡi phẩy phần trên ngày "
        "tháng quý giờ số công văn đồng người và là thứ mấy xê tê gờ"
    )
)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("ngày mười lăm tháng tư năm hai không hai sáu", "ngày 15 tháng 4 năm 2026"),
        ("đợt một năm hai nghìn không trăm hai mươi lăm", "đợt một năm 2025"),
        ("từ ngày một tháng năm", "từ ngày 1 tháng 5"),
        ("từ ngày sáu đến ngày tám tháng tư", "từ ngày 6 đến ngày 8 tháng 4"),
        ("ngày ba mươi hai tháng tư", "ngày 32 tháng 4"),
        ("mười bốn giờ ba mươi phút", "14 giờ 30 phút"),
        ("ba mươi phẩy năm phần trăm", "30,5%"),
        ("mười hai phẩy hai mươi lăm phần trăm", "12,25%"),
        ("một trăm phần trăm kế hoạch", "100% kế hoạch"),
        ("hai phần ba số hộ", "2/3 số hộ"),
        ("mười hai trên mười lăm đơn vị", "12/15 đơn vị"),
        ("hai mươi bốn trên hai mươi bốn giờ", "24/24 giờ"),
        ("hai triệu rưỡi", "2,5 triệu"),
        ("ba triệu hai", "3,2 triệu"),
        ("một trăm hai mươi", "120"),
        ("năm mươi nghìn đồng", "50.000 đồng"),
        ("một nghìn hai trăm tỷ đồng", "1.200 tỷ đồng"),
        ("hai nghìn năm lịch sử", "2.000 năm lịch sử"),
        ("không chín một hai ba bốn năm sáu bảy tám", "0912345678"),
        ("phòng họp số ba", "phòng họp số 3"),
        ("chỉ thị số mười sáu xê tê tê tê gờ của Thủ tướng", "chỉ thị số 16/CT-TTg của Thủ tướng"),
        ("kế hoạch số bốn mươi lăm ca hát u bê en dê", "kế hoạch số 45/KH-UBND"),
        (
            "nghị định số ba mươi năm hai nghìn không trăm hai mươi nờ đê xê pê",
            "nghị định số 30/2020/NĐ-CP",
        ),
        ("nghị định ba mươi trên hai không hai không gạch ngang nờ dê xê pê", "nghị định 30/2020/NĐ-CP"),
        ("công văn số một nghìn chín trăm linh tư", "công văn số 1904"),
        ("sáu tháng mười ba ngày", "6 tháng 13 ngày"),
        ("cuối tháng ba mươi lăm đơn vị", "cuối tháng 35 đơn vị"),
        ("ngày mười ba tháng mười hai", "ngày 13 tháng 12"),
        ("trong tháng mười, ba đơn vị", "trong tháng 10, 3 đơn vị"),
    ],
)
def test_what_is_said_is_written_with_figures(said: str, written: str) -> None:
    assert to_figures(said) == written


@pytest.mark.parametrize(
    "said",
    [
        "hai ba việc cần làm",
        "hết tháng mười ba",
        "trong tháng mười ba đơn vị nộp chậm",
        "tháng mười một nghìn hồ sơ",
        "mười mấy người",
        "vài chục hồ sơ",
        "một phần năm nay chưa giải ngân",
        "thứ hai, thứ sáu hằng tuần",
        "thắng ba không",
        "một số đơn vị",
        "ông Năm",
        "kế hoạch số bê em",
        "quý vị đại biểu",
    ],
)
def test_words_that_are_no_exact_number_stay(said: str) -> None:
    assert to_figures(said) == said


@given(st.lists(st.sampled_from(_NUMBER_WORDS), max_size=14))
def test_whatever_is_said_changes_are_in_order_and_cover_whole_words(said: list[str]) -> None:
    text = " ".join(said)
    position = 0
    for change in figure_changes(text):
        assert position <= change.start < change.end <= len(text)
        assert text[: change.start][-1:] in {"", " "}
        assert text[change.end :][:1] in {"", " "}
        assert change.new
        position = change.end


@given(st.integers(13, 10**9))
def test_every_counted_number_keeps_its_value(number: int) -> None:
    written = to_figures(f"{' '.join(spoken(number))} người").removesuffix(" người")
    scales = {"triệu": 10**6, "tỷ": 10**9}
    figure, _space, scale = written.partition(" ")
    value = float(figure.replace(".", "").replace(",", "."))
    assert round(value * scales.get(scale, 1)) == number


@given(st.lists(st.sampled_from(_NUMBER_WORDS), max_size=14))
def test_written_text_stays_as_it_is(said: list[str]) -> None:
    plain = " ".join(word for word in said if word in {"đồng", "người", "và", "là", "công", "văn", "tháng", "giờ"})
    assert to_figures(plain) == plain
