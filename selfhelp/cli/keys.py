"""`selfhelp keys`: the master keys that sealed text is sealed with."""

from time import sleep

import click
from sqlalchemy.orm import Session

from selfhelp.core.db import make_engines
from selfhelp.core.rotation import count_outdated, reseal_some
from selfhelp.core.sealing import FILE_NAME, LOOK_AGAIN, Sealer, add_key, drop_keys_before
from selfhelp.core.settings import Settings
from selfhelp.wiring import TABLES

SETTLE_SECONDS = LOOK_AGAIN + 2
"""Until every process has looked at the key file, and what was being written then is committed."""


@click.group("keys")
def key_commands() -> None:
    """The keys of sealed text."""


@key_commands.command("make")
def make_command() -> None:
    """Make the first key, once per installation."""
    folder = Settings.from_env().keys
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if (folder / FILE_NAME).exists():
        raise click.ClickException(f"{folder / FILE_NAME} exists; `selfhelp keys rotate` adds a key")
    add_key(folder)
    click.echo(f"{folder / FILE_NAME}: keep a copy elsewhere. Without it, nobody can read what is sealed.")


@key_commands.command("rotate")
def rotate_command() -> None:
    """Add a key, seal everything again with it, and forget the older keys. May be interrupted and run again."""
    settings = Settings.from_env()
    engines = make_engines(settings.database)
    # Whatever was interrupted is finished with the key it was begun with. Counting takes no lock: people go on writing.
    with Session(engines.reader) as session:
        left = count_outdated(session, TABLES, Sealer(settings.keys).newest)
    number = add_key(settings.keys) if not left else Sealer(settings.keys).newest
    click.echo(f"key {number}: waiting until every process seals with it")
    sleep(SETTLE_SECONDS)
    sealer = Sealer(settings.keys)
    with Session(engines.reader) as session:
        total = count_outdated(session, TABLES, number)
    with Session(engines.writer) as session:
        with click.progressbar(length=total, label="sealing again") as progress:
            while done := reseal_some(session, TABLES, sealer):
                session.commit()
                progress.update(done)
        if count_outdated(session, TABLES, number):
            raise click.ClickException("something was sealed with an older key meanwhile; run this again")
    drop_keys_before(settings.keys, number)
    click.echo(f"only key {number} is left; keep a copy of {FILE_NAME} elsewhere, and destroy the copies of the older one")
