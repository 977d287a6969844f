"""The form by which a path is agreed on: what it says, and what is wrong with it. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from selfhelp.core.i18n import mark
from selfhelp.modules.path import Path, Wanted
from selfhelp.modules.service import Trainings

LONGEST_WORDS = 500
LAST = 100
"""Where a step stands that has no number."""
_NUMBER = re.compile("[1-9][0-9]?")
NO_DATE = mark("Write the date as day, month and year.")
PAST = mark("Choose a day that is still to come, or leave it open.")
TOO_LONG = mark("This text is too long. Could you say it shorter, or in two parts?")
NO_NUMBER = mark("Write the order in numbers: 1, 2, 3.")


@dataclass(frozen=True, slots=True)
class PathForm:
    """The form as it is shown: ticked steps (`training/step`) with their numbers as typed, and faults by field.

    `wanted` is what it says, where it could be read.
    """

    ticked: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    numbers: Mapping[str, str] = field(default_factory=dict)
    target: str = ""
    words: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)
    wanted: Wanted = field(default_factory=Wanted)


def form_of(path: Path, next_at: datetime | None, zone: ZoneInfo, today: date) -> PathForm:
    """Return the form for what is agreed on now. A target that is over gives way to the day of the next talk."""
    next_on = next_at.astimezone(zone).date() if next_at else None
    target = next((each for each in (path.target_on, next_on) if each and each >= today), None)
    addresses = ["/".join(where) for where in path.steps]
    return PathForm(
        ticked=frozenset(addresses),
        numbers={address: str(number) for number, address in enumerate(addresses, 1)},
        target=target.isoformat() if target else "",
        words=path.words,
    )


def read_path_form(form: Mapping[str, Sequence[str]], trainings: Trainings, today: date) -> PathForm:
    """Read a form; a step that is not offered here is passed over. What has no number comes last."""
    ticked, whole = frozenset(form.get("step", ())), frozenset(form.get("whole", ()))
    numbers = {name.removeprefix("at-"): given[0].strip() for name, given in form.items() if name.startswith("at-")}
    target, words = (next(iter(form.get(name, ())), "").strip() for name in ("target", "words"))
    faults, places = {}, {}
    target_on, fault = _day(target, today)
    if fault:
        faults["target"] = fault
    if len(words) > LONGEST_WORDS:
        faults["words"] = TOO_LONG
    chosen = [
        where
        for module in trainings.modules.values()
        for where in ((module.key, step.key) for step in module.steps_in(trainings.country))
        if module.key in whole or "/".join(where) in ticked
    ]
    for where in chosen:
        typed = numbers.get("/".join(where), "")
        places[where] = int(typed) if _NUMBER.fullmatch(typed) else LAST
        if typed and places[where] == LAST:
            faults[f"at-{'/'.join(where)}"] = NO_NUMBER
    wanted = Wanted(tuple(sorted(chosen, key=lambda where: places[where])), target_on, words)
    return PathForm(ticked, whole, numbers, target, words, faults, wanted)


def _day(given: str, today: date) -> tuple[date | None, str | None]:
    if not given:
        return None, None
    try:
        found = date.fromisoformat(given)
    except ValueError:
        return None, NO_DATE
    return (found, None) if found >= today else (None, PAST)
