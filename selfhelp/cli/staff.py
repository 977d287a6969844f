"""`selfhelp invite-administrator`: the first way in to a real installation. There are no default accounts."""

from pathlib import Path

import click
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Role
from selfhelp.accounts.invitations import VALID_FOR, Person, invite
from selfhelp.care.service import list_organisations
from selfhelp.core.clock import system_clock
from selfhelp.core.db import make_engines
from selfhelp.core.edge import Edge
from selfhelp.core.errors import RefusedFile
from selfhelp.core.settings import Settings
from selfhelp.core.strict_yaml import read_document
from selfhelp.offer.loader import FILE_NAME


@click.command("invite-administrator")
@click.argument("organisation")
@click.argument("username")
@click.argument("given_name")
def invite_administrator_command(organisation: str, username: str, given_name: str) -> None:
    """Print a one-time link by which somebody becomes administrator of ORGANISATION (its key)."""
    person = Person(username, Role.ADMINISTRATOR, given_name, "", "")
    settings = Settings.from_env()
    with Session(make_engines(settings.database).writer) as session:
        found = next((each for each in list_organisations(session) if each.key == organisation), None)
        if found is None:
            raise click.ClickException(f"there is no organisation {organisation}; see `selfhelp db add-organisation`")
        code = invite(session, found.id, person, edge=Edge(system_clock()))
        session.commit()
    host = _first_host(settings.folder / organisation) or "YOUR-HOST"
    click.echo(f"https://{host}/join#{code}   (works once, for {VALID_FOR.days} days)")


def _first_host(folder: Path) -> str:
    """Return the first host name of an organisation's offer; empty where it cannot be read: an invitation needs none."""
    try:
        offer = read_document(folder / FILE_NAME, FILE_NAME).value
        return str(offer["organisation"]["hosts"][0])
    except (OSError, RefusedFile, LookupError, TypeError):
        return ""
