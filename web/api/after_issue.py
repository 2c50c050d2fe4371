"""After the issue, over the API: correction, replacement, withdrawal, letter of reminder, receipts still missing."""

from flask import Response
from pydantic import BaseModel, Field

from core.permissions import Action
from core.runtime import current
from minutes.delivery.reminding import remind_now
from minutes.followups.reminder_letter import draft_reminder
from minutes.notices import successors
from minutes.notices.successor_texts import Passage
from web.api.blueprint import api
from web.api.deliveries import DeliveriesOut, DeliveryOut, delivery_out
from web.api.notices import NoticeOut, NoticePath, ReasonIn, notice_out
from web.api.shapes import In, answer, answer_list
from web.security.callers import acting
from web.security.gate import requires


class CorrectedPassageIn(BaseModel):
    """A place to correct: where, what was printed, what should stand there."""

    where: str = Field(default="", max_length=300)
    wrong: str = Field(max_length=4000)
    right: str = Field(max_length=4000)


class NoticeCorrectionIn(In):
    """Errors of form or spelling in the issued text."""

    passages: list[CorrectedPassageIn] = Field(max_length=50)
    reason: str = ""


@api.post("/notices/<uuid:notice_id>/corrections", responses={201: NoticeOut})
@requires(Action.EDIT_NOTICE)
def correct(path: NoticePath, body: NoticeCorrectionIn) -> Response:
    """Soạn công văn đính chính."""
    passages = [Passage(row.where, row.wrong, row.right) for row in body.passages]
    with current().database.transaction() as session:
        row = successors.correct(session, acting(), path.notice_id, passages, body.reason)
        return answer(notice_out(session, row), 201)


@api.post("/notices/<uuid:notice_id>/replacements", responses={201: NoticeOut})
@requires(Action.EDIT_NOTICE)
def replace(path: NoticePath, body: ReasonIn) -> Response:
    """Soạn thông báo thay thế."""
    with current().database.transaction() as session:
        row = successors.replace(session, acting(), path.notice_id, body.reason)
        return answer(notice_out(session, row), 201)


@api.post("/notices/<uuid:notice_id>/withdrawals", responses={201: NoticeOut})
@requires(Action.EDIT_NOTICE)
def withdraw(path: NoticePath, body: ReasonIn) -> Response:
    """Soạn thông báo thu hồi."""
    with current().database.transaction() as session:
        row = successors.withdraw(session, acting(), path.notice_id, body.reason)
        return answer(notice_out(session, row), 201)


@api.post("/notices/<uuid:notice_id>/reminder-letters", responses={201: NoticeOut})
@requires(Action.EDIT_NOTICE)
def draft_reminder_letter(path: NoticePath) -> Response:
    """Soạn công văn đôn đốc các nhiệm vụ quá hạn."""
    with current().database.transaction() as session:
        return answer(notice_out(session, draft_reminder(session, acting(), path.notice_id)), 201)


@api.post("/notices/<uuid:notice_id>/reminders", responses={200: DeliveriesOut})
@requires(Action.DISTRIBUTE_NOTICE)
def remind_receivers(path: NoticePath) -> Response:
    """Nhắc các đơn vị chưa xác nhận; trả về những đơn vị vừa được nhắc, mỗi ngày một lần."""
    with current().database.transaction() as session:
        rows = remind_now(session, acting(), path.notice_id)
        return answer_list(DeliveryOut, [delivery_out(row) for row in rows])
