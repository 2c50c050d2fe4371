"""Units, people and endpoints over the API: look up, add, change, retire, restore, delete."""

from typing import Any

from flask import Response, jsonify

from core.permissions import Action
from core.runtime import current
from orchestrator.directory import editing, searching, service
from orchestrator.directory.models import Endpoint, Person, Unit
from orchestrator.directory.searching import Page
from web.api.blueprint import api
from web.api.directory_shapes import (
    AccountIn,
    EndpointIn,
    EndpointOut,
    EndpointPatch,
    EndpointsOut,
    EndpointsQuery,
    EntryPath,
    ListQuery,
    PeopleOut,
    PersonIn,
    PersonOut,
    PersonPatch,
    UnitIn,
    UnitOut,
    UnitPatch,
    UnitsOut,
    VersionIn,
    merged,
)
from web.api.shapes import Out, answer
from web.security.callers import acting
from web.security.gate import requires


@api.get("/units", responses={200: UnitsOut})
@requires(Action.VIEW_DIRECTORY)
def list_units(query: ListQuery) -> Response:
    """Danh mục đơn vị; tìm có dấu hoặc không dấu bằng q."""
    with current().database.transaction() as session:
        page = searching.search_units(session, acting(), query.wanted())
        units = sorted((line.unit for line in page.items), key=lambda unit: unit.code)
        return _page(UnitOut, page, units)


@api.post("/units", responses={201: UnitOut})
@requires(Action.MANAGE_DIRECTORY)
def create_unit(body: UnitIn) -> Response:
    """Thêm đơn vị."""
    with current().database.transaction() as session:
        unit = service.create_unit(session, acting(), service.NewUnit(**body.model_dump()))
        return answer(UnitOut.of(unit), 201)


@api.get("/units/<uuid:entry_id>", responses={200: UnitOut})
@requires(Action.VIEW_DIRECTORY)
def get_unit(path: EntryPath) -> Response:
    """Một đơn vị."""
    with current().database.transaction() as session:
        return answer(UnitOut.of(service.get_unit(session, acting(), path.entry_id)))


@api.patch("/units/<uuid:entry_id>", responses={200: UnitOut})
@requires(Action.MANAGE_DIRECTORY)
def change_unit(path: EntryPath, body: UnitPatch) -> Response:
    """Sửa hoặc chuyển đơn vị; trường không gửi thì giữ nguyên."""
    with current().database.transaction() as session:
        unit = service.get_unit(session, acting(), path.entry_id)
        new = merged(service.NewUnit, unit, body)
        return answer(UnitOut.of(editing.change_unit(session, acting(), path.entry_id, new, body.version)))


@api.get("/people", responses={200: PeopleOut})
@requires(Action.VIEW_DIRECTORY)
def list_people(query: ListQuery) -> Response:
    """Danh mục người dự họp, theo thứ tự giới thiệu rồi theo tên."""
    with current().database.transaction() as session:
        page = searching.search_people(session, acting(), query.wanted())
        return _page(PersonOut, page, page.items)


@api.post("/people", responses={201: PersonOut})
@requires(Action.MANAGE_DIRECTORY)
def create_person(body: PersonIn) -> Response:
    """Thêm người."""
    with current().database.transaction() as session:
        person = service.create_person(session, acting(), service.NewPerson(**body.model_dump()))
        return answer(PersonOut.of(person), 201)


@api.get("/people/<uuid:entry_id>", responses={200: PersonOut})
@requires(Action.VIEW_DIRECTORY)
def get_person(path: EntryPath) -> Response:
    """Một người."""
    with current().database.transaction() as session:
        return answer(PersonOut.of(service.get_person(session, acting(), path.entry_id)))


@api.patch("/people/<uuid:entry_id>", responses={200: PersonOut})
@requires(Action.MANAGE_DIRECTORY)
def change_person(path: EntryPath, body: PersonPatch) -> Response:
    """Sửa thông tin một người; trường không gửi thì giữ nguyên."""
    with current().database.transaction() as session:
        person = service.get_person(session, acting(), path.entry_id)
        new = merged(service.NewPerson, person, body)
        return answer(PersonOut.of(editing.change_person(session, acting(), path.entry_id, new, body.version)))


