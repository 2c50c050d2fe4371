"""An issued paper as a package for document systems: edXML (QCVN 102:2016/BTTTT), metadata of annex VI, its files.

In: plain facts and the bytes of the files. Out: bytes, the same for the same input. Nothing is sent anywhere from here
(decision of the design: a package to hand over, no live link). Pure.
"""

import base64
import io
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from core.clock import in_vietnam
from minutes.notices.refusals import MetadataTooLong

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
_XLINK = "http://www.w3.org/1999/xlink"
_ACTOR = "http://schemas.xmlsoap.org/soap/actor/next"
#: Longest values of annex VI, part II, by the name of the field.
LIMITS = {
    "CodeNumber": 11, "CodeNotation": 30, "Subject": 500, "TypeName": 100, "Position": 100, "FullName": 50,
    "OrganId": 13, "OrganName": 200, "ToPlaces": 1000, "Place": 50,
}  # fmt: skip
#: Annex VI: 0 ordinary, 1 urgent, 2 very urgent, 3 express.
PRIORITIES = {"": 0, "KHẨN": 1, "THƯỢNG KHẨN": 2, "HỎA TỐC": 3}
#: QCVN 102: kind of business a message is about.
BUSINESS = {"notice": 0, "reminder": 0, "correction": 2, "withdrawal": 1, "replacement": 3}
_ZIP_TIME = (2020, 3, 5, 0, 0, 0)


@dataclass(frozen=True)
class Organ:
    """An agency or unit by its code (decision 20/2020/QĐ-TTg) and name."""

    id: str
    name: str


