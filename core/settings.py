"""One frozen, typed object with every setting, read once at start.

Values come from the environment with the prefix `DIEMCAU_`; `DATABASE_URL`, `BROKER_URL` and `STORAGE_URL` are read
without it too. Secrets that are not given are generated into `secrets.json` in the data folder. A wrong or missing
value is a `SettingsError` of one line that names the setting.
"""
# long: one object with every setting and its meaning

import os
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from core.secrets import load_or_create_secrets
from core.storage.access import S3Access
from core.storage.opening import open_storage

PREFIX = "DIEMCAU_"
MINIMUM_SECRET_CHARACTERS = 32
#: Given to us by other systems, as strong as they made them; empty where there are none.
_FOREIGN_SECRETS = frozenset(
    {
        "pyannote_token",
        "jitsi_recorder_password",
        "jitsi_admin_password",
        "mail_url",
        "model_key",
        "oidc_client_secret",
        "storage_secret_key",
    }
)
_ADDRESSES = (
    *("base_url", "jitsi_prosody_url", "jitsi_jicofo_url", "jitsi_public_url", "signing_timestamp_url"),
    *("storage_endpoint", "storage_public_endpoint", "otel_endpoint"),
)
_REMINDERS = ("remind_unanswered_days", "remind_coming_hours", "remind_acknowledgement_days")
_SAMPLE_WORDS = ("change", "secret", "example", "sample", "password", "default")


class SettingsError(Exception):
    """A setting is wrong or missing; the text is one line that names it and says what to put there."""


def _either(name: str) -> AliasChoices:
    return AliasChoices(f"{PREFIX}{name}", name)


