"""`selfhelp demo`: two fictional organisations to try everything with."""

import secrets
import shutil
from uuid import UUID, uuid4

import click
import pyotp
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import STAFF, Role
from selfhelp.accounts.passwords import hashed
from selfhelp.accounts.queries import find_account
from selfhelp.accounts.service import add_account, set_authenticator
from selfhelp.accounts.sessions import end_all_sessions
from selfhelp.care.queries import find_own_client
from selfhelp.care.service import add_client, add_member, add_organisation, add_team, assign
from selfhelp.core.clock import system_clock
from selfhelp.core.db import make_engines
from selfhelp.core.edge import Edge
from selfhelp.core.migration import migrate
from selfhelp.core.resources import folder
from selfhelp.core.sealing import FILE_NAME, Sealer, add_key
from selfhelp.core.settings import Settings
from selfhelp.core.strict_yaml import read_document

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
CLIENT_NAMES = (
    "Samira", "Jef", "Nadia", "Willy", "Els", "Mohamed", "Greet", "Dirk", "Fatma", "Luc",
    "Ann", "Koen", "Ilse", "Patrick", "Leila", "Marc", "Rita", "Tom", "Zoë", "Hassan",
)  # fmt: skip
CLIENTS = len(CLIENT_NAMES)
TEAMS = ("Team Noord", "Team Zuid")
MEMBERS = {
    "counsellor1": (0,),
    "counsellor2": (1,),
    "counsellor3": (0,),
    "counsellor4": (1,),
    "trainee1": (0,),
    "coordinator": (0, 1),
}
"""In which of the teams somebody works."""


@click.command("demo")
def demo_command() -> None:
    """Make (or complete) the demo database and the files of its organisations. Edited files are left as they are."""
    settings = Settings.from_env()
    if not settings.is_demo:
        raise click.UsageError("set SELFHELP_MODE=demo: demo organisations never come into a real installation")
    settings.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not (settings.folder / FILE_NAME).exists():
        add_key(settings.folder)
    sealer = Sealer(settings.folder)
    password, totp = settings.demo_password or secrets.token_urlsafe(12), settings.demo_totp or pyotp.random_base32()
    password_hash, edge = hashed(password), Edge(system_clock())
    engine = make_engines(settings.database).writer
    migrate(engine)
    with Session(engine) as session:
        for key, name, address in _organisations(settings):
            organisation = add_organisation(session, organisation_id=uuid4(), key=key, name=name, now=edge.now)
            _accounts(session, organisation.id, sealer, password_hash=password_hash, totp=totp, edge=edge)
            _clients(session, organisation.id, sealer, edge)
            click.echo(f"{name}: {address}")
        session.commit()
    click.echo("Demo: everything here is fictional.")
    click.echo(f"Log in at /login as client1 to client{CLIENTS}, {', '.join(each[0] for each in STAFF_ACCOUNTS)}")
    click.echo(f"password: {password}   authenticator secret of the staff: {totp}")


def _organisations(settings: Settings) -> list[tuple[str, str, str]]:
    found = []
    for source in sorted((folder("content") / "demo").iterdir()):
        target = settings.folder / source.name
        target.mkdir(exist_ok=True)
        for file in source.glob("*.yaml"):
            if not (target / file.name).exists():
                shutil.copyfile(file, target / file.name)
        profile = read_document(target / "offer.yaml", source.name).value["organisation"]
        found.append((source.name, profile["name"], f"http://{profile['hosts'][0]}:{settings.port}/"))
    return found


def _accounts(session: Session, organisation_id: UUID, sealer: Sealer, *, password_hash: str, totp: str, edge: Edge) -> None:
    clients = tuple((f"client{number}", Role.CLIENT, "", "", "") for number in range(1, CLIENTS + 1))
    for username, role, given_name, surname, function in STAFF_ACCOUNTS + clients:
        account = find_account(session, organisation_id, username) or add_account(
            session,
            organisation_id=organisation_id,
            username=username,
            role=role,
            given_name=given_name,
            surname=surname,
            function=function,
            edge=edge,
        )
        # Printed passwords are those that work: a second `make run` prints, and sets, new ones.
        account.password_hash = password_hash
        if role in STAFF:
            set_authenticator(account, sealer, totp)
        end_all_sessions(session, account_id=account.id)


def _clients(session: Session, organisation_id: UUID, sealer: Sealer, edge: Edge) -> None:
    """Give each demo client a file and a counsellor; Samira is Mieke's first."""
    teams = [add_team(session, organisation_id=organisation_id, name=name, edge=edge) for name in TEAMS]
    for username, numbers in MEMBERS.items():
        if account := find_account(session, organisation_id, username):
            for number in numbers:
                add_member(session, teams[number], account.id, is_leader=username == "coordinator", edge=edge)
    counsellors = [find_account(session, organisation_id, f"counsellor{number}") for number in range(1, 5)]
    for number, name in enumerate(CLIENT_NAMES):
        account = find_account(session, organisation_id, f"client{number + 1}")
        counsellor = counsellors[number % len(counsellors)]
        if account is None or counsellor is None or find_own_client(session, organisation_id, account.id):
            continue
        client = add_client(session, sealer, teams[number % len(teams)], name=name, account_id=account.id, edge=edge)
        assign(session, client, counsellor.id, edge=edge)
