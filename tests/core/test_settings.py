"""Settings: generated secrets, refused samples, one clear line per fault."""

import json
import stat
from pathlib import Path

import pytest

from core.settings import SettingsError, load_settings

LONG = "pK3vQz8LwN5tRy7XbM2dHs9JfG4cTe6A"


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "BROKER_URL", "STORAGE_URL"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"DIEMCAU_{name}", raising=False)


def test_first_start_generates_secrets_only_the_owner_can_read(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    file = tmp_path / "secrets.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text())["secret_key"] == settings.secret_key.get_secret_value()


def test_second_start_keeps_the_secrets(tmp_path: Path) -> None:
    assert load_settings(home=tmp_path).secret_key == load_settings(home=tmp_path).secret_key


def test_two_installations_share_no_secret(tmp_path: Path) -> None:
    assert load_settings(home=tmp_path / "a").secret_key != load_settings(home=tmp_path / "b").secret_key


def test_secrets_do_not_show_in_print(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    assert settings.secret_key.get_secret_value() not in repr(settings)


@pytest.mark.parametrize("weak", ["short", "change-me-change-me-change-me-change-me", "a" * 40])
def test_a_weak_or_sample_secret_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, weak: str) -> None:
    monkeypatch.setenv("DIEMCAU_SECRET_KEY", weak)
    with pytest.raises(SettingsError, match="DIEMCAU_SECRET_KEY") as caught:
        load_settings(home=tmp_path)
    assert "\n" not in str(caught.value)
    assert weak not in str(caught.value)


def test_a_good_secret_from_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIEMCAU_SECRET_KEY", LONG)
    assert load_settings(home=tmp_path).secret_key.get_secret_value() == LONG


@pytest.mark.parametrize("name", ["DATABASE_URL", "DIEMCAU_DATABASE_URL"])
def test_a_site_points_to_its_own_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "postgresql://diemcau@db.bo.local/diemcau")
    assert load_settings(home=tmp_path).database_url == "postgresql+psycopg://diemcau@db.bo.local/diemcau"


def test_another_kind_of_database_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///x.db")
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        load_settings(home=tmp_path)


def test_a_port_that_is_no_port_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIEMCAU_PORT", "chín nghìn")
    with pytest.raises(SettingsError, match="DIEMCAU_PORT"):
        load_settings(home=tmp_path)


def test_a_home_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="DIEMCAU_HOME"):
        load_settings(home=tmp_path / "file" / "inside")


def test_settings_cannot_be_changed_afterwards(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    with pytest.raises(ValueError, match="frozen"):
        settings.port = 9  # type: ignore[misc]
