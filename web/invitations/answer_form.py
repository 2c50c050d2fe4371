"""The form of the personal page: from the fields of a browser to an answer, and back to what was typed."""

from dataclasses import dataclass, field
from itertools import zip_longest

from flask import request

from core.errors import Invalid
from orchestrator.invitations.answers import Comer, GivenAnswer
from orchestrator.invitations.models import Answer, Invitation
from web import forms


@dataclass(frozen=True)
class Typed:
    """What stands in the fields."""

    answer: str = ""
    head_count: str = ""
    people: list[Comer] = field(default_factory=list)
    decline_reason: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""


def typed_before(invitation: Invitation | None, planned: int) -> Typed:
    """The answer so far; for one who has not answered, the number the plan expects."""
    if invitation is None or invitation.answer is None:
        return Typed(head_count=str(planned) if planned else "")
    return Typed(
        answer=invitation.answer.value,
        head_count=str(invitation.head_count or ""),
        people=[Comer(**person) for person in invitation.people],
        decline_reason=invitation.decline_reason,
        contact_name=invitation.contact_name,
        contact_phone=invitation.contact_phone,
        contact_email=invitation.contact_email,
    )


def typed_now() -> Typed:
    """What was sent, as it was typed."""
    return Typed(
        answer=forms.text("answer"),
        head_count=forms.text("head_count"),
        people=_people(),
        decline_reason=forms.text("decline_reason"),
        contact_name=forms.text("contact_name"),
        contact_phone=forms.text("contact_phone"),
        contact_email=forms.text("contact_email"),
    )


def read_answer(typed: Typed) -> GivenAnswer:
    """The answer. Raises Invalid."""
    if typed.answer not in (Answer.COMING, Answer.DECLINED):
        raise Invalid(field="trả lời", reason="chưa chọn dự hay không dự")
    answer = Answer(typed.answer)
    count = forms.whole_number(typed.head_count, "số người dự") if answer is Answer.COMING else 0
    if answer is Answer.COMING and any(not person.name for person in typed.people):
        raise Invalid(field="họ và tên người dự", reason="còn để trống ở một dòng đã ghi chức vụ hoặc dự thay")
    return GivenAnswer(
        answer=answer,
        head_count=count,
        people=typed.people,
        decline_reason=typed.decline_reason,
        contact_name=typed.contact_name,
        contact_phone=typed.contact_phone,
        contact_email=typed.contact_email,
    )


def _people() -> list[Comer]:
    columns = [request.form.getlist(name) for name in ("person_name", "person_title", "person_instead_of")]
    rows = zip_longest(*columns, fillvalue="")
    people = [Comer(name.strip(), title.strip(), instead.strip()) for name, title, instead in rows]
    return [person for person in people if person.name or person.title or person.instead_of]
