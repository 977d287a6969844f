"""How somebody of the staff can stand to Jef's file, one line for each, and what that opens under each secrecy."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from selfhelp.accounts.authenticator import set_authenticator
from selfhelp.accounts.domain import Role
from selfhelp.accounts.models import Account
from selfhelp.accounts.service import add_account
from selfhelp.care.models import Assignment, Client, Team, TeamMember
from selfhelp.core.edge import Edge
from tests.access.doors import Door
from tests.access.people import Person, come
from tests.conftest import NOON, TOTP

TODAY, A_DAY, A_MINUTE = NOON.date(), timedelta(days=1), timedelta(minutes=1)
SECRECIES = ("counsellor", "team", "leader")
WIDEST = "team"
"""The setting that lets in most: whoever no setting lets in is tried under this one alone."""

HELPS, WITH_REASON, NOBODY = "helps", "with a reason", "nobody"


@dataclass(frozen=True)
class Days:
    """An assignment to Jef: when it begins, its last day, when it was ended."""

    begins: datetime = NOON - 9 * A_DAY
    last: date | None = None
    ended: datetime | None = None
    stands_in: bool = False


@dataclass(frozen=True)
class Standing:
    """How somebody stands to Jef: role, assignment, and place in his team (None: in another one)."""

    role: Role = Role.COUNSELLOR
    days: Days | None = None
    leads: bool | None = None
    expires: date | None = None
    """The account's last day; one that is over ends while the person is logged in."""
    ways: Mapping[str, str] = field(default_factory=dict)
    """What opens the file, by setting of secrecy; a setting that is not named lets nobody in."""

    @property
    def is_over(self) -> bool:
        return self.expires is not None and self.expires < TODAY

    def way(self, secrecy: str) -> str:
        return self.ways.get(secrecy, NOBODY)


def _standing_in(begins: datetime, last: date) -> Days:
    return Days(begins, last, stands_in=True)


ALWAYS = dict.fromkeys(SECRECIES, HELPS)
OF_TEAM = {"team": WITH_REASON}
LEADS = {"team": WITH_REASON, "leader": WITH_REASON}

STANDINGS: dict[str, Standing] = {
    "stand-in on the first day": Standing(days=_standing_in(NOON, TODAY + 4 * A_DAY), ways=ALWAYS),
    "stand-in on the last day": Standing(days=_standing_in(NOON - 4 * A_DAY, TODAY), ways=ALWAYS),
    "stand-in from in a minute on": Standing(days=_standing_in(NOON + A_MINUTE, TODAY + 4 * A_DAY)),
    "stand-in until yesterday": Standing(days=_standing_in(NOON - 9 * A_DAY, TODAY - A_DAY)),
    "stand-in of the team until yesterday": Standing(
        days=_standing_in(NOON - 9 * A_DAY, TODAY - A_DAY), leads=False, ways=OF_TEAM
    ),
    "stand-in whose days were called off": Standing(days=Days(NOON - A_DAY, TODAY, NOON - A_MINUTE, stands_in=True)),
    "former counsellor since this moment": Standing(days=Days(ended=NOON)),
    "former counsellor of the team": Standing(days=Days(ended=NOON), leads=False, ways=OF_TEAM),
    "counsellor of the team": Standing(leads=False, ways=OF_TEAM),
    "trainee on the last day": Standing(Role.TRAINEE, Days(), expires=TODAY, ways=ALWAYS),
    "trainee whose last day is over": Standing(Role.TRAINEE, Days(), leads=False, expires=TODAY - A_DAY),
    "trainee of the team": Standing(Role.TRAINEE, leads=False, ways=OF_TEAM),
    "trainee of another team": Standing(Role.TRAINEE),
    "volunteer of the team whom somebody assigned": Standing(Role.VOLUNTEER, Days(), leads=False),
    "volunteer of another team": Standing(Role.VOLUNTEER),
    "leader of the team": Standing(Role.COORDINATOR, leads=True, ways=LEADS),
    "leader of the team whom somebody assigned": Standing(Role.COORDINATOR, Days(), leads=True, ways=LEADS),
    "coordinator of the team who does not lead it": Standing(Role.COORDINATOR, leads=False),
    "coordinator of another team": Standing(Role.COORDINATOR),
    "administrator": Standing(Role.ADMINISTRATOR),
    "administrator whom somebody put into the team and assigned": Standing(Role.ADMINISTRATOR, Days(), leads=True),
}
"""Rows that no page makes are there too: an assigned volunteer, an administrator in a team. They open nothing either."""


