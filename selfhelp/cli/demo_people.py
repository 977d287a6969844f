"""Who the clients of the demo are: by number, and the same for a seed. Nobody of them exists."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from uuid import UUID

from selfhelp.care.who_helps import EVERY_WEEK

CLIENT_NAMES = (
    "Samira", "Jef", "Nadia", "Willy", "Els", "Mohamed", "Greet", "Dirk", "Fatma", "Luc",
    "Ann", "Koen", "Ilse", "Patrick", "Leila", "Marc", "Rita", "Tom", "Zoë", "Hassan",
)  # fmt: skip
"""The first clients: the same in every demo, whatever the seed."""

WEEKS: Mapping[str, str] = {
    "counsellor1": "1101000",
    "counsellor2": EVERY_WEEK,
    "counsellor3": EVERY_WEEK,
    "counsellor4": EVERY_WEEK,
}
"""On which days each counsellor works, from Monday on. Mieke works 60 %."""

SHARES: Mapping[str, float] = {username: days.count("1") / 5 for username, days in WEEKS.items()}
"""How full a caseload each counsellor has: of three days of five, 60 % of a full one."""

FIRST_CASELOADS = ("counsellor1", "counsellor2", "counsellor3", "counsellor4", "counsellor1")
"""Samira and Els are Mieke's, however many there are."""

TEAMS = NORTH, SOUTH = ("Team Noord", "Team Zuid")
MEMBERS: Mapping[str, tuple[str, ...]] = {
    "counsellor1": (NORTH,),
    "counsellor2": (SOUTH,),
    "counsellor3": (NORTH,),
    "counsellor4": (SOUTH,),
    "trainee1": (NORTH,),
    "coordinator": (NORTH, SOUTH),
}
"""In which of the teams somebody works; a client belongs to the team of the counsellor."""
INITIALS = "ABCDEFGHIJKLMNOPRSTVWYZ"


@dataclass(frozen=True, slots=True)
class Person:
    """A client of the demo, the first is number 1."""

    number: int
    name: str
    counsellor: str
    team: str

    @property
    def username(self) -> str:
        """Return what the client logs in with."""
        return f"client{self.number}"


def chance(*of: object) -> Random:
    """Return a source of chance that depends on nothing but what is named: the same in every run."""
    return Random("|".join(map(str, of)))  # noqa: S311  # fiction, no secret


def ids(*of: object) -> Callable[[], UUID]:
    """Return a source of ids that depends on nothing but what is named."""
    source = chance("ids", *of)
    return lambda: UUID(int=source.getrandbits(128), version=4)


def people(clients: int, names: Sequence[str], *of: object) -> list[Person]:
    """Return the clients of an organisation; with more of them, the first stay who they were."""
    spread = enumerate(caseloads(clients), 1)
    return [Person(number, _name(number, names, *of), each, MEMBERS[each][0]) for number, each in spread]


def caseloads(clients: int) -> list[str]:
    """Return the counsellor of each client: after the first ones, always whoever has most room left."""
    found = list(FIRST_CASELOADS[:clients])
    loads = {each: found.count(each) for each in SHARES}
    while len(found) < clients:
        freest = min(SHARES, key=lambda each: (loads[each] + 0.5) / SHARES[each])
        loads[freest] += 1
        found.append(freest)
    return found


def _name(number: int, names: Sequence[str], *of: object) -> str:
    if number <= len(CLIENT_NAMES):
        return CLIENT_NAMES[number - 1]
    source = chance("name", *of, number)
    return f"{source.choice(names)} {source.choice(INITIALS)}."
