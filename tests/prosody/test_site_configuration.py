"""What a site is told to set, loaded by a real Prosody: its own modules and ours are real, Jitsi's are stand-ins."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

import orchestrator.jitsi.probe.messages  # noqa: F401 (its sentences)
from core.settings import load_settings
from orchestrator.jitsi.admin import XmppRoomAdmin
from orchestrator.jitsi.probe.findings import Verdict
from orchestrator.jitsi.probe.probing import probe
from orchestrator.jitsi.probe.site import Errand, Site
from orchestrator.jitsi.probe.stanzas import Credentials
from tests.prosody.house import fresh_room, token_for
from tests.prosody.server import APP_SECRET, HERE, OUR_MODULES, Prosody, launched, new_server, write_certificate
from tests.prosody.web_server import running_web_server

pytestmark = pytest.mark.prosody

DOMAIN = "site.test"
PASSWORD = "rD5-kV9-wQ3-hM7"
PROSODYS_OWN = Path("/usr/lib/prosody/modules")
SITE_FILE = OUR_MODULES / "site.cfg.lua"
#: Jitsi's modules whose work the probe asks for, and what stands in for them; the others are empty files.
STAND_INS = {
    "auth_token": "test_token",
    "token_verification": "test_token_verification",
    "muc_max_occupants": "test_cap",
    "client_proxy": "test_focus",
}


def _module_names(text: str) -> set[str]:
    """Every module a configuration loads: lists of modules, types of components, the provider of sign-in."""
    code = re.sub(r"--[^\n]*", "", text)
    names = set(re.findall(r'^\s*Component "[^"]+" "([^"]+)"', code, re.MULTILINE))
    for block in re.findall(r"modules_enabled = \{([^}]*)\}", code):
        names |= set(re.findall(r'"([^"]+)"', block))
    return names | {f"auth_{name}" for name in re.findall(r'authentication = "([^"]+)"', code)}


def _is_prosodys_own(name: str) -> bool:
    return (PROSODYS_OWN / f"mod_{name}.lua").exists() or (PROSODYS_OWN / name / f"mod_{name}.lua").exists()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prosody]:
    """The site's file as it is, with our places for the site's."""
    server = new_server(tmp_path_factory.mktemp("site"), f"auth.{DOMAIN}")
    text = SITE_FILE.read_text()
    modules = server.folder / "jitsi"
    modules.mkdir()
    for name in _module_names(text):
        if name in STAND_INS:
            shutil.copy(HERE / "modules" / f"mod_{STAND_INS[name]}.lua", modules / f"mod_{name}.lua")
        elif not _is_prosodys_own(name) and not (OUR_MODULES / f"mod_{name}.lua").exists():
            (modules / f"mod_{name}.lua").write_text("-- one of Jitsi's\n")
    for host in (DOMAIN, f"auth.{DOMAIN}", f"recorder.{DOMAIN}"):
        write_certificate(server.folder / "certs", host)
    for theirs, ours in {
        "meet.example.vn": DOMAIN,
        "/usr/share/jitsi-meet/prosody-plugins/": str(modules),
        "/usr/local/share/diemcau/prosody/": str(OUR_MODULES),
        "/etc/prosody/certs/": f"{server.folder}/certs/",
        "http_ports = { 5280 }": f"http_ports = {{ {server.http_port} }}",
        "@APP_SECRET@": APP_SECRET,
    }.items():
        assert theirs in text, theirs
        text = text.replace(theirs, ours)
    (server.folder / "site.cfg.lua").write_text(text)
    around = (HERE / "site_around.cfg.lua").read_text()
    for place, value in {"folder": server.folder, "client_port": server.client_port}.items():
        around = around.replace(f"@{place}@", str(value))
    configuration = server.folder / "prosody.cfg.lua"
    configuration.write_text(around)
    people = (f"focus@auth.{DOMAIN}", f"diemcau@auth.{DOMAIN}", f"recorder@recorder.{DOMAIN}")
    with launched(server, configuration, dict.fromkeys(people, PASSWORD)):
        yield server


@pytest.mark.parametrize("file", sorted(OUR_MODULES.glob("*.lua")), ids=lambda file: file.name)
def test_every_file_is_lua(file: Path) -> None:
    done = subprocess.run(
        ["/usr/bin/env", "lua5.4", "-e", f"assert(loadfile({str(file)!r}))"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_prosody_itself_finds_nothing_wrong(site: Prosody) -> None:
    program = shutil.which("prosodyctl") or "prosodyctl"
    done = subprocess.run(
        [program, "--config", str(site.folder / "prosody.cfg.lua"), "check", "config"],
        capture_output=True, text=True, check=False, timeout=30,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_everything_loads(site: Prosody) -> None:
    faults = [line for line in site.log().splitlines() if "\terror\t" in line or "Unable to load" in line]
    assert faults == []


def test_the_configuration_keeps_every_promise(site: Prosody) -> None:
    with running_web_server() as web:
        findings = probe(
            Site(
                domain=DOMAIN,
                muc_domain=f"conference.{DOMAIN}",
                websocket=site.websocket,
                public_url=web.url,
                recorder=Credentials(user="recorder", password=PASSWORD),
                recorder_domain=f"recorder.{DOMAIN}",
                patience_seconds=4.0,
            ),
            Errand(
                room=fresh_room(5),
                seats=5,
                mint=lambda room, endpoint: token_for(room, endpoint, DOMAIN),
                forge=lambda room, endpoint: token_for(room, endpoint, DOMAIN, secret=APP_SECRET[::-1]),
            ),
        )
    assert [finding for finding in findings if finding.verdict is not Verdict.HELD] == []


def test_our_account_may_look_into_its_rooms(site: Prosody, tmp_path: Path) -> None:
    settings = load_settings(
        home=tmp_path,
        jitsi_domain=DOMAIN,
        jitsi_admin_jid=f"diemcau@auth.{DOMAIN}",
        jitsi_admin_password=SecretStr(PASSWORD),
        jitsi_xmpp_port=site.client_port,
        jitsi_xmpp_ca_file=site.certificate,
    )
    from orchestrator.jitsi.admin import RoomNotRunning

    with pytest.raises(RoomNotRunning):
        XmppRoomAdmin(settings).occupants("khong-co")


def _docker() -> dict[str, str]:
    lines = (OUR_MODULES / "docker.env").read_text().splitlines()
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: value for name, _, value in pairs}


def test_dockers_values_survive_the_cut_at_every_comma() -> None:
    docker = _docker()
    for name in ("XMPP_CONFIGURATION", "XMPP_MUC_CONFIGURATION"):
        code = "\n".join(docker[name].split(","))
        done = subprocess.run(
            ["/usr/bin/env", "lua5.4", "-"], input=code, capture_output=True, text=True, check=False
        )  # fmt: skip
        assert done.returncode == 0, f"{name}: {done.stderr}"


def test_the_three_settings_of_the_cap_stand_in_both() -> None:
    debian, docker = SITE_FILE.read_text(), _docker()
    assert re.search(r'"muc_max_occupants"; -- \[1\]', debian)
    assert re.search(r"muc_max_occupants = 500 -- \[2\]", debian)
    assert re.search(r"reservations_enable_max_occupants = true -- \[3\]", debian)
    assert int(docker["MAX_PARTICIPANTS"]) >= 100
    assert "reservations_enable_max_occupants = true" in docker["XMPP_CONFIGURATION"].split(",")
    assert "muc_one_seat" in docker["XMPP_MUC_MODULES"].split(",")


def test_what_must_not_be_loaded_is_not() -> None:
    names = _module_names(SITE_FILE.read_text())
    assert not names & {"muc_end_meeting", "muc_breakout_rooms", "muc_allowners", "muc_wait_for_host", "visitors"}
    assert _docker()["ENABLE_AUTO_OWNER"] == _docker()["ENABLE_VISITORS"] == _docker()["ENABLE_BREAKOUT_ROOMS"] == "0"


@pytest.mark.parametrize(
    ("file", "lines"),
    [
        ("jicofo.conf", ["conference-request {", "enable-auto-owner = false", "enabled = false"]),
        (
            "jibri.conf",
            ['finalize-script = "/opt/diemcau/finalize"', 'call-login { domain = "recorder.meet.example.vn"'],
        ),
        ("nginx.conf", ["location ~ /conference-request/ {", "location = /xmpp-websocket {"]),
    ],
)
def test_what_stands_around_prosody(file: str, lines: list[str]) -> None:
    text = (OUR_MODULES / "around" / file).read_text()
    code = re.sub(r"#[^\n]*", "", text)
    assert code.count("{") == code.count("}")
    for line in lines:
        assert line in code
