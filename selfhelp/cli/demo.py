"""`selfhelp demo`: two fictional organisations to try everything with."""

import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import click
import pyotp
from sqlalchemy.orm import Session

from selfhelp.accounts.authenticator import set_authenticator
from selfhelp.accounts.domain import Role
from selfhelp.accounts.models import Account
from selfhelp.accounts.passwords import hashed
from selfhelp.accounts.queries import find_account
from selfhelp.accounts.service import add_account
from selfhelp.accounts.sessions import end_all_sessions
from selfhelp.care.models import Organisation, WorkingWeek
from selfhelp.care.service import add_member, add_organisation, add_team
from selfhelp.care.who_helps import EVERY_WEEK
from selfhelp.cli.demo_files import House, add_people
from selfhelp.cli.demo_people import CLIENT_NAMES, MEMBERS, TEAMS, WEEKS, ids, people
from selfhelp.cli.demo_stories import Library, read_library
from selfhelp.cli.demo_team import add_team_life
from selfhelp.core.clock import system_clock
from selfhelp.core.db import make_engines
from selfhelp.core.edge import Edge
from selfhelp.core.migration import migrate
from selfhelp.core.resources import folder
from selfhelp.core.sealing import FILE_NAME, Sealer, add_key, add_log_key
from selfhelp.core.settings import Settings
from selfhelp.core.strict_yaml import read_document
from selfhelp.guidance.loader import read_own_content
from selfhelp.modules.loader import read_library as read_modules
from selfhelp.modules.service import Trainings

STAFF_ACCOUNTS = (
    ("counsellor1", Role.COUNSELLOR, "Mieke", "Peeters", "maatschappelijk werker"),
    ("counsellor2", Role.COUNSELLOR, "Youssef", "Amrani", "maatschappelijk werker"),
    ("counsellor3", Role.COUNSELLOR, "An", "Claes", "budgetbegeleider"),
    ("counsellor4", Role.COUNSELLOR, "Bram", "Jacobs", "psycholoog"),
    ("trainee1", Role.TRAINEE, "Lotte", "Maes", "stagiair"),
    ("volunteer1", Role.VOLUNTEER, "Rik", "Wouters", "vrijwilliger"),
    ("coordinator", Role.COORDINATOR, "Hilde", "Smets", "teamverantwoordelijke"),
    ("admin", Role.ADMINISTRATOR, "Karim", "Haddad", "beheerder"),
)
BATCH = 250
"""Clients who are committed together."""


@click.command("demo")
@click.option(
    "--clients", default=len(CLIENT_NAMES), show_default=True, type=click.IntRange(1, 50_000), help="clients of each"
)
@click.option("--seed", default=1, show_default=True, help="the same seed makes the same people, who did the same things")
def demo_command(clients: int, seed: int) -> None:
    """Make (or complete) the demo database and the files of its organisations. Edited files are left as they are."""
    settings = Settings.from_env()
    if not settings.is_demo:
        raise click.UsageError("set SELFHELP_MODE=demo: demo organisations never come into a real installation")
    settings.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    settings.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not (settings.keys / FILE_NAME).exists():
        add_key(settings.keys)
    add_log_key(settings.keys)
    sealer = Sealer(settings.keys)
    password, totp = settings.demo_password or secrets.token_urlsafe(12), settings.demo_totp or pyotp.random_base32()
    making = Making(seed, system_clock().replace(hour=0, minute=0, second=0, microsecond=0), hashed(password), totp, sealer)
    engine = make_engines(settings.database).writer
    migrate(engine, log_digest=sealer.log_digest)
    library, content = read_library(folder("content")), folder("content")
    modules = read_modules(content / "modules", read_own_content(content).themes)
    with Session(engine, expire_on_commit=False) as session:
        for key, profile, offered in _organisations(settings):
            known = {name: modules.modules[name] for name in offered if name in modules.modules}
            trainings = Trainings(known, modules.facts, profile["country"])
            house = _house(session, making, key, name=profile["name"], trainings=trainings, library=library)
            session.commit()
            _fill(session, house, clients)
            add_team_life(session, house)
            session.commit()
            click.echo(f"{profile['name']}: http://{profile['hosts'][0]}:{settings.port}/")
    engine.dispose()
    click.echo("Demo: everything here is fictional.")
    click.echo(f"Log in at /login as client1 to client{clients}, {', '.join(each[0] for each in STAFF_ACCOUNTS)}")
    click.echo(f"password: {password}   authenticator secret of the staff: {totp}")


