"""`diemcau jitsi-probe`: prove on a running site that its caps hold and that what must not answer does not."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import click

from core.clock import utc_now
from core.settings import Settings, load_settings
from web.commands.border import SAYS_NO, BadInput

#: Endpoints of the probe where no meeting of ours gives them.
_NAMESPACE = UUID("b3a2e0d4-6c1d-5f57-8f0a-2f7f5a6d1c90")
_LASTS = timedelta(hours=1)
_MOST_SEATS = 500


@click.command()
@click.option("--room", required=True, help="Tên phòng của một cuộc họp thử đã lên lịch. | Room of a test meeting.")
@click.option("--domain", help="Tên miền Jitsi (mặc định: DIEMCAU_JITSI_DOMAIN). | Public domain of the site.")
@click.option("--seats", type=click.IntRange(1, _MOST_SEATS), help="Số chỗ (mặc định: theo cuộc họp). | Seats.")
@click.option("--xmpp-domain", help="Tên miền XMPP nếu khác (docker: meet.jitsi). | XMPP domain, where it differs.")
@click.option("--muc-domain", help="Tên miền phòng họp (mặc định: conference.…). | Domain of the rooms.")
@click.option("--websocket-url", help="Mặc định: wss://TÊN-MIỀN/xmpp-websocket.")
@click.option("--public-url", help="Mặc định: https://TÊN-MIỀN.")
@click.option("--prosody-url", help="HTTP riêng của Prosody, ví dụ http://127.0.0.1:5280. | Prosody's own HTTP.")
@click.option("--ca-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Chứng thư của máy chủ.")
@click.option("--recorder-user", default="", help="Tài khoản máy ghi. | The recorder's account.")
@click.option("--patience", type=click.FloatRange(1, 120), default=20.0, show_default=True, help="Giây chờ mỗi bước.")
@click.pass_context
def jitsi_probe(ctx: click.Context, **options: Any) -> None:
    """Thử một máy chủ Jitsi đang chạy: đủ chỗ thì từ chối, đứt mạng vào lại được, cửa cần đóng thì đóng.

    Put a running Jitsi site to the test. It takes real seats in the room named: use a meeting planned for the purpose,
    with nobody else in it. Exit code 0 when every promise holds, 1 otherwise.
    """
    from orchestrator.jitsi.probe.findings import is_proved
    from orchestrator.jitsi.probe.probing import probe

    settings = load_settings()
    site = _site(settings, options)
    errand = _errand(settings, options, site.domain)
    click.echo(f"Thử phòng {errand.room} ({errand.seats} chỗ) tại {site.domain}, {site.websocket}")
    try:
        findings = probe(site, errand)
    except OSError as error:
        raise BadInput(f"--ca-file: không đọc được chứng thư ({type(error).__name__}).") from error
    for line in table(findings):
        click.echo(line)
    if not is_proved(findings):
        click.echo("Máy chủ họp CHƯA đạt yêu cầu.", err=True)
        ctx.exit(SAYS_NO)
    click.echo("Máy chủ họp đạt yêu cầu.")


def table(findings: list[Any]) -> list[str]:
    """One line for each finding: verdict, promise, detail."""
    words = {"held": "ĐẠT", "broken": "KHÔNG ĐẠT", "unchecked": "CHƯA THỬ"}
    width = max((len(finding.title) for finding in findings), default=0)
    return [
        f"  {words[finding.verdict.value]:<9}  {finding.title:<{width}}  {finding.detail}".rstrip()
        for finding in findings
    ]


def _site(settings: Settings, options: dict[str, Any]) -> Any:
    import orchestrator.jitsi.probe.messages  # noqa: F401 (registers its sentences)
    from orchestrator.jitsi.probe.site import Site
    from orchestrator.jitsi.probe.stanzas import Credentials

    public = options["domain"] or settings.jitsi_domain
    is_ours = public == settings.jitsi_domain
    domain = options["xmpp_domain"] or (settings.xmpp_domain if is_ours else public)
    site = Site(
        domain=domain,
        muc_domain=options["muc_domain"] or (settings.muc_domain if is_ours else f"conference.{domain}"),
        websocket=options["websocket_url"] or f"wss://{public}/xmpp-websocket",
        public_url=(options["public_url"] or f"https://{public}").rstrip("/"),
        prosody_url=(options["prosody_url"] or "").rstrip("/"),
        ca_file=options["ca_file"],
        recorder_domain=settings.recorder_domain if is_ours else f"recorder.{domain}",
        patience_seconds=options["patience"],
    )
    _check_addresses(site)
    if not options["recorder_user"]:
        return site
    password = settings.jitsi_recorder_password.get_secret_value()
    if not password:
        raise BadInput("--recorder-user: hãy đặt mật khẩu máy ghi trong DIEMCAU_JITSI_RECORDER_PASSWORD.")
    return replace(site, recorder=Credentials(user=options["recorder_user"], password=password))


def _check_addresses(site: Any) -> None:
    if not site.websocket.startswith(("ws://", "wss://")):
        raise BadInput("--websocket-url: phải bắt đầu bằng ws:// hoặc wss://.")
    for name, address in (("--public-url", site.public_url), ("--prosody-url", site.prosody_url)):
        if address and not address.startswith(("http://", "https://")):
            raise BadInput(f"{name}: phải bắt đầu bằng http:// hoặc https://.")


def _errand(settings: Settings, options: dict[str, Any], domain: str) -> Any:
    from orchestrator.jitsi.keys import SigningKey, signing_key
    from orchestrator.jitsi.probe.site import Errand
    from orchestrator.jitsi.tokens import Grant, Issuer, mint_token

    room = options["room"].strip().lower()
    places = [] if options["seats"] else _places(settings, room)
    names = {f"probe-{number}": place for number, place in enumerate(places, start=1)}

    def signed(with_key: SigningKey) -> Any:
        def mint(room: str, endpoint: str) -> str:
            holder = names.get(endpoint) or uuid5(_NAMESPACE, endpoint)
            now = utc_now()
            grant = Grant(room, str(holder), f"Thử kỹ thuật {endpoint.rpartition('-')[2]}", now + _LASTS)
            return mint_token(grant, Issuer(settings.jitsi_app_id, domain), with_key, now)

        return mint

    if not room or any(letter in room for letter in "*/ @"):
        raise BadInput("--room: không phải tên phòng họp.")
    key = signing_key(settings)
    return Errand(room, options["seats"] or len(places), signed(key), signed(_forged(key)))


def _places(settings: Settings, room: str) -> list[UUID]:
    """The endpoints of the meeting with this room and its console, as many as its room has seats."""
    from sqlalchemy import select

    from orchestrator.jitsi.seats import seats_of
    from orchestrator.live.console_seat import console_user_id
    from orchestrator.meetings.models import Meeting
    from web.commands.stores import runtime_for

    with runtime_for(settings, must_exist=True) as runtime, runtime.database.transaction() as session:
        meeting = session.scalar(select(Meeting).where(Meeting.room_name == room))
        if meeting is None:
            raise BadInput(f"--room: không có cuộc họp nào dùng phòng “{room}”; hoặc cho số chỗ bằng --seats.")
        places = [*(place.id for place in meeting.endpoints), console_user_id(meeting.id)]
        return places[: seats_of(session, meeting)]


def _forged(key: Any) -> Any:
    """A key as anybody could make one, under the name of ours."""
    import secrets

    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    if key.algorithm == "HS256":
        return replace(key, key=secrets.token_urlsafe(48))
    private = generate_private_key(65537, 2048)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return replace(key, key=pem.decode("ascii"))
