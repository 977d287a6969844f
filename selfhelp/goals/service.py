"""Goals: making one, its steps, where one stands, and what becomes of it. Never commits; the gate does."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from selfhelp.care.models import Client
from selfhelp.care.sharing import stop_sharing
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from selfhelp.core.sealing import Place, Sealer
from selfhelp.goals.domain import MOST_OPEN, MOST_STEPS, GoalState, GoalWords
from selfhelp.goals.errors import TooManyGoals, TooManySteps, WordsChanged
from selfhelp.goals.models import Goal, GoalPoint, GoalStep

KIND = "goal"
"""What a goal is called where things are shared."""


@dataclass(frozen=True, slots=True)
class StepNow:
    """A small step; `done_at` is None while it is open."""

    id: UUID
    words: str
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class PointNow:
    """Where somebody stood on a day; `together_with` as clients call the counsellor, empty for the client alone."""

    on: date
    number: int
    together_with: str


@dataclass(frozen=True, slots=True)
class GoalNow:
    """A goal with its steps in the order in which they came, and its points by day."""

    id: UUID
    text: GoalWords
    revision: int
    state: GoalState
    state_at: datetime
    made_at: datetime
    together_with: str
    steps: Sequence[StepNow]
    points: Sequence[PointNow]

    @property
    def done(self) -> int:
        """Return how many steps are done."""
        return sum(each.done_at is not None for each in self.steps)


def list_goals(session: Session, sealer: Sealer, client: Client) -> Sequence[GoalNow]:
    """Return all goals of a client, the oldest first. Three statements, however many there are."""
    return _goals(session, sealer, Goal.client_id == client.id)


def get_goal(session: Session, sealer: Sealer, client: Client, goal_id: UUID) -> GoalNow:
    """Return one goal of this client, or raise NotHere."""
    found = _goals(session, sealer, (Goal.client_id == client.id) & (Goal.id == goal_id))
    if not found:
        raise NotHere
    return found[0]


def get_row(session: Session, client: Client, goal_id: UUID) -> Goal:
    """Return one goal of this client, still sealed, or raise NotHere: no such goal, or somebody else's."""
    row = session.get(Goal, goal_id)
    if row is None or row.client_id != client.id:
        raise NotHere
    return row


def goal_words(sealer: Sealer, row: Goal) -> GoalWords:
    """Return a goal in words."""
    return GoalWords.read(sealer.open(row.words_sealed, _place(row, "words_sealed")))


def add_goal(
    session: Session, sealer: Sealer, client: Client, goal_id: UUID, text: GoalWords, *, together_with: str, edge: Edge
) -> bool:
    """Make a goal, and return whether it is new. `goal_id` is made by the form: the same again makes no second one.

    Raises:
        TooManyGoals: round one off, or let one go.
        WordsChanged: it is there, and was put in other words since.
        NotHere: the id is that of somebody else's goal.
    """
    if session.get(Goal, goal_id) is not None:
        change_words(session, sealer, client, goal_id, text, base=1)
        return False
    _check_room(session, client)
    row = Goal(
        id=goal_id,
        organisation_id=client.organisation_id,
        client_id=client.id,
        revision=0,
        state=GoalState.OPEN.value,
        state_at=edge.now,
        made_at=edge.now,
        together_with=together_with,
    )
    _set_words(sealer, row, text)
    session.add(row)
    session.flush()
    return True


def change_words(session: Session, sealer: Sealer, client: Client, goal_id: UUID, text: GoalWords, *, base: int) -> None:
    """Say a goal in other words. The same words again change nothing.

    Raises:
        WordsChanged: `base`, the wording that the form was made from, is not the newest any more.
    """
    row = get_row(session, client, goal_id)
    if goal_words(sealer, row) == text:
        return
    if row.revision != base:
        raise WordsChanged
    _set_words(sealer, row, text)
    session.flush()


def set_state(session: Session, client: Client, goal_id: UUID, state: GoalState, *, edge: Edge) -> None:
    """Say that a goal is reached, let go, or taken up again. Safe to repeat.

    Raises:
        TooManyGoals: as many are open as one can work on.
    """
    row = get_row(session, client, goal_id)
    if row.state == state:
        return
    if state is GoalState.OPEN:
        _check_room(session, client)
    row.state, row.state_at = state.value, edge.now
    session.flush()


