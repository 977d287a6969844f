"""The rows of the demo's clients: many at once, the same for a seed but for the nonces under which texts are sealed.

Bulk inserts instead of the use-cases that people's clicks go through: thousands of files, in seconds.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Role
from selfhelp.accounts.models import Account
from selfhelp.accounts.sessions import end_all_sessions
from selfhelp.care.domain import Event, Line, chained
from selfhelp.care.models import AccessEntry, Assignment, Client, Phase
from selfhelp.care.phases import Facts, PhaseKind, attention_at
from selfhelp.cli import demo_own
from selfhelp.cli.demo_people import WEEKS, Person, chance, ids
from selfhelp.cli.demo_stories import Library, Run, has_entry, story
from selfhelp.cli.demo_talks import TABLES as TALK_TABLES
from selfhelp.cli.demo_talks import Whose, talks_of
from selfhelp.cli.demo_told import TABLES as TOLD
from selfhelp.cli.demo_told import add_told
from selfhelp.core.db import Base
from selfhelp.core.edge import Edge
from selfhelp.core.sealing import Place, Sealer
from selfhelp.modules.domain import RunState, StepState
from selfhelp.modules.merging import Entry, Field, written
from selfhelp.modules.models import ModuleRun, StepEntry, StepProgress
from selfhelp.modules.saying import Why
from selfhelp.modules.saying import written as written_why
from selfhelp.modules.service import Trainings

BEFORE_TALKS: tuple[type[Base], ...] = (Account, Client, Phase, Assignment, ModuleRun, StepProgress, StepEntry)
AFTERWARDS: tuple[type[Base], ...] = (AccessEntry, *demo_own.TABLES, *TOLD)
ORDER = tuple(dict.fromkeys(BEFORE_TALKS + TALK_TABLES + AFTERWARDS))
"""What is referred to comes first."""
WEEKS_KNOWN = 12
VERBS = {StepState.DONE: "done", StepState.DOING: "save", StepState.STUCK: "stuck", StepState.SKIPPED: "skip"}
RUN_VERBS = {RunState.PAUSED: "pause", RunState.STOPPED: "stop"}

Rows = dict[type[Base], list[dict[str, Any]]]
Happened = tuple[datetime, Account | None, Event, str]
"""When, who (None: the client), and what a line of the access log says."""


@dataclass(frozen=True, slots=True)
class House:
    """One organisation of the demo, and what its clients' files are made with."""

    key: str
    organisation_id: UUID
    seed: int
    today: datetime
    password_hash: str
    sealer: Sealer
    library: Library
    trainings: Trainings
    teams: Mapping[str, UUID]
    counsellors: Mapping[str, Account]


def add_people(session: Session, house: House, some: Iterable[Person]) -> None:
    """Add the accounts and files of these clients; those who are there keep their files, and get the password."""
    wanted = {person.username: person for person in some}
    known = select(Account.username, Account.id).where(
        Account.organisation_id == house.organisation_id, Account.username.in_(wanted)
    )
    accounts: dict[str, UUID] = {row.username: row.id for row in session.execute(known)}
    filed = set(session.scalars(select(Client.account_id).where(Client.account_id.in_(accounts.values()))))
    session.execute(update(Account).where(Account.id.in_(accounts.values())).values(password_hash=house.password_hash))
    for account_id in accounts.values():
        end_all_sessions(session, account_id=account_id)
    rows: Rows = defaultdict(list)
    for username, person in wanted.items():
        account_id = accounts.get(username) or _account(rows, house, person)
        if account_id not in filed:
            _File(house, person, account_id, rows).write()
    for kind in ORDER:
        if rows[kind]:
            session.execute(insert(kind), rows[kind])


def _account(rows: Rows, house: House, person: Person) -> UUID:
    account_id = ids(house.seed, house.key, person.username, "account")()
    rows[Account].append(
        {
            "id": account_id,
            "organisation_id": house.organisation_id,
            "username": person.username,
            "role": Role.CLIENT.value,
            "password_hash": house.password_hash,
            "created_at": house.today - timedelta(weeks=WEEKS_KNOWN),
        }
    )
    return account_id


def _at_work(at: datetime, week: str) -> datetime:
    """Return a moment in somebody's working hours: no later than that day, and on one of the days of work."""
    while week[at.weekday()] != "1":
        at -= timedelta(days=1)
    return at.replace(hour=8 + at.hour % 8)


