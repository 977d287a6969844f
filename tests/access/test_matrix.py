"""Role by route by object: who gets through, and that everybody else gets byte for byte the answer of a missing thing."""

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from uuid import UUID, uuid4

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from selfhelp.app import create_app
from selfhelp.care.sharing import KINDS
from selfhelp.core.db import Base
from selfhelp.core.settings import Settings
from selfhelp.web.access import PUBLIC, access_of
from tests.access.doors import ALL, DOORS, Door
from tests.access.file_of_jef import ENTRY, GOAL, PERSON, fill, fill_own_things
from tests.access.people import Person, everybody
from tests.conftest import NOON, rows, settings_for

MAY_CHANGE = {"access_entry", "list_access", "throttle"}
"""Tables in which a refusal leaves its line, or a guess is counted."""
SIGN_OF_LIFE = {("client", "seen_at"), ("assignment", "attention_at")}
"""Columns that say when somebody was here: true of whoever is refused, too."""
VERBS = {
    "outcome": "missed",
    "said": "kept",
    "verb": "close",
    "purpose": "notices-sms",
    "answer": "wanted",
    "act": "begin",
}
VERBS |= {"tick": "done", "turn": "reached", "form": "svg"}
VERBS |= {"key": "administratie-op-orde", "step_key": "b2"}
SHARED = {
    "result": "result",
    "step": "step",
    "photo": "photo_id",
    "goal": "goal_id",
    "diary": "diary_id",
    "network": "map_id",
    "report": "talk_id",
}
"""Each kind of sharing, and by which name Jef's thing of that kind is known here."""
TRACES = (
    (re.compile(rb'name="csrf_token" value="[^"]+"'), b"TOKEN"),
    (re.compile(rb'data-token="[^"]+"'), b"TOKEN"),  # the same, for a script; both hold the second in which they were made
    (re.compile(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), b"ID"),
)
"""What differs between two answers to the same person and tells nothing: the form token, and the id that was asked."""


class House:
    """The application with Jef's file in it, and everybody before its doors."""

    def __init__(self, settings: Settings) -> None:
        self.app: Flask = create_app(settings, clock=lambda: NOON)
        self.people = everybody(self.app, lambda: NOON)
        self.ids = fill(self.app, self.people["jef"])

    def pairs(self, rule: Rule) -> list[tuple[str, str]]:
        """Return the address of Jef's thing and that of one that is nobody's, for each kind if the address names one."""
        kinds = SHARED if {"kind", "item_id"} <= rule.arguments else [""]
        return [(self.address(rule, kind), self.address(rule, kind, missing=True)) for kind in kinds]

    def address(self, rule: Rule, kind: str = "", *, missing: bool = False) -> str:
        """Return the address of Jef's thing, or of one that is nobody's."""
        kind = kind or ("step" if "step" in rule.endpoint else "result")

        def part(found: re.Match[str]) -> str:
            name = found[1]
            if name == "kind":
                return kind
            if name == "item_id":
                name = SHARED[kind]
            if name in VERBS:
                return VERBS[name]
            return str(uuid4() if missing else self.ids[name])

        return re.sub(r"<(?:[^:>]+:)?(\w+)>", part, rule.rule)

    def form(self, door: Door) -> dict[str, str]:
        """Return a good form for a door, with the ids that it names."""
        return {name: str(self.ids[given[1:]]) if given[:1] == "@" else given for name, given in door.form.items()}

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        found = {}
        for table in Base.metadata.sorted_tables:
            columns = [f'"{each.name}"' for each in table.columns if (table.name, each.name) not in SIGN_OF_LIFE]
            found[table.name] = sorted(rows(self.app, f"select {', '.join(columns)} from {table.name}"), key=repr)  # noqa: S608
        return found


@pytest.fixture(scope="module")
def house(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory, on_postgres: str) -> House:
    folder = tmp_path_factory.mktemp("matrix") / "data"
    copytree(demo_folder, folder)
    return House(settings_for(folder, on_postgres))


def guarded(app: Flask) -> Iterator[tuple[Rule, str, Door]]:
    for rule in app.url_map.iter_rules():
        if access_of(app.view_functions[rule.endpoint]) == PUBLIC:
            continue
        assert rule.endpoint in DOORS, f"{rule.rule}: say in tests/access/doors.py who may come in"
        for method in (rule.methods or set()) & {"GET", "POST"}:
            yield rule, method, DOORS[rule.endpoint]


def told(answer: TestResponse) -> tuple[int, bytes, dict[str, str]]:
    body = answer.data
    for trace, word in TRACES:
        body = trace.sub(word, body)
    headers = {name: value for name, value in answer.headers.items() if name not in {"Content-Length", "Set-Cookie"}}
    return answer.status_code, body, headers


