"""The *oefencliënt*: a client who does not exist, one for each counsellor, with some work in the file to practise on.

Nobody is hurt by a slip in it. It counts in no figure, no colleague can open it, and with a card one can log in as this
client and see what clients see. It is made when somebody who works with clients comes into a team.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from selfhelp.accounts.models import Account
from selfhelp.appointments.domain import Meeting
from selfhelp.appointments.planning import plan
from selfhelp.care.lines import set_line
from selfhelp.care.models import Client, Team
from selfhelp.care.service import add_client, assign
from selfhelp.care.sharing import share
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.core.sealing import Sealer
from selfhelp.modules.domain import Module, Step, StepState
from selfhelp.modules.merging import Change
from selfhelp.modules.saying import Stuck
from selfhelp.modules.service import Trainings
from selfhelp.modules.working import Desk

NAME = mark("Practice client")
_FILLED_IN = mark("In the blue box on the cupboard")
_STUCK = mark("I put the letter away again. I do not understand what they want.")
_STATES = (StepState.DONE, StepState.DOING, StepState.STUCK)
TALK_AT = time(10, 0)
NEXT_TALK = timedelta(days=2)
"""How long after it is made a practice client comes by for the first time."""

Say = Callable[[str], str]
"""Says a marked message in somebody's language."""


def practice_id(account_id: UUID) -> UUID:
    """Return the id of the practice client of somebody: always the same, so that there is one."""
    return uuid5(account_id, "practice client")


@dataclass(frozen=True, slots=True)
class Scenery:
    """What a practice client is made with: the trainings, the language, and where and when the next talk is."""

    trainings: Trainings
    say: Say
    zone: ZoneInfo
    next_on: date


def ensure_practice(
    session: Session, sealer: Sealer, team: Team, account: Account, scenery: Scenery, *, edge: Edge
) -> tuple[Client, bool]:
    """Return the practice client of somebody who works with clients, made or brought along into this team; True if new."""
    session.get(Account, account.id, with_for_update=True)  # two taps at once make one
    client = session.get(Client, practice_id(account.id))
    is_new = client is None
    if client is None:
        practice = practice_id(account.id)
        client = add_client(session, sealer, team, name=scenery.say(NAME), account_id=None, edge=edge, client_id=practice)
        client.is_practice = True
        session.flush()
    client.team_id = team.id
    assign(session, client, account.id, edge=edge)
    if is_new:
        _fill(Desk(session, sealer, client, edge), account, scenery)
    return client, is_new


def _fill(desk: Desk, account: Account, scenery: Scenery) -> None:
    """Put some work into the file: a step that is done and shared, one begun, one that does not work out, and a talk."""
    edge, client, say = desk.edge, desk.client, scenery.say
    module = next(iter(scenery.trainings.modules.values()), None)
    if module is not None:
        steps = module.steps_in(scenery.trainings.country)
        for step, state in zip(steps, _STATES, strict=False):
            entry_id = _fill_in(desk, module, step, say)
            desk.set_state(module, step, state, Stuck("unclear", say(_STUCK)) if state is StepState.STUCK else None)
            if state is StepState.DONE and entry_id:
                share(desk.session, client, "step", entry_id, until=None, edge=edge)
        set_line(desk.session, client, fresh=1, fresh_at=edge.now, seen_at=edge.now)
    meeting = Meeting(datetime.combine(scenery.next_on, TALK_AT, scenery.zone), "visit", "")
    plan(desk.session, desk.sealer, client, account.id, meeting, edge=edge, talk_id=edge.new_id())


def _fill_in(desk: Desk, module: Module, step: Step, say: Say) -> UUID | None:
    """Fill in the fields of a step that take words; return the id of its entry, if it has one."""
    fields = [each.id for each in step.exercises if each.kind in {"short", "long"}]
    if fields:
        values = {name: (say(_FILLED_IN), 0) for name in fields}
        desk.take(module, step, Change(str(desk.edge.new_id()), values, is_whole=False))
    return desk.look(module, step).entry_id
