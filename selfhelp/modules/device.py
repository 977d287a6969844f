"""What a device keeps of a training, and what it sends when it is connected again. Form: docs/device.md."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from marshmallow import fields, validate

from selfhelp.core.fields import StrictSchema, Text, Whole, one_of
from selfhelp.modules.domain import STUCK_REASONS, Step, StepState
from selfhelp.modules.entries import Filled, all_names
from selfhelp.modules.merging import Change, Entry
from selfhelp.modules.working import ModuleNow

MOST_WORDS = 1_000
MOST_FIELDS = 200
STATES = [each.value for each in StepState if each is not StepState.TODO]
CHANGE_ID = validate.Regexp(r"[0-9a-f-]{36}\Z", error="must be a UUID")


class StuckSchema(StrictSchema):
    """Why a step does not work out yet."""

    reason = one_of(*STUCK_REASONS)
    words = fields.String(load_default="", validate=validate.Length(max=MOST_WORDS))


class SentSchema(StrictSchema):
    """A change of one step, as a device sends it: fields as [value, revision it was read from].

    A value is a text, a list for a checklist, and null for a field that was cleared.
    """

    id = Text(required=True, validate=CHANGE_ID)
    owner = fields.String(required=True, validate=validate.Length(max=32))
    values = fields.Dict(
        keys=fields.String(validate=validate.Length(max=120)),
        values=fields.Tuple((fields.Raw(allow_none=True), Whole(validate=validate.Range(min=0)))),
        load_default=dict,
        validate=validate.Length(max=MOST_FIELDS),
    )
    state = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(STATES))
    stuck = fields.Nested(StuckSchema, load_default=None, allow_none=True)


def as_fields(values: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return sent values as form fields, to be read by the one reader of forms."""
    return {
        name: [_text(each) for each in value] if isinstance(value, list) else ([] if value is None else [_text(value)])
        for name, (value, _base) in values.items()
    }


def _text(value: Any) -> str:
    # Half of a pair, as when an emoji is cut in two, is no text that could be kept.
    return str(value).encode("utf-8", "replace").decode("utf-8")


def sent_change(step: Step, sent: Mapping[str, Any], filled: Filled) -> Change:
    """Return what a device changed; a field that could not be read is left out, and stays on the device."""
    names = [name for name in all_names(step) if name in sent["values"] and name not in filled.faults]
    return Change(sent["id"], {name: (filled.values.get(name), sent["values"][name][1]) for name in names})


def whole_form(step: Step, filled: Filled, form: Mapping[str, str]) -> Change:
    """Return what a form without a script says: every field, and the revision that it was made from."""
    given = form.get("base", "")
    base = int(given) if given.isdecimal() and len(given) < 10 else 0
    values = {name: (filled.values.get(name), base) for name in all_names(step)}
    return Change(form.get("change", "")[:36] or str(uuid4()), values, is_whole=True)


def keepable(state: StepState, entry: Entry) -> dict[str, Any]:
    """Return what a device keeps of one step."""
    return {"state": state.value, "revision": entry.revision, "values": entry.values}


def keepable_module(mine: ModuleNow | None, entries: Mapping[str, Entry]) -> dict[str, Any]:
    """Return what a device keeps of one training: every step that was touched."""
    if mine is None:
        return {}
    kept = ((each.step.key, each.state, entries.get(each.step.key, Entry())) for each in mine.steps)
    return {key: keepable(state, entry) for key, state, entry in kept if state is not StepState.TODO or entry.revision}
