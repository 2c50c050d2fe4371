"""Sentences that run the meeting or end the paper, and so conclude nothing.

In: a sentence. Out: whether it is a question, a courtesy, a step of procedure, an account of the past, the head of a
list or the end of
a conclusion.
"""

import re

from minutes.language import lexicon
from minutes.language.scanning import phrases, words_pattern
from minutes.language.text import UPPER
from minutes.language.titles import DIRECTOR

_OPENS_CONCLUSION = re.compile(
    r"^\W*(?:quyết nghị|quyết định)\s*:\s*$|"
    r"(?<!\w)(?:kết luận|chỉ đạo|ý kiến(?:\s+chỉ đạo)?|giao(?:\s+(?:các|một số))?\s+(?:nhiệm vụ|việc)|yêu cầu|"
    r"đề nghị|nhấn mạnh|lưu ý|nhiệm vụ|công việc|nội dung|vấn đề|giải pháp)[^.!?\n]{0,160}?(?:như\s+sau|"
    r"sau\s+đây|(?:nội dung|nhiệm vụ|công việc|vấn đề|việc|điểm|ý|giải pháp)\s+(?:cụ thể\s+)?sau)(?!\s+(?:khi|"
    r"cuộc|đó|này))\s*[:.]?|"
    r"(?<!\w)(?:nhiệm vụ|công việc|nội dung|vấn đề|giải pháp|việc|điểm)(?:\s+(?:trọng tâm|cụ thể|chủ yếu|"
    r"chính))?\s+(?:như\s+)?sau(?:\s+đây)?\s*:|"
    r"(?<!\w)(?:đã\s+)?(?:kết luận(?:\s*,\s*|\s+và\s+)(?:chỉ đạo|giao nhiệm vụ|phân công|yêu cầu)|"
    r"kết luận|có ý kiến(?:\s+chỉ đạo)?|có ý kiến kết luận)\s*:|"
    rf"{DIRECTOR.pattern}(?:\s*,[^:.]{{2,120}},)?[^:.,]{{0,60}}"
    r"(?<!\w)(?:yêu cầu|đề nghị|chỉ đạo|giao|kết luận|ý kiến)\s*:\s*$",
    re.IGNORECASE,
)
SPOKEN_CONCLUSION = re.compile(
    r"(?<!\w)(?:tôi|em|mình|chị|anh|tui|thầy|cô)\s+(?:xin\s+)?"
    r"(?:chốt|quyết\s+(?:luôn|thế|như|vầy)|giao\s+đến|kết luận|giao việc)(?!\w)|"
    r"(?<!\w)(?:(?:tôi|cho phép tôi|tôi xin|thay mặt[^.,]{3,60},\s*tôi|bây giờ|sau đây|như vậy|"
    r"vậy)\s*,?\s*(?:tôi\s+)?(?:xin\s+)?(?:phép\s+)?(?:được\s+)?(?:có\s+)?(?:kết luận|chốt lại|chốt|giao nhiệm "
    r"vụ|giao việc|phân công|thống nhất|tóm lại|ý kiến kết luận|chỉ đạo)(?!\s+(?:với|của))|kết luận\s+(?:như "
    r"sau|cuộc họp|của tôi|thế này|như thế này|luôn|nhé|ngắn gọn|mấy (?:ý|điểm|việc))|"
    r"(?:mấy|vài|một số|một vài|đôi|các)\s+(?:ý|điểm|nội dung)(?:\s+kiến)?\s+(?:để\s+)?kết luận|"
    r"tôi\s+(?:(?:hoàn toàn|cơ bản|cũng)\s+)*(?:đồng ý|nhất trí|thống nhất)\s+(?:với|về|như)|"
    r"(?:ta|chúng ta|mình)\s+chốt(?=\s+(?:nhé|lại|luôn|thế|vậy|như|nha|hỉ|hen|nghen)|\s*[.,:])|"
    r"(?:bây giờ|giờ)\s+(?:ta\s+|tôi\s+)?(?:(?:vào|đi\s+vào|nói)\s+)?(?:từng\s+)?việc"
    r"(?:\s+cụ\s+thể|\s+một)?(?=\s*[.,:]|\s+nhé)|"
    r"(?:đề nghị|yêu cầu|giao)[^.?!]{0,60}(?:một số|mấy|các)\s+(?:việc|nhiệm vụ|nội dung)\s+(?:cụ "
    r"thể\s+)?(?:sau|như sau))(?!\w)",
    re.IGNORECASE,
)
STRONG_CONCLUSION = re.compile(
    r"(?<!\w)(?:tôi\s+(?:xin\s+)?(?:phép\s+)?kết luận|kết luận như sau|tôi giao nhiệm vụ|tôi\s+chốt|"
    r"(?:mấy|vài|một số) (?:ý|điểm)(?: kiến)? kết luận)(?!\w)",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"(?:\?|(?<!\w)(?:không ạ|được không|thì sao|thế nào|gì không|chưa ạ|ra sao)\s*[?.!]*)\s*$", re.IGNORECASE
)
# "kiểm tra xe bồn, xem giá cả ra sao": what is to be found out.
_FINDS_OUT = re.compile(r"(?<!\w)(?:xem|coi|kiểm tra|làm rõ|xác định|nắm|rà|giao|yêu cầu)(?!\w)", re.IGNORECASE)
_PROCEDURE = re.compile(
    r"^\W*(?:(?:xin\s+)?(?:trân trọng\s+)?cảm ơn(?!\s+những)|(?:kính\s+)?chào|xin chào|(?:bây giờ|tiếp theo|"
    r"trước hết|sau đây)?\s*,?\s*(?:xin\s+)?(?:kính\s+)?mời(?!\s+họp|\s+thầu|\s+chuyên gia)|(?:kính\s+)?thưa|"
    r"(?:cuộc|buổi|phiên)\s+họp\s+(?:của chúng ta\s+)?(?:xin\s+)?(?:kết thúc|bắt đầu)|kết thúc (?:họp|cuộc "
    r"họp)|(?:chúng )?ta\s+(?:dừng|bắt đầu|nghỉ)|tuyên bố|hôm nay|nơi nhận|lưu:|kính gửi|trên đây là|còn ai|"
    r"các đồng chí còn|các đồng chí (?:đi|về|nghỉ)|có ai|xin hết|thế thôi)(?!\w)",
    re.IGNORECASE,
)
_NOTED = re.compile(
    r"(?<!\w)(?:ghi(?:\s+nhận)?\s+(?:vào|lại|biên bản)|(?:xin\s+)?(?:kính\s+)?(?:thông báo|truyền đạt)\s+"
    r"(?:(?:ý kiến|kết luận|chỉ đạo)\s+){0,2}(?:của\s+[^.]{3,60}?\s+)?(?:để|đến|tới|và đề "
    r"nghị)[^.]*(?:biết|thực hiện))[^.]*[\s./]*$",
    re.IGNORECASE,
)
_FLOOR = re.compile(
    r"(?<!\w)(?:đề nghị|mời|xin mời|yêu cầu)\s+[^,;.]{3,70}?\s(?:(?:điểm danh|phát biểu|trình bày|cho ý kiến|"
    r"có ý kiến|báo cáo)(?:\s+và)?\s*)+(?:\s*(?:trước|tóm tắt|tiếp|ngắn gọn|thêm|nhanh|luôn|ngay|đi|kết quả))*"
    r"(?:\s*,\s*ngắn gọn thôi)?[\s./]*$",
    re.IGNORECASE,
)
_FEWEST_WORDS_OF_ASSESSMENT = 6
_WEIGHS = re.compile(
    r"(?<!\w)(?:đã|đạt|còn (?:chậm|hạn chế|tồn tại|vướng|thiếu|yếu|tình trạng)|tuy nhiên|nhìn chung|cơ bản hoàn thành|"
    r"tích cực|chuyển biến|kết quả (?:tốt|bước đầu|đạt được)|chưa (?:đạt|hoàn thành|nghiêm|đáp ứng|kịp)|"
    r"tồn tại, hạn chế|"
    r"so với (?:cùng kỳ|tháng trước|năm trước|kế hoạch))(?!\w)",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"^\W*(?:theo (?:kế hoạch|thống kê|số liệu|báo cáo|dự kiến|ghi nhận|quy định|lãnh đạo|phản ánh|kết quả|ông|bà)|"
    r"được biết|trước đó|cùng ngày|hiện nay|hiện|tính đến|đến nay|báo cáo tại|phát biểu tại|tại buổi làm việc|"
    r"trong (?:\d+ tháng|quý|năm|tuần|ngày) [^,]{0,40},|"
    r"cũng theo(?! (?:kết luận|thông báo|chỉ đạo|yêu cầu|công văn|công điện|văn bản|nội dung))|trao đổi|chia sẻ)(?!\w)|"
    r"(?<!\w)(?:cho biết|cho hay|chia sẻ|(?<!các )(?<!những )kiến nghị(?! của)|bày tỏ|phản ánh|so với cùng kỳ|"
    r"đã (?:trình|đề nghị|yêu cầu|có))(?!\w)",
    re.IGNORECASE,
)
# "Dự báo năm 2026, nhu cầu phụ tải tăng …": how things will be, not what to do.
_FORESEES = re.compile(
    r"^\W*(?:dự báo|ước tính|ước)\s+(?:năm|quý|tháng|trong|đến|thời gian|nhu cầu|tình hình)(?!\w)", re.IGNORECASE
)
# What was before or is so anyway: whoever gave orders then gives none now.
_BEFORE_NOW = re.compile(
    r"^\W*(?:trước đó|được biết|cùng ngày|theo (?:kế hoạch|thống kê|dự kiến|số liệu|lịch)|tính đến|đến nay)(?!\w)",
    re.IGNORECASE,
)
_PUT_OFF = re.compile(
    r"(?<!\w)(?:(?:xem xét|cho ý kiến|kết luận|bàn)[^.;]{0,20}\s(?:trong|tại|ở|vào)[^.;]{0,30}(?:sau|tới)|"
    r"để\s+(?:sang|đến|tới|bữa|hôm|lần|kỳ)\s[^.;,]{0,25}\s(?:bàn|tính|xét|xem)|"
    r"chưa (?:bàn|tính|hứa)(?=\s+(?:ở đây|bây giờ|được|tới|đến|gì|vội)|\s*[.,;])|thong thả đã|"
    r"để sau|chưa giao|không giao|bàn sau|xem xét sau|tính sau|chưa cần thiết|chưa kết luận|cho ý "
    r"kiến sau)(?!\w)",
    re.IGNORECASE,
)
# "đề nghị xã làm việc với chủ mỏ, giá cả tính sau": an order stands before what is put off.
# "… mà thôi, xã có trạm rồi, khỏi.": taken back before it was an order.
_CALLED_OFF = re.compile(r"(?<!\w)(?:thôi|mà thôi)\s*,[^.;]*\skhỏi\W*$", re.IGNORECASE)
_ORDERED_BEFORE = re.compile(r"(?<!\w)(?:giao|yêu cầu|đề nghị|phân công)\s[^,;]+\s[^,;]+[,;]", re.IGNORECASE)
_PAST = re.compile(
    r"^\W*(?:\w+\W+){0,12}?(?:đã được|đã có|đã tổ chức|đã thực hiện|đã chỉ đạo|đã hoàn thành|đã ban hành|đã "
    r"chủ động|đã phối hợp|đã tham mưu|đã triển khai|đã kịp thời)(?!\w)",
    re.IGNORECASE,
)
_BEFORE_VERB = phrases(
    """
    tôi | tôi xin | chúng ta | tôi cũng | Lãnh đạo Bộ | Bộ | Ban Chỉ đạo | cuộc họp | Hội nghị | xin | như vậy | được |
    trước hết | vậy | ta | do đó | Nhà trường | đồng chí | lãnh đạo Sở | lãnh đạo tỉnh | tập thể lãnh đạo | Sở | cũng |
    nhắc chung | nhắc thêm | về cơ bản | về nguyên tắc | về chủ trương | phát biểu kết luận cuộc họp | tại cuộc họp |
    thay mặt
    """
)
_DIRECTOR_FIRST = rf"(?:{DIRECTOR.pattern}(?:\s+(?:cũng|đã))*\s*,?\s*)?"
_LEADING = re.compile(
    r"^\W*(?:(?:về|đối với|liên quan)[^,:]{2,80}[,:]\s*)?"
    r"(?:(?:thay mặt|nhân dịp này|phát biểu|kết luận)[^,]{2,80},\s*)?"
    rf"{_DIRECTOR_FIRST}(?:(?:đồng\s+chí|ông|bà)\s+(?-i:[{UPPER}]\w*)(?:\s+(?-i:[{UPPER}]\w*)){{0,4}}\s+)?(?:{words_pattern(_BEFORE_VERB)}\s*,?\s*){{0,4}}",
    re.IGNORECASE,
)
_DIRECTOR_LEADS = re.compile(
    rf"^\W*(?:(?:thay mặt|nhân dịp này)[^,]{{0,80}},\s*)?{DIRECTOR.pattern}(?:\s+(?:cũng|đã))*\s*,?\s*", re.IGNORECASE
)
_TOPIC = re.compile(r"^\W*(?P<topic>(?:về|đối với|liên quan)[^,:]{2,80})[,:]\s", re.IGNORECASE)
_STATES = words_pattern((*lexicon.DECIDING, *lexicon.COMMENDING))
_LEADS_UP = re.compile(
    r"(?:(?:theo|trên cơ sở|căn cứ|xét|sau khi|đối với|để|với)\s[^;:]{2,200}?|[^,;:.]{2,60}(?=:)|"
    r"việc\s[^,;:.]{2,80}?(?=\s+thì(?!\w)))(?:[,:]|\s+thì(?!\w))\s*"
    rf"(?=(?:(?:UBND tỉnh|Bộ|tôi|về cơ bản)\s+)?{_STATES})",
    re.IGNORECASE,
)
_DECIDED_ON = re.compile(
    r"\W*(?:[^:;.]{3,100}:\s*(?:tôi\s+)?(?:(?:cơ bản|hoàn toàn|chưa|không)\s+)?|"
    r"[^,;:.]{4,120}?\s+thì\s+(?:tôi\s+|chúng ta\s+)?(?:cũng\s+)?(?:chưa|không)\s+|"
    r"[^,;:.]{4,120}?\s+thì\s+(?:tôi|chúng ta|ta)\s+(?:cũng\s+)?(?:(?:hoàn toàn|cơ bản)\s+)?"
    r"(?=đồng|nhất|chấp|thống\s+nhất\s+(?:về\s+)?chủ))"
    r"(?:đồng ý|nhất trí|chấp thuận|thống nhất\s+(?:cho(?:\s+phép)?|(?:về\s+)?chủ trương|phương án))(?!\w)",
    re.IGNORECASE,
)
_CLOSES = re.compile(r"\./\.|^\W*(?:trên đây là|nơi nhận\s*:)", re.IGNORECASE)
_MIDDLE_BAN = re.compile(r"(?<!\w)nhưng\s+(?=(?:tuyệt đối\s+)?không\s+(?:được|để))", re.IGNORECASE)


