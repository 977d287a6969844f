"""`selfhelp care`: whether logs are whole and lines right, who saw whose file, and who went to the database itself."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from uuid import UUID

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from selfhelp.accounts.service import list_accounts
from selfhelp.care.access_log import first_broken
from selfhelp.care.installation_log import first_broken_note, list_accesses, note_access
from selfhelp.care.log_heads import broken_days, find_last_head
from selfhelp.care.models import Client
from selfhelp.care.service import list_organisations
from selfhelp.care.who_saw import seen_by
from selfhelp.core.clock import system_clock
from selfhelp.core.db import make_engines
from selfhelp.core.edge import Edge
from selfhelp.core.sealing import Sealer
from selfhelp.core.settings import Settings
from selfhelp.worker import recount_lines

WHEN = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"])


@click.group("care")
def care_commands() -> None:
    """Clients' files."""


@care_commands.command("check-log")
def check_log_command() -> None:
    """Go over every access log: was a line changed or removed? Names ids only; ends with 1 if a chain is broken.

    The newest seal of each organisation is printed: whoever notes it elsewhere sees when seals were taken away too.
    """
    settings, faults = Settings.from_env(), []
    sealer = Sealer(settings.keys)
    with Session(make_engines(settings.database).reader) as session:
        clients = session.scalars(select(Client.id).order_by(Client.id)).all()
        with click.progressbar(clients, label="access logs") as progress:
            for client_id in progress:
                line = first_broken(session, sealer, client_id)
                if line is not None:
                    faults.append(f"client {client_id}: broken from line {line}")
        for organisation_id, day in broken_days(session, sealer):
            faults.append(f"organisation {organisation_id}: what was there on {day} is not there any more")
        if (number := first_broken_note(session, sealer)) is not None:
            faults.append(f"notes of access to the database: broken from number {number}")
        heads = [(each.key, find_last_head(session, each.id)) for each in list_organisations(session)]
    for fault in faults:
        click.echo(fault, err=True)
    for key, head in heads:
        click.echo(f"{key}: sealed until {head.day}, {head.digest.hex()}" if head else f"{key}: no day is sealed yet")
    if faults:
        raise click.exceptions.Exit(1)
    click.echo(f"all {len(clients)} access logs are whole")


@care_commands.command("who-saw")
@click.argument("account")
@click.option("--from", "since", type=WHEN, required=True, help="First day, or moment (UTC).")
@click.option("--until", type=WHEN, required=True, help="Last day, or the moment after the last (UTC).")
def who_saw_command(account: str, since: datetime, until: datetime) -> None:
    """Print whose files ACCOUNT saw: time, client, what happened, what it was about. Ids only.

    ACCOUNT is an id, or an organisation's key and a user name: brug/counsellor1.
    """
    until += timedelta(days=1) if until.time() == datetime.min.time() else timedelta()
    seen = set()
    with Session(make_engines(Settings.from_env().database).reader) as session:
        account_id = _account_id(session, account)
        for each in seen_by(session, account_id, since.replace(tzinfo=UTC), until.replace(tzinfo=UTC)):
            click.echo(f"{each.at.isoformat(timespec='seconds')}\t{each.client_id}\t{each.event}\t{each.what}")
            seen |= {each.client_id} if each.event != "refused" else set()
    click.echo(f"clients: {len(seen)}; what was refused is listed and not counted", err=True)


def _account_id(session: Session, given: str) -> UUID:
    key, _, username = given.partition("/")
    for organisation in list_organisations(session):
        if organisation.key == key:
            for each in list_accounts(session, organisation.id):
                if each.username == username:
                    return each.id
    try:
        return UUID(given)
    except ValueError as error:
        raise click.BadParameter(f"there is no account {given}") from error


@care_commands.command("recount")
def recount_command() -> None:
    """Count anew what lists say of each client, from the rows, and mend what is wrong. The worker does so every night.

    Prints how many lines were wrong and in which columns, never whose.
    """
    click.echo(str(recount_lines(Settings.from_env())))


@care_commands.command("note-database-access")
@click.option("--who", required=True, help="Who goes to the database.")
@click.option("--why", required=True, help="For what; no name of a client.")
@click.argument("command", nargs=-1)
def note_database_access_command(who: str, why: str, command: tuple[str, ...]) -> None:
    """Note that somebody goes to the database itself, or restores a backup; then run COMMAND, if one is given after `--`."""
    if not who.strip() or not why.strip() or len(who) > 80 or len(why) > 300:
        raise click.UsageError("--who takes 1 to 80 characters, --why 1 to 300")
    settings = Settings.from_env()
    with Session(make_engines(settings.database).writer) as session:
        note_access(session, Sealer(settings.keys), who=who.strip(), why=why.strip(), edge=Edge(system_clock()))
        session.commit()
    if command:
        sys.exit(subprocess.call(command))


@care_commands.command("list-database-access")
def list_database_access_command() -> None:
    """Print who went to the database itself, when and why."""
    with Session(make_engines(Settings.from_env().database).reader) as session:
        for each in list_accesses(session):
            click.echo(f"{each.seq}\t{each.at.isoformat(timespec='seconds')}\t{each.who}\t{each.why}")
