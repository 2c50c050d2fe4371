"""Deliveries over the API: what a unit has received, and its acknowledgement."""

from datetime import date, datetime
from uuid import UUID

from flask import Response
from pydantic import BaseModel

from core.permissions import Action
from core.runtime import current
from minutes.delivery import service
from minutes.delivery.models import Delivery
from web.api.blueprint import api
from web.api.shapes import Out, answer, answer_list
from web.security.callers import acting
from web.security.gate import requires


class DeliveryOut(Out):
    """An issued notice with one unit."""

    id: UUID
    notice_id: UUID
    unit_id: UUID
    unit_name: str
    symbol: str
    issued_on: date
    state: str
    delivered_at: datetime
    opened_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by_name: str


class DeliveriesOut(Out):
    """Deliveries, newest first: a unit sees its own, staff all."""

    items: list[DeliveryOut]


class DeliveryPath(BaseModel):
    """Which delivery."""

    delivery_id: UUID


def delivery_out(row: Delivery) -> DeliveryOut:
    """Everything the API says of a delivery."""
    own = {name: getattr(row, name) for name in DeliveryOut.model_fields if hasattr(row, name)}
    return DeliveryOut(**own, unit_name=row.unit.name, symbol=row.issue.symbol, issued_on=row.issue.issued_on)


@api.get("/deliveries", responses={200: DeliveriesOut})
@requires(Action.VIEW_ISSUED_NOTICE)
def list_deliveries() -> Response:
    """Các thông báo đã gửi."""
    with current().database.transaction() as session:
        return answer_list(DeliveryOut, [delivery_out(row) for row in service.list_deliveries(session, acting())])


@api.post("/deliveries/<uuid:delivery_id>/acknowledge", responses={200: DeliveryOut})
@requires(Action.ACKNOWLEDGE_NOTICE)
def acknowledge(path: DeliveryPath) -> Response:
    """Xác nhận đã nhận; gọi lại giữ nguyên lần đầu."""
    with current().database.transaction() as session:
        return answer(delivery_out(service.acknowledge(session, acting(), path.delivery_id)))