def opens_conclusion(sentence: str) -> bool:
    """Does a written sentence announce the conclusions ("… kết luận như sau:")?"""
    return _OPENS_CONCLUSION.search(sentence) is not None


def opens_list(sentence: str) -> bool:
    """Does the sentence end by announcing a list of tasks ("… thực hiện các công việc trọng tâm sau đây:")?"""
    return re.search(r"(?<!\w)(?:sau|sau đây|như sau)\s*:\s*$", sentence, re.IGNORECASE) is not None


def opens_spoken_conclusion(sentence: str) -> bool:
    """Does a speaker begin to conclude ("Tôi kết luận như sau", "Như vậy tôi thống nhất")?"""
    return SPOKEN_CONCLUSION.search(sentence) is not None


def closes(sentence: str) -> bool:
    """Does the paper end here ("./.", "Trên đây là …", "Nơi nhận:")?"""
    return _CLOSES.search(sentence) is not None


def is_question(sentence: str) -> bool:
    """Is something asked, so that nothing is ordered?"""
    asked = _QUESTION.search(sentence)
    return asked is not None and ("?" in asked.group(0) or not _FINDS_OUT.search(sentence, 0, asked.start()))


def assesses(sentence: str) -> bool:
    """Does a sentence weigh what was done ("Tuy nhiên, tiến độ còn chậm"), rather than run the meeting?"""
    long_enough = len(sentence.split()) >= _FEWEST_WORDS_OF_ASSESSMENT
    plain = not (is_question(sentence) or is_procedural(sentence) or opens_conclusion(sentence))
    return long_enough and plain and not SPOKEN_CONCLUSION.search(sentence) and _WEIGHS.search(sentence) is not None