class Settings(BaseSettings):
    """Every setting of the service. Secrets print as stars."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore", populate_by_name=True)

    #: Data folder: database, broker, stored objects, weights, logs, secrets.
    home: Path = Path("var")
    database_url: str = Field(default="", validation_alias=_either("DATABASE_URL"))
    broker_url: str = Field(default="", validation_alias=_either("BROKER_URL"))
    storage_url: str = Field(default="", validation_alias=_either("STORAGE_URL"))
    #: A storage `s3://bucket[/folder]`: the site's own S3 and our key there; its address for browsers, where they may
    #: fetch sound themselves, and for how long; how much of it this machine keeps at hand (see `core.storage.opening`).
    storage_endpoint: str = ""
    storage_region: str = "us-east-1"
    storage_key_id: str = ""
    storage_secret_key: SecretStr = SecretStr("")
    storage_ca_file: Path | None = None
    storage_public_endpoint: str = ""
    #: A player asks the address it was sent to until the page is left: as long as a session lasts.
    storage_download_minutes: int = Field(default=600, ge=1, le=24 * 60)
    storage_copies_bytes: int = Field(default=20 * 1024**3, ge=1)
    #: Which of the services this machine runs, where several machines are one installation; empty: all of them.
    runs: Annotated[tuple[Literal["web", "live", "speech", "pieces", "general", "beat"], ...], NoDecode] = ()
    #: Web server; always on loopback, a site puts its reverse proxy in front.
    port: int = Field(default=8000, ge=1, le=65535)
    base_url: str = ""
    #: How many proxies of the site stand before the web server; so many of the addresses they name are believed.
    proxy_hops: int = Field(default=0, ge=0, le=5)
    secure_cookies: bool = False
    secret_key: SecretStr = SecretStr("")
    session_hours: int = Field(default=10, ge=1, le=24 * 7)
    #: Without a request for so long, a browser's session ends before its hours are over.
    session_idle_minutes: int = Field(default=120, ge=5, le=24 * 60)
    #: The site's own sign-in service (OpenID Connect): its issuer as its discovery document names it, what it calls us,
    #: and its name on the sign-in page; empty issuer: none. Certificate authorities where they are not the system's.
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_name: str = "Đăng nhập một lần"
    oidc_ca_file: Path | None = None
    upload_limit_bytes: int = Field(default=8 * 1024**3, ge=1)
    #: Unfinished uploads: how long one is kept after its last byte; how many, and how much, one person may have.
    upload_expiry_hours: int = Field(default=48, ge=1, le=24 * 30)
    uploads_per_person: int = Field(default=20, ge=1)
    unfinished_upload_limit_bytes: int = Field(default=32 * 1024**3, ge=1)

    #: Jitsi (CONTRACTS §1, §3, §9): domain of the site, application of its tokens, secrets of the hooks.
    jitsi_domain: str = "meet.example.vn"
    jitsi_app_id: str = "diemcau"
    jitsi_app_secret: SecretStr = SecretStr("")
    jitsi_hook_secret: SecretStr = SecretStr("")
    jitsi_events_secret: SecretStr = SecretStr("")
    jitsi_recordings_secret: SecretStr = SecretStr("")
    jitsi_transcription_secret: SecretStr = SecretStr("")
    #: Public half (PEM) of the key Jigasi signs its tokens with, where it signs any.
    jitsi_transcription_key: Path | None = None
    #: RS256 private keys (PEM files); when set, tokens are signed with them and our key server answers.
    jitsi_login_key: Path | None = None
    jitsi_system_key: Path | None = None
    #: The keys before these, still served while tokens signed with them live (a change of keys).
    jitsi_login_previous_key: Path | None = None
    jitsi_system_previous_key: Path | None = None
    #: Names inside the site's XMPP server where they differ from the usual ones (see the properties below).
    jitsi_xmpp_domain: str = ""
    jitsi_muc_domain: str = ""
    jitsi_recorder_domain: str = ""
    #: Parts of the site's Jitsi as this machine reaches them (CONTRACTS §5, §9-§11); what is empty is not asked.
    jitsi_prosody_url: str = ""
    jitsi_jicofo_url: str = ""
    jitsi_jibri_urls: Annotated[tuple[str, ...], NoDecode] = ()
    jitsi_bridge_urls: Annotated[tuple[str, ...], NoDecode] = ()
    #: The address people's browsers use; asked only for doors that must be shut there.
    jitsi_public_url: str = ""
    #: The account Jibri's browser signs in with when a recording is started from the console.
    jitsi_recorder_user: str = "recorder"
    jitsi_recorder_password: SecretStr = SecretStr("")
    #: Our administrator's account on the site's Prosody (CONTRACTS §6) and where its clients' port is; empty: none.
    jitsi_admin_jid: str = ""
    jitsi_admin_password: SecretStr = SecretStr("")
    jitsi_xmpp_host: str = "127.0.0.1"
    jitsi_xmpp_port: int = Field(default=5222, ge=1, le=65535)
    #: Certificate that Prosody's account host shows, where it is not signed by an authority of the system.
    jitsi_xmpp_ca_file: Path | None = None
    #: What becomes of occupants beyond the seats or without an invitation: nothing, an alarm, or removal as well.
    jitsi_enforcement: Literal["off", "alarm", "remove"] = "alarm"
    #: Events of the room arrive late; who is unknown for less than this is left alone.
    jitsi_enforcement_grace_seconds: int = Field(default=30, ge=5, le=600)
    #: Where Jibri leaves its session folders; announcements outside it are refused.
    jibri_directory: Path | None = None
    join_opens_before_minutes: int = Field(default=60, ge=0)

    #: Lines of the log: JSON where a program reads them, words on a terminal (`auto`), or always the one or the other.
    log_format: Literal["auto", "json", "text"] = "auto"
    #: A collector of the site for traces (OpenTelemetry, OTLP over HTTP, without `/v1/traces`); empty: none.
    otel_endpoint: str = ""

    #: Speech: which engines, where their weights lie (default: `weights/` in the data folder).
    recognizer: str = "auto"
    diarizer: str = "pyannote"
    weights_path: Path | None = None
    whisper_model: str = ""
    pyannote_model: str = ""
    pyannote_token: SecretStr = SecretStr("")
    #: Threads of all speech workers together; each takes its part.
    speech_threads: int = Field(default=2, ge=1)
    #: Workers beside the one that tells voices apart; each takes pieces of recordings and short stages.
    piece_workers: int = Field(default=1, ge=0, le=64)
    #: What is said in the room, heard while it is said; where its streams come in on loopback (0: port + 1).
    live_transcription: bool = True
    live_port: int = Field(default=0, ge=0, le=65535)
    #: Seals the voice prints of people who consented; another one makes those that are there unreadable for good.
    voice_print_secret: SecretStr = SecretStr("")

    #: Who issues the papers; layout of the body of a draft, and the spelling of the house.
    organisation_name: str = "Bộ Mẫu"
    organisation_code: str = "BM"
    parent_name: str = ""
    place_name: str = "Hà Nội"
    notice_layout: Literal["topic", "unit", "assessment"] = "topic"
    spelling_ensuring: Literal["bảo đảm", "đảm bảo"] = "bảo đảm"
    spelling_every: Literal["hằng", "hàng"] = "hằng"
    #: A language model inside the house that proposes further items (OpenAI-compatible, up to `/v1`); empty: none.
    model_url: str = ""
    model_name: str = ""
    model_key: SecretStr = SecretStr("")
    font_directory: Path | None = None
    #: Public keys (age1…) that backups are sealed for; their private halves are kept away from this machine.
    backup_recipients: Annotated[tuple[str, ...], NoDecode] = ()
    #: A folder on the disk of the backups: the register of purges is kept there too, for those who restore one.
    purge_register_path: Path | None = None
    mail_path: Path | None = None
    mail_sender: str = "diemcau@localhost"
    #: `smtp[s]://user:password@host:port[?starttls=required|offered|never]`; empty: files in `mail_directory`.
    mail_url: SecretStr = SecretStr("")
    mail_timeout_seconds: float = Field(default=30.0, gt=0, le=600)
    #: Certificate authorities of the mail server, where they are not those of the system.
    mail_ca_file: Path | None = None
    #: Digital signatures: whether an approval needs one; folder of root certificates (PEM, DER) that are trusted;
    #: RFC 3161 time-stamp service (with it signatures are made for the long term); library of the PKCS#11 token.
    signing_required: bool = False
    signing_trust_directory: Path | None = None
    signing_timestamp_url: str = ""
    signing_pkcs11_module: Path | None = None
    #: Reminders: to those who have not answered, so many working days before; to those coming, so many hours before;
    #: to units that have not acknowledged a notice, so many working days after it was sent.
    remind_unanswered_days: Annotated[tuple[int, ...], NoDecode] = (2, 1)
    remind_coming_hours: Annotated[tuple[int, ...], NoDecode] = (24, 2)
    remind_acknowledgement_days: Annotated[tuple[int, ...], NoDecode] = (2, 4)
    #: Which looks a notice needs before its approval (Decree 30/2020, art. 11): at its content, at its form.
    notice_reviews: Annotated[tuple[Literal["content", "form"], ...], NoDecode] = ()

    @field_validator(*_ADDRESSES)
    @classmethod
    def _base_url_is_an_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return value.rstrip("/")

    @field_validator(
        *("jitsi_jibri_urls", "jitsi_bridge_urls", "notice_reviews", "backup_recipients", "runs", *_REMINDERS),
        mode="before",
    )
    @classmethod
    def _apart_by_commas(cls, value: object) -> object:
        return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value

    @field_validator("jitsi_jibri_urls", "jitsi_bridge_urls")
    @classmethod
    def _each_is_an_address(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(cls._base_url_is_an_address(item) for item in value)

    @field_validator("mail_url")
    @classmethod
    def _mail_url_can_be_read(cls, value: SecretStr) -> SecretStr:
        # Imported here: the parser is the mail room's, and knows nothing of settings.
        from core.mail.server_url import parse_mail_url

        if value.get_secret_value():
            parse_mail_url(value.get_secret_value())
        return value

    @field_validator("mail_sender")
    @classmethod
    def _mail_sender_can_be_written_to(cls, value: str) -> str:
        from core.errors import Invalid
        from core.mail.addresses import parse_mailbox

        try:
            parse_mailbox(value)
        except Invalid as error:
            raise ValueError("must look like Điểm Cầu <diemcau@coquan.vn> or diemcau@coquan.vn") from error
        return value

    @field_validator(*_REMINDERS)
    @classmethod
    def _sensible_reminders(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        if len(value) > 5 or any(not 1 <= number <= 24 * 14 for number in value):
            raise ValueError("at most five numbers from 1 to 336, for example 24,2")
        return tuple(sorted(set(value), reverse=True))

    @field_validator("database_url")
    @classmethod
    def _postgresql_only(cls, value: str) -> str:
        if value.startswith(("postgresql://", "postgres://")):
            return "postgresql+psycopg://" + value.split("://", 1)[1]
        if value and not value.startswith("postgresql+psycopg://"):
            raise ValueError("must be a postgresql:// address: PostgreSQL is the only database spoken here")
        return value

    @model_validator(mode="after")
    def _sign_in_service_is_whole(self) -> "Settings":
        if not self.oidc_issuer:
            return self
        address = urlsplit(self.oidc_issuer)
        if address.scheme != "https" and address.hostname not in ("127.0.0.1", "localhost", "::1"):
            raise ValueError(f"{PREFIX}OIDC_ISSUER must start with https://")
        if not self.oidc_client_id or not self.oidc_client_secret.get_secret_value():
            raise ValueError(f"{PREFIX}OIDC_ISSUER needs {PREFIX}OIDC_CLIENT_ID and {PREFIX}OIDC_CLIENT_SECRET")
        return self

    @model_validator(mode="after")
    def _storage_can_be_opened(self) -> "Settings":
        if self.storage_url:
            open_storage(self.storage_url, self.storage_access)
        return self

    @model_validator(mode="after")
    def _secrets_are_secret(self) -> "Settings":
        for name, value in self:
            if isinstance(value, SecretStr) and name not in _FOREIGN_SECRETS:
                _refuse_weak(name, value.get_secret_value())
        return self

    @property
    def storage_access(self) -> S3Access:
        """How a storage on the network is reached; empty where there is none."""
        return S3Access(
            endpoint=self.storage_endpoint,
            key_id=self.storage_key_id,
            secret_key=self.storage_secret_key.get_secret_value(),
            copies=self.home / "copies",
            region=self.storage_region,
            ca_file=self.storage_ca_file,
            public_endpoint=self.storage_public_endpoint,
            download_seconds=60 * self.storage_download_minutes,
            copies_bytes=self.storage_copies_bytes,
        )

    @property
    def xmpp_domain(self) -> str:
        """Prosody's main virtual host; in Docker installations not the public name."""
        return self.jitsi_xmpp_domain or self.jitsi_domain

    @property
    def muc_domain(self) -> str:
        """The component that holds the rooms."""
        return self.jitsi_muc_domain or f"conference.{self.xmpp_domain}"

    @property
    def recorder_domain(self) -> str:
        """The hidden virtual host recorders sign in to."""
        return self.jitsi_recorder_domain or f"recorder.{self.xmpp_domain}"

    @property
    def weights_directory(self) -> Path:
        return self.weights_path or self.home / "weights"

    @property
    def live_listens_on(self) -> int:
        """Port of the live transcription's WebSocket server."""
        return self.live_port or (self.port + 1 if self.port < 65535 else self.port - 1)

    @property
    def mail_directory(self) -> Path:
        return self.mail_path or self.home / "mail"

    @property
    def external_url(self) -> str:
        """Address under which people reach the service, without a slash at the end."""
        return self.base_url or f"http://127.0.0.1:{self.port}"


