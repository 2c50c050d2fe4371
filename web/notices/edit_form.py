"""The notice's edit form: from the fields of a browser back to a `NoticeContent`.

In: the content the form was made from, and what was typed. Out: a new content. Fields are named after the item they
belong to, so that an item keeps its id, its evidence and its place; what the form does not show stays as it was.
"""

from collections.abc import Mapping
from uuid import uuid4

from pydantic_core import to_jsonable_python

from core.errors import Invalid
from minutes.notices.content import DeadlineFacts, NoticeContent, NoticeItem, Section
from minutes.notices.service import parse_content
from papers.signers import SignerBlock
from web.notices.appendix_form import appendices_typed

KINDS = ("directive", "standing_duty", "prohibition", "responsibility", "commendation", "decision", "statement")
_LINES = ("subject", "issuing_parent", "issuing_body", "symbol_suffix", "place", "closing")


def edited(base: NoticeContent, typed: Mapping[str, str]) -> NoticeContent:
    """The content as typed over `base`. Raises Invalid where a field is too long or of a wrong kind."""
    changes: dict[str, object] = {name: typed[name] for name in _LINES if name in typed}
    if "recipients" in typed:
        changes["recipients"] = _lines(typed["recipients"])
    if "addressees" in typed:
        changes["addressees"] = _lines(typed["addressees"])
    if "to_check" in typed:
        changes["to_check"] = _lines(typed["to_check"])
    changes["appendices"] = appendices_typed(base.appendices, typed)
    changes["signer"] = _signer(base.signer, typed).model_dump()
    changes["opening"] = [
        paragraph.model_dump() | {"text": typed.get(f"opening-{position}", paragraph.text)}
        for position, paragraph in enumerate(base.opening)
        if typed.get(f"opening-{position}", paragraph.text).strip()
    ]
    changes["sections"] = [_section(section, position, typed) for position, section in enumerate(base.sections)]
    # As JSON, since `parse_content` reads what came from outside.
    return parse_content(base.to_json() | to_jsonable_python(changes))


def _section(section: Section, position: int, typed: Mapping[str, str]) -> dict[str, object]:
    items = _items(section.items, typed)
    added = typed.get(f"new-text-{position}", "").strip()
    if added:
        items.append(_new_item(position, added, typed))
    heading = typed.get(f"section-{position}", section.heading or "").strip()
    return section.model_dump() | {"heading": heading or None, "items": items}


def _items(items: tuple[NoticeItem, ...], typed: Mapping[str, str]) -> list[dict[str, object]]:
    kept = []
    for item in items:
        if typed.get(f"drop-{item.id}"):
            continue
        kept.append(_item(item, typed) | {"children": _items(item.children, typed)})
    return kept


def _item(item: NoticeItem, typed: Mapping[str, str]) -> dict[str, object]:
    lead = _names(typed.get(f"lead-{item.id}"), item.lead)
    coordinating = _names(typed.get(f"coordinating-{item.id}"), item.coordinating)
    return item.model_dump() | {
        "text": typed.get(f"text-{item.id}", item.text),
        "heading": typed.get(f"heading-{item.id}", item.heading),
        "action": typed.get(f"action-{item.id}", item.action),
        "kind": _kind(typed.get(f"kind-{item.id}", item.kind)),
        "lead": lead,
        "coordinating": coordinating,
        # Whom a changed name means is for the directory to say again, not for the old answer.
        "lead_unit_ids": item.lead_unit_ids if lead == item.lead else (),
        "coordinating_unit_ids": item.coordinating_unit_ids if coordinating == item.coordinating else (),
        "deadline": _deadline(item.deadline, typed.get(f"deadline-{item.id}"), typed.get(f"iso-{item.id}")),
    }


def _new_item(position: int, text: str, typed: Mapping[str, str]) -> dict[str, object]:
    kind = _kind(typed.get(f"new-kind-{position}", "directive"))
    blank = NoticeItem(id=uuid4().hex, text=text, kind="statement")
    return blank.model_dump() | {
        "kind": kind,
        "lead": _names(typed.get(f"new-lead-{position}"), ()),
        "action": text if kind == "directive" else "",
        "deadline": _deadline(None, typed.get(f"new-deadline-{position}"), typed.get(f"new-iso-{position}")),
    }


def _deadline(before: DeadlineFacts | None, raw: str | None, iso: str | None) -> dict[str, object] | None:
    """A typed deadline; an untouched one keeps what the machine understood of it (a rule of repetition, its kind)."""
    if raw is None and iso is None:
        return before.model_dump() if before else None
    raw, iso = (raw or "").strip(), (iso or "").strip()
    known_raw, known_iso = (before.raw, (before.iso or "")[:10]) if before else ("", "")
    if (raw, iso) == (known_raw, known_iso):
        return before.model_dump() if before else None
    if not raw and not iso:
        return None
    return DeadlineFacts(raw=raw, iso=iso or None, kind="absolute" if iso else "none").model_dump()


def _signer(before: SignerBlock, typed: Mapping[str, str]) -> SignerBlock:
    if "signer_name" not in typed:
        return before
    return before.model_copy(
        update={
            "authority_lines": _lines(typed.get("authority_lines", "")),
            "title": typed.get("signer_title", before.title),
            "name": typed["signer_name"],
        }
    )


def _kind(value: str) -> str:
    if value not in KINDS:
        raise Invalid(field="loại nội dung", reason="chưa chọn")
    return value


def _names(value: str | None, before: tuple[str, ...]) -> tuple[str, ...]:
    if value is None:
        return before
    return tuple(name.strip() for name in value.split(";") if name.strip())


def _lines(value: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in value.splitlines() if line.strip())
