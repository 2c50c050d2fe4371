"""The register of purges: signed, each purge once, and nothing that was changed is believed."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from core.purging import register
from core.purging.refusals import RegisterUnreadable
from core.purging.register import Destroyed, Entry, Erasure
from web.commands.archive import Manifest
from web.commands.border import BadInput
from web.commands.purges_since import registers_for

NOW = datetime(2026, 4, 8, 12, tzinfo=UTC)
KEY, OTHER_KEY = register.signing_key("x" * 48), register.signing_key("y" * 48)
PUBLIC = register.public_half(KEY)


def entry(number: int, **changed: object) -> Entry:
    known = {
        "purge_id": UUID(int=number),
        "object_id": UUID(int=100 + number),
        "object_code": f"HOP-{number}",
        "classification": "secret",
        "reason": "said",
        "order_number": "12/QĐ-VP",
        "asked_by_id": UUID(int=1),
        "asked_by_name": "Đỗ Thị Hạnh",
        "asked_at": NOW,
        "confirmed_by_id": UUID(int=2),
        "confirmed_by_name": "Vũ Quốc Bình",
        "confirmed_at": NOW + timedelta(minutes=number),
    }
    return Entry(**{**known, **changed})  # type: ignore[arg-type]


def erasure(number: int, minutes: int = 0, *, ends_consent: bool = False) -> Erasure:
    at = NOW + timedelta(minutes=minutes)
    return Erasure(consent_id=UUID(int=number), erased_at=at, erased_by_id=None, ends_consent=ends_consent)


def test_what_is_written_is_read_again() -> None:
    destroyed = Destroyed(entries=(entry(1), entry(2)), erasures=(erasure(3),))
    text = register.to_text(destroyed, NOW, KEY)
    read = register.from_text(text)
    assert (read.entries, read.erasures, read.as_of, read.key) == (*[tuple(part) for _, part in destroyed], NOW, PUBLIC)
    assert "Đỗ Thị Hạnh" in text


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content["entries"].pop(),
        lambda content: content["entries"][0].update(object_id=str(UUID(int=9))),
        lambda content: content.update(as_of="2027-01-01T00:00:00+00:00"),
        lambda content: content.update(key=register.public_half(OTHER_KEY)),
        lambda content: content.update(signature="zz"),
        lambda content: content.pop("signature"),
    ],
    ids=["line taken out", "line changed", "made younger", "another key", "no hex", "unsigned"],
)
def test_a_changed_register_is_refused(change: object) -> None:
    content = json.loads(register.to_text(Destroyed(entries=(entry(1),)), NOW, KEY))
    change(content)  # type: ignore[operator]
    with pytest.raises(RegisterUnreadable):
        register.from_text(json.dumps(content))


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", "không phải", '{"signature": "00", "key": "00"}'])
def test_what_is_no_register_is_refused(text: str) -> None:
    with pytest.raises(RegisterUnreadable):
        register.from_text(text)


def test_registers_are_put_together_with_each_purge_once() -> None:
    later = entry(2, order_number="13/QĐ-VP")
    parts = Destroyed(entries=(entry(3), entry(2))), Destroyed(entries=(entry(1), later))
    assert register.united(*parts).entries == (entry(1), later, entry(3))


def test_of_each_consent_the_last_erasure_is_kept_and_a_withdrawn_one_stays_so() -> None:
    parts = Destroyed(erasures=(erasure(1, 5), erasure(2, 1))), Destroyed(erasures=(erasure(1, 3, ends_consent=True),))
    assert register.united(*parts).erasures == (erasure(2, 1), erasure(1, 5, ends_consent=True))


def put(folder: Path, key: object, entries: list[Entry], as_of: datetime = NOW) -> Path:
    path = folder / register.file_name(register.public_half(key))  # type: ignore[arg-type]
    path.write_text(register.to_text(Destroyed(entries=tuple(entries)), as_of, key))  # type: ignore[arg-type]
    return path


def manifest(public: str = PUBLIC) -> Manifest:
    return Manifest((NOW - timedelta(days=1)).isoformat(), register_key=public)


def test_the_register_beside_an_archive_counts_if_its_installation_signed_it(tmp_path: Path) -> None:
    archive = tmp_path / "b.tar"
    with pytest.raises(BadInput, match="Không thấy sổ tiêu hủy"):
        registers_for(archive, manifest(), [])
    put(tmp_path, KEY, [entry(1)])
    # That of another installation says nothing as long as it is empty.
    stranger = put(tmp_path, OTHER_KEY, [])
    assert [known.entries for known in registers_for(archive, manifest(), [])] == [(entry(1),)]
    put(tmp_path, OTHER_KEY, [entry(2)])
    with pytest.raises(BadInput, match=stranger.name):
        registers_for(archive, manifest(), [])
    # Named by whoever restores, both count; an archive from before there were registers needs one to be named.
    both = sorted(tmp_path.glob("*.json"))
    assert len(registers_for(archive, manifest(), both)) == 2
    stranger.unlink()
    with pytest.raises(BadInput, match="Không thấy sổ tiêu hủy"):
        registers_for(archive, manifest(""), [])


def test_a_register_that_is_older_than_the_archive_or_changed_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, KEY, [entry(1)], NOW - timedelta(days=2))
    with pytest.raises(BadInput, match="cũ hơn"):
        registers_for(tmp_path / "b.tar", manifest(), [])
    path.write_text(path.read_text().replace("HOP-1", "HOP-2"))
    with pytest.raises(BadInput, match="đã bị sửa"):
        registers_for(tmp_path / "b.tar", manifest(), [])
