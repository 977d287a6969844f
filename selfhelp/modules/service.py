"""The trainings that an organisation offers."""

from collections.abc import Mapping
from dataclasses import dataclass

from selfhelp.core.errors import NotHere
from selfhelp.modules.domain import Fact, Module, Step


@dataclass(frozen=True, slots=True)
class Trainings:
    """The trainings of one organisation, in its country."""

    modules: Mapping[str, Module]
    facts: Mapping[str, Fact]
    country: str

    def get(self, key: str) -> Module:
        """Return a training, or raise NotHere."""
        try:
            return self.modules[key]
        except KeyError:
            raise NotHere(key) from None

    def get_step(self, key: str, step_key: str) -> tuple[Module, Step]:
        """Return a training and one of its steps in this country, or raise NotHere."""
        module = self.get(key)
        step = next((each for each in module.steps_in(self.country) if each.key == step_key), None)
        if step is None:
            raise NotHere(step_key)
        return module, step

    def offers(self, where: tuple[str, str]) -> bool:
        """Whether a step (training and step) is offered in this country."""
        module = self.modules.get(where[0])
        return module is not None and any(each.key == where[1] for each in module.steps_in(self.country))

    def neighbours(self, module: Module, step: Step) -> tuple[Step | None, Step | None]:
        """Return the steps before and after one, in this country."""
        steps = module.steps_in(self.country)
        at = steps.index(step)
        return (steps[at - 1] if at else None, steps[at + 1] if at + 1 < len(steps) else None)
