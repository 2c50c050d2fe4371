"""First drafts of what comes after an issue: correction, replacement, withdrawal (Decree 30/2020, art. 18.3–4). Pure.

In: the issued text with number and day, and what the secretary typed. Out: a content to be edited, approved, numbered
and issued as any other. Nothing is said that was not given: a passage to correct has to stand in the issued text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from minutes.notices.content import NoticeContent, NoticeItem, Paragraph, Section
from minutes.notices.refusals import PassageNotFound
from papers.header import spoken_date

_FILING = re.compile(r"^lưu\b", re.IGNORECASE)
_FILING_UNIT = re.compile(r"^lưu\s*:\s*VT\s*,\s*(?P<unit>[\w-]+)", re.IGNORECASE)
_REPORTED = re.compile(r"\(.*(báo cáo|b/c).*\)", re.IGNORECASE)


@dataclass(frozen=True)
class IssuedText:
    """An issued notice as later papers name it."""

    content: NoticeContent
    symbol: str
    issued_on: date

    @property
    def short(self) -> str:
        """`Thông báo số 05/TB-BM`: how it is named from the second time on (II.6b)."""
        return f"{self._type} số {self.symbol}"

    @property
    def full(self) -> str:
        """Type, number, day, agency and subject: how it is named the first time (II.6b)."""
        subject = self.content.subject[:1].lower() + self.content.subject[1:]
        return f"{self.short} {spoken_date(self.issued_on)} của {self.content.issuing_body} về {subject}"

    @property
    def _type(self) -> str:
        return self.content.title_type.capitalize() or "Công văn"


@dataclass(frozen=True)
class Passage:
    """A place to correct: where, what was printed, what should stand there."""

    where: str
    wrong: str
    right: str


def correction(issued: IssuedText, passages: Sequence[Passage], reason: str) -> NoticeContent:
    """A công văn that corrects form or spelling (art. 18.4). Raises PassageNotFound."""
    printed = _plain(" ".join(_texts(issued.content)))
    for passage in passages:
        if _plain(passage.wrong) not in printed:
            raise PassageNotFound(passage=passage.wrong)
    body = issued.content.issuing_body
    items = tuple(
        NoticeItem(
            id=f"dinh-chinh-{position}",
            text=f"{_place(passage.where)}đã in “{passage.wrong}”, nay sửa lại là “{passage.right}”.",
        )
        for position, passage in enumerate(passages, start=1)
    )
    because = f" Do {_lowered(reason)}," if reason else ""
    return letter(
        issued.content,
        subject=f"đính chính {issued.short} {spoken_date(issued.issued_on)}",
        opening=(f"{body} đã ban hành {issued.full}.{because} {body} đính chính như sau:",),
        items=items,
        closing=f"Các nội dung khác của {issued.short} không thay đổi. {body} thông báo để các cơ quan, đơn vị biết, "
        "thực hiện.",
    )


def replacement(issued: IssuedText) -> NoticeContent:
    """The same text once more, to be put right; it says what it replaces (art. 18.4)."""
    words = f"Thông báo này thay thế {issued.full}."
    return issued.content.model_copy(update={"closing": f"{issued.content.closing} {words}".strip()})


def withdrawal(issued: IssuedText, reason: str) -> NoticeContent:
    """A notice that calls the issued one back: receivers delete it and confirm (art. 18.3)."""
    body = issued.content.issuing_body
    return issued.content.model_copy(
        update={
            "title_type": "THÔNG BÁO",
            "addressees": (),
            "subject": f"Thu hồi {issued.short} {spoken_date(issued.issued_on)} của {body}",
            "opening": (
                Paragraph(text=f"{body} thu hồi {issued.full}."),
                Paragraph(text=f"Lý do thu hồi: {_lowered(reason)}."),
                Paragraph(
                    text="Các cơ quan, đơn vị đã nhận văn bản có trách nhiệm gửi lại bản giấy, hủy bỏ bản điện tử trên "
                    f"hệ thống của mình và xác nhận để {body} biết."
                ),
            ),
            "sections": (),
            "closing": f"{body} thông báo để các cơ quan, đơn vị biết, thực hiện.",
            "to_check": (),
        }
    )


def letter(
    base: NoticeContent, *, subject: str, opening: Sequence[str], items: Sequence[NoticeItem] = (), closing: str
) -> NoticeContent:
    """A công văn (form 1.5) of the same house: addressed to whom the notice went, signed by the same person."""
    filing = [line for line in base.recipients if _FILING.match(line)]
    reported = [line for line in base.recipients if _REPORTED.search(line)]
    addressed = tuple(line for line in base.recipients if line not in filing and line not in reported)
    agency = base.symbol_suffix.partition("-")[2] or base.symbol_suffix
    unit = next((found["unit"] for line in filing if (found := _FILING_UNIT.match(line))), "")
    return base.model_copy(
        update={
            "title_type": "",
            "symbol_suffix": f"{agency}-{unit}" if unit else agency,
            "addressees": addressed or ("Các cơ quan, đơn vị",),
            "recipients": ("Như trên", *reported, *filing),
            "subject": subject,
            "opening": tuple(Paragraph(text=text) for text in opening),
            "sections": (Section(items=tuple(items)),) if items else (),
            "closing": closing,
            "to_check": () if unit else ("Ký hiệu: bổ sung chữ viết tắt của đơn vị soạn thảo",),
            "machine_made": False,
        }
    )


def _texts(content: NoticeContent) -> list[str]:
    own = [content.subject, content.closing, content.place, *content.recipients, content.signer.name]
    own += [content.signer.title, *content.signer.authority_lines, *(paragraph.text for paragraph in content.opening)]
    return own + [text for item in content.items() for text in (item.heading, item.text)]


def _plain(text: str) -> str:
    return " ".join(text.split())


def _lowered(text: str) -> str:
    stripped = text.strip().rstrip(".")
    return stripped[:1].lower() + stripped[1:]


def _place(where: str) -> str:
    words = where.strip().rstrip(",:")
    return f"{words[:1].upper()}{words[1:]}, " if words else "Văn bản "