def add_step(
    session: Session, sealer: Sealer, client: Client, goal_id: UUID, step_id: UUID, *, words: str, edge: Edge
) -> None:
    """Add a small step. The same id again changes nothing.

    Raises:
        TooManySteps: remove one first.
        NotHere: the goal, or the id, is somebody else's.
    """
    goal = get_row(session, client, goal_id)
    known = session.get(GoalStep, step_id)
    if known is not None:
        if known.goal_id != goal.id:
            raise NotHere
        return
    if (session.scalar(select(func.count()).select_from(GoalStep).where(GoalStep.goal_id == goal.id)) or 0) >= MOST_STEPS:
        raise TooManySteps
    row = GoalStep(id=step_id, organisation_id=goal.organisation_id, client_id=client.id, goal_id=goal.id, made_at=edge.now)
    row.words_sealed = sealer.seal(words, _place(row, "words_sealed"))
    session.add(row)
    session.flush()


def set_step(session: Session, client: Client, goal_id: UUID, step_id: UUID, *, is_done: bool, edge: Edge) -> None:
    """Say that a step is done, or open again. Safe to repeat: the first moment counts."""
    row = _get_step(session, client, goal_id, step_id)
    row.done_at = (row.done_at or edge.now) if is_done else None
    session.flush()


def remove_step(session: Session, client: Client, goal_id: UUID, step_id: UUID) -> None:
    """Remove a step."""
    session.delete(_get_step(session, client, goal_id, step_id))
    session.flush()


def set_point(
    session: Session,
    sealer: Sealer,
    client: Client,
    goal_id: UUID,
    number: int,
    *,
    today: date,
    together_with: str,
    edge: Edge,
) -> None:
    """Say where somebody stands today; the last number of a day counts."""
    goal = get_row(session, client, goal_id)
    row = session.scalar(select(GoalPoint).where(GoalPoint.goal_id == goal.id, GoalPoint.on == today))
    if row is None:
        row = GoalPoint(id=edge.new_id(), organisation_id=goal.organisation_id, client_id=client.id, goal_id=goal.id)
        row.on = today
        session.add(row)
    row.number_sealed, row.together_with = sealer.seal(str(number), _place(row, "number_sealed")), together_with
    session.flush()


def remove_goal(session: Session, client: Client, goal_id: UUID) -> None:
    """Remove a goal with all that belongs to it, and with it whatever was shared of it."""
    row = get_row(session, client, goal_id)
    stop_sharing(session, client, KIND, row.id)
    for part in (GoalPoint, GoalStep):
        session.execute(delete(part).where(part.goal_id == row.id))
    session.delete(row)
    session.flush()


def _goals(session: Session, sealer: Sealer, wanted: ColumnElement[bool]) -> Sequence[GoalNow]:
    rows = session.scalars(select(Goal).where(wanted).order_by(Goal.made_at, Goal.id)).all()
    mine = [row.id for row in rows]
    steps, points = defaultdict(list), defaultdict(list)
    ordered = select(GoalStep).where(GoalStep.goal_id.in_(mine)).order_by(GoalStep.made_at, GoalStep.id)
    for step in session.scalars(ordered) if mine else ():
        words = sealer.open(step.words_sealed, _place(step, "words_sealed"))
        steps[step.goal_id].append(StepNow(step.id, words, step.done_at))
    by_day = select(GoalPoint).where(GoalPoint.goal_id.in_(mine)).order_by(GoalPoint.on)
    for point in session.scalars(by_day) if mine else ():
        number = int(sealer.open(point.number_sealed, _place(point, "number_sealed")))
        points[point.goal_id].append(PointNow(point.on, number, point.together_with))
    return [
        GoalNow(
            row.id,
            goal_words(sealer, row),
            row.revision,
            GoalState(row.state),
            row.state_at,
            row.made_at,
            row.together_with,
            steps[row.id],
            points[row.id],
        )
        for row in rows
    ]


def _get_step(session: Session, client: Client, goal_id: UUID, step_id: UUID) -> GoalStep:
    row = session.get(GoalStep, step_id)
    if row is None or row.client_id != client.id or row.goal_id != goal_id:
        raise NotHere
    return row


def _check_room(session: Session, client: Client) -> None:
    still_open = (Goal.client_id == client.id) & (Goal.state == GoalState.OPEN.value)
    if (session.scalar(select(func.count()).select_from(Goal).where(still_open)) or 0) >= MOST_OPEN:
        raise TooManyGoals


def _set_words(sealer: Sealer, row: Goal, text: GoalWords) -> None:
    row.words_sealed = sealer.seal(text.written, _place(row, "words_sealed"))
    row.revision += 1


def _place(row: Goal | GoalStep | GoalPoint, column: str) -> Place:
    return Place(row.__tablename__, column, row.id, row.organisation_id)
