"""Patterns of the names of bodies: what begins a name, what goes on in it, what ends it.

In: the word lists of this package. Out: compiled patterns, for body_names.py alone. By Decree 30/2020, annex II, only
the first letter of each part of a name is a capital, so small words need these rules.
"""

import re

from minutes.language import lexicon
from minutes.language.body_words import COMMON_BODIES, FIELDS, HEADS
from minutes.language.name_words import CLOSING, NAME_NOUNS
from minutes.language.patterns import when_used
from minutes.language.public_bodies import ROOM_FIELDS, WHOLE_NAMES
from minutes.language.scanning import phrases, words_pattern
from minutes.language.text import UPPER

HEAD = when_used(words_pattern(HEADS), re.IGNORECASE)
COMMON = when_used(words_pattern(COMMON_BODIES), re.IGNORECASE)
FIELD = when_used(words_pattern(FIELDS), re.IGNORECASE)
ROOM_HEAD = when_used(r"(?:Phòng|Khoa|Vụ|Ban|Tổ|Trung tâm)(?!\w)")
ROOM = when_used(words_pattern((*FIELDS, *ROOM_FIELDS)), re.IGNORECASE)
WHOLE = when_used(words_pattern(WHOLE_NAMES))
#: Words no name contains in small letters, whatever stands before them.
HARD_STOPS = {
    *lexicon.DUTY,
    *lexicon.ADVERBS,
    *lexicon.REPORTING,
    *lexicon.PROHIBITING,
    *lexicon.CONNECTIVES,
    *phrases(
        """
        theo | để | trong | trước | sau | với | cho | các | những | này | khi | nếu | không | từ | đến | cần | như |
        nhằm | do | vào | hiện | chủ quản | liên quan | có liên quan | bên | giao | vì | nói | nêu | trên | căn cứ |
        cũng | tại | là | có | và | hoặc | về | đã | sẽ | qua | bằng | cùng | cả | mỗi | hằng | hàng | chủ trì |
        phối hợp
        """
    ),
}
STOP_WORDS = {*lexicon.COMMENDING, *HARD_STOPS, *lexicon.VERBS, *lexicon.ASSIGNING}
# A name ending in one of these wants an object, which may look like a verb: "Cục Quản lý đăng ký kinh doanh".
WANTS_OBJECT = when_used(
    words_pattern(
        phrases(
            """
            quản lý | kiểm soát | hỗ trợ | xúc tiến | phát triển | phục vụ | điều phối | bảo vệ | hợp tác | cải cách |
            đào tạo | giám định | ứng dụng | nghiên cứu | dịch vụ | giới thiệu | đăng ký | tổ chức | kiểm định |
            phòng, chống | hạ tầng | dự án | đầu tư | tư vấn | khai thác | vận hành
            """
        )
    )
    + r"\s*$",
    re.IGNORECASE,
)
OBJECTS = when_used(words_pattern(NAME_NOUNS), re.IGNORECASE)
COMPOUND = when_used(
    words_pattern((*(noun for noun in NAME_NOUNS if " " in noun), *(verb for verb in lexicon.VERBS if " " in verb))),
    re.IGNORECASE,
)
STOP = when_used(words_pattern(STOP_WORDS), re.IGNORECASE)
#: What may follow a whole name: a gap and then a verb, an adverb or a small word that no name contains.
ENDS_NAME = when_used(r"\s+" + words_pattern(STOP_WORDS), re.IGNORECASE)
WORD = when_used(rf"(?:TP|Tp|TX|Tx)\.(?=\s?[{UPPER}])|\w(?:[\w./&]*\w)?", re.UNICODE)
SMALL_AFTER_HEAD = frozenset(
    {
        "tỉnh",
        "thành",
        "huyện",
        "quận",
        "thị",
        "xã",
        "phường",
        "nhân",
        "trung",
        "quốc",
        "cơ",
        "bộ",
        "sở",
        "đặc",
        "cửa",
        "khu",
        "ngành",
        "số",
    }
)
PLACE = when_used(
    rf"\s*(?:tỉnh|thành phố|TP\.?|Thành phố|huyện|quận|xã|phường|thị xã)(?:\s+[{UPPER}]\w*){{1,4}}|"
    rf"\s*(?:-\s+Chi nhánh )?[Kk]hu vực (?:[IVX]+|\d+|[{UPPER}]\w*(?:\s+[{UPPER}]\w*){{0,3}})(?!\w)|"
    rf"cửa khẩu (?:cảng |quốc tế )?[{UPPER}]\w*(?:\s+[{UPPER}]\w*){{0,3}}|"
    rf"miền (?:Bắc|Trung|Nam|Đông|Tây)(?!\w)|"
    rf"(?:tỉnh|thành phố|Thành phố|phường|xã|huyện|quận|thị xã|đặc khu)(?!\w)(?!\s+[{UPPER}])"
)
#: "Công ty Quản lý và sửa chữa đường bộ 495": which one of them.
NUMBER = when_used(r"(?:số\s+)?\d{1,3}(?=\s+[^\W\d_]|\s*[:,])")
#: "Ngân hàng TMCP Đầu tư và Phát triển Việt Nam - Chi nhánh Quảng Ngãi".
BRANCH = when_used(
    rf"\s*[-–]\s+(?:Chi nhánh|CN)\s+(?:(?:tỉnh|thành phố|TP\.?|khu vực|huyện)\s+)?"
    rf"[{UPPER}\d]\w*(?:\s+[{UPPER}]\w*){{0,3}}"
)
#: Whose body it is: "Ban Tuyên giáo và Dân vận Tỉnh ủy".
OWNER = when_used(
    rf"(?:ngành [{UPPER}]\w*(?:\s+(?:dục|tế|thông|vụ|chính|sản|nghiệp|thương|pháp))?|Tỉnh ủy|Thành ủy|Huyện ủy|Đảng ủy|"
    r"Trung ương|Việt Nam|Công an (?:tỉnh|Thành phố|thành phố)|Bộ Công an)(?!\w)"
)
# Up to three small words nobody knows belong to the name if an act follows right behind: "Vụ Hàng hải vũ trụ lập …".
ACT_WORDS = words_pattern((*lexicon.VERBS, *lexicon.DUTY, *lexicon.ADVERBS, "chủ trì"))
SMALL_STOP = words_pattern(STOP_WORDS)
UNKNOWN_NOUN = when_used(
    rf"(?:(?!{SMALL_STOP})[^\W\d_{UPPER}]\w*\s+){{0,2}}(?!{SMALL_STOP})[^\W\d_{UPPER}]\w*(?=\s+{ACT_WORDS}|\s*(?:[.:;)]|$))"
)
# "Chi cục Quản lý hồ chứa miền Trung": what is managed, whatever it is called, up to an act, a place or a mark.
WANTED_OBJECT = when_used(
    rf"(?:(?!{SMALL_STOP})[^\W\d_{UPPER}]\w*\s+){{0,3}}(?!{SMALL_STOP})[^\W\d_{UPPER}]\w*(?=\s+{ACT_WORDS}|\s+[{UPPER}\d]|\s*[:,;(]|"
    rf"\s+(?:miền|khu vực|vùng|tỉnh|huyện|thành phố)(?!\w))"
)
# "Trung tâm Kiểm định chất lượng công trình xây dựng: …": an act without object right before the next part is a noun.
ENDING_NOUN = when_used(
    r"(?:xây dựng|quản lý|tổng hợp|điều hành|phục vụ|đào tạo|bảo vệ|kiểm soát|vận hành|khai thác|hỗ trợ|điều phối|"
    r"nghiên cứu|truyền thông|tuyên truyền|tư vấn|thi công|giám sát|dự báo|ứng dụng|thanh tra|kiểm tra|kiểm định|"
    r"kiểm nghiệm|lưu trữ|đấu thầu|đấu giá|đầu tư|sản xuất|chữa bệnh|phòng bệnh)"
    r"(?=\s*:|\s+(?:chủ trì|có trách nhiệm|khẩn trương|tiếp tục|chủ động|phải|cần|kịp thời)(?!\w))"
)
# "Trung tâm Dữ liệu quốc gia về hành chính bảo đảm …": what it is about, with an act right behind.
ABOUT = when_used(
    rf"về\s+{words_pattern(NAME_NOUNS)}(?:\s+(?:và\s+)?{words_pattern(NAME_NOUNS)})?(?=\s+{ACT_WORDS})", re.IGNORECASE
)
PLACE_NOUN = when_used(
    words_pattern((*CLOSING,))
    + rf"|miền\s+(?:Bắc|Trung|Nam|Đông|Tây)(?!\w)|(?:chuyên|nội trú|dân lập)(?=\s[{UPPER}])|thiên nhiên(?=\s[{UPPER}])|"
    rf"(?:TP|Tp|TX|Tx)\.(?=\s?[{UPPER}])"
)
# "Tổ công tác 06", "Tổ giúp việc Ban Chỉ đạo": which one of them.
OF_WHAT = when_used(
    r"(?:(?:số\s+)?\d{1,3}(?=\s+[^\W\d_]|\s*[:,])|(?:triển\s+khai\s+)?Đề\s+án\s+\d{1,3}|(?:của\s+)?Ban\s+Chỉ\s+đạo|liên\s+ngành)"
    r"(?:\s+(?:tỉnh|Thành\s+phố|thành\s+phố|Bộ|xã|phường|Chính\s+phủ)(?!\w)(?!\s+[A-ZĐ]))?"
)
# "chủ đầu tư dự án Khu đô thị Nà Pản": which one of them.
OF_PROJECT = when_used(
    rf"(?:(?:các\s+)?(?:dự án|gói thầu|công trình|hạ tầng|cụm công nghiệp|khu công nghiệp|khu đô thị|nhà máy)|tuyến)"
    rf"(?:\s+(?!{SMALL_STOP})[\w.-]+){{0,10}}"
)
# "liên danh nhà thầu Sao Việt - Thiên Hà": what it is called.
_OWN = rf"(?!{words_pattern(HEADS)})[{UPPER}]\w*(?:\s+[{UPPER}]\w*){{1,3}}"
OWN_NAME = when_used(rf"{_OWN}(?:\s+[-–]\s+{_OWN})*")
# "Công ty TNHH Môi trường xanh Phú An": a word nobody knows, then the firm's own name.
FIRM = when_used(r"(?:Tổng\s+)?[Cc]ông\s+ty|Tập\s+đoàn|Hợp\s+tác\s+xã|Doanh\s+nghiệp")
OWN_BEHIND_FIELD = when_used(
    rf"(?!(?:Sở|UBND|Bộ|Cục|Công\s+ty|Ban|Chi\s+cục|Phòng|Ủy\s+ban|Văn\s+phòng)(?!\w))[{UPPER}]\w*(?:\s+[{UPPER}]\w*){{1,3}}"
)
OWN_OF_FIRM = when_used(
    rf"(?:(?!{SMALL_STOP})[^\W\d_{UPPER}]\w*\s+){{1,2}}(?!{words_pattern(HEADS)})[{UPPER}]\w*(?:\s+[{UPPER}]\w*){{0,3}}"
)
# "Phân hiệu tại Gia Sơn", "Văn phòng đại diện tại Cửa Hải": where it sits.
SEATED = when_used(
    r"(?:Đại\s+sứ\s+quán|Tổng\s+Lãnh\s+sự\s+quán|Phân\s+hiệu|Văn\s+phòng\s+đại\s+diện|Chi\s+nhánh|Cơ\s+sở)(?!\w)"
)
AT_PLACE = when_used(rf"tại\s+[{UPPER}]\w*(?:\s+[{UPPER}]\w*){{0,3}}")
# "Vụ Khoa học, Công nghệ và Môi trường": fields in one name, not a list of bodies.
FIELDS_GO_ON = when_used(
    rf"\s*(?:[{UPPER}]\w*(?:\s+[^\W\d_{UPPER}]\w*){{0,3}},\s*)*[{UPPER}]\w*(?:\s+[^\W\d_{UPPER}]\w*){{0,3}}\s+và\s+(?=[{UPPER}])"
)
# "Văn phòng Điều phối tổng hợp kết quả": with such an object it is an act, whatever the name may contain.
ACT_ON_PAPER = when_used(
    r"\s*(?:tổng\s+hợp|theo\s+dõi|đánh\s+giá|thống\s+kê|công\s+bố|phân\s+tích)\s+"
    r"(?:kết\s+quả|tình\s+hình|ý\s+kiến|danh\s+sách|báo\s+cáo|tiến\s+độ)(?!\w)",
    re.IGNORECASE,
)
# "Thanh tra, kiểm tra việc lắp đặt …": the act, not the office.
INSPECTS = when_used(
    r"\s*thanh\s+tra(?:\s*,\s*(?:kiểm\s+tra|giám\s+sát)|\s+(?:việc|đột\s+xuất|toàn\s+diện))(?!\w)", re.IGNORECASE
)
