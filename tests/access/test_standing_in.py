"""Whoever stands in comes in at every door of the file in those days, and before and after them at none."""

from datetime import date, timedelta
from pathlib import Path
from shutil import copytree

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from selfhelp.accounts.authenticator import set_authenticator
from selfhelp.accounts.domain import Role
from selfhelp.accounts.models import Account
from selfhelp.accounts.service import add_account
from selfhelp.care.models import Client, Team
from selfhelp.care.service import add_member, assign
from selfhelp.core.edge import Edge
from tests.access.people import Person, come
from tests.access.test_matrix import House, guarded, told
from tests.conftest import NOON, TOTP, settings_for

TODAY = NOON.date()
STAND_INS: dict[str, tuple[timedelta, date]] = {
    "now": (timedelta(days=-1), TODAY),
    "not yet": (timedelta(days=1), TODAY + timedelta(days=5)),
    "not any more": (timedelta(days=-9), TODAY - timedelta(days=1)),
}
"""When somebody's days of standing in begin, from now, and their last one."""


@pytest.fixture(scope="module")
def house(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory, on_postgres: str) -> House:
    folder = tmp_path_factory.mktemp("standing_in") / "data"
    copytree(demo_folder, folder)
    return House(settings_for(folder, on_postgres))


@pytest.fixture(scope="module")
def stand_ins(house: House) -> dict[str, Person]:
    """Return three colleagues of another team whom Youssef asked to stand in for him with Jef, in different days."""
    with Session(house.app.extensions["selfhelp.engines"].writer) as session:
        jef = session.get_one(Client, house.ids["client_id"])
        mine = select(Account).where(Account.organisation_id == jef.organisation_id)
        youssef = session.scalars(mine.where(Account.username == "counsellor2")).one()
        other = session.scalars(
            select(Team).where(Team.organisation_id == jef.organisation_id, Team.id != jef.team_id)
        ).first()
        assert other
        for name, (begins, last_day) in STAND_INS.items():
            who = {"organisation_id": jef.organisation_id, "username": name.replace(" ", ""), "role": Role.COUNSELLOR}
            added = add_account(session, edge=Edge(NOON), given_name="Waar", password_hash=youssef.password_hash, **who)
            set_authenticator(added, house.app.extensions["selfhelp.sealer"], TOTP)
            add_member(session, other, added.id, is_leader=False, edge=Edge(NOON))
            assign(session, jef, added.id, edge=Edge(NOON + begins), last_day=last_day, stands_in_for=youssef.id)
        session.commit()
    return {name: come(house.app, (name, "counsellor", name.replace(" ", "")), lambda: NOON) for name in STAND_INS}


def test_in_those_days_and_in_no_others_every_page_of_the_file_opens(house: House, stand_ins: dict[str, Person]) -> None:
    faults, tried = [], 0
    for rule, method, door in guarded(house.app):
        if method != "GET" or not rule.rule.startswith("/clients/<uuid:client_id>") or "youssef" not in door.passes:
            continue
        tried += 1
        address = house.address(rule)
        if stand_ins["now"].ask("GET", address).status_code not in {200, 204}:
            faults.append(f"{rule.rule}: whoever stands in now stays outside")
        for name in ("not yet", "not any more"):
            real, nothing = (stand_ins[name].ask("GET", house.address(rule, missing=each)) for each in (False, True))
            if real.status_code != 404 or told(real) != told(nothing):
                faults.append(f"{rule.rule}: {name}: {real.status_code}")
    assert tried > 20
    assert not faults, "\n".join(faults)


def test_who_does_not_stand_in_now_changes_nothing(house: House, stand_ins: dict[str, Person]) -> None:
    before = house.rows()
    refused = set()
    for rule, method, door in guarded(house.app):
        if method == "POST" and rule.rule.startswith("/clients/<uuid:client_id>") and "youssef" in door.passes:
            for name in ("not yet", "not any more"):
                refused.add(stand_ins[name].ask("POST", house.address(rule), house.form(door)).status_code)
    assert refused == {404}
    after = house.rows()
    assert {name for name in before if before[name] != after[name]} <= {"access_entry", "log_head"}
