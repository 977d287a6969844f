"""`selfhelp db`: the schema, and `selfhelp db add-organisation`."""

from uuid import uuid4

import click
from sqlalchemy.orm import Session

from selfhelp.care.service import add_organisation
from selfhelp.core.clock import system_clock
from selfhelp.core.db import make_engines
from selfhelp.core.migration import migrate
from selfhelp.core.sealing import FILE_NAME, Sealer, add_log_key
from selfhelp.core.settings import Settings


@click.group("db")
def database_commands() -> None:
    """The database."""


@database_commands.command("upgrade")
@click.option("--to", default="head", help="A schema version; the newest when left out.")
def upgrade_command(to: str) -> None:
    """Bring the database to the newest schema."""
    settings = Settings.from_env()
    settings.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    keyed = None
    if (settings.keys / FILE_NAME).exists():
        add_log_key(settings.keys)
        keyed = Sealer(settings.keys).log_digest
    migrate(make_engines(settings.database).writer, to, log_digest=keyed)


@database_commands.command("add-organisation")
@click.argument("key")
@click.argument("name")
def add_organisation_command(key: str, name: str) -> None:
    """Add an organisation whose files lie in the data folder under KEY."""
    settings = Settings.from_env()
    with Session(make_engines(settings.database).writer) as session:
        add_organisation(session, organisation_id=uuid4(), key=key.lower(), name=name, now=system_clock())
        session.commit()
    click.echo(f"{key}: put its offer.yaml into {settings.folder / key} and run `selfhelp offer check`")
