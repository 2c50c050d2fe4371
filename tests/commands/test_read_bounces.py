"""`diemcau read-bounces`: a folder, a file, standard input; again; what does not fit."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from core.mail.delivery import deliver
from core.mail.models import OutgoingMail
from core.mail.service import queue_mail
from core.runtime import Runtime
from core.settings import Settings
from tests.core.mail.test_bounces import report
from web.commands import read_bounces
from web.commands.group import cli


@pytest.fixture
def mail(runtime: Runtime) -> OutgoingMail:
    with runtime.database.transaction() as session:
        mail = queue_mail(session, to=["lan@bo.example"], subject="Giấy mời", body="…", dedupe_key="thu/1")
    deliver(runtime, mail.id)
    return mail


@pytest.fixture
def call(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """The command on this test's database."""

    @contextmanager
    def ours(_settings: Settings, *, must_exist: bool = False) -> Iterator[Runtime]:
        yield runtime

    monkeypatch.setattr(read_bounces, "runtime_for", ours)

    def run(*arguments: str, stdin: bytes = b"") -> Result:
        return CliRunner().invoke(cli, ["read-bounces", *arguments], input=stdin)

    return run


def state_of(runtime: Runtime, mail: OutgoingMail) -> str:
    with runtime.database.transaction() as session:
        return session.get_one(OutgoingMail, mail.id).state


def test_a_folder_is_read_again_without_harm(runtime: Runtime, mail: OutgoingMail, call, tmp_path: Path) -> None:
    folder, done = tmp_path / "thu-ve" / "new", tmp_path / "da-doc"
    folder.mkdir(parents=True)
    (folder / "1.eml").write_bytes(report("lan@bo.example", message_id=mail.message_id))
    (folder / "2.eml").write_bytes(b"From: a@bo.example\r\n\r\nTu dong tra loi: di cong tac.\r\n")
    (folder / ".draft").write_bytes(b"")
    for _ in range(2):
        answer = call(str(tmp_path / "thu-ve"))
        assert (answer.exit_code, "Đã ghi nhận 1 thư" in answer.output) == (0, True), answer.output
    assert state_of(runtime, mail) == "bounced"
    assert call(str(tmp_path / "thu-ve"), "--done", str(done)).exit_code == 0
    assert sorted(path.name for path in done.iterdir()) == ["1.eml", "2.eml"]


def test_standard_input_as_a_mail_server_pipes_it(runtime: Runtime, mail: OutgoingMail, call) -> None:
    answer = call("-", stdin=report("lan@bo.example", message_id=mail.message_id))
    assert answer.exit_code == 0, answer.output
    assert state_of(runtime, mail) == "bounced"


@pytest.mark.parametrize("data", [report("lan@bo.example", message_id="<khong-phai-cua-ta@x>"), b"", b"\x00" * 50])
def test_what_fits_no_mail_is_told_and_kept(
    runtime: Runtime, mail: OutgoingMail, call, tmp_path: Path, data: bytes
) -> None:
    file = tmp_path / "la.eml"
    file.write_bytes(data)
    answer = call(str(file), "--done", str(tmp_path / "da-doc"))
    assert answer.exit_code == 1
    assert "1 thông báo không khớp" in answer.output
    assert file.exists()
    assert state_of(runtime, mail) == "sent"


def test_a_path_that_is_not_there_is_a_wrong_call(call) -> None:
    assert call("/khong/co").exit_code == 2
