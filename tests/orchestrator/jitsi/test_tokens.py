"""What we mint, judged as Prosody judges it: the token cases T01–T13 of the conformance table."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from core.settings import Settings, SettingsError, load_settings
from orchestrator.jitsi.keys import KeyUse, SigningKey, key_file, signing_key
from orchestrator.jitsi.tokens import Grant, Issuer, mint_token

NOW = datetime(2026, 4, 8, 9, 0, tzinfo=UTC)
KEY = SigningKey("HS256", "k" * 20 + "hoa-binh-2026-0123456789")
SITE = Issuer("diemcau", "Hop.Example.VN")
GRANT = Grant("Hop-Giao-Ban-x7", "4b2c", "Trụ sở Bộ", NOW + timedelta(hours=3))


def judge(token: str | None, *, room: str = "hop-giao-ban-x7", now: datetime = NOW, secret: str = KEY.key) -> str:
    """Prosody's verdict with its default settings and domain verification on (CONTRACTS §1), in its own words."""
    if token is None:
        return "token required"
    if jwt.get_unverified_header(token).get("typ") != "JWT":
        return "Invalid typ"
    try:
        claims: dict[str, Any] = jwt.decode(
            token, secret, algorithms=["HS256"], options={"verify_exp": False, "verify_nbf": False, "verify_aud": False}
        )
    except jwt.InvalidSignatureError:
        return "Invalid signature"
    seconds = now.timestamp()
    for wrong, verdict in (
        (claims["iss"] != "diemcau", "invalid 'iss' claim"),
        (claims["aud"] != "diemcau", "invalid 'aud' claim"),
        (claims["exp"] < seconds, "Not acceptable by exp"),
        (claims["nbf"] > seconds, "Not acceptable by nbf"),
        (claims["room"].lower() != room and claims["room"] != "*", "not-allowed"),
        (claims["sub"] not in ("hop.example.vn", "*"), "not-allowed"),
    ):
        if wrong:
            return verdict
    return "owner" if claims["context"]["user"].get("moderator") is True else "member"


def minted(grant: Grant = GRANT, site: Issuer = SITE, now: datetime = NOW) -> str:
    return mint_token(grant, site, KEY, now)


def test_t01_our_token_joins_as_member() -> None:
    assert judge(minted()) == "member"


def test_t02_the_central_endpoint_joins_as_owner() -> None:
    assert judge(minted(replace(GRANT, is_moderator=True))) == "owner"


def test_t03_it_opens_no_other_room() -> None:
    assert judge(minted(), room="phong-khac") == "not-allowed"


@pytest.mark.parametrize("room", ["*", "hop-*", "", "a b", "to/hop"])
def test_t04_a_wildcard_is_never_minted(room: str) -> None:
    with pytest.raises(ValueError, match="not a room name"):
        minted(replace(GRANT, room=room))


def test_t05_the_room_is_lower_case() -> None:
    assert jwt.decode(minted(), options={"verify_signature": False})["room"] == "hop-giao-ban-x7"


def test_t06_it_outlives_the_room_and_ends() -> None:
    token = minted()
    assert judge(token, now=GRANT.room_ends_at + timedelta(minutes=29)) == "member"
    assert judge(token, now=GRANT.room_ends_at + timedelta(minutes=31)) == "Not acceptable by exp"
    with pytest.raises(ValueError, match="gone"):
        minted(now=GRANT.room_ends_at)


def test_t07_a_clock_behind_ours_does_not_refuse_it() -> None:
    assert judge(minted(), now=NOW - timedelta(minutes=9)) == "member"


def test_t08_another_secret_does_not_verify_it() -> None:
    assert judge(minted(), secret="x" * 40) == "Invalid signature"


def test_t09_to_t11_issuer_audience_and_domain_are_those_of_the_site() -> None:
    assert judge(minted(site=replace(SITE, app_id="x"))) == "invalid 'iss' claim"
    claims = jwt.decode(minted(), options={"verify_signature": False})
    assert (claims["iss"], claims["aud"], claims["sub"]) == ("diemcau", "diemcau", "hop.example.vn")
    assert isinstance(claims["aud"], str)
    assert judge(minted(site=replace(SITE, domain="other.rig"))) == "not-allowed"


