"""What Samira keeps in her file beside her training: a goal, a diary, and a map of the people around her."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from selfhelp.care.models import Share
from selfhelp.core.db import Base
from selfhelp.diary.domain import Content
from selfhelp.diary.models import DiaryEntry
from selfhelp.goals.domain import GoalState, GoalWords
from selfhelp.goals.models import Goal, GoalPoint, GoalStep
from selfhelp.network.domain import Person, free_angle, written
from selfhelp.network.models import NetworkMap

TABLES: tuple[type[Base], ...] = (Goal, GoalStep, GoalPoint, DiaryEntry, NetworkMap, Share)
"""What is referred to comes first."""

GOAL = GoalWords("Ik wil mijn post zelf open durven doen.", "ik laat alle brieven dicht", "ik open elke brief dezelfde dag")
STEPS = (("Elke dinsdag de brievenbus leegmaken", True), ("Eén brief openen, samen met mijn zus", False))
POINTS = ((17, 2), (10, 3), (3, 5))
"""How many days ago, and where she stood then."""
DIARY = (
    (9, "heavy", "Weer een brief van de energie. Ik heb hem in de zak gestoken en ben gaan wandelen met Ilyas."),
    (2, "so_so", "Mijn zus was hier. We hebben drie brieven geopend. Twee waren oud. Dat viel mee."),
)
SHARED_ENTRY = 1
"""Which entry she shares: the second."""
NETWORK = (
    ("Ilyas", "family", "near", ("together",)),
    ("Amina, mijn zus", "family", "near", ("talk", "practical")),
    ("Fatma", "friends", "middle", ("talk", "together")),
    ("Buurvrouw Greta", "neighbours", "middle", ("practical",)),
    ("Mieke", "help", "middle", ("talk", "practical")),
    ("School van Ilyas", "work", "far", ()),
    ("Karim", "family", "far", ("money", "hard")),
)


@dataclass(frozen=True, slots=True)
class Making:
    """How rows of one client are added: `add` seals and returns the id, `moment` is one of some days ago."""

    add: Callable[..., UUID]
    moment: Callable[[int], datetime]
    new_id: Callable[[], UUID]
    note: Callable[[datetime, str], None]
    counsellor: str


def own_things(making: Making, line: Mapping[str, Any]) -> dict[str, Any]:
    """Add the goal, the diary and the map; return what they change on the client's line."""
    _goal(making)
    shared_at = _diary(making)
    people: list[Person] = []
    for name, kind, ring, supports in NETWORK:
        people.append(Person(making.new_id(), name, kind, ring, free_angle(people, ring), supports))
    drawn_at = making.moment(6)
    making.add(NetworkMap, people_sealed=written(people), changed_at=drawn_at, together_with="")
    making.note(drawn_at, "network map")
    return {"fresh": line["fresh"] + 1, "fresh_at": min(shared_at, line["fresh_at"] or shared_at)}


def _goal(making: Making) -> None:
    made_at = making.moment(POINTS[0][0])
    state = {"state": GoalState.OPEN.value, "state_at": made_at, "made_at": made_at}
    goal_id = making.add(Goal, words_sealed=GOAL.written, revision=1, together_with=making.counsellor, **state)
    making.add(Share, kind="goal", item_id=goal_id, shared_at=made_at, until=None)
    for number, (words, is_done) in enumerate(STEPS):
        step = {"words_sealed": words, "made_at": made_at + timedelta(minutes=number)}
        making.add(GoalStep, goal_id=goal_id, done_at=making.moment(POINTS[-1][0]) if is_done else None, **step)
    for days, number in POINTS:
        hand = making.counsellor if days == POINTS[0][0] else ""
        on = making.moment(days).date()
        making.add(GoalPoint, goal_id=goal_id, on=on, number_sealed=str(number), together_with=hand)


def _diary(making: Making) -> datetime:
    """Write the diary, and return when an entry of it was shared."""
    shared_at = making.moment(1)
    for number, (days, mood, text) in enumerate(DIARY):
        at = making.moment(days)
        stamps = {"on": at.date(), "written_at": at, "changed_at": at, "revision": 1}
        entry_id = making.add(DiaryEntry, content_sealed=Content(text, mood).written, **stamps)
        making.note(at, "diary")
        if number == SHARED_ENTRY:
            shared_at = at + timedelta(minutes=4)
            making.add(Share, kind="diary", item_id=entry_id, shared_at=shared_at, until=None, fresh=1, fresh_at=shared_at)
    return shared_at
