"""Addresses of storages: what is not whole is refused at the start, with the words that say what to put there."""

from pathlib import Path

import pytest

from core.services.ports import free_port
from core.settings import SettingsError, load_settings
from core.storage import S3Access, StorageAway, open_storage
from core.storage.s3 import S3Storage
from core.storage.s3_client import ATTEMPTS


def access(tmp_path: Path, endpoint: str = "http://127.0.0.1:1") -> S3Access:
    return S3Access(endpoint, "key", "secret", tmp_path / "copies")


def test_an_unknown_scheme_says_so() -> None:
    with pytest.raises(ValueError, match="ftp"):
        open_storage("ftp://host/dir")


def test_an_s3_has_a_bucket_and_perhaps_a_folder(tmp_path: Path) -> None:
    storage = open_storage("s3://kho-diem-cau/bo-mau", access(tmp_path))
    assert isinstance(storage, S3Storage)
    assert (storage.bucket, storage._name("a")) == ("kho-diem-cau", "bo-mau/a")


@pytest.mark.parametrize("url", ["s3://", "s3://K", "s3://kho/../x", "s3://kho/a b", "s3://u:p@kho"])
def test_an_address_that_is_none_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(ValueError, match="STORAGE_URL"):
        open_storage(url, access(tmp_path))


def test_an_s3_without_its_endpoint_is_refused_and_asks_no_cloud(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="STORAGE_ENDPOINT"):
        open_storage("s3://kho", access(tmp_path, endpoint=""))


def test_settings_refuse_half_an_s3_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="STORAGE_SECRET_KEY"):
        load_settings(home=tmp_path, storage_url="s3://kho", storage_endpoint="http://127.0.0.1:1")
    with pytest.raises(SettingsError, match="STORAGE_ENDPOINT"):
        load_settings(home=tmp_path, storage_endpoint="kho.noi-bo:9000")


def test_the_secret_of_the_storage_is_not_printed(tmp_path: Path) -> None:
    settings = load_settings(
        home=tmp_path,
        storage_url="s3://kho/bo-mau",
        storage_endpoint="http://127.0.0.1:1",
        storage_key_id="may-chu",
        storage_secret_key="rat-kin-dao",
    )
    assert "rat-kin-dao" not in repr(settings)
    assert settings.storage_access.secret_key == "rat-kin-dao"
    assert settings.storage_access.copies == tmp_path / "copies"


@pytest.mark.slow
def test_a_storage_that_does_not_answer_is_told_after_a_few_tries(tmp_path: Path) -> None:
    storage = open_storage("s3://kho", access(tmp_path, f"http://127.0.0.1:{free_port()}"))
    assert ATTEMPTS <= 4
    with pytest.raises(StorageAway) as told:
        storage.put_bytes(b"x", prefix="artifacts")
    assert "không trả lời" in str(told.value.strerror)
