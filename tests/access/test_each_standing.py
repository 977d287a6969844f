"""Everybody who works here, as they can stand to Jef, at every door of his file, under each setting of secrecy."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import pytest
from werkzeug.routing import Rule

from tests.access.doors import Door
from tests.access.people import Person
from tests.access.standings import (
    HELPS,
    SECRECIES,
    STANDINGS,
    WITH_REASON,
    add_standings,
    comes_in,
    set_secrecy,
    tried_under,
)
from tests.access.test_matrix import MAY_CHANGE, House, ends_late, guarded, told
from tests.conftest import settings_for

IN = {200, 204, 303}


@dataclass(frozen=True)
class Street:
    """A house under one setting of secrecy, and everybody before its doors."""

    house: House
    secrecy: str
    people: dict[str, Person]

    def way(self, person: Person) -> str:
        return STANDINGS[person.name].way(self.secrecy)

    def tries(self, *, has_reason: bool = False) -> Iterator[tuple[Rule, str, Door, Person, bool]]:
        """Yield each door with an id and each person, and whether that person gets through it."""
        for rule, method, door in guarded(self.house.app):
            for person in self.people.values() if door.has_ids else ():
                yield (
                    rule,
                    method,
                    door,
                    person,
                    comes_in(rule, method, door, person, self.way(person), has_reason=has_reason),
                )

    def faults_of_refusal(self, rule: Rule, method: str, door: Door, person: Person) -> Iterator[str]:
        """Yield what is wrong where somebody has to get the answer of a thing that is not there."""
        status = 401 if person.role == "nobody" else 404 if person.role in door.roles else 403
        for address, missing in self.house.pairs(rule):
            real, nothing = (person.ask(method, each, self.house.form(door)) for each in (address, missing))
            if real.status_code != status:
                yield f"{method} {address}: {person.name} got {real.status_code} and not {status}"
            if told(real) != told(nothing):
                yield f"{method} {address}: {person.name} can tell Jef's from a missing one"


def make_street(demo_folder: Path, folder: Path, secrecy: str, on_postgres: str, *names: str) -> Street:
    copytree(demo_folder, folder)
    set_secrecy(folder, secrecy)
    house = House(settings_for(folder, on_postgres))
    wanted = {name: STANDINGS[name] for name in names} or tried_under(secrecy)
    return Street(house, secrecy, add_standings(house.app, house.ids["client_id"], wanted))


@pytest.fixture(scope="module", params=SECRECIES)
def street(
    request: pytest.FixtureRequest, demo_folder: Path, tmp_path_factory: pytest.TempPathFactory, on_postgres: str
) -> Street:
    return make_street(demo_folder, tmp_path_factory.mktemp("street") / "data", request.param, on_postgres)


def test_whoever_does_not_help_gets_the_answer_of_a_missing_thing_and_changes_nothing(street: Street) -> None:
    faults, tried, before = [], 0, street.house.rows()
    for rule, method, door, person, gets_in in street.tries():
        if not gets_in:
            tried += 1
            faults += street.faults_of_refusal(rule, method, door, person)
    assert tried > 50 * len(street.people)
    assert not faults, "\n".join(faults)
    after = street.house.rows()
    assert not {name for name in before if before[name] != after[name]} - MAY_CHANGE


def test_whoever_helps_comes_in_at_every_page_of_the_file(street: Street) -> None:
    shut = [
        f"{rule.rule}: {person.name} got {status}"
        for rule, method, door, person, gets_in in street.tries()
        if gets_in and method == "GET"
        if (status := person.ask(method, street.house.address(rule)).status_code) not in IN
    ]
    assert not shut, "\n".join(shut)


def test_with_a_reason_a_colleague_looks_at_all_of_the_file_and_changes_nothing_in_it(street: Street) -> None:
    people = [each for each in street.people.values() if street.way(each) == WITH_REASON]
    assert bool(people) == (street.secrecy != "counsellor")
    open_file = next(rule for rule in street.house.app.url_map.iter_rules() if rule.endpoint == "team_files.open_file")
    for person in people:
        assert person.ask("POST", street.house.address(open_file), {"reason": "urgent"}).status_code == 303, person.name
    faults, before = [], street.house.rows()
    for rule, method, door, person, gets_in in street.tries(has_reason=True):
        if person not in people or rule is open_file or "client_id" not in rule.arguments or "youssef" not in door.passes:
            continue
        if not gets_in:
            faults += street.faults_of_refusal(rule, method, door, person)
        elif (status := person.ask(method, street.house.address(rule), street.house.form(door)).status_code) not in IN:
            faults.append(f"{method} {rule.rule}: {person.name} got {status} with a reason")
    assert not faults, "\n".join(faults)
    after = street.house.rows()
    assert not {name for name in before if before[name] != after[name]} - MAY_CHANGE


@pytest.mark.parametrize("name", ["stand-in on the first day", "trainee on the last day"])
def test_whoever_helps_may_change_all_that_a_counsellor_changes(
    demo_folder: Path, tmp_path: Path, on_postgres: str, name: str
) -> None:
    """But for passing on the help, which somebody who stands in for a few days does not decide on."""
    street = make_street(demo_folder, tmp_path / "data", "counsellor", on_postgres, name)
    assert street.way(street.people[name]) == HELPS
    not_theirs = {"trajectory.over", "trajectory.stand_in"} if name.startswith("stand-in") else set[str]()
    for rule, method, door, person, gets_in in sorted(street.tries(), key=lambda each: ends_late(each[0])):
        if gets_in and method == "POST" and rule.endpoint != "team_files.open_file":
            status = person.ask(method, street.house.address(rule), street.house.form(door)).status_code
            assert status in ({404} if rule.endpoint in not_theirs else IN), (rule.rule, status)


def test_who_hands_over_is_a_stranger_from_that_moment_on_also_on_a_page_that_stands_open(
    demo_folder: Path, tmp_path: Path, on_postgres: str
) -> None:
    street = make_street(demo_folder, tmp_path / "data", "team", on_postgres, "administrator")
    house, youssef = street.house, street.house.people["youssef"]
    doors = [each for each in guarded(house.app) if "youssef" in each[2].passes and "client_id" in each[0].arguments]
    addresses = {rule.endpoint: house.address(rule) for rule, _method, _door in doors}
    assert youssef.ask("GET", addresses["client_shared.still"]).status_code == 204
    to = {"to": str(house.ids["colleague_id"])}
    assert youssef.ask("POST", addresses["trajectory.over"], to).status_code == 303
    assert youssef.ask("GET", addresses["client_shared.still"]).status_code == 404
    faults, before = [], house.rows()
    for rule, method, door in doors:
        if rule.endpoint != "team_files.open_file":
            faults += street.faults_of_refusal(rule, method, door, youssef)
    assert not faults, "\n".join(faults)
    after = house.rows()
    assert not {name for name in before if before[name] != after[name]} - MAY_CHANGE
