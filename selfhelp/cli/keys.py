"""`selfhelp keys`: the master keys that sealed text is sealed with."""

import click

from selfhelp.core.sealing import FILE_NAME, add_key
from selfhelp.core.settings import Settings


@click.group("keys")
def key_commands() -> None:
    """The keys of sealed text."""


@key_commands.command("make")
def make_command() -> None:
    """Make the first key, once per installation."""
    folder = Settings.from_env().folder
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if (folder / FILE_NAME).exists():
        raise click.ClickException(f"{folder / FILE_NAME} exists; `selfhelp keys rotate` adds a key")
    add_key(folder)
    click.echo(f"{folder / FILE_NAME}: keep a copy elsewhere. Without it, nobody can read what is sealed.")
