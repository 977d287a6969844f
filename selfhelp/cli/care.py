"""`selfhelp care`: whether the access logs of clients' files are whole."""

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from selfhelp.care.access_log import first_broken
from selfhelp.care.log_heads import broken_days, find_last_head
from selfhelp.care.models import Client
from selfhelp.care.service import list_organisations
from selfhelp.core.db import make_engines
from selfhelp.core.sealing import Sealer
from selfhelp.core.settings import Settings


@click.group("care")
def care_commands() -> None:
    """Clients' files."""


@care_commands.command("check-log")
def check_log_command() -> None:
    """Go over every access log: was a line changed or removed? Names ids only; ends with 1 if a chain is broken.

    The newest seal of each organisation is printed: whoever notes it elsewhere sees when seals were taken away too.
    """
    settings, broken = Settings.from_env(), []
    sealer = Sealer(settings.keys)
    with Session(make_engines(settings.database).reader) as session:
        clients = session.scalars(select(Client.id).order_by(Client.id)).all()
        with click.progressbar(clients, label="access logs") as progress:
            for client_id in progress:
                line = first_broken(session, sealer, client_id)
                if line is not None:
                    broken.append((client_id, line))
        days = list(broken_days(session, sealer))
        heads = [(each.key, find_last_head(session, each.id)) for each in list_organisations(session)]
    for client_id, line in broken:
        click.echo(f"client {client_id}: broken from line {line}", err=True)
    for organisation_id, day in days:
        click.echo(f"organisation {organisation_id}: what was there on {day} is not there any more", err=True)
    for key, head in heads:
        click.echo(f"{key}: sealed until {head.day}, {head.digest.hex()}" if head else f"{key}: no day is sealed yet")
    if broken or days:
        raise click.exceptions.Exit(1)
    click.echo(f"all {len(clients)} access logs are whole")
