"""The invented ministry: loaded once, with passwords of its own, readable by nobody else."""

import stat

from sqlalchemy import func, select

from core.accounts import Account, authenticate
from core.runtime import Runtime
from orchestrator.directory.models import Endpoint, Unit
from web.demo.sample import load_sample
from web.demo.sign_ins import FILE_NAME, read_sign_ins


def test_loading_twice_changes_nothing(runtime: Runtime) -> None:
    load_sample(runtime)
    first = read_sign_ins(runtime.settings.home)
    load_sample(runtime)
    assert read_sign_ins(runtime.settings.home) == first
    with runtime.database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Account)) == len(first)
        assert session.scalar(select(func.count()).select_from(Unit)) == 8
        assert session.scalar(select(func.count()).select_from(Endpoint)) >= 4


def test_every_sign_in_works_and_differs(runtime: Runtime) -> None:
    load_sample(runtime)
    sign_ins = read_sign_ins(runtime.settings.home)
    assert len(set(sign_ins.values())) == len(sign_ins)
    with runtime.database.transaction() as session:
        for login, password in sign_ins.items():
            assert authenticate(session, login, password).login == login


def test_the_passwords_are_the_owners_to_read(runtime: Runtime) -> None:
    load_sample(runtime)
    assert stat.S_IMODE((runtime.settings.home / FILE_NAME).stat().st_mode) == 0o600