def tells_news(sentence: str) -> bool:
    """Does a newspaper tell what is or was, so that the sentence and those behind it order nothing?"""
    return _NEWS.search(sentence) is not None


def tells_before(sentence: str) -> bool:
    """Does a newspaper look back ("Trước đó, Chính phủ đã giao …")?"""
    return _BEFORE_NOW.search(sentence) is not None


def is_procedural(sentence: str) -> bool:
    """Courtesy, giving the floor, ending the meeting, putting off, and "Văn phòng ghi vào thông báo"."""
    put_off = _PUT_OFF.search(sentence)
    if put_off is not None and not _ORDERED_BEFORE.search(sentence, 0, put_off.start()):
        return True
    return any(pattern.search(sentence) for pattern in (_PROCEDURE, _NOTED, _FLOOR, _FORESEES, _CALLED_OFF))


def speaks_of_past(sentence: str) -> bool:
    """An account of what has been done."""
    return _PAST.search(sentence) is not None


def statement_body(sentence: str) -> str:
    """A statement from its verb on: "Tôi đồng ý về chủ trương" as "đồng ý về chủ trương"; behind a phrase that only
    leads up to it too: "Theo đề nghị của Thanh tra, thống nhất …"."""
    ban = _MIDDLE_BAN.search(sentence)
    if ban:
        return sentence[ban.end() :].strip()
    match = _LEADING.match(sentence)
    body = sentence[match.end() :].strip() if match else sentence.strip()
    led = _LEADS_UP.match(body)
    return body[led.end() :].strip() if led else body


def directors_own(sentence: str) -> str:
    """What one who directs says in the own name, from the verb on; empty if somebody else is the subject."""
    match = _DIRECTOR_LEADS.match(sentence)
    return sentence[match.end() :].strip() if match else ""


def decides_on(piece: str) -> bool:
    """Is it decided what was asked for: "Chi cục Kiểm lâm: Đồng ý cho lùi …", "Xin thêm người thì tôi chưa đồng ý"?"""
    return _DECIDED_ON.match(piece) is not None


def statement_topic(sentence: str) -> str:
    """What a statement is about, if it begins so: "Về phương án phân cấp" of "Về phương án phân cấp, tôi đồng ý …"."""
    match = _TOPIC.match(sentence)
    return match.group("topic").strip() if match else ""
