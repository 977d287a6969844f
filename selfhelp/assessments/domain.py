"""Read a posted self-test, and decide which passages its outcome shows. Pure; the twin is `static/js/assessments/`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from selfhelp.instruments.domain.reading import read_code, read_context
from selfhelp.instruments.domain.scoring import Outcome, Responses
from selfhelp.instruments.domain.specification import UNCLEAR, Specification
from selfhelp.instruments.errors import UnusableAnswer

PARTIAL = "partial"
"""The field by which a person says: go on without the answers I left open."""


class AskedState(StrEnum):
    """What became of a self-test that a counsellor asked for; `TAKEN_BACK` is the counsellor's own change of mind."""

    ASKED = "asked"
    FILLED_IN = "filled_in"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Reading:
    """A posted form, read. `kept` is what to show again; `faults` names fields that could not be read."""

    responses: Responses
    context: Mapping[str, str]
    kept: Mapping[str, str]
    unanswered: tuple[str, ...]
    faults: tuple[str, ...]
    partial: bool

    @property
    def can_be_scored(self) -> bool:
        """Whether every field made sense, and nothing is open that the person did not choose to leave open."""
        return not self.faults and (not self.unanswered or (self.partial and bool(self.kept)))


def read_form(specification: Specification, fields: Iterable[tuple[str, str]]) -> Reading:
    """Read form fields in the order they came; a field given twice, unknown or outside its codes is a fault."""
    known = {item.id: item for item in specification.items}
    responses: dict[str, int] = {}
    kept: dict[str, str] = {}
    context: dict[str, str] = {}
    faults: list[str] = []
    seen: set[str] = set()
    for name, value in fields:
        if name in seen:
            faults.append(name)
            kept.pop(name, None)
            responses.pop(name, None)
            continue
        seen.add(name)
        try:
            if name in known:
                code = read_code(known[name], value)
                kept[name] = value
                if code is not None:
                    responses[name] = code
            elif name != PARTIAL:
                context |= read_context(specification, [f"{name}={value}"])
                kept[name] = value
        except UnusableAnswer:
            faults.append(name)
    open_items = tuple(item for item in known if item not in kept and item not in faults)
    skipped = _skipped(specification, responses)
    return Reading(
        responses=responses,
        context=context,
        kept=kept,
        unanswered=tuple(item for item in open_items if item not in skipped),
        faults=tuple(dict.fromkeys(faults)),
        partial=PARTIAL in seen,
    )


def _skipped(specification: Specification, responses: Responses) -> frozenset[str]:
    skipped: frozenset[str] = frozenset()
    for rule in specification.skip:
        if all(item in responses for item in rule.items) and sum(responses[item] for item in rule.items) == rule.equals:
            skipped |= rule.skip
    return skipped


def passages(outcome: Outcome, *, bands_shown: bool) -> frozenset[str]:
    """Return the keys of the passages that this outcome shows; see `docs/device.md` for what each means."""
    keys: set[str] = set()
    for scale_id, scale in outcome.scales.items():
        if scale.score is None:
            keys.add(f"{scale_id}:-")
        elif scale.band is not None and bands_shown:
            keys.add(f"{scale_id}:{scale.band}")
        else:
            keys.add(f"{scale_id}:*")
    for flag_id, raised in outcome.flags.items():
        keys.add(f"flag:{flag_id}:{'null' if raised is None else str(raised).lower()}")
    if outcome.help is not False:
        keys.add("help" if outcome.help else "help-unknown")
    if any(scale.missing for scale in outcome.scales.values()):
        keys.add("unanswered")
    return frozenset(keys)


def option_codes(specification: Specification, item_id: str) -> list[int | str]:
    """Return what the form offers for an item, in the order shown."""
    item = specification.item(item_id)
    return [*item.codes, *([UNCLEAR] if item.has_unclear else [])]
