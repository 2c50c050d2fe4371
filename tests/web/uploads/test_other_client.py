"""A client that nobody here has written (tuspy) sends, is interrupted, goes on, and is told when bytes are damaged."""

import hashlib
import io
from collections.abc import Callable
from uuid import UUID

import pytest

from core.permissions import Role
from tests.web.builders import sound
from tests.web.conftest import Script

client = pytest.importorskip("tusclient.client")
exceptions = pytest.importorskip("tusclient.exceptions")
uploaders = pytest.importorskip("tusclient.uploader.baseuploader")

PART_BYTES = len(sound()) // 4


@pytest.fixture
def tus(live: str, script_of: Callable[..., Script]) -> tuple[object, Script]:
    script = script_of(Role.SECRETARY)
    return client.TusClient(live, headers={"Authorization": f"Bearer {script.token}"}), script


def test_it_sends_in_parts_and_goes_on_where_it_stopped(
    live: str, tus: tuple[client.TusClient, Script], meeting_id: UUID
) -> None:
    data, (speaker, script) = sound(), tus
    speaker.url = f"{live}/api/v1/meetings/{meeting_id}/uploads"
    first = speaker.uploader(
        file_stream=io.BytesIO(data), chunk_size=PART_BYTES, metadata={"filename": "họp.wav"}, upload_checksum=True
    )
    first.upload(stop_at=2 * PART_BYTES)
    assert 0 < first.offset < len(data)
    second = speaker.uploader(file_stream=io.BytesIO(data), url=first.url, chunk_size=PART_BYTES, upload_checksum=True)
    assert second.get_offset() == first.offset
    second.upload()
    (recording,) = script.get(f"/meetings/{meeting_id}/recordings").get_json()["items"]
    assert recording["original_name"] == "họp.wav"
    assert recording["sha256"] == hashlib.sha256(data).hexdigest()


def test_it_hears_of_damage_and_of_what_may_not_be(
    live: str, tus: tuple[client.TusClient, Script], meeting_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    speaker, _ = tus
    speaker.url = f"{live}/api/v1/meetings/{meeting_id}/uploads"
    another = ("sha1", lambda _data: hashlib.sha1(b"another", usedforsecurity=False))
    monkeypatch.setattr(uploaders.BaseUploader, "CHECKSUM_ALGORITHM_PAIR", another)
    uploader = speaker.uploader(file_stream=io.BytesIO(sound()), metadata={"filename": "a.wav"}, upload_checksum=True)
    with pytest.raises(exceptions.TusUploadFailed) as failed:
        uploader.upload_chunk()
    assert failed.value.status_code == 460
    with pytest.raises(exceptions.TusCommunicationError) as refused:
        speaker.uploader(file_stream=io.BytesIO(b"")).upload()
    assert refused.value.status_code == 422
