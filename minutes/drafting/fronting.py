"""An act whose object is said before the one who acts: "Trụ nghiêng thì Điện lực Tân Hưng Tây dựng lại".

In: a text, the place of what stands before the subject, the action as read. Out: the action with its object, "Dựng lại
trụ nghiêng"; an act that says enough by itself stays as it is.
"""

import re

from minutes.language.text import capitalised, squeeze

_FEW_WORDS, _LONGEST_OBJECT_WORDS = 3, 14
_LEADS_UP = re.compile(r"^(?:(?:còn|riêng|rồi|và|về|đối với|với|cái|mấy cái|vụ|chuyện|phần)\s+)+", re.IGNORECASE)
_ENDS = re.compile(r"(?:\s+thì)?[\s,:;–-]*$", re.IGNORECASE)
# "Việc chi trả tiền điện, yêu cầu Phòng Văn hóa làm xong": the act itself stands before.
_ACT_BEFORE = re.compile(r"^việc\s+", re.IGNORECASE)
_ONLY_DOES = re.compile(
    r"^(?:phải\s+)?(?:làm|lo|xử lý|thực hiện|triển khai|hoàn thành|xong|làm xong)(?:\s+xong)?$", re.IGNORECASE
)
_OPENS_OTHERWISE = re.compile(
    r"^(?:trước|sau|trong|từ|đến|khi|nếu|để|theo|trên|tại|ngoài|hằng|hàng|định kỳ|nhằm|ai|đơn vị nào|tôi)(?!\w)",
    re.IGNORECASE,
)


def with_object(text: str, start: int, subject: int, action: str) -> str:
    """`action` with what stands between `start` and the subject, if the action names no object of its own."""
    head, comma, rest = action.partition(",")
    before = text[start:subject]
    if len(head.split()) > _FEW_WORDS or not _fronts(before):
        return action
    topic = _ENDS.sub("", squeeze(_LEADS_UP.sub("", squeeze(before))))
    if not topic or "," in topic or len(topic.split()) > _LONGEST_OBJECT_WORDS or _OPENS_OTHERWISE.match(topic):
        return action
    act = _ACT_BEFORE.sub("", topic)
    if act != topic and _ONLY_DOES.match(head.strip()):
        return f"{capitalised(act)}{comma}{rest}"
    return f"{head.rstrip()} {_inside(topic)}{comma}{rest}"


def _inside(topic: str) -> str:
    """Without the capital of a sentence; a name keeps its own."""
    is_name = topic[:2].isupper() or topic.split()[1:2] and topic.split()[1][0].isupper()
    return topic if is_name else topic[0].lower() + topic[1:]


def _fronts(before: str) -> bool:
    """ "Trụ nghiêng thì …", "Việc chi trả, …": not every word before a subject is an object."""
    plain = before.strip().lower()
    return plain.endswith("thì") or plain.startswith(("việc ", "đối với việc ", "về việc "))
