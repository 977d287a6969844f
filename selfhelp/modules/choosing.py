"""Choosing, in a talk, what becomes of a step that does not work out."""

from sqlalchemy import select

from selfhelp.accounts.domain import Actor
from selfhelp.core.errors import SelfhelpError
from selfhelp.modules.choices import Chosen, chosen, place
from selfhelp.modules.domain import Choice, Module, RunState, Step, StepState
from selfhelp.modules.models import StepChoice
from selfhelp.modules.working import Desk

LONGEST = 300

STATE_AFTER = {
    Choice.TOGETHER: StepState.DOING,
    Choice.SMALLER: StepState.DOING,
    Choice.OTHER_HELP: StepState.DOING,
    Choice.NOT_NEEDED: StepState.SKIPPED,
    Choice.STOP: StepState.TODO,
}


class NotStuckAnyMore(SelfhelpError):
    """The client went on with a step meanwhile: there is nothing left to choose."""

    def __init__(self, where: tuple[str, str]) -> None:
        """Keep which step, by the keys of training and step."""
        super().__init__()
        self.where = where


def choose(desk: Desk, actor: Actor, module: Module, step: Step, picked: Chosen) -> None:
    """Keep what was chosen, and let the step wait no longer. In the same talk it may be chosen anew; the same again is none.

    Raises:
        NotStuckAnyMore: the step does not wait for a talk any more, and not because of this one.
    """
    before = _open_choice(desk, module, step)
    known = chosen(desk.sealer, before)
    if known == picked:
        return
    is_stuck = desk.look(module, step).state is StepState.STUCK
    if not is_stuck and (known is None or known.talk_id != picked.talk_id):
        raise NotStuckAnyMore((module.key, step.key))
    if before is not None:
        before.ended_at = desk.edge.now
        desk.session.flush()
    _keep(desk, actor, module, step, picked)
    desk.set_state(module, step, STATE_AFTER[picked.choice])
    if picked.choice is Choice.STOP:
        desk.set_run(module, RunState.STOPPED)


def _keep(desk: Desk, actor: Actor, module: Module, step: Step, picked: Chosen) -> None:
    row = StepChoice(
        id=desk.edge.new_id(),
        organisation_id=desk.client.organisation_id,
        client_id=desk.client.id,
        appointment_id=picked.talk_id,
        module_key=module.key,
        step_key=step.key,
        choice=picked.choice.value,
        on=picked.on,
        by_id=actor.account_id,
        chosen_at=desk.edge.now,
    )
    row.words_sealed = desk.sealer.seal(picked.words, place(row)) if picked.words else None
    desk.session.add(row)
    desk.session.flush()


def _open_choice(desk: Desk, module: Module, step: Step) -> StepChoice | None:
    mine = (StepChoice.client_id == desk.client.id, StepChoice.module_key == module.key, StepChoice.step_key == step.key)
    return desk.session.scalar(select(StepChoice).where(*mine, StepChoice.ended_at.is_(None)))
