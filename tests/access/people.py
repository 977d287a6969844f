"""Everybody who may come to a door: each way to be somebody, or nobody, in front of a client's file."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import product

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from selfhelp.accounts.authenticator import set_authenticator
from selfhelp.accounts.domain import Role
from selfhelp.accounts.models import Account
from selfhelp.accounts.service import add_account
from selfhelp.care.models import Assignment, Client
from selfhelp.care.service import assign
from selfhelp.core.edge import Edge
from tests.browser import code_at, token_of
from tests.conftest import NOON, TOTP

ANKER = "http://anker.localhost"
HOME = "http://localhost"


@dataclass(frozen=True)
class Person:
    """Somebody at a door: a role (`nobody`, `half`), a browser, and a form token that the browser holds."""

    name: str
    role: str
    browser: FlaskClient = field(repr=False)
    token: str = field(repr=False)
    host: str = HOME

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> TestResponse:
        given = {"csrf_token": self.token, **(form or {})} if method == "POST" else None
        return self.browser.open(path, method=method, data=given, base_url=self.host)


def come(app: Flask, who: tuple[str, str, str], moment: Callable[[], datetime], host: str = HOME) -> Person:
    """Let somebody log in as far as the role says: `who` is name, role and user name."""
    name, role, username = who
    browser = app.test_client()
    page = browser.get("/login", base_url=host)
    if username:
        form = {"username": username, "password": "zeven stenen in de beek", "csrf_token": token_of(page)}
        browser.post("/login", data=form, base_url=host)
    if username and role not in {"client", "half"}:
        form = {"code": code_at(moment()), "csrf_token": token_of(browser.get("/login", base_url=host))}
        assert browser.post("/login", data=form, base_url=host).status_code == 303, name
    ends = "/login" if role in {"nobody", "half"} else "/my/devices"
    return Person(name, role, browser, token_of(browser.get(ends, base_url=host)), host)


def everybody(app: Flask, moment: Callable[[], datetime]) -> dict[str, Person]:
    """Return everybody by name. The file at stake is that of Jef (client2, Team Zuid), assigned to Youssef (counsellor2)."""
    _add_those_who_leave(app, moment)
    people = [
        ("nobody", "nobody", ""),
        ("half a counsellor", "half", "counsellor2"),
        ("jef", "client", "client2"),
        ("client of the same counsellor", "client", "client6"),
        ("client of another team", "client", "client3"),
        ("youssef", "counsellor", "counsellor2"),
        ("colleague of the team", "counsellor", "counsellor4"),
        ("counsellor of another team", "counsellor", "counsellor3"),
        ("former counsellor", "counsellor", "counsellor1"),
        ("trainee", "trainee", "trainee1"),
        ("volunteer", "volunteer", "volunteer1"),
        ("coordinator", "coordinator", "coordinator"),
        ("administrator", "administrator", "admin"),
    ]
    found = {who[0]: come(app, who, moment) for who in people}
    for who in (
        ("client elsewhere", "client", "client2"),
        ("counsellor elsewhere", "counsellor", "counsellor2"),
        ("coordinator elsewhere", "coordinator", "coordinator"),
        ("administrator elsewhere", "administrator", "admin"),
    ):
        found[who[0]] = come(app, who, moment, ANKER)
    for name, role, username, change in LEFT:
        found[name] = replace(come(app, (name, role, username), moment), role="nobody")
        _leave(app, username, change)
    return found


LEFT = (
    ("trainee after the last day", "trainee", "trainee9", {"expires_on": date(2026, 11, 23)}),
    (
        "counsellor whose account was closed",
        "counsellor",
        "counsellor9",
        {"disabled_at": NOON},
    ),
)
"""Colleagues to whom Jef is assigned: they logged in, and then their time here ended. From then on they are nobody."""


def _add_those_who_leave(app: Flask, moment: Callable[[], datetime]) -> None:
    with Session(app.extensions["selfhelp.engines"].writer) as session:
        like = session.scalars(select(Account).where(Account.username == "counsellor2")).all()
        jef = session.scalars(select(Client).join(Account).where(Account.username == "client2")).all()
        for (_name, role, username, _change), model in product(LEFT, like):
            edge = Edge(moment())
            more = {"given_name": "Weg", "password_hash": model.password_hash}
            who = {"organisation_id": model.organisation_id, "username": username, "role": Role(role)}
            added = add_account(session, edge=edge, **who, **more)
            set_authenticator(added, app.extensions["selfhelp.sealer"], TOTP)
            for client in (each for each in jef if each.organisation_id == model.organisation_id):
                assign(session, client, added.id, edge=edge)
        session.commit()


def _leave(app: Flask, username: str, change: dict[str, object]) -> None:
    with Session(app.extensions["selfhelp.engines"].writer) as session:
        session.execute(update(Account).where(Account.username == username).values(**change))
        session.commit()


def assign_formerly(session: Session, client_id: object, username: str, organisation_id: object) -> None:
    """Give a client a counsellor who is no longer assigned."""
    from uuid import uuid4

    account = session.scalar(select(Account).where(Account.username == username, Account.organisation_id == organisation_id))
    assert account
    moments = {"began_at": datetime(2026, 1, 5, tzinfo=UTC), "ended_at": datetime(2026, 6, 5, tzinfo=UTC)}
    moments["attention_at"] = moments["ended_at"]
    session.add(
        Assignment(id=uuid4(), organisation_id=organisation_id, client_id=client_id, counsellor_id=account.id, **moments)
    )
