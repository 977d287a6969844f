"""What a device keeps of a training, and what it sends when it is connected again. Form: docs/device.md."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4, uuid5

from marshmallow import fields, validate

from selfhelp.core.fields import StrictSchema, Text, Whole, one_of
from selfhelp.modules.domain import STUCK_REASONS, Step, StepState
from selfhelp.modules.entries import Filled, all_names
from selfhelp.modules.merging import Change, Entry
from selfhelp.modules.overview import ModuleNow
from selfhelp.modules.saying import Said, Stuck, Why

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

    A value is a text, a list for a checklist, and null for a field that was cleared. `ago` is how many seconds ago the state
    was said, or without one the newest field typed: a device's clock may be wrong, its counting is not. `seen` is the newest
    moment of the reasons that the device knew of, as this server gave it.
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
    seen = fields.AwareDateTime(format="iso", load_default=None, allow_none=True)
    ago = Whole(load_default=0, validate=validate.Range(min=0))


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
    values = {name: (filled.values.get(name), sent["values"][name][1]) for name in names}
    return Change(sent["id"], values, digest=_digest([sent["values"], sent["state"], sent["stuck"]]))


def sent_state(sent: Mapping[str, Any], at: datetime) -> Said | None:
    """Return how far somebody said to be on a device, if they did."""
    if not sent["state"]:
        return None
    state = StepState(sent["state"])
    why = sent["stuck"] or {"reason": "other", "words": ""}
    return Said(state, at, Stuck(why["reason"], why["words"].strip()) if state is StepState.STUCK else None, sent["seen"])


def whole_form(step: Step, filled: Filled, form: Mapping[str, str]) -> Change:
    """Return what a form without a script says: every field, and the revision that it was made from.

    The form's id and what is in it make the id of the change: sent twice it counts once, and who goes back, changes
    something and sends the same form again is heard too.
    """
    given = form.get("base", "")
    base = int(given) if given.isdecimal() and len(given) < 10 else 0
    values = {name: (filled.values.get(name), base) for name in all_names(step)}
    return Change(str(uuid5(_form_id(form), _digest(filled.values))), values, is_whole=True)


def seen_on_form(form: Mapping[str, str]) -> datetime | None:
    """Return of when the newest reason was that stood on a form."""
    try:
        found = datetime.fromisoformat(form.get("seen", ""))
    except ValueError:
        return None
    return found if found.tzinfo else None


def _form_id(form: Mapping[str, str]) -> UUID:
    try:
        return UUID(form.get("change", ""))
    except ValueError:
        return uuid4()


def _digest(told: Any) -> str:
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def keepable(state: StepState, entry: Entry, why: Why) -> dict[str, Any]:
    """Return what a device keeps of one step.

    It shows the reason that counts. Where others stand beside it, it gets no mark of having shown all of them.
    """
    stuck = why.stuck
    told: dict[str, Any] = {"state": state.value, "revision": entry.revision, "values": entry.values}
    told |= {"others": list(entry.others), "stuck": stuck and {"reason": stuck.reason, "words": stuck.words}}
    return told | {"seen": stuck.said_at.isoformat() if stuck and stuck.said_at and not why.earlier else None}


def keepable_module(
    mine: ModuleNow | None, entries: Mapping[str, Entry], shared: Collection[str] = ()
) -> dict[str, dict[str, Any]]:
    """Return what a device keeps of one training: every step that was touched, and which of them are shared."""
    kept = {}
    for each in mine.steps if mine else ():
        key, entry = each.step.key, entries.get(each.step.key, Entry())
        if each.state is not StepState.TODO or entry.revision:
            kept[key] = keepable(each.state, entry, each.why) | {"shared": key in shared}
    return kept
