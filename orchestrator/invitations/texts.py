"""What the mails of the invitations say. Pure: plain values in, subject and text out.

The words in square brackets stand for the personal links and become addresses only when a mail is sent.
"""

from dataclasses import dataclass
from datetime import datetime

from core.clock import in_vietnam
from papers.times import spoken_span

ANSWER_HERE = "[đường dẫn riêng để trả lời]"
JOIN_HERE = "[đường dẫn riêng để vào họp]"
_PRIVATE = "Đường dẫn này dành riêng cho điểm cầu {place}; đề nghị không chuyển tiếp."
_ROBOT = "Thư do hệ thống gửi tự động."


@dataclass(frozen=True)
class MailFacts:
    """What a mail may tell: the meeting in its own words, the endpoint, who sends."""

    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    organisation: str
    contact: str = ""


@dataclass(frozen=True)
class MailText:
    """Subject and text of a mail."""

    subject: str
    body: str


def invitation_text(facts: MailFacts, *, is_update: bool = False, is_moved: bool = False) -> MailText:
    """The invitation, or its newer version; a moved meeting says so in the subject."""
    kind = "Thay đổi thời gian" if is_moved else "Cập nhật giấy mời" if is_update else "Giấy mời"
    lead = {
        "Thay đổi thời gian": "Cuộc họp đổi thời gian như sau. Đề nghị điểm cầu trả lời lại theo thời gian mới.",
        "Cập nhật giấy mời": "Giấy mời được cập nhật như sau; bản này thay bản đã gửi trước.",
        "Giấy mời": f"{facts.organisation} trân trọng kính mời điểm cầu dự họp. Giấy mời kèm theo thư này.",
    }[kind]
    return _text(
        f"{kind}: {facts.title}",
        facts,
        lead,
        f"Trả lời tham dự, số người, đầu mối kỹ thuật:\n{ANSWER_HERE}",
        f"Vào họp (mở trước giờ họp):\n{JOIN_HERE}",
        _PRIVATE.format(place=facts.place),
    )


def reminder_to_answer(facts: MailFacts) -> MailText:
    """To those who have not answered."""
    return _text(
        f"Đề nghị trả lời giấy mời: {facts.title}",
        facts,
        "Điểm cầu chưa trả lời giấy mời dự họp.",
        f"Trả lời tại đây (không cần tài khoản):\n{ANSWER_HERE}",
        _PRIVATE.format(place=facts.place),
    )


def reminder_to_come(facts: MailFacts) -> MailText:
    """To those who said they come."""
    return _text(
        f"Nhắc họp lúc {in_vietnam(facts.starts_at):%H:%M ngày %d/%m/%Y}: {facts.title}",
        facts,
        "Cuộc họp sắp bắt đầu. Đề nghị kiểm tra máy quay, micro, loa và đường truyền trước giờ họp.",
        f"Vào họp:\n{JOIN_HERE}",
        f"Đổi câu trả lời, số người (trước khi họp mở):\n{ANSWER_HERE}",
        _PRIVATE.format(place=facts.place),
    )


def cancellation_text(facts: MailFacts, reason: str) -> MailText:
    """The meeting does not take place."""
    because = f"Lý do: {reason}" if reason else ""
    return _text(f"Hủy họp: {facts.title}", facts, "Cuộc họp sau đây không tổ chức nữa.", because)


def withdrawal_text(facts: MailFacts) -> MailText:
    """This endpoint is no longer part of the plan."""
    lead = "Điểm cầu không còn trong kế hoạch của cuộc họp sau đây; giấy mời đã gửi không còn hiệu lực."
    return _text(f"Rút giấy mời: {facts.title}", facts, lead)


def silent_cancellation_text(facts: MailFacts) -> MailText:
    """A meeting that turned out to be classified: not a word of what it is about (Decree 26/2020/NĐ-CP, art. 6)."""
    return MailText(
        "Hủy giấy mời họp trực tuyến",
        f"Kính gửi {facts.place},\n\n"
        "Một giấy mời họp trực tuyến đã gửi cho điểm cầu không còn hiệu lực. Đề nghị liên hệ đơn vị chủ trì để biết "
        f"thông tin.\n\n{facts.organisation}\n{_ROBOT}\n",
    )


def _text(subject: str, facts: MailFacts, lead: str, *parts: str) -> MailText:
    what = f"{facts.title}\nThời gian: {spoken_span(facts.starts_at, facts.ends_at)}.\nĐiểm cầu: {facts.place}."
    contact = f"Đầu mối liên hệ: {facts.contact}" if facts.contact else ""
    kept = [part for part in (lead, what, *parts, contact, f"{facts.organisation}\n{_ROBOT}") if part]
    return MailText(subject, f"Kính gửi {facts.place},\n\n" + "\n\n".join(kept) + "\n")
