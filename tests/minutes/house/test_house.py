"""Own templates: what is accepted, what is refused, how versions follow each other; patterns of header and signer."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from sqlalchemy.orm import Session

from core.errors import Forbidden, Invalid
from core.permissions import Actor, Role
from minutes.house import patterns, templates
from minutes.house.models import TemplateKind
from minutes.notices import issuing, service
from orchestrator.meetings.models import Meeting
from papers.refusals import TemplateRefused
from papers.templates.van_ban import TEMPLATE_PATH
from tests.minutes.conftest import People
from tests.minutes.samples import notice


@pytest.fixture
def keeper(actor_factory: Callable[..., Actor]) -> Actor:
    return actor_factory(Role.ADMINISTRATOR)


def changed(edit: Callable[[object], None]) -> bytes:
    """Our own template with something changed."""
    document = Document(BytesIO(TEMPLATE_PATH.read_bytes()))
    edit(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """Our own template with one more part in the package."""
    out = BytesIO(TEMPLATE_PATH.read_bytes())
    with ZipFile(out, "a") as package:
        package.writestr(name, content)
    return out.getvalue()


def paragraph(text: str) -> Callable[[object], None]:
    return lambda document: document.add_paragraph(text)  # type: ignore[attr-defined]


def header(text: str) -> Callable[[object], None]:
    return lambda document: document.sections[0].header.add_paragraph(text)  # type: ignore[attr-defined]


def footer(text: str) -> Callable[[object], None]:
    return lambda document: document.sections[0].footer.add_paragraph(text)  # type: ignore[attr-defined]


def first_footer(text: str) -> Callable[[object], None]:
    return lambda document: document.sections[0].first_page_footer.add_paragraph(text)  # type: ignore[attr-defined]


def subject(text: str) -> Callable[[object], None]:
    return lambda document: setattr(document.core_properties, "subject", text)  # type: ignore[attr-defined]


def cell(text: str) -> Callable[[object], None]:
    return lambda document: document.tables[0].rows[0].cells[0].add_paragraph(text)  # type: ignore[attr-defined]


def title(text: str) -> Callable[[object], None]:
    return lambda document: setattr(document.core_properties, "title", text)  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", list(TemplateKind), ids=str)
def test_our_own_template_is_accepted_for_every_kind_without_a_remark(
    session: Session, keeper: Actor, kind: TemplateKind
) -> None:
    row = templates.add_template(session, keeper, kind, "mau.docx", TEMPLATE_PATH.read_bytes())
    assert (row.version, row.remarks) == (1, [])


def test_the_newest_version_prints_and_a_retired_one_no_longer(
    session: Session, keeper: Actor, meeting: Meeting, people: People
) -> None:
    for words in ("Mẫu thứ nhất", "Mẫu thứ hai"):
        last = templates.add_template(session, keeper, TemplateKind.NOTICE, "a.docx", changed(paragraph(words)))
    notice_id = service.open_draft(session, meeting.id, notice()).notice_id

    def printed() -> str:
        data = issuing.document(session, people.secretary, notice_id, "docx").data
        return "\n".join(part.text for part in Document(BytesIO(data)).paragraphs)

    assert "Mẫu thứ hai" in printed()
    templates.retire_template(session, keeper, last.id)
    assert "Mẫu thứ nhất" in printed()
    assert [row.version for row in templates.list_templates(session, keeper)] == [2, 1]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(lambda: b"", id="empty"),
        pytest.param(lambda: b"%PDF-1.7", id="pdf"),
        pytest.param(lambda: with_part("word/vbaProject.bin", b"x"), id="macro"),
        pytest.param(lambda: with_part("word/embeddings/oleObject1.bin", b"x"), id="object"),
        pytest.param(
            lambda: with_part("word/_rels/x.rels", b'<Relationship TargetMode="External"/>'),
            id="outside",
        ),
        pytest.param(lambda: with_part("word/big.bin", b"0" * (21 * 1024 * 1024)), id="bomb"),
        pytest.param(lambda: changed(paragraph("{{ unknown }}")), id="unknown-field"),
        pytest.param(lambda: changed(paragraph("{{ ''.__class__.__mro__ }}")), id="body"),
        pytest.param(lambda: changed(header("{{ blocks.__class__ }}")), id="header"),
        pytest.param(lambda: changed(title("{{ number.__init__.__globals__ }}")), id="property"),
        pytest.param(lambda: changed(paragraph("{{ 'a' * 999999999 }}")), id="memory"),
        pytest.param(lambda: changed(paragraph("{% include '/etc/passwd' %}")), id="include"),
        pytest.param(
            lambda: changed(paragraph("{% for a in blocks %}" * 3 + "{% endfor %}" * 3)),
            id="time",
        ),
        pytest.param(lambda: changed(footer("{{ title.__class__ }}")), id="footer"),
        pytest.param(lambda: changed(first_footer("{{ unknown }}")), id="first-footer"),
        pytest.param(lambda: changed(subject("{{ lipsum.__globals__ }}")), id="subject"),
        pytest.param(lambda: changed(cell("{{ cycler }}")), id="cell"),
        pytest.param(lambda: changed(paragraph("{% macro a(x) %}{{ x }}{{ x }}{% endmacro %}")), id="macro"),
        pytest.param(lambda: changed(paragraph("{% set a = title ~ title %}")), id="doubling"),
        pytest.param(lambda: changed(paragraph("{% set a %}{{ title }}{% endset %}")), id="doubling-block"),
        pytest.param(lambda: changed(paragraph("{{ title + title }}")), id="plus"),
        pytest.param(lambda: changed(paragraph("{% import 'a' as b %}")), id="import"),
        pytest.param(lambda: changed(paragraph("{% extends 'a' %}")), id="extends"),
        pytest.param(lambda: changed(paragraph("{{ title.upper() }}")), id="call"),
        pytest.param(
            lambda: changed(paragraph("{% for a in blocks recursive %}{{ loop(blocks) }}{% endfor %}")), id="recursion"
        ),
        pytest.param(lambda: changed(paragraph("{{ title|attr('__class__') }}")), id="attr"),
        pytest.param(lambda: changed(paragraph("{{ '%1000000000s'|format(title) }}")), id="format"),
        pytest.param(lambda: _bare(), id="nothing-printed"),
    ],
)
def test_what_is_no_safe_template_is_refused(session: Session, keeper: Actor, data: Callable[[], bytes]) -> None:
    with pytest.raises(TemplateRefused):
        templates.add_template(session, keeper, TemplateKind.NOTICE, "x.docx", data())
    assert templates.list_templates(session, keeper) == []


def test_only_the_administrator_keeps_templates_and_patterns(session: Session, people: People) -> None:
    with pytest.raises(Forbidden):
        templates.add_template(session, people.secretary, TemplateKind.NOTICE, "a.docx", TEMPLATE_PATH.read_bytes())
    with pytest.raises(Forbidden):
        patterns.add_pattern(session, people.secretary, "Tên", patterns.parse_pattern({"issuing_body": "Bộ Mẫu"}))


def test_a_pattern_changes_head_and_signer_and_nothing_else(
    session: Session, keeper: Actor, meeting: Meeting, people: People
) -> None:
    typed: dict[str, object] = {
        "issuing_parent": "Bộ Mẫu",
        "issuing_body": "Ban Chỉ đạo phòng, chống thiên tai",
        "symbol_suffix": "TB-BCĐ",
        "signer": {
            "authority_lines": ["KT. TRƯỞNG BAN"],
            "title": "PHÓ TRƯỞNG BAN",
            "name": "Nguyễn Hoàng Thiên Ưng",
            "capacity": ["THỨ TRƯỞNG BỘ MẪU"],
        },
    }
    row = patterns.add_pattern(session, keeper, "Ban Chỉ đạo", patterns.parse_pattern(typed))
    with pytest.raises(Invalid):
        patterns.add_pattern(session, keeper, "Ban Chỉ đạo", patterns.parse_pattern(typed))
    revision = service.open_draft(session, meeting.id, notice())
    after = patterns.use_pattern(session, people.secretary, revision.notice_id, 1, row.id).read()
    assert (after.symbol_suffix, after.signer.capacity) == ("TB-BCĐ", ("THỨ TRƯỞNG BỘ MẪU",))
    assert after.place == "Hà Nội"
    assert after.sections == notice().sections
    patterns.retire_pattern(session, keeper, row.id)
    assert patterns.list_patterns(session) == []


def _bare() -> bytes:
    out = BytesIO()
    Document().save(out)
    return out.getvalue()