def _refuse_weak(name: str, secret: str) -> None:
    if len(secret) < MINIMUM_SECRET_CHARACTERS:
        raise ValueError(f"{PREFIX}{name.upper()} needs at least {MINIMUM_SECRET_CHARACTERS} characters")
    if any(word in secret.lower() for word in _SAMPLE_WORDS) or len(set(secret)) < 10:
        raise ValueError(f"{PREFIX}{name.upper()} looks like a sample, generate a random one")


def load_settings(**overrides: Any) -> Settings:
    """Read the environment, fill in what can be generated, check everything.

    Args:
        overrides: values that win over the environment (used by tests and by commands with options).

    Raises:
        SettingsError: one line that names the setting.
    """
    home = Path(overrides.pop("home", None) or os.environ.get(f"{PREFIX}HOME") or "var").absolute()
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"{PREFIX}HOME: không tạo được thư mục {home} ({error.strerror}).") from error
    generated = {
        name: SecretStr(value)
        for name, value in load_or_create_secrets(home).items()
        if not os.environ.get(f"{PREFIX}{name.upper()}")
    }
    defaults = _local_addresses(home)
    for name in ("database_url", "broker_url", "storage_url"):
        if os.environ.get(f"{PREFIX}{name.upper()}") or os.environ.get(name.upper()):
            defaults.pop(name)
    try:
        return Settings(**{"home": home, **generated, **defaults, **overrides})
    except ValidationError as error:
        raise SettingsError(_one_line(error)) from error


def _local_addresses(home: Path) -> dict[str, str]:
    # Imported here: the embedded services need a home, not settings.
    from core.services.postgres import PostgresService
    from core.services.valkey import ValkeyService

    return {
        "database_url": PostgresService(home).url,
        "broker_url": ValkeyService(home).url,
        "storage_url": (home / "objects").as_uri(),
    }


def _one_line(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    reason = first["msg"].removeprefix("Value error, ")
    name = place if place.startswith(PREFIX) or not place else f"{PREFIX}{place.upper()}"
    return f"Cấu hình sai: {name}: {reason}" if name else f"Cấu hình sai: {reason}"