@api.post("/people/<uuid:entry_id>/account", responses={200: PersonOut})
@requires(Action.MANAGE_ACCOUNTS)
def link_account(path: EntryPath, body: AccountIn) -> Response:
    """Gắn hoặc gỡ tài khoản đăng nhập của một người."""
    with current().database.transaction() as session:
        linked = editing.link_account(session, acting(), path.entry_id, body.account_id, body.version)
        return answer(PersonOut.of(linked))


@api.get("/endpoints", responses={200: EndpointsOut})
@requires(Action.VIEW_DIRECTORY)
def list_endpoints(query: EndpointsQuery) -> Response:
    """Danh mục điểm cầu."""
    with current().database.transaction() as session:
        page = searching.search_endpoints(session, acting(), query.wanted(query.kind))
        return _page(EndpointOut, page, page.items)


@api.post("/endpoints", responses={201: EndpointOut})
@requires(Action.MANAGE_DIRECTORY)
def create_endpoint(body: EndpointIn) -> Response:
    """Thêm điểm cầu."""
    with current().database.transaction() as session:
        endpoint = service.create_endpoint(session, acting(), service.NewEndpoint(**body.model_dump()))
        return answer(EndpointOut.of(endpoint), 201)


@api.get("/endpoints/<uuid:entry_id>", responses={200: EndpointOut})
@requires(Action.VIEW_DIRECTORY)
def get_endpoint(path: EntryPath) -> Response:
    """Một điểm cầu."""
    with current().database.transaction() as session:
        return answer(EndpointOut.of(service.get_endpoint(session, acting(), path.entry_id)))


@api.patch("/endpoints/<uuid:entry_id>", responses={200: EndpointOut})
@requires(Action.MANAGE_DIRECTORY)
def change_endpoint(path: EntryPath, body: EndpointPatch) -> Response:
    """Sửa điểm cầu; trường không gửi thì giữ nguyên."""
    with current().database.transaction() as session:
        endpoint = service.get_endpoint(session, acting(), path.entry_id)
        new = merged(service.NewEndpoint, endpoint, body)
        return answer(EndpointOut.of(editing.change_endpoint(session, acting(), path.entry_id, new, body.version)))


def _register_acts(name: str, model: type[Unit | Person | Endpoint], shape: type[Out]) -> None:
    """Retire, restore and delete work alike for the three kinds."""

    def retire(path: EntryPath, body: VersionIn) -> Response:
        """Ngừng sử dụng: không còn trong danh sách chọn, dữ liệu cũ giữ nguyên."""
        with current().database.transaction() as session:
            return answer(shape.of(editing.retire(session, acting(), model, path.entry_id, body.version)))

    def restore(path: EntryPath, body: VersionIn) -> Response:
        """Sử dụng lại."""
        with current().database.transaction() as session:
            return answer(shape.of(editing.restore(session, acting(), model, path.entry_id, body.version)))

    def delete(path: EntryPath, body: VersionIn) -> Response:
        """Xóa hẳn; chỉ khi chưa có dữ liệu nào gắn vào."""
        with current().database.transaction() as session:
            editing.delete(session, acting(), model, path.entry_id, body.version)
        return Response(status=204)

    for act, view in (("retire", retire), ("restore", restore), ("delete", delete)):
        view.__name__ = f"{act}_{name}"
        guarded = requires(Action.MANAGE_DIRECTORY)(view)
        responses: dict[Any, Any] = {204: None} if act == "delete" else {200: shape}
        api.post(f"/{name}/<uuid:entry_id>/{act}", responses=responses)(guarded)


_register_acts("units", Unit, UnitOut)
_register_acts("people", Person, PersonOut)
_register_acts("endpoints", Endpoint, EndpointOut)


def _page(shape: type[Out], page: Page[Any], rows: Any) -> Response:
    items = [shape.of(row).model_dump(mode="json") for row in rows]
    response: Response = jsonify({"items": items, "total": page.total, "page": page.number, "pages": page.pages})
    return response