def tried_under(secrecy: str) -> dict[str, Standing]:
    """Return whoever is tried under a setting: those for whom it may make a difference; under the widest, everybody."""
    depends = {name for name, each in STANDINGS.items() if each.ways or each.leads is not None}
    return {name: each for name, each in STANDINGS.items() if secrecy == WIDEST or name in depends}


def set_secrecy(folder: Path, secrecy: str) -> None:
    offer = folder / "brug" / "offer.yaml"
    said = re.sub(r"secrecy: \w+", f"secrecy: {secrecy}", offer.read_text(encoding="utf-8"))
    offer.write_text(said, encoding="utf-8")


def add_standings(app: Flask, jef_id: object, wanted: Mapping[str, Standing]) -> dict[str, Person]:
    """Add these people and let them log in; whose time is over is thrown out afterwards."""
    engines = app.extensions["selfhelp.engines"]
    usernames = {name: f"standing{number}" for number, name in enumerate(wanted)}
    with Session(engines.writer) as session:
        jef = session.get_one(Client, jef_id)
        mine = select(Account).where(Account.organisation_id == jef.organisation_id)
        youssef = session.scalars(mine.where(Account.username == "counsellor2")).one()
        for name, standing in wanted.items():
            added = _added(session, app, youssef, usernames[name], standing)
            _place(session, jef, added, standing)
            if standing.days:
                session.add(_assignment(jef, added, youssef, standing.days))
        session.commit()
    people = {name: come(app, (name, each.role.value, usernames[name]), lambda: NOON) for name, each in wanted.items()}
    with Session(engines.writer) as session:
        for name, standing in wanted.items():
            ended = update(Account).where(Account.username == usernames[name])
            session.execute(ended.values(expires_on=standing.expires))
        session.commit()
    return {name: replace(each, role="nobody") if wanted[name].is_over else each for name, each in people.items()}


def _added(session: Session, app: Flask, like: Account, username: str, standing: Standing) -> Account:
    who = {"organisation_id": like.organisation_id, "username": username, "role": standing.role}
    added = add_account(session, edge=Edge(NOON), given_name="Iemand", password_hash=like.password_hash, **who)
    set_authenticator(added, app.extensions["selfhelp.sealer"], TOTP)
    return added


def _place(session: Session, jef: Client, account: Account, standing: Standing) -> None:
    """Put somebody into Jef's team, or else into another one, and there in the lead: that opens nothing of Jef's."""
    other = select(Team.id).where(Team.organisation_id == jef.organisation_id, Team.id != jef.team_id)
    team_id = session.scalars(other).first() if standing.leads is None else jef.team_id
    is_leader = standing.role is Role.COORDINATOR if standing.leads is None else standing.leads
    of = {"organisation_id": jef.organisation_id, "team_id": team_id, "account_id": account.id}
    session.add(TeamMember(id=uuid4(), is_leader=is_leader, **of))


def _assignment(jef: Client, account: Account, youssef: Account, days: Days) -> Assignment:
    return Assignment(
        id=uuid4(),
        organisation_id=jef.organisation_id,
        client_id=jef.id,
        counsellor_id=account.id,
        began_at=days.begins,
        last_day=days.last,
        ended_at=days.ended,
        stands_in_for=youssef.id if days.stands_in else None,
        attention_at=NOON,
    )


OF_EVERY_LEADER = {"coordinator", "administrator"}
"""Who leads volunteers, makes teams. Of those doors `overview.assign` alone names a client: for whoever is in the team."""
LOOKS_BY_POST = {"summary.pdf"}
"""Doors of the file that take a form and change nothing: a reason opens them like a page."""
NOT_FOR_A_REASON = {"client_network.file", "client_together.step", "client_together.steps"}
"""A reason opens a file to look into: not to take a map along, and not to fill in a step together."""


def comes_in(rule: Rule, method: str, door: Door, person: Person, way: str, *, has_reason: bool) -> bool:
    """Whether somebody gets through a door that names a thing of Jef's, or of Jef's team."""
    if person.role not in door.roles:
        return False
    if rule.endpoint == "team_files.open_file":
        return way != NOBODY
    if "youssef" in door.passes and "client_id" in rule.arguments:
        looks = (method == "GET" and rule.endpoint not in NOT_FOR_A_REASON) or rule.endpoint in LOOKS_BY_POST
        return way == HELPS or (way == WITH_REASON and has_reason and looks)
    if rule.endpoint == "overview.assign" and STANDINGS[person.name].leads is None:
        return False
    return person.role in OF_EVERY_LEADER & set(door.passes)
