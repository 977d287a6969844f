"""A client's own work on the trainings: the same steps, kept sealed, with and without JavaScript."""

from dataclasses import replace
from datetime import date

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import Actor, Role
from selfhelp.care.domain import Event
from selfhelp.care.gate import Opened, opened
from selfhelp.care.service import list_counsellors
from selfhelp.care.sharing import find_sharing
from selfhelp.modules.device import MOST_WORDS, seen_on_form, whole_form
from selfhelp.modules.domain import STUCK_REASONS, Module, RunState, Step, StepState
from selfhelp.modules.entries import Filled, one_line_ends, read_form
from selfhelp.modules.feedback import list_feedback
from selfhelp.modules.feedback_routes import note_read
from selfhelp.modules.overview import entries_of, modules_now, shared_entries
from selfhelp.modules.own_pages import Around, Written, own_module_page, own_step_page, stuck_page
from selfhelp.modules.path import find_path
from selfhelp.modules.photos import own_photos
from selfhelp.modules.saying import Said, Stuck
from selfhelp.modules.service import Trainings
from selfhelp.modules.working import Desk, Looked
from selfhelp.offer.domain.opening import local_day
from selfhelp.web.access import allow
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site

blueprint = Blueprint("own_modules", __name__, url_prefix="/my/trainings")
RUNS = {"start": RunState.ACTIVE, "pause": RunState.PAUSED, "stop": RunState.STOPPED}
STATES = {"done": StepState.DONE, "skip": StepState.SKIPPED, "again": StepState.DOING}


@blueprint.get("/<key:key>")
@allow(Role.CLIENT)
def module(key: str) -> str:
    """Show one training with how far one is, one thing to do first, and pause and stop."""
    found = (trainings := current_site().part(Trainings)).get(key)
    with opened(_actor(), None, Event.READ, f"training {key}") as file:
        known = modules_now(file.session, sealer(), file.client, trainings)
        written = Written(
            entries_of(file.session, sealer(), file.client, found),
            shared_entries(file.session, file.client, found, _today()),
        )
        helpers = list_counsellors(file.session, file.client.id, file.edge.now)
        path = find_path(file.session, sealer(), file.client)
    return own_module_page(found, known, written, helpers, path)


@blueprint.post("/<key:key>/<any(start, pause, stop):verb>")
@allow(Role.CLIENT)
def run(key: str, verb: str) -> Response:
    """Begin a training, let it rest, or stop it."""
    found = current_site().part(Trainings).get(key)
    with opened(_actor(), None, Event.CHANGE, f"training {key}: {verb}") as file:
        _desk(file).set_run(found, RUNS[verb])
    return go_to(f"/my/trainings/{key}")


@blueprint.get("/<key:key>/<key:step_key>")
@allow(Role.CLIENT)
def step(key: str, step_key: str) -> str:
    """Show a step with what was filled in."""
    found, one = current_site().part(Trainings).get_step(key, step_key)
    looked, around = _look(found, one)
    return own_step_page(found, one, looked, around=around, saved="saved" in request.args)


@blueprint.post("/<key:key>/<key:step_key>")
@allow(Role.CLIENT)
def save(key: str, step_key: str) -> Response | tuple[str, int]:
    """Keep what was filled in, and say how far one is. What cannot be read comes back as it was typed."""
    found, one = current_site().part(Trainings).get_step(key, step_key)
    filled, verb = read_form(one, request.form.to_dict(flat=False)), _verb()
    if filled.faults:
        looked, around = _look(found, one)
        return own_step_page(found, one, _typed_from(looked), filled, around=around), 400
    with opened(_actor(), None, Event.CHANGE, f"step {key} {step_key}: {verb}") as file:
        _take_form(_desk(file), found, one, filled, verb)
    return go_to(_after(verb, key, step_key))


def _look(found: Module, one: Step) -> tuple[Looked, Around]:
    """Return a step as it is kept, and what stands around it."""
    where = found.key, one.key
    with opened(_actor(), None, Event.READ, "step " + " ".join(where)) as file:
        looked = _desk(file).look(found, one)
        sharing = find_sharing(file.session, file.client, "step", looked.entry_id, _today())
        photos = own_photos(file.session, file.client, where) if one.takes_photos else ()
        said = list_feedback(file.session, sealer(), file.client, where)
        around = Around(list_counsellors(file.session, file.client.id, file.edge.now), sharing, photos, said)
    note_read(file, where, said)
    return looked, around


def _typed_from(looked: Looked) -> Looked:
    """Return a step with the revision that this form was typed from: what was kept meanwhile is still another version."""
    base = request.form.get("base", 0, type=int)
    return replace(looked, entry=replace(looked.entry, revision=base))


def _take_form(desk: Desk, found: Module, one: Step, filled: Filled, verb: str) -> None:
    form = request.form
    said = Said(STATES[verb], desk.edge.now, seen=seen_on_form(form)) if verb in STATES else None
    if one.exercises:
        desk.take(found, one, whole_form(one, filled, form), said)
    elif said:
        desk.say(found, one, said)
    for choice in ("take", "leave"):
        if choice in form:
            desk.settle(found, one, form[choice], take=choice == "take")


def _verb() -> str:
    given = request.form.get("go", "")
    return given if given in {*STATES, "stuck"} else "save"  # it stands in the log: no words of anybody's choosing


def _after(verb: str, key: str, step_key: str) -> str:
    step_path = f"/my/trainings/{key}/{step_key}"
    return {"stuck": f"{step_path}/stuck", "done": f"/my/trainings/{key}", "skip": f"/my/trainings/{key}"}.get(
        verb, f"{step_path}?saved=1"
    )


@blueprint.get("/<key:key>/<key:step_key>/stuck")
@allow(Role.CLIENT)
def stuck_form(key: str, step_key: str) -> str:
    """Ask, kindly and optionally, why a step does not work out yet."""
    found, one = current_site().part(Trainings).get_step(key, step_key)
    with opened(_actor(), None, Event.READ, f"step {key} {step_key}: stuck") as file:
        looked = _desk(file).look(found, one)
        helpers = list_counsellors(file.session, file.client.id, file.edge.now)
    return stuck_page(found, one, looked, helpers)


@blueprint.post("/<key:key>/<key:step_key>/stuck")
@allow(Role.CLIENT)
def stuck(key: str, step_key: str) -> Response:
    """Keep that a step does not work out yet: something to talk about."""
    found, one = current_site().part(Trainings).get_step(key, step_key)
    reason, words = request.form.get("reason", ""), one_line_ends(request.form.get("words", "")).strip()[:MOST_WORDS]
    why, seen = Stuck(reason if reason in STUCK_REASONS else "other", words), seen_on_form(request.form)
    with opened(_actor(), None, Event.CHANGE, f"step {key} {step_key}: stuck") as file:
        _desk(file).say(found, one, Said(StepState.STUCK, file.edge.now, why, seen))
    return go_to(f"/my/trainings/{key}")


def _today() -> date:
    return local_day(now(), current_site().zone)


def _desk(file: Opened) -> Desk:
    return Desk(file.session, sealer(), file.client, file.edge)


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