@dataclass(frozen=True)
class PaperFile:
    """A file that travels along."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class PaperFacts:
    """What annex VI asks of an issued paper; times are aware."""

    document_id: UUID
    sender: Organ
    receivers: tuple[Organ, ...]
    number: int
    notation: str
    place: str
    issued_on: date
    type_name: str
    subject: str
    competence: str
    position: str
    full_name: str
    to_places: tuple[str, ...]
    priority: int
    pages: int
    due_date: date | None
    kind: str
    reason: str
    created_at: datetime
    predecessor: str = ""


def metadata(facts: PaperFacts) -> dict[str, str]:
    """The fields of annex VI. Raises MetadataTooLong where one is longer than the annex allows."""
    values = {
        "DocumentId": f"{facts.sender.id},{facts.issued_on:%Y/%m/%d},{facts.number:02d}/{facts.notation}",
        "CodeNumber": f"{facts.number:02d}",
        "CodeNotation": facts.notation,
        "PromulgationDate": f"{facts.issued_on:%Y/%m/%d}",
        "Place": facts.place,
        "OrganId": facts.sender.id,
        "OrganName": facts.sender.name,
        "TypeName": facts.type_name,
        "Subject": facts.subject,
        "Language": "Tiếng Việt",
        "PageAmount": str(facts.pages),
        "Competence": facts.competence,
        "Position": facts.position,
        "FullName": facts.full_name,
        "Priority": str(facts.priority),
        "ToPlaces": "; ".join(facts.to_places),
        "DueDate": f"{facts.due_date:%Y/%m/%d}" if facts.due_date else "",
    }
    for name, limit in LIMITS.items():
        if len(values[name]) > limit:
            raise MetadataTooLong(field=name, length=len(values[name]), limit=limit)
    return values


def edxml(facts: PaperFacts, files: Sequence[PaperFile]) -> bytes:
    """The message: header, trace, list of the files, and the files themselves in Base64."""
    values = metadata(facts)
    ElementTree.register_namespace("edXML", NAMESPACE)
    ElementTree.register_namespace("xlink", _XLINK)
    root = _element("edXML")
    envelope = _under(root, "edXMLEnvelope")
    header = _under(envelope, "edXMLHeader")
    _message_header(_under(header, "MessageHeader"), facts, values)
    _trace(header, facts)
    _under(header, "DigitalSignature")
    manifest = _under(_under(envelope, "edXMLBody"), "edXMLManifest", version="1.0")
    encoded = _under(root, "AttachmentEncoded")
    for position, file in enumerate(files, start=1):
        _attach(manifest, encoded, facts, file, position)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def package(facts: PaperFacts, files: Sequence[PaperFile]) -> bytes:
    """A ZIP: the message, the metadata of annex VI by themselves, and the files as they are."""
    record = ElementTree.Element("VanBanDi")
    for name, value in metadata(facts).items():
        ElementTree.SubElement(record, name).text = value
    parts = [
        PaperFile("van-ban.edxml", "", edxml(facts, files)),
        PaperFile("sieu-du-lieu.xml", "", ElementTree.tostring(record, encoding="utf-8", xml_declaration=True)),
        *files,
    ]
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as target:
        for part in parts:
            entry = ZipInfo(part.name, _ZIP_TIME)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, part.data)
    return out.getvalue()


def _message_header(header: ElementTree.Element, facts: PaperFacts, values: dict[str, str]) -> None:
    _organ(header, "From", facts.sender)
    for receiver in facts.receivers:
        _organ(header, "To", receiver)
    _group(header, "Code", values, "CodeNumber", "CodeNotation")
    _group(header, "PromulgationInfo", values, "Place", "PromulgationDate")
    document_type = _under(header, "DocumentType")
    _under(document_type, "Type", "2")
    _under(document_type, "TypeName", values["TypeName"])
    _under(header, "Subject", values["Subject"])
    _under(header, "Content", values["Subject"])
    _group(header, "SignerInfo", values, "Competence", "Position", "FullName")
    if values["DueDate"]:
        _under(header, "DueDate", values["DueDate"])
    places = _under(header, "ToPlaces")
    for place in facts.to_places:
        _under(places, "Place", place)
    other = _under(header, "OtherInfo")
    _group_into(other, values, "Priority", "PageAmount")
    if facts.predecessor:
        _under(other, "Appendixes", f"Liên quan văn bản số {facts.predecessor}")
    _under(header, "DocumentId", values["DocumentId"])


def _trace(header: ElementTree.Element, facts: PaperFacts) -> None:
    traces = _under(
        header, "TraceHeaderList", id=facts.document_id.hex[:8], version="1.0", mustUnderstand="1", actor=_ACTOR
    )
    trace = _under(traces, "TraceHeader")
    _under(trace, "OrganId", facts.sender.id)
    _under(trace, "Timestamp", f"{in_vietnam(facts.created_at):%Y/%m/%d %H:%M:%S}")
    business = _under(traces, "Bussiness")  # spelt so in the regulation
    _under(business, "BussinessDocType", str(BUSINESS[facts.kind]))
    _under(business, "BussinessDocReason", facts.reason)


def _attach(
    manifest: ElementTree.Element,
    encoded: ElementTree.Element,
    facts: PaperFacts,
    file: PaperFile,
    position: int,
) -> None:
    identity = str(uuid5(NAMESPACE_URL, f"{facts.document_id}/{file.name}"))
    reference = _under(manifest, "Reference")
    for name, value in (("href", f"cid:{identity}"), ("role", "XLinkRole"), ("type", "simple")):
        reference.set(f"{{{_XLINK}}}{name}", value)
    described = {"ContentType": file.media_type, "Description": f"Tệp {position}", "AttachmentName": file.name}
    _under(reference, "ContentId", f"cid:{identity}")
    attachment = _under(encoded, "Attachment")
    _under(attachment, "ContentId", identity)
    for name, value in described.items():
        _under(reference, name, value)
        _under(attachment, name, value)
    _under(attachment, "ContentTransferEncoded", base64.b64encode(file.data).decode("ascii"))


def _organ(parent: ElementTree.Element, name: str, organ: Organ) -> None:
    element = _under(parent, name)
    _under(element, "OrganId", organ.id)
    _under(element, "OrganName", organ.name)


def _group(parent: ElementTree.Element, name: str, values: dict[str, str], *fields: str) -> None:
    _group_into(_under(parent, name), values, *fields)


def _group_into(element: ElementTree.Element, values: dict[str, str], *fields: str) -> None:
    for field in fields:
        _under(element, field, values[field])


def _element(name: str) -> ElementTree.Element:
    return ElementTree.Element(f"{{{NAMESPACE}}}{name}")


def _under(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
    element.text = text or None
    return element