def test_the_table_says_what_the_code_declares(app: Flask) -> None:
    declared = {rule.endpoint: access_of(app.view_functions[rule.endpoint]) for rule, _method, _door in guarded(app)}
    assert declared == {name: door.roles for name, door in DOORS.items()}


def test_every_kind_of_sharing_is_tried() -> None:
    assert set(SHARED) == set(KINDS)


def expected(door: Door, person: Person) -> set[int]:
    """Return the statuses that somebody may get at a door that names Jef's thing."""
    if person.role == "nobody":
        return {401}
    if person.role not in door.roles:
        return {403}
    return {200, 303} if person.name in door.passes else {404}


def test_every_door_with_an_id_opens_to_its_owner_alone(house: House) -> None:
    faults, tried = [], 0
    before = house.rows()
    doors = [(rule, method, door) for rule, method, door in guarded(house.app) if door.has_ids]
    assert {rule.endpoint for rule, _method, _door in doors} == {
        rule.endpoint for rule, _method, _door in guarded(house.app) if "<uuid:" in rule.rule
    }
    for rule, method, door in doors:
        for person in house.people.values():
            if person.name in door.passes:
                continue
            for address, missing in house.pairs(rule):
                real, nothing = (person.ask(method, each, house.form(door)) for each in (address, missing))
                tried += 1
                if real.status_code not in expected(door, person):
                    faults.append(f"{method} {address}: {person.name} got {real.status_code}")
                if told(real) != told(nothing):
                    faults.append(f"{method} {address}: {person.name} can tell Jef's from a missing one")
    assert tried > 300
    assert not faults, "\n".join(faults)
    after = house.rows()
    assert not {name for name in before if before[name] != after[name]} - MAY_CHANGE


def test_every_door_without_an_id_asks_for_its_roles(house: House) -> None:
    faults = []
    for rule, method, door in guarded(house.app):
        if door.has_ids or method == "POST" or not door.roles <= ALL:
            continue
        address = re.sub(r"<(?:[^:>]+:)?(\w+)>", lambda found: NAMES[found[1]], rule.rule)
        for person in house.people.values():
            status = person.ask(method, address).status_code
            allowed = {401} if person.role == "nobody" else {403} if person.role not in door.roles else {200, 204, 303, 404}
            if status not in allowed:
                faults.append(f"{method} {address}: {person.name} got {status}")
    assert not faults, "\n".join(faults)


NAMES = {
    "key": "administratie-op-orde",
    "step_key": "a1",
    "slug": "djg6",
    "verb": "start",
    "exercise_id": "letter",
    "form": "svg",
}


ENDS = ("item_id>/stop", "outcome", "close, reopen", "/out", "remove", "take-back", "card", "hand-over")


def ends_late(rule: Rule) -> list[bool]:
    """Sort what ends something last: a closed account, a removed result, and a new card, which logs its owner out."""
    return [end in rule.rule for end in reversed(ENDS)]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_owners_come_in(demo_folder: Path, tmp_path: Path, on_postgres: str, method: str) -> None:
    """The control: with the same addresses and forms, those whose things they are get through."""
    copytree(demo_folder, tmp_path / "data")
    house = House(settings_for(tmp_path / "data", on_postgres))
    for rule, each, door in sorted(guarded(house.app), key=lambda each: ends_late(each[0])):
        if each != method or not door.has_ids:
            continue
        for name in door.passes:
            if "remove" in rule.rule:
                fill_own_things(house.people["jef"])
            for address, _missing in house.pairs(rule):
                answer = house.people[name].ask(method, address, house.form(door))
                assert answer.status_code in {200, 204, 303}, (address, name, answer.status_code)


def test_an_id_of_one_client_under_another_opens_nothing(house: House) -> None:
    """Youssef's other client, with Jef's things behind the slash."""
    youssef = house.people["youssef"]
    others = re.findall(r"/clients/([0-9a-f-]{36})", youssef.ask("GET", "/caseload/").get_data(as_text=True))
    other = next(each for each in others if UUID(each) != house.ids["client_id"])
    own = (f"goals/{GOAL}", f"diary/{ENTRY}", f"network/people/{PERSON}", f"network/pictures/{house.ids['picture_id']}")
    for rest in (
        *(f"photos/{house.ids['photo_id']}", f"results/{house.ids['result']}", f"steps/{house.ids['step']}"),
        *own,
    ):
        assert youssef.ask("GET", f"/clients/{house.ids['client_id']}/{rest}").status_code == 200
        assert youssef.ask("GET", f"/clients/{other}/{rest}").status_code == 404
