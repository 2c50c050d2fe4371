"""What is sent along: for screens the fields that are read before the object is looked up, for the API the least body
its document allows. Nothing more: a refusal over the content comes after the questions of this test."""

from typing import Any

from flask_openapi3.openapi import OpenAPI

#: Values in `<…>` are taken from the caller's own side.
SCREENS: dict[str, dict[str, str]] = {
    "administrator.add_preset": {"valid_from": "2026-05-01"},
    "administrator.end_cap": {"last_day": "2026-12-31"},
    "administrator.link_account": {"account_id": ""},
    "approver.approve": {"revision_id": "<revision_id>"},
    "console.call_place": {"place_id": "<place_id>"},
    "console.call_roll": {"participant_id": "<participant_id>", "attendance": "present"},
    "console.count_heads": {"place_id": "<place_id>", "count": "3"},
    "console.correct_incident": {"withdraw": "yes"},
    "console.extend": {"minutes": "15"},
    "console.log_incident": {"kind": "note", "note": "Thử"},
    "console.mark_agenda": {"item_id": "<item_id>"},
    "console.note_room_act": {"act": "mute_all"},
    "console.remove_place": {"place_id": "<place_id>"},
    "console.resolve_alarm": {"alarm_id": "<alarm_id>"},
    "console.telephone_check": {
        **dict.fromkeys(("camera", "microphone", "speakers"), "good"),
        "place_id": "<place_id>",
    },
    "invitations.addresses": {"place_id": "<place_id>", "addresses": "an@bo.example"},
    "invitations.send_one": {"place_id": "<place_id>"},
    "invitations.show_link": {"place_id": "<place_id>"},
    "notices.ask_extension": {"until": "2026-12-31", "reason": "Chờ thiết bị"},
    "notices.use_pattern": {"pattern_id": "<pattern_id>", "base_number": "1"},
    "operator.cancel_meeting": {"reason": "Thử"},
    "secretary.confirm": {"base_number": "0"},
    "secretary.correct": {"base_number": "0", "text": "Thử", "speaker": "Thử"},
    "secretary.edit_notice": {"base_number": "1", "layout_number": "1"},
    "unit.report": {"text": "Đã làm"},
}
#: Where the least body is one that is refused before the object is looked for.
SAID: dict[str, dict[str, Any]] = {
    "api.correct": {"passages": [{"wrong": "Thử", "right": "thử"}]},
    "api.create_cap_exception": {"policy_id": "<policy_id>", "allowed": 30, "reason": "Thử"},
    "api.join_parts": {"recording_ids": ["<recording_id>", "<recording_id>"]},
    "api.put_meeting": {
        "classification": "unclassified",
        "title": "Thử",
        "starts_at": "2026-05-05T08:00:00+07:00",
        "ends_at": "2026-05-05T09:00:00+07:00",
        "endpoints": [{"endpoint_id": "<endpoint_id>", "head_count": 1}],
        "version": 1,
    },
    "api.put_head_count": {"endpoint_id": "<endpoint_id>", "count": 3},
}
_PLAIN = {"boolean": True, "number": 1.0, "integer": 1, "string": "Thử", "array": [], "object": {}}
_OF_FORMAT = {
    "date": "2026-05-05",
    "date-time": "2026-05-05T08:00:00+07:00",
    "uuid": "00000000-0000-4000-8000-000000000000",
}
#: Values that stand for a choice the document leaves open.
_OF_NAME = {"account_id": None, "revision_id": "<revision_id>", "person_id": "<person_id>", "unit_id": "<unit_id>"}


def api_bodies(app: OpenAPI) -> dict[str, Any]:
    """By method and path: the least JSON body that the document allows; by endpoint: those said here."""
    document = app.api_doc
    found: dict[str, Any] = dict(SAID)
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            if schema is not None:
                found[f"{method.upper()} {path}"] = least(schema, document)
    return found


def least(schema: dict[str, Any], document: dict[str, Any], name: str = "") -> Any:
    """The least value of a JSON schema: required fields only, the first word of a choice."""
    if name in _OF_NAME:
        return _OF_NAME[name]
    if "$ref" in schema:
        return least(document["components"]["schemas"][schema["$ref"].rpartition("/")[2]], document, name)
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return least(schema[several][0], document, name)
    if "enum" in schema or "const" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    if schema.get("type") == "array" and schema.get("minItems"):
        return [least(schema["items"], document, name.removesuffix("s"))]
    if "properties" in schema:
        wanted = schema.get("required", [])
        return {key: least(schema["properties"][key], document, key) for key in wanted}
    if schema.get("format") in _OF_FORMAT:
        return _OF_FORMAT[schema["format"]]
    plain: Any = _PLAIN.get(schema.get("type", ""), "Thử")
    return max(plain, schema["minimum"]) if "minimum" in schema else plain