class _File:
    """The file of one client, in the making."""

    def __init__(self, house: House, person: Person, account_id: UUID, rows: Rows) -> None:
        self.house, self.person, self.account_id, self.rows = house, person, account_id, rows
        self.source: Random = chance("file", house.seed, house.key, person.number)
        self.known = house.today - timedelta(weeks=WEEKS_KNOWN)
        self.edge = Edge(self.known, ids(house.seed, house.key, person.username, "file"))
        self.client_id = self.edge.new_id()
        self.happened: list[Happened] = []
        self.line = self._empty_line()

    def _empty_line(self) -> dict[str, Any]:
        """Return what lists say of a client of whom nothing is known yet; every row has every column."""
        line: dict[str, Any] = {each.name: None for each in fields(Facts)}
        started = {"phase": PhaseKind.GUIDANCE.value, "phase_at": self.known, "created_at": self.known}
        return line | started | {"stuck": 0, "fresh": 0, "reference": "", "is_practice": False}

    def write(self) -> None:
        """Add every row of this file."""
        house = self.house
        counsellor = house.counsellors[self.person.counsellor]
        name = house.sealer.seal(self.person.name, Place("client", "name_sealed", self.client_id, house.organisation_id))
        client = {"team_id": house.teams[self.person.team], "account_id": self.account_id, "name_sealed": name}
        self.rows[Client].append({"id": self.client_id, "organisation_id": house.organisation_id, **client, **self.line})
        self._add(Phase, kind=PhaseKind.GUIDANCE.value, began_at=self.known)
        runs = story(self.person.number, house.trainings, self.source)
        for run in runs:
            self._run(run)
        if runs:
            self._looks_in(counsellor, max(run.began for run in runs), min(run.last for run in runs))
        self._talks(counsellor)
        if self.person.number == 1:
            making = demo_own.Making(self._add, self._moment, self.edge.new_id, self._note, counsellor.given_name)
            self.line |= demo_own.own_things(making, self.line)
        told = add_told(self._add, self.person.number, counsellor, house.trainings, Edge(house.today, self.edge.new_id))
        self.happened += [(at, counsellor, Event.CHANGE, what) for at, what in told]
        self._lines()
        self.rows[Client][-1] |= self.line
        facts = Facts(**{each.name: self.line[each.name] for each in fields(Facts)})
        self._add(Assignment, counsellor_id=counsellor.id, began_at=self.known, attention_at=attention_at(facts))

    def _talks(self, counsellor: Account) -> None:
        """Add the talks of this client, from a source of chance of their own: who was there before stays the same."""
        of = (self.house.seed, self.house.key, self.person.number)
        new_id, source = ids("talks", *of), chance("talks", *of)
        week = WEEKS[self.person.counsellor]
        told = talks_of(Whose(self.person.number, self.account_id, counsellor, week, self.house.today, new_id, source))
        for table, columns in told.rows:
            self._add(table, **columns)
        self.line |= told.line
        self.happened += told.happened

    def _run(self, run: Run) -> None:
        module = self.house.trainings.modules[run.module]
        steps = module.steps_in(self.house.trainings.country)
        span, pieces = run.began - run.last, max(1, len(run.steps) - 1)
        last = began = self._moment(run.began) - timedelta(hours=1)
        self._note(began, f"training {module.key}: start")
        for index, (step, state) in enumerate(zip(steps, run.steps, strict=False)):
            last = max(last + timedelta(minutes=9), self._moment(run.began - span * index // pieces))
            where = {"module_key": module.key, "step_key": step.key}
            self._progress(where, state, last)
            values = self.house.library.filled_in(module.key, step, last.date(), self.source)
            if values and has_entry(state, self.source):
                entry = Entry(1, {name: Field(value, 1) for name, value in values.items()}, {}, (str(self.edge.new_id()),))
                self._add(StepEntry, values_sealed=written(entry), revision=1, saved_at=last, **where)
            self._note(last, f"step {module.key} {step.key}: {VERBS[state]}")
        if run.state in RUN_VERBS:
            last += timedelta(minutes=12)
            self._note(last, f"training {module.key}: {RUN_VERBS[run.state]}")
        run_row = {"version": module.version, "state": run.state.value, "began_at": began, "changed_at": last}
        self._add(ModuleRun, module_key=module.key, **run_row)

    def _progress(self, where: Mapping[str, str], state: StepState, at: datetime) -> None:
        why = None
        if state is StepState.STUCK:
            self.line["stuck"] += 1
            self.line["stuck_at"] = min(at, self.line["stuck_at"] or at)
            why = written_why(Why(replace(self.source.choice(self.house.library.stuck), said_at=at)))
        said_at = None if state is StepState.DOING else at
        self._add(StepProgress, stuck_sealed=why, state=state.value, changed_at=at, said_at=said_at, **where)

    def _looks_in(self, counsellor: Account, began: int, last: int) -> None:
        """Let the counsellor look in about every ten days, and the client at the own page now and then."""
        for days in range(began, last - 1, -1):
            at = self._moment(days)
            if self.source.random() < 0.1 or days == last:
                self.happened.append((_at_work(at, WEEKS[self.person.counsellor]), counsellor, Event.READ, "client page"))
            if self.source.random() < 0.2:
                self.happened.append((at + timedelta(minutes=20), None, Event.READ, "my page"))

    def _lines(self) -> None:
        self.line["seen_at"] = max((at for at, who, *_rest in self.happened if who is None), default=None)
        client = (self.account_id, Role.CLIENT.value, "", "")
        lines = (
            Line(self.client_id, at, *((who.id, who.role, who.given_name, who.function) if who else client), event, what, "")
            for at, who, event, what in sorted(self.happened, key=lambda each: each[0])
        )
        for columns in chained(lines, self.house.sealer.log_digest):
            self._add(AccessEntry, **columns)

    def _note(self, at: datetime, what: str) -> None:
        self.happened.append((at, None, Event.CHANGE, what))

    def _moment(self, days_ago: int) -> datetime:
        """Return a moment of an ordinary day, never after today began."""
        return self.house.today - timedelta(days=max(1, days_ago)) + timedelta(minutes=self.source.randint(8 * 60, 19 * 60))

    def _add(self, table: type[Base], /, **columns: Any) -> UUID:
        """Add a row of this client, and return its id; what stands in a sealed column is sealed here."""
        row: dict[str, Any] = {
            "id": columns.pop("id", None) or self.edge.new_id(),
            "organisation_id": self.house.organisation_id,
            "client_id": self.client_id,
        }
        for name, text in columns.items():
            if name.endswith("_sealed") and text is not None:
                place = Place(table.__tablename__, name, row["id"], row["organisation_id"])
                row |= {name: self.house.sealer.seal(text, place)}
        self.rows[table].append(columns | row)
        row_id: UUID = row["id"]
        return row_id
