"""`selfhelp invite-administrator`: the first way in to a real installation. There are no default accounts."""

import click
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Role
from selfhelp.accounts.invitations import VALID_FOR, Person, invite
from selfhelp.care.service import list_organisations
from selfhelp.core.clock import system_clock
from selfhelp.core.db import make_engines
from selfhelp.core.edge import Edge
from selfhelp.core.settings import Settings


@click.command("invite-administrator")
@click.argument("organisation")
@click.argument("username")
@click.argument("given_name")
def invite_administrator_command(organisation: str, username: str, given_name: str) -> None:
    """Print a one-time link by which somebody becomes administrator of ORGANISATION (its key)."""
    person = Person(username, Role.ADMINISTRATOR, given_name, "", "")
    with Session(make_engines(Settings.from_env().database).writer) as session:
        found = next((each for each in list_organisations(session) if each.key == organisation), None)
        if found is None:
            raise click.ClickException(f"there is no organisation {organisation}; see `selfhelp db add-organisation`")
        code = invite(session, found.id, person, edge=Edge(system_clock()))
        session.commit()
    click.echo(f"https://YOUR-HOST/invite#{code}   (works once, for {VALID_FOR.days} days)")