@dataclass(frozen=True, slots=True)
class Making:
    """What all organisations of one run have in common."""

    seed: int
    today: datetime
    password_hash: str
    totp: str
    sealer: Sealer

    def edge(self, *of: object) -> Edge:
        """Return this day, with ids that depend on the seed and on what they are for."""
        return Edge(self.today, ids(self.seed, *of))


def _organisations(settings: Settings) -> list[tuple[str, dict[str, Any], list[str]]]:
    """Return key, profile and trainings of each; files that are missing are laid down."""
    found = []
    for source in sorted((folder("content") / "demo").iterdir()):
        target = settings.folder / source.name
        target.mkdir(exist_ok=True)
        for file in source.glob("*.yaml"):
            if not (target / file.name).exists():
                shutil.copyfile(file, target / file.name)
        offer = read_document(target / "offer.yaml", source.name).value
        found.append((source.name, offer["organisation"], offer.get("modules", [])))
    return found


def _house(session: Session, making: Making, key: str, *, name: str, trainings: Trainings, library: Library) -> House:
    """Make (or find) an organisation, its teams and its staff."""
    organisation_id = making.edge(key).new_id()
    organisation = add_organisation(session, organisation_id=organisation_id, key=key, name=name, now=making.today)
    staff = {each[0]: _staff(session, making, organisation, each) for each in STAFF_ACCOUNTS}
    _set_weeks(session, staff)
    teams = {}
    for name_of_team in TEAMS:
        edge = making.edge(key, name_of_team)
        team = add_team(session, organisation_id=organisation.id, name=name_of_team, edge=edge)
        teams[team.name] = team.id
        for username in (each for each, where in MEMBERS.items() if team.name in where):
            edge = making.edge(key, team.name, username)
            add_member(session, team, staff[username].id, is_leader=username == "coordinator", edge=edge)
    return House(
        key=key,
        organisation_id=organisation.id,
        seed=making.seed,
        today=making.today,
        password_hash=making.password_hash,
        sealer=making.sealer,
        library=library,
        trainings=trainings,
        teams=teams,
        counsellors={username: staff[username] for username in WEEKS},
    )


def _set_weeks(session: Session, staff: Mapping[str, Account]) -> None:
    """Say who works on other days than everybody; days that somebody chose since stay."""
    for username, days in WEEKS.items():
        account = staff[username]
        if days != EVERY_WEEK and session.get(WorkingWeek, account.id) is None:
            session.add(WorkingWeek(account_id=account.id, organisation_id=account.organisation_id, days=days))


def _staff(session: Session, making: Making, organisation: Organisation, one: tuple[str, Role, str, str, str]) -> Account:
    username, role, given_name, surname, function = one
    account = find_account(session, organisation.id, username) or add_account(
        session,
        organisation_id=organisation.id,
        username=username,
        role=role,
        given_name=given_name,
        surname=surname,
        function=function,
        edge=making.edge(organisation.key, username),
    )
    # Printed passwords are those that work: a second `make run` prints, and sets, new ones.
    account.password_hash = making.password_hash
    set_authenticator(account, making.sealer, making.totp)
    end_all_sessions(session, account_id=account.id)
    return account


def _fill(session: Session, house: House, clients: int) -> None:
    """Add the clients in batches that are each committed: one that is interrupted is completed by the next run."""
    everybody = people(clients, house.library.names, house.seed, house.key)
    batches = [everybody[begin : begin + BATCH] for begin in range(0, clients, BATCH)]
    with click.progressbar(batches, label=f"{house.key}, {clients} clients") as bar:
        for some in bar:
            add_people(session, house, some)
            session.commit()
