"""`diemcau migrate`: the newest schema, and on an empty installation the first account. `up` does it by itself."""

import click
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import SQLAlchemyError

from core.accounts import Account
from core.runtime import Runtime
from core.services.postgres import EXTENSIONS, PostgresService
from core.settings import load_settings
from web.commands.border import BadInput
from web.commands.purges_since import refuse_unfinished
from web.commands.stores import runtime_for


@click.command()
@click.option("--sample", is_flag=True, help="Nạp luôn dữ liệu mẫu. | Load the sample data as well.")
def migrate(sample: bool) -> None:
    """Cập nhật cấu trúc cơ sở dữ liệu; nơi cài mới được tạo tài khoản quản trị với mật khẩu ngẫu nhiên.

    Bring the database to the newest schema; a new installation gets its administrator with a random password.
    """
    settings = load_settings()
    refuse_unfinished(settings)
    if settings.database_url != PostgresService(settings.home).url:
        _ensure_extensions(settings.database_url)
    with runtime_for(settings) as runtime:
        _prepare_new_installation(runtime)
        _destroy_what_came_back(runtime)
        if sample:
            from web.demo.sample import load_sample

            load_sample(runtime)


def _ensure_extensions(database_url: str) -> None:
    """A database of the site's own may lack what the embedded one is made with."""
    engine = create_engine(database_url)
    try:
        with engine.begin() as connection:
            for name in EXTENSIONS:
                connection.execute(text(f"CREATE EXTENSION IF NOT EXISTS {name}"))
    except SQLAlchemyError as error:
        reason = str(error.__cause__ or error).splitlines()[0]
        raise BadInput(f"DATABASE_URL: {reason}") from error
    finally:
        engine.dispose()


def _destroy_what_came_back(runtime: Runtime) -> None:
    """A database that was put back by other means than `restore` may hold what has been purged since."""
    from web.purging.again import apply_own_register

    again = apply_own_register(runtime)
    for code in again.destroyed:
        click.echo(f"Đã tiêu hủy lại nội dung cuộc họp {code} theo sổ tiêu hủy.", err=True)
    if again.prints:
        click.echo(f"Đã xóa lại {again.prints} mẫu giọng theo sổ tiêu hủy.", err=True)


def _prepare_new_installation(runtime: Runtime) -> None:
    from orchestrator.caps.service import ensure_default_policy
    from web.demo.sign_ins import ensure_administrator

    with runtime.database.transaction() as session:
        ensure_default_policy(session)
        # Only where nobody can sign in yet: a site that removed this account does not get it back at every start.
        if session.scalar(select(Account.id).limit(1)) is None:
            ensure_administrator(session, runtime.settings.home)
