"""Where a device sends what was filled in: field by field, at once or when the network is back, as often as it needs to."""

from typing import Any

from flask import Blueprint, g
from flask_wtf.csrf import generate_csrf  # type: ignore[import-untyped]
from marshmallow import ValidationError

from selfhelp.accounts.devices import is_for, owner_on_device
from selfhelp.accounts.domain import Actor, Role
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.modules.device import SentSchema, as_fields, keepable, sent_change, sent_state
from selfhelp.modules.domain import Module, Step
from selfhelp.modules.entries import read_form
from selfhelp.modules.merging import SaidOtherwise
from selfhelp.modules.saying import moment_said
from selfhelp.modules.service import Trainings
from selfhelp.modules.working import Desk
from selfhelp.web.access import allow
from selfhelp.web.json_body import json_body
from selfhelp.web.rendering import words_of_request
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site

blueprint = Blueprint("device", __name__, url_prefix="/my")

_SENT = SentSchema()

Answer = dict[str, Any] | tuple[dict[str, Any], int]


@blueprint.get("/device.json")
@allow(Role.CLIENT)
def device() -> dict[str, str]:
    """Tell a page that was kept on the device whose work may be sent now, and give it a form token."""
    return {"owner": owner_on_device(_actor()), "token": generate_csrf()}


@blueprint.post("/trainings/<key:key>/<key:step_key>/work")
@allow(Role.CLIENT)
def work(key: str, step_key: str) -> Answer:
    """Take one change of a step. What cannot be read is named, and the rest is kept."""
    found, one = current_site().part(Trainings).get_step(key, step_key)
    try:
        sent: dict[str, Any] = _SENT.load(json_body())
        if not is_for(_actor(), sent["owner"]):
            return {"refused": ["owner"]}, 409
        return _take(found, one, sent)
    except ValidationError as error:
        return {"refused": sorted(map(str, error.messages_dict))}, 400
    except SaidOtherwise:
        return {"refused": ["id"]}, 422


def _take(module: Module, step: Step, sent: dict[str, Any]) -> Answer:
    filled = read_form(step, as_fields(sent["values"]))
    with opened(_actor(), None, Event.CHANGE, f"step {module.key} {step.key}") as file:
        desk, at = Desk(file.session, sealer(), file.client, file.edge), moment_said(file.edge.now, sent["ago"])
        now = desk.take(module, step, sent_change(step, sent, filled), sent_state(sent, at), at=at)
    faults = {name: words_of_request()(fault) for name, fault in filled.faults.items()}
    return keepable(now.state, now.entry, now.why) | {"faults": faults}


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