def test_t12_t13_nothing_without_a_token_and_no_wildcard_subject() -> None:
    assert judge(None) == "token required"
    assert jwt.decode(minted(), options={"verify_signature": False})["sub"] != "*"


def test_header_and_times_are_as_prosody_wants_them() -> None:
    header = jwt.get_unverified_header(minted())
    assert (header["typ"], header["alg"]) == ("JWT", "HS256")
    assert "kid" not in header
    claims = jwt.decode(minted(), options={"verify_signature": False})
    assert isinstance(claims["exp"], int)
    assert isinstance(claims["nbf"], int)


def _nulls(value: Any) -> bool:
    return any(_nulls(item) for item in value.values()) if isinstance(value, dict) else value is None


def test_no_null_anywhere_and_rights_only_as_needed() -> None:
    member = jwt.decode(minted(), options={"verify_signature": False})
    assert not _nulls(member)
    assert member["context"] == {"user": {"id": "4b2c", "name": "Trụ sở Bộ"}}
    full = minted(replace(GRANT, is_moderator=True, email="a@b.vn", group="g"))
    context = jwt.decode(full, options={"verify_signature": False})["context"]
    assert context["features"]["recording"] is True
    assert not {"livestreaming", "transcription", "outbound-call"} & set(context["features"])
    assert (context["user"]["email"], context["group"]) == ("a@b.vn", "g")


@pytest.fixture
def pem() -> Callable[[str, Any], str]:
    def write(path: str, key: Any) -> str:
        text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        Path(path).write_bytes(text)
        return path

    return write


@pytest.fixture
def rsa_settings(tmp_path: Path, pem: Callable[[str, Any], str]) -> Settings:
    for name in ("login", "system"):
        pem(str(tmp_path / f"{name}.pem"), rsa.generate_private_key(65537, 2048))
    return load_settings(
        home=tmp_path, jitsi_login_key=tmp_path / "login.pem", jitsi_system_key=tmp_path / "system.pem"
    )


def test_rs256_tokens_verify_with_what_the_key_server_gives(rsa_settings: Settings) -> None:
    key = signing_key(rsa_settings)
    token = mint_token(GRANT, SITE, key, NOW)
    header = jwt.get_unverified_header(token)
    name = hashlib.sha256(header["kid"].encode()).hexdigest() + ".pem"
    public = key_file(rsa_settings, KeyUse.LOGIN, name)
    assert public is not None
    assert public.startswith("-----BEGIN PUBLIC KEY-----")
    options = {"verify_exp": False, "verify_nbf": False}
    claims = jwt.decode(token, public, algorithms=["RS256"], audience="diemcau", options=options)
    assert claims["room"] == "hop-giao-ban-x7"


def test_the_two_key_servers_share_no_key(rsa_settings: Settings) -> None:
    kid = signing_key(rsa_settings, KeyUse.LOGIN).key_id or ""
    name = hashlib.sha256(kid.encode()).hexdigest() + ".pem"
    assert key_file(rsa_settings, KeyUse.SYSTEM, name) is None
    assert kid != signing_key(rsa_settings, KeyUse.SYSTEM).key_id
    for strange in ("", "x.pem", "../login.pem", name.upper()):
        assert key_file(rsa_settings, KeyUse.LOGIN, strange) is None


def test_without_a_key_there_is_no_key_server(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    assert signing_key(settings).algorithm == "HS256"
    assert key_file(settings, KeyUse.LOGIN, "x.pem") is None
    assert settings.jitsi_app_secret.get_secret_value() not in repr(signing_key(settings))


@pytest.mark.parametrize("kind", ["missing", "text", "short", "curve"])
def test_a_wrong_key_file_is_one_line_naming_the_setting(
    tmp_path: Path, pem: Callable[[str, Any], str], kind: str
) -> None:
    path = tmp_path / "login.pem"
    if kind == "text":
        path.write_text("không phải khóa", encoding="utf-8")
    if kind == "short":
        pem(str(path), rsa.generate_private_key(65537, 1024))  # noqa: S505  # refused below
    if kind == "curve":
        pem(str(path), ec.generate_private_key(ec.SECP256R1()))
    with pytest.raises(SettingsError, match="DIEMCAU_JITSI_LOGIN_KEY"):
        signing_key(load_settings(home=tmp_path, jitsi_login_key=path))
